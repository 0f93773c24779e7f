"""A question is saved in the background: what a script is told, and what is never said in passing."""

from typing import Any

import pytest

from lmp.content import service
from lmp.content.editing import Raw, question_in
from lmp.core import db
from tests.builders.accounts import a_trainer
from tests.builders.content import a_draft
from tests.content.editor.desk import sent
from tests.visitor import Page, Visitor

FIRST = "/tr/draft/demo-kurs/unit/hazirlik/question/kategori"


@pytest.fixture
def trainer(visitor: Visitor) -> Visitor:
    """A trainer with a draft."""
    with db.transaction():
        author = a_trainer(name="Yazar Demo")
        a_draft(author)
    return visitor.sign_in(author)


def _question() -> Raw:
    with db.reading():
        return question_in(service.raw_document(service.draft("demo-kurs")), "hazirlik", "kategori")


def _form(trainer: Visitor) -> dict[str, Any]:
    page: Page = trainer.open(FIRST)
    return page.form("/question/kategori")


def test_what_is_typed_is_saved_and_the_checks_are_told_afresh(trainer: Visitor) -> None:
    values = {**_form(trainer), "prompt.en": "", "explanation.en": ""}
    status, found = sent(trainer, FIRST, values)
    assert (status, found["changed"], found["said"].startswith("Kaydedildi")) == (200, True, True)
    assert "Yayımı engelliyor" in found["checks"]
    values |= {
        "seen": found["seen"][""],
        "prompt.en": "Which category is enough?",
        "explanation.en": "It is written on it.",
    }
    status, found = sent(trainer, FIRST, values)
    assert (status, _question()["prompt"]["en"]) == (200, "Which category is enough?")


def test_saving_the_same_again_changes_nothing(trainer: Visitor) -> None:
    values = _form(trainer)
    _status, first = sent(trainer, FIRST, {**values, "prompt.tr": "Hangi kategori yeter?"})
    again = {**values, "prompt.tr": "Hangi kategori yeter?", "seen": first["seen"][""]}
    _status, found = sent(trainer, FIRST, again)
    assert (first["changed"], found["changed"], found["seen"]) == (True, False, first["seen"])


def test_a_question_that_is_half_finished_says_what_is_missing(trainer: Visitor) -> None:
    before = _question()
    values = {**_form(trainer), "prompt.tr": "", "prompt.en": "", "difficulty": ""}
    status, found = sent(trainer, FIRST, values)
    assert status == 422
    assert all(": " in sentence for sentence in found["problems"].values())
    assert found["problems"]
    assert _question() == before


def test_two_who_write_one_question_are_told_and_neither_text_is_lost(trainer: Visitor) -> None:
    values = _form(trainer)
    sent(trainer, FIRST, {**values, "prompt.tr": "Önce yazılan soru nedir?"})
    status, found = sent(trainer, FIRST, {**values, "prompt.tr": "Sonra yazılan soru nedir?"})
    assert (status, "İki metni göster" in found["clashes"]) == (409, True)
    assert _question()["prompt"]["tr"] == "Önce yazılan soru nedir?"


def test_that_both_languages_agree_is_never_said_in_passing(trainer: Visitor) -> None:
    values = {**_form(trainer), "prompt.en": "Which category will do?", "reviewed": "y"}
    sent(trainer, FIRST, values)
    assert _question()["translation"]["state"] == "draft"


def test_the_page_names_what_the_device_keeps_and_a_new_question_stays_there_until_it_is_saved(
    trainer: Visitor,
) -> None:
    (desk,) = [one for one in trainer.open(FIRST).all("div") if one.get("data-name")]
    assert (desk.get("data-name"), desk.get("data-device-only")) == ("question-kategori", None)
    page = trainer.open(f"{FIRST.rpartition('/')[0]}/new?kind=single")
    (desk,) = [one for one in page.all("div") if one.get("data-name")]
    assert (desk.get("data-name"), desk.get("data-device-only")) == ("question-new", "")
