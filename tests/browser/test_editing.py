"""A unit is written in a browser: in the background, without a network, with the keyboard, and by two people at once."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Route, expect

from lmp.accounts.service.people import hashed
from lmp.content import service
from lmp.content.editing import Raw
from lmp.core import db
from tests.browser.conftest import PHONE, Site
from tests.browser.examining import violations
from tests.browser.keyboard import Keys
from tests.browser.walker import Walker
from tests.builders.accounts import a_centre, a_trainer
from tests.builders.content import a_draft

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SECRET = "dort kelime bir parola"
EDIT = "/draft/demo-kurs/unit/hazirlik/edit"
BLOCK = "aletini-denetle"
WORDS = "Bir ölçü aletinin kategorisini okuyun."


def authors(site: Site, *names: str, **options: object) -> list[Walker]:
    """People of one centre at the same unit, each in a browser of their own; the first one wrote the course."""
    with db.transaction():
        people = [a_trainer(a_centre(), name) for name in names]
        for person in people:
            person.password_hash = hashed(SECRET)
        a_draft(people[0])
        addresses = [person.email for person in people]
    walkers = []
    for address in addresses:
        walker = site.walker("tr", **options)  # type: ignore[arg-type]  # Playwright's own options
        walker.sign_in(address, SECRET)
        walker.open(EDIT)
        walkers.append(walker)
    return walkers


def saved(block: str = BLOCK) -> Raw:
    """A block as the server has it."""
    with db.reading():
        unit = service.raw_document(service.draft("demo-kurs"))["units"][0]
        found: Raw = next(one for one in unit["blocks"] if one["id"] == block)
        return found


def names() -> list[str]:
    """The blocks of the unit in their order."""
    with db.reading():
        return [one["id"] for one in service.raw_document(service.draft("demo-kurs"))["units"][0]["blocks"]]


def row(walker: Walker, block: str = BLOCK) -> Locator:
    """A block on the page."""
    return walker.page.locator(f"#block-{block}")


def opened(walker: Walker, block: str = BLOCK) -> Locator:
    """The Turkish text of a block whose form was opened in place."""
    row(walker, block).get_by_role("link", name="Düzenle").click()
    field = row(walker, block).locator("textarea[lang=tr]")
    expect(field).to_be_visible()
    return field


def state(walker: Walker, word: str | re.Pattern[str]) -> None:
    """What the form says of itself."""
    expect(walker.page.locator("[data-status]")).to_have_text(word)


@ON_SQLITE
def test_saving_in_the_background_touches_neither_the_text_nor_the_cursor(site: Site) -> None:
    (author,) = authors(site, "Yazar Demo")
    field = opened(author)
    field.fill(WORDS)
    field.evaluate("(one) => one.setSelectionRange(4, 8)")
    state(author, re.compile(r"Kaydedildi \d\d\.\d\d"))
    assert field.evaluate(
        "(one) => [one.value, one.selectionStart, one.selectionEnd, document.activeElement === one]"
    ) == [
        WORDS,
        4,
        8,
        True,
    ]
    assert saved()["text"]["tr"] == WORDS
    expect(author.page.locator(".pair-states").filter(has_text="Türkçesi değişti")).to_have_count(0)
    field.press("End")
    field.press_sequentially(" Sonra yazın.", delay=20)
    field.press("Control+s")
    state(author, re.compile(r"Kaydedildi"))
    assert saved()["text"]["tr"] == f"{WORDS} Sonra yazın."
    author.page.get_by_role("link", name="Kapat").click()
    expect(row(author)).to_contain_text("Türkçesi değişti")
    expect(author.page.locator("[data-panel]")).to_contain_text(re.compile("blok denk"))


@ON_SQLITE
def test_what_is_written_while_a_save_is_on_its_way_is_saved_after_it(site: Site) -> None:
    (author,) = authors(site, "Yazar Demo")
    field = opened(author)
    waiting: list[Route] = []
    author.page.route(f"**/block/{BLOCK}", lambda route: waiting.append(route) if not waiting else route.continue_())
    field.fill("Önce")
    field.press("Control+s")
    state(author, "Kaydediliyor…")
    field.press("End")
    field.press_sequentially(" ve sonra")
    waiting[0].continue_()
    state(author, re.compile("Kaydedildi"))
    assert (field.input_value(), saved()["text"]["tr"]) == ("Önce ve sonra", "Önce ve sonra")


@ON_SQLITE
def test_save_closes_the_form_though_an_earlier_save_is_still_on_its_way(site: Site) -> None:
    (author,) = authors(site, "Yazar Demo")
    field = opened(author)
    waiting: list[Route] = []
    author.page.route(f"**/block/{BLOCK}", lambda route: waiting.append(route) if not waiting else route.continue_())
    field.fill("Önce")
    field.press("Control+s")
    state(author, "Kaydediliyor…")
    field.press("End")
    field.press_sequentially(" ve sonra")
    row(author).get_by_role("button", name="Kaydet", exact=True).press("Enter")
    waiting[0].continue_()
    expect(author.page.locator(".pair-open")).to_have_count(0)
    expect(row(author).get_by_role("link", name="Düzenle")).to_be_focused()
    assert saved()["text"]["tr"] == "Önce ve sonra"


@ON_SQLITE
def test_without_a_network_the_text_stays_on_the_device_and_is_saved_when_it_is_back(site: Site) -> None:
    (author,) = authors(site, "Yazar Demo")
    field = opened(author)
    author.context.set_offline(True)
    field.fill(WORDS)
    field.press("Control+s")
    state(author, "Yalnızca bu cihazda")
    assert saved()["text"]["tr"] != WORDS
    author.context.set_offline(False)
    state(author, re.compile("Kaydedildi"))
    assert saved()["text"]["tr"] == WORDS
    author.troubles = [one for one in author.troubles if "ERR_INTERNET_DISCONNECTED" not in one]


@ON_SQLITE
def test_a_text_that_never_reached_the_server_is_offered_again_on_the_same_device_to_the_same_person(
    site: Site,
) -> None:
    author, other = authors(site, "Yazar Demo", "Başka Demo")
    field = opened(author)
    author.context.set_offline(True)
    field.fill("Kaybolmasın")
    field.press("Control+s")
    state(author, "Yalnızca bu cihazda")
    author.page.close(run_before_unload=False)
    author.context.set_offline(False)
    author.page = author.context.new_page()
    author.open(EDIT)
    expect(row(author)).to_contain_text("yalnızca bu cihazda")
    field = opened(author)
    assert field.input_value() != "Kaybolmasın"
    row(author).get_by_role("button", name="Geri al").first.click()
    expect(field).to_have_value("Kaybolmasın")
    state(author, re.compile("Kaydedildi"))
    assert saved()["text"]["tr"] == "Kaybolmasın"
    other.page.reload()
    opened(other)
    expect(other.page.locator("[data-earlier]")).to_be_hidden()
    author.troubles = [one for one in author.troubles if "ERR_INTERNET_DISCONNECTED" not in one]


@ON_SQLITE
def test_two_people_in_one_block_both_keep_their_text_and_the_second_chooses(site: Site) -> None:
    first, second = authors(site, "Birinci Demo", "İkinci Demo")
    expect(first.page.locator("[data-others]")).to_be_empty()
    mine, theirs = opened(first), opened(second)
    theirs.fill("Aletin kategorisini okuyup söyleyin.")
    theirs.press("Control+s")
    state(second, re.compile("Kaydedildi"))
    mine.fill("Aletin kategorisini okuyup yazın.")
    mine.press("Control+s")
    clash = first.page.locator("[data-clashes]")
    expect(clash).to_contain_text("İkinci Demo")
    expect(clash.locator("del")).to_have_text("söyleyin")
    expect(clash.locator("ins")).to_have_text("yazın")
    expect(mine).to_have_value("Aletin kategorisini okuyup yazın.")
    assert saved()["text"]["tr"] == "Aletin kategorisini okuyup söyleyin."
    assert violations(first) == []
    first.page.get_by_role("button", name="Benimkini koru").click()
    state(first, re.compile("Kaydedildi"))
    assert saved()["text"]["tr"] == "Aletin kategorisini okuyup yazın."
    theirs.fill("Üçüncü bir metin.")
    theirs.press("Control+s")
    expect(second.page.locator("[data-clashes]")).to_contain_text("Birinci Demo")
    second.page.get_by_role("link", name="Diğerini al").click()
    expect(theirs).to_have_value("Aletin kategorisini okuyup yazın.")
    row(second).get_by_text("Bu cihazdaki önceki hâller").click()
    expect(row(second)).to_contain_text("Üçüncü bir metin.")
    first.refused(409)
    second.refused(409)


@ON_SQLITE
def test_a_light_note_says_who_else_is_here(site: Site) -> None:
    first, second = authors(site, "Birinci Demo", "İkinci Demo")
    expect(second.page.locator("[data-others]")).to_contain_text("Şu anda burada çalışan: Birinci Demo")
    first.page.reload()
    expect(first.page.locator("[data-others]")).to_contain_text("İkinci Demo")


@ON_SQLITE
def test_blocks_move_by_keys_and_the_focus_stays_on_the_moved_one(site: Site) -> None:
    (author,) = authors(site, "Yazar Demo")
    before = names()
    last = before[-1]
    row(author, last).get_by_role("link", name="Düzenle").focus()
    author.page.keyboard.press("Alt+ArrowUp")
    expect(author.page.locator("[data-announce]")).to_have_text(
        f"Şimdi {len(before)} blok arasında {len(before) - 1}. sırada."
    )
    assert row(author, last).evaluate("(one) => one.contains(document.activeElement)")
    shown = author.page.locator(".pair:not(#block-heading)").evaluate_all(
        "(all) => all.map((one) => one.dataset.block)"
    )
    assert shown == names() == [*before[:-2], last, before[-2]]
    row(author, last).locator("summary").click()
    row(author, last).get_by_role("button", name=author.say("Move down")).click()
    expect(author.page.locator("[data-announce]")).to_have_text(
        f"Şimdi {len(before)} blok arasında {len(before)}. sırada."
    )
    assert names() == before


@ON_SQLITE
@pytest.mark.parametrize("script", [True, False])
def test_with_the_keyboard_alone_a_block_is_added_written_in_both_languages_and_closed(
    site: Site, script: bool
) -> None:
    options = {} if script else {"java_script_enabled": False}
    (author,) = authors(replace(site, kind=Keys), "Yazar Demo", size=PHONE, **options)
    site.walkers.append(author)
    before = names()
    author.activate(author.page.get_by_role("button", name="Güvenlik notu ekle"))
    author.write(author.page.get_by_label("Başlık (Türkçe)"), "Önce enerjiyi kesin")
    author.write(author.page.get_by_label("Başlık (İngilizce)"), "Switch off first")
    author.write(author.page.get_by_label("Metin (Türkçe)"), "1. Kesin.")
    author.write(author.page.get_by_label("Metin (İngilizce)"), "1. Switch off.")
    author.tab_to(author.page.get_by_role("button", name="Kaydet", exact=True))  # type: ignore[attr-defined]  # it is a Keys
    author.page.keyboard.press("Enter")
    expect(author.page.locator(".pair-open")).to_have_count(0)
    (made,) = set(names()) - set(before)
    assert saved(made)["title"] == {"tr": "Önce enerjiyi kesin", "en": "Switch off first"}
    assert saved(made)["text"] == {"tr": "1. Kesin.", "en": "1. Switch off."}
    assert author.troubles == []


@ON_SQLITE
def test_on_a_phone_one_language_is_shown_alone_until_a_finding_leads_into_the_other(site: Site) -> None:
    (author,) = authors(site, "Yazar Demo", size=PHONE)
    page, english = author.page, row(author).locator("> [lang=en]")
    page.get_by_role("radio", name="English").check()
    expect(english).to_be_visible()
    expect(row(author).locator("> [lang=tr]")).to_be_hidden()
    row(author).get_by_role("link", name="Düzenle").click()
    expect(row(author).locator(".pair-form [name][lang=en]").first).to_be_focused()
    field = row(author).locator("textarea[lang=en]")
    expect(row(author).locator("textarea[lang=tr]")).to_be_hidden()
    field.fill("Read the category of a meter: 5 A.")
    page.get_by_role("link", name="Kapat").click()
    expect(english).to_contain_text("5\u00a0A")
    assert saved()["text"]["en"] == "Read the category of a meter: 5 A."
    page.reload()
    expect(page.get_by_role("radio", name="English")).to_be_checked()
    page.get_by_role("radio", name="Türkçe").check()
    expect(english).to_be_hidden()
    page.locator("[data-panel] [data-go]").first.click()
    expect(row(author).locator("textarea[lang=en]")).to_be_focused()
    expect(page.get_by_role("radio", name="İki dil")).to_be_checked()
