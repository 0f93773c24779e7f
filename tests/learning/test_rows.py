"""Matching and ordering questions in a unit's page and in its quiz, without script, on both databases."""

import pytest
from flask import Flask

from lmp.core import db
from lmp.enrolment.models import Enrolment
from lmp.learning import service
from lmp.learning.models import Answer, QuizAttempt
from tests.builders.content import a_published_course, questions_in_rows
from tests.builders.enrolment import a_running_enrolment
from tests.builders.learning import a_quiz, studying
from tests.learning.study import UNIT, Study
from tests.visitor import Page, Visitor

PAIRS = {"ii": "Yer ii", "iii": "Yer iii", "iv": "Yer iv"}
STEPS = ["Adım kes", "Adım kilitle", "Adım olc"]


@pytest.fixture
def study(app: Flask, visitor: Visitor) -> Study:
    """A teacher of a course whose first unit asks in rows."""
    with db.transaction():
        enrolment_id = a_running_enrolment(a_published_course(change=questions_in_rows)).id
    return Study(visitor, enrolment_id)


def rows(page: Page, block: str) -> list[tuple[str, dict[str, str]]]:
    """What each row of a question asks, and its choices: text → value."""
    found = []
    for select in page.all("select", name="answer"):
        if (select.get("id") or "").startswith(block):
            (label,) = page.all("label", **{"for": select.get("id") or ""})
            offered = {(one.text or ""): one.get("value") or "" for one in select.iter("option")}
            found.append(("".join(label.itertext()), offered))
    return found


def matched(page: Page, block: str = "soru-kategori", **instead: str) -> list[str]:
    """The values that match every row rightly, but for some."""
    pairs = {f"CAT {key}": answer for key, answer in (PAIRS | instead).items()}
    return [offered[pairs[text.partition(" (")[0]]] for text, offered in rows(page, block)]


def in_order(page: Page, block: str = "soru-once-dene") -> list[str]:
    """The number of every row."""
    return [str(STEPS.index(text) + 1) for text, _offered in rows(page, block)]


def test_every_row_is_a_labelled_select_of_its_own(study: Study) -> None:
    page = study.unit()
    assert [text for text, _ in rows(page, "soru-kategori")] == ["CAT ii", "CAT iii", "CAT iv"]
    assert {tuple(sorted(offered)) for _, offered in rows(page, "soru-kategori")} == {
        ("Hiçbir yer", "Seçin", "Yer ii", "Yer iii", "Yer iv")
    }
    assert [text for text, _ in rows(page, "soru-once-dene")] != STEPS


def test_a_wrong_match_says_which_pairs_are_right_and_a_right_one_closes_the_check(study: Study) -> None:
    page = study.unit()
    study.answer("kategori", matched(page, iv="Hiçbir yer"))
    told = study.unit()
    assert "Doğru eşleşme: 2 / 3." in told.text
    assert len(told.all("div", class_="match")) == 6
    assert [len(told.all("div", class_=result)) for result in ("right", "wrong")] == [2, 1]
    study.answer("kategori", matched(told))
    closed = study.unit()
    assert not rows(closed, "soru-kategori")
    assert "1 / 3 adım" in closed.text


def test_an_order_is_given_by_numbers(study: Study) -> None:
    page = study.unit()
    right = in_order(page)
    study.answer("once-dene", [str(4 - int(place)) for place in right])
    assert "Birbirini doğru izleyen adım: 0 / 2." in study.unit().text
    study.answer("once-dene", right)
    assert "1 / 3 adım" in study.unit().text
    with db.reading() as session:
        stored = [answer.response["given"] for answer in session.query(Answer).order_by(Answer.number)]
    assert stored == [["olc", "kilitle", "kes"], ["kes", "kilitle", "olc"]]


@pytest.mark.parametrize(
    ("question_key", "values", "sentence"),
    [
        ("kategori", ["1", "", "2"], "Her satır için bir yanıt seçin."),
        ("kategori", None, "Her satır için bir yanıt seçin."),
        ("once-dene", ["1", "1", "2"], "Her satıra 1 ile 3 arasında ayrı bir sayı verin."),
        ("once-dene", ["1", "2", "7"], "Her satıra 1 ile 3 arasında ayrı bir sayı verin."),
    ],
)
def test_open_rows_are_told_and_what_was_chosen_stays(
    study: Study, question_key: str, values: list[str] | None, sentence: str
) -> None:
    page = study.answer(question_key, values, expect=422)
    assert sentence in page.text
    chosen = [
        one.get("value")
        for select in page.all("select", name="answer")
        if (select.get("id") or "").startswith(f"soru-{question_key}")
        for one in select.iter("option")
        if one.get("selected") is not None
    ]
    assert chosen == [value for value in values or () if value and value != "7"]


def test_a_matching_question_in_a_quiz_is_checked_ended_and_reviewed(study: Study) -> None:
    with db.transaction() as session:
        enrolment = session.get_one(Enrolment, study.id)
        attempt = a_quiz(enrolment, UNIT)
        number = attempt.question_keys.index("kategori") + 1
        other = next(key for key in attempt.question_keys if key != "kategori")
        service.save_quiz_answer(attempt, other, ["a", "b"], by=studying(enrolment))
        session.flush()
    page = study.visitor.open(study.quiz(f"/{number}"))
    sent = study.visitor.send(study.quiz(f"/{number}"), page.form(), answer=matched(page, "question", ii="Yer iii"))
    assert sent.location == study.quiz("/answers")
    answers = study.visitor.open(study.quiz("/answers"))
    assert "CAT ii → Yer iii" in answers.text
    study.visitor.send(study.quiz("/answers"), answers.form())
    result = study.visitor.open(study.quiz("/result"))
    assert "Doğru yanıt: Yer ii" in result.text
    with db.reading() as session:
        (ended,) = session.query(QuizAttempt).all()
        assert (ended.score, ended.passed) == (83, True)
