"""Comments of a review in the editor: read, answered and settled where the text they are about is written."""

from typing import Any

import pytest
from flask import Flask

from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.editing import Place
from lmp.content.service import Thread
from lmp.core import db
from tests.builders.accounts import a_centre, a_trainer, acting
from tests.builders.review import AT_BLOCK, BLOCK, asked, commented
from tests.content.editor import desk
from tests.visitor import Page, Visitor

COMMENT = f"{desk.UNIT}/comment"
QUESTION = f"{desk.UNIT}/question"


@pytest.fixture
def reader(author: Person) -> Person:
    """Somebody who read the draft and sent it back."""
    with db.transaction():
        return a_trainer(name="İnceleyen Demo")


@pytest.fixture
def sent_back(author: Person, reader: Person) -> None:
    """A draft that was sent back with a comment at a block, one at the heading and one at a question."""
    with db.transaction():
        draft = service.draft("demo-kurs")
        review = asked(draft, author)
        commented(draft, reader, "Kaynağını da yazın.")
        commented(draft, reader, "Başlık uzun.", Place("unit", "hazirlik"))
        commented(draft, reader, "İki şık aynı.", Place("question", "hazirlik", _question()))
        service.send_back(draft, review.id, words="Küçük düzeltmeler.", seen=draft.hash, by=acting(reader))


def _question() -> str:
    """The key of the question that a block asks."""
    return str(next(one["ask"] for one in desk.unit()["blocks"] if one["kind"] == "question"))


def _place(page: Page, name: str) -> Any:
    """What is said at a place."""
    (found,) = [one for one in page.all("div", class_="pair-talk") if one.get("data-talk") == name]
    return found


def _words(page: Page, name: str) -> str:
    """The words of a place."""
    return " ".join(" ".join(_place(page, name).itertext()).split())


def _values(page: Page, name: str, act: str) -> dict[str, str]:
    """The values of the form at a place that does something."""
    for form in _place(page, name).iter("form"):
        if any(button.get("value") == act for button in form.iter("button")):
            values = {one.get("name", ""): one.get("value") or "" for one in form.iter("input")}
            return {**values, "act": act}
    raise AssertionError(act)


def _thread(place: Place = AT_BLOCK) -> Thread:
    """What is said at a place, as it is kept."""
    with db.reading():
        found = service.threads(service.draft("demo-kurs").course_id)
    return next(one for one in found if one.place == place)


@pytest.mark.usefixtures("sent_back")
def test_an_author_sees_every_comment_at_the_text_it_is_about(writing: Visitor) -> None:
    page = writing.open(desk.EDIT)
    assert "Kaynağını da yazın." in _words(page, f"block {BLOCK}")
    assert "Başlık uzun." in _words(page, "unit ")
    assert "İki şık aynı." in _words(page, f"question {_question()}")
    assert ("İnceleme yorumları" in page.text, "3 açık yorum" in page.text) == (True, True)
    assert "Kaynağını da yazın." in _words(writing.open(f"{desk.EDIT}?edit={BLOCK}"), f"block {BLOCK}")


@pytest.mark.usefixtures("sent_back")
def test_the_page_with_comments_costs_no_more_queries_than_it_may(writing: Visitor) -> None:
    writing.open(desk.EDIT)
    assert writing.open(desk.EDIT).statements <= 15


def test_a_draft_without_comments_says_nothing_of_them(writing: Visitor) -> None:
    page = writing.open(desk.EDIT)
    assert not page.all("div", class_="pair-talk")
    assert page.all("section", class_="talk-list")[0].get("hidden") is not None


@pytest.mark.usefixtures("sent_back")
def test_an_author_answers_at_the_block_and_stays_in_the_editor(writing: Visitor) -> None:
    values = _values(writing.open(desk.EDIT), f"block {BLOCK}", "answer")
    done = writing.send(COMMENT, values, text="Ekledim.")
    assert done.location.endswith(f"/edit#block-{BLOCK}")
    assert [one.text for one in _thread().answers] == ["Ekledim."]
    assert "Ekledim." in _words(writing.open(desk.EDIT), f"block {BLOCK}")


