"""Files go up from where one writes: a picture out of the clipboard, a film that takes a while, and the window they open."""

import gc
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from lmp.content import service
from lmp.core import db
from tests.browser.conftest import Site
from tests.browser.test_writing import UNIT, an_author
from tests.browser.writer import Keyboard
from tests.content.test_uploads import FILM, picture

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PASTE_PICTURE = """(bytes) => {
  const box = new DataTransfer();
  box.items.add(new File([new Uint8Array(bytes)], 'image.png', {type: 'image/png'}));
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: box, bubbles: true, cancelable: true}));
}"""
LARGE = FILM + bytes(2 * 1024 * 1024)
SLOW = 150 * 1024


def author(site: Site, path: str) -> Keyboard:
    """A trainer without a mouse on a page of a draft."""
    made = an_author(replace(site, kind=Keyboard), path)
    assert isinstance(made, Keyboard)
    return made


def blocks() -> list[str]:
    """The blocks of the unit as the server has them."""
    with db.reading():
        return [block["id"] for block in service.draft("demo-kurs").document["units"][0]["blocks"]]


def pasted(walker: Keyboard, block: str) -> tuple[Locator, Locator]:
    """Open a text and paste a picture into it; answers the field and the window that opens."""
    page = walker.page
    walker.press_here(page.locator(f"#block-{block} [data-edit]"))
    field = page.locator(f"#block-{block} textarea[lang=tr]")
    expect(field).to_be_focused()
    page.evaluate(PASTE_PICTURE, list(picture()))
    window = page.get_by_role("dialog")
    expect(window).to_be_visible()
    return field, window


@ON_SQLITE
def test_a_picture_pasted_into_a_text_stands_behind_its_block_and_the_text_is_kept(site: Site) -> None:
    walker = author(site, f"{UNIT}/edit")
    page = walker.page
    walker.press_here(page.locator("#block-kategori [data-edit]"))
    field = page.locator("#block-kategori textarea[lang=tr]")
    expect(field).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Resme bakın.")
    page.evaluate(PASTE_PICTURE, list(picture()))
    window = page.get_by_role("dialog", name=walker.say("Add a picture"))
    expect(window.locator("[data-shown] img")).to_be_visible()
    walker.write(window.locator("[name=alt_tr]"), "Bir pano")
    walker.write(window.locator("[name=alt_en]"), "A panel")
    walker.press_here(window.get_by_role("button", name=walker.say("Save"), exact=True))
    expect(page.locator("#block-image img").first).to_be_visible()
    expect(page.locator("#block-image")).to_be_focused()
    expect(page.locator("#block-kategori")).to_contain_text("Resme bakın.")
    assert blocks()[:2] == ["kategori", "image"]


@ON_SQLITE
def test_the_window_takes_the_focus_keeps_it_and_gives_it_back(site: Site) -> None:
    walker = author(site, f"{UNIT}/edit")
    page = walker.page
    before = blocks()
    field, window = pasted(walker, "kategori")
    expect(window.locator("[name=alt_tr]")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)
    expect(field).to_be_focused()
    page.evaluate(PASTE_PICTURE, list(picture()))
    walker.press_here(window.get_by_role("link", name=walker.say("Back without saving")))
    expect(window).to_have_count(0)
    expect(field).to_be_focused()
    assert blocks() == before


# The server closes what it had received of a film that was stopped when it next tidies up.
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
@ON_SQLITE
def test_a_film_on_its_way_says_how_far_it_is_and_can_be_stopped(site: Site, tmp_path: Path) -> None:
    walker = author(site, f"{UNIT}/media/new?kind=video")
    page, film = walker.page, tmp_path / "deneme.mp4"
    film.write_bytes(LARGE)
    before = blocks()
    walker.attach(walker.named("file"), film)
    walker.write(walker.named("title_tr"), "Deneme")
    walker.write(walker.named("title_en"), "A trial")
    throttle(page, SLOW)
    save = page.get_by_role("main").get_by_role("button", name=walker.say("Save"), exact=True)
    walker.press_here(save)
    sending = re.escape(walker.say("{done} of {all} MB sent")).replace(r"\{done\}", "[0-9,.]+").replace(r"\{all\}", "2")
    expect(page.get_by_role("status").filter(has_text=re.compile(sending))).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    walker.press_here(page.get_by_role("button", name=walker.say("Stop"), exact=True))
    expect(page.get_by_role("status").filter(has_text=walker.say("Stopped. Nothing was saved."))).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(save).to_be_focused()
    assert blocks() == before
    throttle(page, -1)
    walker.activate(save)
    page.wait_for_url(re.compile("#block-deneme$"))
    assert blocks() == [*before, "deneme"]
    gc.collect()


def throttle(page: Page, upload: int) -> None:
    """How many bytes a second go up from now on; -1: as many as can."""
    session = page.context.new_cdp_session(page)
    conditions = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": upload}
    session.send("Network.emulateNetworkConditions", conditions)
