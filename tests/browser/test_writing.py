"""Writing in a plain field: the toolbar by keys and by hand, clean paste, the preview, and a picture that is sent with its words."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from lmp.accounts.service.people import hashed
from lmp.content import service
from lmp.core import db
from tests.browser.conftest import Site
from tests.browser.walker import Walker
from tests.builders.accounts import a_trainer
from tests.builders.content import a_draft
from tests.content.test_uploads import picture

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SECRET = "dort kelime bir parola"
UNIT = "/draft/demo-kurs/unit/hazirlik"
WORD = Path(__file__).parent.parent / "content" / "paste" / "word-desktop-tr"
PASTE = """([html, text]) => {
  const box = new DataTransfer();
  if (html) box.setData('text/html', html);
  box.setData('text/plain', text);
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: box, bubbles: true, cancelable: true}));
}"""
DROP = """([where, bytes]) => {
  const box = new DataTransfer();
  box.items.add(new File([new Uint8Array(bytes)], 'Pano 1.png', {type: 'image/png'}));
  document.querySelector(where).dispatchEvent(new DragEvent('drop', {dataTransfer: box, bubbles: true, cancelable: true}));
}"""


def an_author(site: Site, path: str) -> Walker:
    """A trainer on a page of a draft."""
    with db.transaction():
        trainer = a_trainer()
        trainer.password_hash = hashed(SECRET)
        email = trainer.email
        a_draft(a_trainer(name="Yazar Demo"))
    author = site.walker("tr")
    author.sign_in(email, SECRET)
    author.open(path)
    return author


def writing(page: Page) -> Locator:
    """The field of the Turkish transcript, with its toolbar."""
    field = page.locator("textarea[data-markdown]").first
    field.focus()
    expect(page.get_by_role("toolbar")).to_be_visible()
    return field


@ON_SQLITE
def test_the_toolbar_forms_what_is_selected_and_the_browser_takes_it_back(site: Site) -> None:
    page = an_author(site, f"{UNIT}/media/new?kind=video").page
    field = writing(page)
    page.keyboard.type("önce sonra")
    for _ in "sonra":
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Control+b")
    expect(field).to_have_value("önce **sonra**")
    page.keyboard.press("Control+b")
    expect(field).to_have_value("önce sonra")
    page.keyboard.press("Control+i")
    expect(field).to_have_value("önce *sonra*")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("önce sonra")
    page.get_by_role("button", name="Numaralı liste").click()
    expect(field).to_have_value("1. önce sonra")
    page.get_by_role("button", name="Liste", exact=True).click()
    expect(field).to_have_value("- önce sonra")
    field.fill("söz")
    field.select_text()
    page.keyboard.press("Control+k")
    page.keyboard.type("https://example.org")
    expect(field).to_have_value("[söz](https://example.org)")


@ON_SQLITE
def test_the_toolbar_is_one_stop_of_the_tab_key_and_arrows_go_through_it(site: Site) -> None:
    page = an_author(site, f"{UNIT}/media/new?kind=video").page
    field = writing(page)
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Kalın")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Başlık", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value("## ")
    expect(field).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Ön izle")).to_be_visible()


@ON_SQLITE
def test_word_is_pasted_clean_where_one_writes_and_plain_text_stays_plain(site: Site) -> None:
    author = an_author(site, f"{UNIT}/media/new?kind=video")
    page = author.page
    field = writing(page)
    page.keyboard.type("Baş ")
    page.evaluate(PASTE, [WORD.with_suffix(".html").read_text(encoding="utf-8"), "düz"])
    page.keyboard.type("yazıyor")
    golden = WORD.with_suffix(".md").read_text(encoding="utf-8").strip()
    expect(field).to_have_value(re.compile(re.escape(golden)))
    assert set(field.input_value().replace(golden, "").split()) == {"Baş", "yazıyor"}
    expect(page.get_by_role("status").filter(has_text="1 görsel alınmadı.")).to_be_visible()
    page.context.set_offline(True)
    field.fill("")
    page.evaluate(PASTE, ["<p><b>kalın</b></p>", "kalın"])
    expect(field).to_have_value("kalın")
    expect(page.get_by_role("status").filter(has_text="Sunucuya ulaşılamadı.")).to_be_visible()
    page.context.set_offline(False)
    author.troubles.clear()  # the browser says that it was offline, as was meant


@ON_SQLITE
def test_the_preview_follows_what_is_written(site: Site) -> None:
    page = an_author(site, f"{UNIT}/media/new?kind=video").page
    field = writing(page)
    field.fill("Bir **kalın** söz")
    page.get_by_role("button", name="Ön izle").click()
    preview = page.get_by_role("region", name="Ön izle")
    expect(preview.locator("strong")).to_have_text("kalın")
    field.fill("- madde\n\n<script>alert(1)</script>")
    expect(preview.locator("li")).to_have_text("madde")
    expect(preview).to_contain_text("<script>alert(1)</script>")


@ON_SQLITE
def test_a_picture_is_sent_with_its_words_and_a_refusal_keeps_it_chosen(site: Site) -> None:
    author = an_author(site, f"{UNIT}/media/new?kind=image")
    page = author.page
    page.locator("input[name=file]").set_input_files(
        {"name": "Pano 1.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(page.locator("[data-shown] img")).to_be_visible()
    page.fill("[name=alt_tr]", "Bir pano")
    page.get_by_role("button", name="Kaydet", exact=True).click()
    expect(page.get_by_text("Görselin ne gösterdiğini İngilizce yazın.").first).to_be_visible()
    author.refused(422)
    page.fill("[name=alt_en]", "A panel")
    page.get_by_role("button", name="Kaydet", exact=True).click()
    page.wait_for_url(re.compile("#block-pano-1$"))
    with db.transaction():
        assert "pano-1.png" in service.draft("demo-kurs").media


@ON_SQLITE
def test_a_picture_that_is_dropped_on_a_block_opens_its_form_and_stands_behind_the_block(site: Site) -> None:
    page = an_author(site, f"{UNIT}/edit").page
    page.evaluate(DROP, ["#block-kategori", list(picture())])
    dialog = page.get_by_role("dialog", name="Görsel ekle")
    dialog.locator("[name=alt_tr]").fill("Bir pano")
    dialog.locator("[name=alt_en]").fill("A panel")
    dialog.get_by_role("button", name="Kaydet", exact=True).click()
    expect(page.locator("#block-pano-1")).to_be_visible()
    with db.transaction():
        blocks = service.draft("demo-kurs").document["units"][0]["blocks"]
    assert [block["id"] for block in blocks][:2] == ["kategori", "pano-1"]
