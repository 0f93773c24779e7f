"""The pages of a quiz, as a teacher without script meets them, on both databases."""

from uuid import uuid4

import pytest

from lmp.core import db
from lmp.learning.models import QuizAttempt
from tests.builders.accounts import a_teacher
from tests.builders.content import RIGHT
from tests.learning.study import Study, prepared
from tests.visitor import Page

# the quiz


def test_the_start_page_says_how_many_questions_and_the_pass_mark(study: Study) -> None:
    page = study.visitor.open(study.path() + "/quiz")
    assert page.h1 == "Kısa sınav: Ölçüme hazırlık"
    assert "Soru sayısı2" in page.text
    assert "%50" in page.text
    prepared(study, "quiz_failed")
    again = study.visitor.open(study.path() + "/quiz")
    assert "1. deneme" in again.text
    assert "Yeniden dene" in again.text


def test_a_quiz_from_start_to_the_minutes_in_the_record(study: Study) -> None:
    prepared(study, "checks_answered")
    path = study.path() + "/quiz"
    place = study.visitor.send(path, study.visitor.open(path).form()).location
    for number in (1, 2):
        page = study.visitor.open(place)
        assert page.h1 == f"Soru {number} / 2"
        place = study.visitor.send(place, page.form(), answer=_right_for(study, number)).location
    assert place == study.quiz("/answers")
    page = study.visitor.open(place)
    assert page.h1 == "Yanıtlarınızı gözden geçirin"
    assert len([text for text in page.links() if text.startswith("Değiştir")]) == 2
    place = study.visitor.send(place, page.form()).location
    page = study.visitor.open(place)
    assert page.h1 == "Kısa sınavı geçtiniz"
    assert "2 / 2 doğru, %100. Geçme puanı %50." in page.text
    assert "45 dakika kaydınıza eklendi" in page.text
    assert page.links()["2. üniteye geç"] == study.path("kayit")
    page = study.unit()
    assert "Ünite tamamlandı" in page.text
    assert "1 / 2 ünite, 45 / 90 dakika" in page.text


def _right_for(study: Study, number: int) -> object:
    with db.reading() as session:
        (attempt,) = session.query(QuizAttempt).all()
        return RIGHT[attempt.question_keys[number - 1]]


def test_a_quiz_sent_twice_begins_once(study: Study) -> None:
    path = study.path() + "/quiz"
    form = study.visitor.open(path).form()
    first, second = study.visitor.send(path, form), study.visitor.send(path, form)
    assert first.location == second.location
    with db.reading() as session:
        assert session.query(QuizAttempt).count() == 1


def test_an_answer_of_the_quiz_is_saved_as_it_is_given_and_the_quiz_goes_on_where_it_stood(study: Study) -> None:
    prepared(study, "a_quiz")
    assert study.visitor.open(study.quiz(), expect=303).location == study.quiz("/1")
    page = study.visitor.open(study.quiz("/1"))
    study.visitor.send(study.quiz("/1"), page.form(), answer=_right_for(study, 1))
    assert study.visitor.open(study.quiz(), expect=303).location == study.quiz("/2")
    assert study.unit().links()["Kısa sınavı sürdür"] == study.quiz()
    kept = study.visitor.open(study.quiz("/1"))
    assert [one.get("value") for one in kept.all("input", name="answer") if one.get("checked") is not None]


def test_an_empty_quiz_answer_is_told_and_not_saved(study: Study) -> None:
    prepared(study, "a_quiz")
    page = study.visitor.open(study.quiz("/1"))
    sent = study.visitor.send(study.quiz("/1"), page.form(), expect=422)
    assert "seçin." in sent.text
    assert study.visitor.open(study.quiz(), expect=303).location == study.quiz("/1")


def test_switching_the_language_keeps_the_chosen_answer_and_saves_nothing(study: Study) -> None:
    prepared(study, "a_quiz")
    page = study.visitor.open(study.quiz("/1"))
    answer = _right_for(study, 1)
    sent = study.visitor.send(study.quiz("/1"), page.form(), answer=answer, _lang="en", expect=200)
    assert sent.h1 == "Question 1 / 2"
    chosen = [one.get("value") for one in sent.all("input", name="answer") if one.get("checked") is not None]
    assert set(chosen) == set(answer if isinstance(answer, list) else [answer])
    assert study.visitor.open(study.quiz(), expect=303).location == study.quiz("/1")


def test_a_quiz_with_open_questions_offers_the_open_one_instead_of_the_end(study: Study) -> None:
    prepared(study, "a_quiz")
    page = study.visitor.open(study.quiz("/answers"))
    assert "Henüz yanıtlanmadı" in page.text
    assert page.links()["Yanıtlanmamış soruya git"] == study.quiz("/1")
    sent = study.visitor.send(study.quiz("/answers"), expect=422)
    assert "Kısa sınavı bitir" not in sent.text


def test_a_failed_quiz_shows_the_right_answers_and_the_way_to_try_again(study: Study) -> None:
    prepared(study, "quiz_failed")
    page = study.visitor.open(study.quiz("/result"))
    assert page.h1 == "Henüz geçemediniz"
    assert "0 / 2 doğru, %0" in page.text
    assert "Kesmek yetmez" in page.text
    assert page.links()["Yeniden dene"] == study.path() + "/quiz"
    assert {one.get("value") for one in page.all("input") if "right" in _class_of_label(page, one)} == {"a", "b"}


def _class_of_label(page: Page, field: object) -> str:
    return next((label.get("class") or "" for label in page.all("label") if field in list(label)), "")


def test_a_passed_quiz_with_open_checks_leads_back_to_them(study: Study) -> None:
    prepared(study, "quiz_taken")
    page = study.visitor.open(study.quiz("/result"))
    assert "1 / 3 adım" in page.text
    assert page.links()["Üniteye dön"].endswith("#unit-end")
    assert study.unit().links()["Yanıtlanmamış soruya git"] == "#soru-kategori"


def test_an_ended_quiz_shows_only_its_result(study: Study) -> None:
    prepared(study, "quiz_taken")
    for path in ("", "/1", "/answers"):
        answer = study.visitor.client.get(study.quiz(path))
        assert (answer.status_code in (302, 303), answer.location) == (True, study.quiz("/result"))


def test_a_quiz_page_that_does_not_exist_is_not_found(study: Study) -> None:
    prepared(study, "a_quiz")
    for path in ("/0", "/3"):
        study.visitor.open(study.quiz(path), expect=404)
    study.visitor.open(f"/tr/quiz/{uuid4()}/1", expect=404)
    study.visitor.open(study.path("no-unit"), expect=404)
    study.visitor.open(study.path("no-unit") + "/quiz", expect=404)


@pytest.mark.parametrize("path", ["", "/1", "/answers", "/result"])
def test_the_quiz_of_another_teacher_does_not_exist(study: Study, path: str) -> None:
    prepared(study, "filled_in")
    with db.transaction():
        stranger = a_teacher("Başka Demo")
    study.visitor.sign_in(stranger)
    study.visitor.open(study.quiz(path), expect=404)
    study.visitor.open(study.path(), expect=404)


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_every_page_of_the_quiz_is_a_good_page_in_both_languages(study: Study, lang: str) -> None:
    prepared(study, "filled_in")
    address = study.quiz().replace("/tr/", f"/{lang}/")
    for path in ("/1", "/2", "/answers"):
        assert study.visitor.open(address + path).statements <= 8
    study.visitor.send(study.quiz("/answers"), study.visitor.open(study.quiz("/answers")).form())
    assert study.visitor.open(address + "/result").statements <= 8
