"""A trainer makes a question of each kind without a mouse, and tries one."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from lmp.content import service
from lmp.content.document import QUESTION_KINDS
from lmp.content.editing import Raw, question_in, unit_in
from lmp.core import db
from tests.browser.conftest import Site
from tests.browser.keyboard import Keys
from tests.browser.world import PASSWORD, make_world

NEW = "/draft/demo-kurs/unit/hazirlik/question/new"
AUTHOR = "tulin@demo.example"


@pytest.fixture
def author(site: Site) -> Keys:
    """A trainer of the centre, signed in, without a mouse."""
    make_world("tr")
    site.kind = Keys
    walker = site.walker("tr")
    assert isinstance(walker, Keys)
    walker.sign_in(AUTHOR, PASSWORD)
    return walker


def _field(author: Keys, name: str) -> Any:
    return author.page.locator(f"[name='{name}']")


def _fill(author: Keys, *names: str) -> None:
    for name in names:
        for lang, said in (("tr", "Metin"), ("en", "Text")):
            author.write(_field(author, f"{name}.{lang}"), f"{said} {name.split('.')[1]} {name.split('.')[-1]}")


def _press(author: Keys, element: str) -> None:
    author.tab_to(author.page.locator(element))
    author.page.keyboard.press("Enter")


def _write_answers(author: Keys, kind: str) -> None:
    """What only a question of this kind has, with a row that comes, moves and goes."""
    if kind in ("single", "multiple"):
        _fill(author, "options.a.text", "options.b.text", "options.c.text")
        if kind == "multiple":
            _press(author, "#remove-options-d")
        author.tick(author.page.locator("[name=right][value=b]"))
    elif kind == "truefalse":
        author.tick(author.page.locator("[name=right][value=false]"))
    elif kind == "number":
        author.write(_field(author, "value"), "0,5")
        author.write(_field(author, "tolerance"), "0,01")
        author.write(_field(author, "unit"), "A")
    elif kind == "text":
        author.write(_field(author, "accept.tr"), "ohm")
        author.write(_field(author, "accept.en"), "ohm")
    elif kind == "matching":
        _fill(author, *(f"pairs.{row}.{side}" for row in "abc" for side in ("left", "right")))
    else:
        _fill(author, "items.a.text", "items.b.text", "items.c.text")
        _add_and_move_a_step(author)


def _add_and_move_a_step(author: Keys) -> None:
    """A fourth step is written at once where the focus stands, and moved up by the keys."""
    _press(author, "#add-items")
    expect(_field(author, "items.d.text.tr")).to_be_focused()
    _fill(author, "items.d.text")
    author.tab_to(_field(author, "items.d.text.tr"))
    author.page.keyboard.press("Alt+ArrowUp")
    expect(_field(author, "items.d.text.tr")).to_be_focused()
    expect(author.page.locator("[data-part-row] [data-number]")).to_have_text(["1", "2", "3", "4"])
    assert [one.get_attribute("value") for one in _field(author, "items").all()] == ["a", "b", "d", "c"]
    expect(author.page.locator("[data-says]")).to_contain_text("3. sıra")


def _stored(prompt: str) -> Raw:
    with db.reading():
        document = service.raw_document(service.draft("demo-kurs"))
    key = next(one["key"] for one in unit_in(document, "hazirlik")["questions"] if one["prompt"]["tr"] == prompt)
    return question_in(document, "hazirlik", key)


def test_a_question_of_each_kind_is_made_by_keyboard_only(author: Keys) -> None:
    for number, kind in enumerate(QUESTION_KINDS, 1):
        author.visit(NEW)
        author.activate(author.page.locator(f"a[href*='kind={kind}']"))
        prompt = f"Klavyeyle yazılan {number}. soru"
        author.write(_field(author, "prompt.tr"), prompt)
        author.write(_field(author, "prompt.en"), f"Question {number} written by keyboard")
        _write_answers(author, kind)
        author.write(_field(author, "explanation.tr"), "Doğrusu 0,5 A.")
        author.write(_field(author, "explanation.en"), "It is 0.5 A.")
        author.activate(author.page.get_by_role("button", name="Kaydet", exact=True).last)
        expect(author.page.get_by_text("Soru kaydedildi.")).to_be_visible()
        stored = _stored(prompt)
        assert stored["kind"] == kind
        if kind == "ordering":
            assert [item["id"] for item in stored["items"]] == ["a", "b", "d", "c"]
        if kind == "single":
            assert [option["id"] for option in stored["options"] if option["correct"]] == ["b"]
        if kind == "multiple":
            assert [option["id"] for option in stored["options"]] == ["a", "b", "c"]


def test_a_question_is_tried_by_keyboard_and_enter_means_check(author: Keys) -> None:
    author.visit("/draft/demo-kurs/unit/kayit/question/akim-hesabi")
    author.write(_field(author, "try.tr"), "10 A")
    author.page.keyboard.press("Enter")
    expect(author.page.locator("#try-tr .notice")).to_contain_text("Doğru")
    expect(author.page.locator("#try-tr-button")).to_be_focused()
    author.write(_field(author, "try.en"), "11")
    author.page.keyboard.press("Enter")
    expect(author.page.locator("#try-en .notice")).to_contain_text("Henüz doğru değil")
    with db.reading():
        assert service.draft("demo-kurs").revision == 1


def _asked() -> str:
    """What the question of the sample asks, as the server has it."""
    with db.reading():
        found = question_in(service.raw_document(service.draft("demo-kurs")), "kayit", "akim-hesabi")
        return str(found["prompt"]["tr"])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_question_is_saved_in_the_background_and_after_a_lost_network(author: Keys) -> None:
    author.visit("/draft/demo-kurs/unit/kayit/question/akim-hesabi")
    status, prompt = author.page.locator("[data-status]").first, _field(author, "prompt.tr")
    author.write(prompt, "Dirençten kaç amper geçer?")
    expect(status).to_have_text(re.compile(r"Kaydedildi \d\d\.\d\d"))
    expect(prompt).to_be_focused()
    assert _asked() == "Dirençten kaç amper geçer?"
    author.page.context.set_offline(True)
    author.write(prompt, "Dirençten geçen akım kaç amperdir?")
    expect(status).to_have_text(re.compile("bu cihazda"))
    assert _asked() == "Dirençten kaç amper geçer?"
    author.page.context.set_offline(False)
    expect(status).to_have_text(re.compile(r"Kaydedildi \d\d\.\d\d"))
    assert _asked() == "Dirençten geçen akım kaç amperdir?"
    author.page.reload()
    expect(prompt).to_have_value("Dirençten geçen akım kaç amperdir?")
    author.troubles = [one for one in author.troubles if "ERR_INTERNET_DISCONNECTED" not in one]