@pytest.mark.usefixtures("sent_back")
def test_a_settled_comment_is_folded_away_and_can_be_opened_again(writing: Visitor) -> None:
    values = _values(writing.open(desk.EDIT), f"block {BLOCK}", "resolve")
    writing.send(COMMENT, values)
    page = writing.open(desk.EDIT)
    folded = [one for one in _place(page, f"block {BLOCK}").iter("details") if one.get("class") == "settled-list"]
    assert (len(folded), folded[0].get("open")) == (1, None)
    assert ("1 çözülmüş yorum" in page.text, "2 açık yorum" in page.text) == (True, True)
    writing.send(COMMENT, _values(page, f"block {BLOCK}", "reopen"))
    assert _thread().is_open


@pytest.mark.usefixtures("sent_back")
def test_an_empty_answer_is_asked_for_at_its_field_in_the_editor(writing: Visitor) -> None:
    values = _values(writing.open(desk.EDIT), f"block {BLOCK}", "answer")
    page = writing.send(COMMENT, values, text=" ", expect=422)
    assert page.h1 == "1. ünite: Ölçüme hazırlık"
    assert "Yorumunuzu yazın." in _words(page, f"block {BLOCK}")


@pytest.mark.usefixtures("sent_back")
def test_a_script_gets_the_place_afresh_and_the_list_beside_it(writing: Visitor) -> None:
    values = _values(writing.open(desk.EDIT), f"block {BLOCK}", "resolve")
    status, found = desk.sent(writing, COMMENT, values)
    assert (status, found["said"]) == (200, "Yorum çözüldü olarak işaretlendi.")
    assert ("1 çözülmüş yorum" in found["html"], "2 açık yorum" in found["list"]) == (True, True)
    values = _values(writing.open(desk.EDIT), "unit ", "answer")
    status, found = desk.sent(writing, COMMENT, values, text="")
    assert (status, "Yorumunuzu yazın." in found["html"]) == (422, True)


@pytest.mark.usefixtures("sent_back")
def test_comments_on_a_question_stand_in_its_own_editor_too(writing: Visitor) -> None:
    key = _question()
    page = writing.open(f"{QUESTION}/{key}")
    values = _values(page, f"question {key}", "answer")
    done = writing.send(COMMENT, values, text="Birini değiştirdim.")
    assert done.location.endswith(f"/question/{key}#comments")
    assert "Birini değiştirdim." in writing.open(f"{QUESTION}/{key}").text
    done = writing.send(COMMENT, _values(writing.open(desk.EDIT), f"question {key}", "resolve"))
    assert "/edit#block-" in done.location


def test_a_comment_on_what_was_removed_can_still_be_settled(writing: Visitor, author: Person, reader: Person) -> None:
    with db.transaction():
        draft = service.draft("demo-kurs")
        asked(draft, author)
        commented(draft, reader, "Bunu silin.")
    writing.send(f"{desk.UNIT}/block/{BLOCK}/remove")
    page = writing.open(desk.EDIT)
    assert "Artık bulunmayan yerlere yazılmış yorumlar" in page.text
    status, found = desk.sent(writing, COMMENT, _values(page, "gone", "resolve"))
    assert (status, "1 çözülmüş yorum" in found["html"]) == (200, True)


@pytest.mark.usefixtures("sent_back")
def test_somebody_of_another_centre_answers_nothing(app: Flask, writing: Visitor) -> None:
    values = _values(writing.open(desk.EDIT), f"block {BLOCK}", "answer")
    with db.transaction():
        stranger = a_trainer(a_centre("smm-bur-tophane"), "Yabancı Demo")
    del values["csrf_token"]
    Visitor(app).sign_in(stranger).send(COMMENT, values, text="Ben de.", expect=404)
    assert not _thread().answers
