"""Pages of limited quizzes, of the tests before and after, and of the staff who give more, on both databases."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from lmp.core import clock, db
from lmp.enrolment.models import Enrolment
from lmp.learning.models import QuizAttempt, QuizExtension
from lmp.learning.service import Moment
from tests.builders.accounts import a_centre_administrator
from tests.builders.content import RIGHT, a_published_course, quiz_settings
from tests.builders.enrolment import a_running_enrolment
from tests.builders.learning import a_quiz, all_units_proven, measured, quiz_taken
from tests.learning.study import UNIT, Study
from tests.visitor import Visitor


@pytest.fixture
def study(app: Flask, visitor: Visitor) -> Study:
    """A teacher whose first quiz has two tries of ten minutes and a review after the last one."""
    with db.transaction():
        version = a_published_course(change=quiz_settings(attempts=2, minutes=10, review="last"))
        enrolment_id = a_running_enrolment(version).id
    return Study(visitor, enrolment_id)


def begun_ago(study: Study, minutes: int) -> list[str]:
    """A try that began some minutes ago; answers its questions."""
    with db.transaction() as session, clock.at(clock.now() - timedelta(minutes=minutes)):
        attempt = a_quiz(session.get_one(Enrolment, study.id), UNIT)
        return list(attempt.question_keys)


def test_the_start_page_says_tries_and_time(study: Study) -> None:
    page = study.visitor.open(study.path() + "/quiz")
    assert "Kalan deneme2" in page.text
    assert "10 dakika" in page.text
    assert "İstediğiniz kadar" not in page.text
    assert page.statements <= 8


def test_a_question_says_when_the_time_ends_and_how_much_is_left(study: Study) -> None:
    begun_ago(study, 4)
    page = study.visitor.open(study.quiz("/1"))
    (frame,) = [one for one in page.all("div") if one.get("data-seconds")]
    assert 340 <= int(frame.get("data-seconds") or 0) <= 360
    assert re.search(r"Bitiş saati: \d\d\.\d\d\. Kalan süre: 6 dakika", page.text)
    assert page.all("p", role="status")
    assert page.statements <= 8


def test_when_the_time_is_over_questions_are_closed_and_the_result_can_be_seen(study: Study) -> None:
    begun_ago(study, 12)
    assert study.visitor.open(study.quiz("/1"), expect=303).location == study.quiz("/answers")
    page = study.visitor.open(study.quiz("/answers"))
    assert "Süre doldu" in page.text
    assert not [text for text in page.links() if text.startswith("Değiştir")]
    assert study.visitor.send(study.quiz("/answers"), page.form()).location == study.quiz("/result")
    assert "Henüz geçemediniz" in study.visitor.open(study.quiz("/result")).text


def test_a_late_answer_gets_a_sentence_and_is_shown_once_more(study: Study) -> None:
    keys = begun_ago(study, 12)
    page = study.visitor.send(study.quiz("/1"), answer=RIGHT[keys[0]], expect=422)
    assert page.h1 == "Süre doldu"
    assert "Geç gelen yanıtınız" in page.text
    assert "0 / 2" in page.text
    with db.reading() as session:
        (attempt,) = session.query(QuizAttempt).all()
        assert attempt.ended_at is None


def test_a_second_tab_that_is_open_when_the_quiz_ends_says_so(study: Study) -> None:
    keys = begun_ago(study, 1)
    form = study.visitor.open(study.quiz("/1")).form()
    with db.transaction() as session:
        quiz_taken(session.get_one(Enrolment, study.id), UNIT, right=False)
    page = study.visitor.send(study.quiz("/1"), form, answer=RIGHT[keys[0]], expect=409)
    assert "bitti" in page.text


def test_a_used_up_quiz_says_who_can_help_and_the_review_is_open(study: Study) -> None:
    with db.transaction() as session:
        enrolment = session.get_one(Enrolment, study.id)
        first = quiz_taken(enrolment, UNIT, right=False).id
    shut = study.visitor.open(f"/tr/quiz/{first}/result")
    assert "son denemenizden sonra" in shut.text
    assert "Kesmek yetmez" not in shut.text
    with db.transaction() as session:
        quiz_taken(session.get_one(Enrolment, study.id), UNIT, right=False)
    page = study.visitor.open(f"/tr/quiz/{first}/result")
    assert "Kesmek yetmez" in page.text
    assert page.statements <= 8
    start = study.visitor.open(study.path() + "/quiz")
    assert "Bütün deneme haklarınızı kullandınız" in start.text
    assert "Yeniden dene" not in start.text


# more tries and time


def staff(app: Flask) -> Visitor:
    """A coordinator of the centre."""
    with db.transaction():
        person = a_centre_administrator(name="Koordinatör Demo")
    return Visitor(app).sign_in(person)


def test_a_coordinator_gives_more_from_the_participants_page(app: Flask, study: Study) -> None:
    visitor = staff(app)
    place = visitor.open(f"/tr/participant/{study.id}").links()["Kısa sınavlar: ek deneme ya da süre"]
    page = visitor.open(place)
    assert page.statements <= 15
    sent = visitor.send(place, page.form(), attempts="1", minutes="5", reason="Okulda elektrik kesildi.")
    assert sent.location == place
    again = visitor.open(place)
    assert "1 deneme daha, 5 dakika daha: Ölçüme hazırlık" in again.text
    assert "3 kaldı" in again.text
    assert "Okulda elektrik kesildi." in again.text


def test_a_form_sent_twice_gives_once(app: Flask, study: Study) -> None:
    visitor = staff(app)
    place = f"/tr/participant/{study.id}/quiz"
    form = visitor.open(place).form()
    for _ in range(2):
        visitor.send(place, form, attempts="1", reason="Hasta")
    with db.reading() as session:
        assert session.query(QuizExtension).count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"attempts": "0", "minutes": "0", "reason": "Hasta"}, "Kaç deneme ya da dakika eklediğinizi yazın."),
        ({"attempts": "bir", "reason": "Hasta"}, "Bir tam sayı yazın, örneğin 1."),
        ({"attempts": "1", "reason": ""}, "Gerekçeyi yazın."),
        ({"attempts": "99", "reason": "Hasta"}, "0 ile 10 arasında bir sayı yazın."),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_given(
    app: Flask, study: Study, values: dict[str, str], sentence: str
) -> None:
    visitor = staff(app)
    place = f"/tr/participant/{study.id}/quiz"
    page = visitor.send(place, visitor.open(place).form(), expect=422, **values)
    assert page.html.count(sentence) == 2
    with db.reading() as session:
        assert session.query(QuizExtension).count() == 0


# the tests before and after


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_the_pre_test_from_the_course_page_to_its_result(study: Study, lang: str) -> None:
    word = {"tr": "Ön test ve son test", "en": "Pre-test and post-test"}[lang]
    place = study.visitor.open(f"/{lang}/training/{study.id}").links()[word]
    page = study.visitor.open(place)
    assert page.h1 == word
    assert page.statements <= 8
    at = study.visitor.send(f"{place}/before", page.form(f"{place}/before")).location
    for _ in range(3):
        question = study.visitor.open(at)
        values = question.form()
        at = study.visitor.send(at, values, answer=_any_answer(study, at)).location
    assert at.endswith("/answers")
    answers = study.visitor.open(at)
    result = study.visitor.open(study.visitor.send(at, answers.form()).location)
    assert result.statements <= 8
    assert place in result.links().values()
    assert study.visitor.open(place).all("meter")


def _any_answer(study: Study, path: str) -> object:
    with db.reading() as session:
        (attempt,) = session.query(QuizAttempt).all()
        return RIGHT[attempt.question_keys[int(path.rsplit("/", 1)[1]) - 1]]


def test_before_and_after_stand_beside_each_other(study: Study) -> None:
    with db.transaction() as session:
        enrolment = session.get_one(Enrolment, study.id)
        measured(enrolment, Moment.BEFORE, right=False)
        all_units_proven(enrolment)
        measured(enrolment, Moment.AFTER)
    page = study.visitor.open(f"/tr/training/{study.id}/test")
    assert [one.get("value") for one in page.all("meter")] == ["0", "100"] * 3
    assert "Kazanımınız çok yüksek." in page.text


def test_staff_see_the_gain_of_a_run_and_the_statistics_of_its_questions(app: Flask, study: Study) -> None:
    with db.transaction() as session:
        enrolment = session.get_one(Enrolment, study.id)
        run_id = enrolment.run_id
        measured(enrolment, Moment.BEFORE, right=False)
        all_units_proven(enrolment)
        measured(enrolment, Moment.AFTER)
    visitor = staff(app)
    place = visitor.open(f"/tr/run/{run_id}").links()["Kazanım"]
    page = visitor.open(place)
    assert "%0" in page.text
    assert "%100" in page.text
    assert "en az beş kişi" in page.text
    table = visitor.open("/tr/draft/demo-kurs/answer")
    assert len(table.all("tr")) == 1 + 4
