"""The pages of a unit and its quiz, as a teacher without script meets them, on both databases."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask

from lmp.core import clock, db
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.learning import service
from lmp.learning.models import QuizAttempt
from tests.builders.accounts import a_teacher
from tests.builders.content import RIGHT, UNITS, WRONG
from tests.builders.enrolment import NOBODY, a_run, a_running_enrolment, a_seated_teacher
from tests.builders.learning import a_quiz, checks_answered, filled_in, quiz_taken, unit_proven
from tests.visitor import Page, Visitor

UNIT = "hazirlik"


class Study:
    """A teacher at the pages of one enrolment."""

    def __init__(self, visitor: Visitor, enrolment_id: UUID) -> None:
        """Sign in as the enrolment's teacher."""
        self.id = enrolment_id
        with db.reading() as session:
            self.visitor = visitor.sign_in(session.get_one(Enrolment, enrolment_id).person)

    def path(self, unit_key: str = UNIT, lang: str = "tr") -> str:
        """The address of a unit's page."""
        return f"/{lang}/training/{self.id}/unit/{unit_key}"

    def unit(self, unit_key: str = UNIT, lang: str = "tr") -> Page:
        """A unit's page."""
        return self.visitor.open(self.path(unit_key, lang))

    def answer(self, question_key: str, response: object, unit_key: str = UNIT, expect: int = 303) -> Page:
        """The form of a check filled in and sent."""
        action = f"{self.path(unit_key)}/check/{question_key}"
        form = self.unit(unit_key).form(action)
        return self.visitor.send(action, form, answer=response, expect=expect)

    def quiz(self, path: str = "") -> str:
        """The address of the only attempt, and what follows it."""
        with db.reading() as session:
            return f"/tr/quiz/{session.query(QuizAttempt.id).scalar()}{path}"


@pytest.fixture
def study(app: Flask, visitor: Visitor) -> Study:
    """A teacher whose course began some days ago."""
    with db.transaction():
        enrolment_id = a_running_enrolment().id
    return Study(visitor, enrolment_id)


ACTS: dict[str, Callable[[Enrolment], object]] = {
    "unit_proven": lambda enrolment: unit_proven(enrolment, UNIT),
    "checks_answered": lambda enrolment: checks_answered(enrolment, UNIT),
    "quiz_taken": lambda enrolment: quiz_taken(enrolment, UNIT),
    "quiz_failed": lambda enrolment: quiz_taken(enrolment, UNIT, right=False),
    "a_quiz": lambda enrolment: a_quiz(enrolment, UNIT),
    "filled_in": lambda enrolment: filled_in(a_quiz(enrolment, UNIT)),
}


def prepared(study: Study, *acts: str) -> Study:
    """The teacher after some of the ACTS."""
    with db.transaction() as session:
        enrolment = session.get_one(Enrolment, study.id)
        for act in acts:
            ACTS[act](enrolment)
    return study


# the unit's page


def test_a_unit_shows_its_text_drawing_safety_rule_checks_and_task(study: Study) -> None:
    page = study.unit()
    assert page.h1 == "Ölçüme hazırlık"
    for words in (
        "1. ünite, 45 dakika",
        "Aletinizi seçer, denetler",
        "Ölçüm kategorisi",
        "Gerilim, yüke paralel ölçülür.",
        "Kapağı açmadan önce",
        "Anladınız mı? Soru 1 / 2",
        "Aletinizi denetleyin",
        "0 / 2 ünite, 0 / 90 dakika",
        "0 / 3 adım",
    ):
        assert words in page.text
    assert [one.text for one in page.all("span", class_="leaf-number")] == ["1.1", "1.2", "1.3"]


def test_a_drawing_of_a_unit_can_be_fetched(study: Study) -> None:
    (drawing,) = study.unit().all("img")
    answer = study.visitor.client.get(drawing.get("src"))
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert drawing.get("alt") == "Ölçü aletinin iki ucu faz ile nötr arasına bağlıdır."


def test_a_unit_is_complete_in_english(study: Study) -> None:
    page = study.unit(lang="en")
    assert page.h1 == "Preparing a measurement"
    for words in (
        "Unit 1, 45 minutes",
        "Before you open the cover",
        "Did you understand? Question 1 / 2",
        "0 / 3 steps",
    ):
        assert words in page.text


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("unit_key", list(UNITS))
def test_every_unit_is_a_good_page_in_both_languages(study: Study, unit_key: str, lang: str) -> None:
    study.unit(unit_key, lang)
    prepared(study, "unit_proven")
    study.unit(unit_key, lang)


def test_reading_a_unit_costs_the_persons_own_rows_only(study: Study) -> None:
    study.unit()
    prepared(study, "quiz_failed", "unit_proven")
    page = study.unit()
    assert page.statements <= 8
    assert study.visitor.open(study.path() + "/quiz").statements <= 8


# checks


@pytest.mark.parametrize(("unit_key", "question_key"), [(unit, key) for unit, keys in UNITS.items() for key in keys])
def test_a_check_is_answered_in_place_with_the_reason_why(study: Study, unit_key: str, question_key: str) -> None:
    first = study.answer(question_key, WRONG[question_key], unit_key)
    page = study.visitor.open(first.location)
    assert "Henüz doğru değil" in page.text
    assert "Yeniden yanıtla" in page.text
    second = study.answer(question_key, RIGHT[question_key], unit_key)
    assert second.location == first.location
    page = study.visitor.open(second.location)
    assert "Henüz doğru değil" not in page.text
    assert page.text.count("Doğru") >= 1
    assert "1 / 3 adım" in page.text


def test_the_page_comes_back_at_the_place_of_the_check(study: Study) -> None:
    assert study.answer("kategori", "a").location == f"{study.path()}#soru-kategori"
    assert study.unit().all("div", id="soru-kategori")


def test_a_wrong_answer_shows_why_that_option_is_wrong_and_the_explanation(study: Study) -> None:
    study.answer("kategori", "a")
    page = study.unit()
    assert "CAT II prizden beslenen cihazlar içindir." in page.text
    assert "oradaki darbeler prizdekinden büyüktür" in page.text
    (chosen,) = [one for one in page.all("input", name="answer") if one.get("checked") is not None]
    assert (chosen.get("value"), chosen.get("disabled")) == ("a", None)


def test_a_right_answer_locks_the_check(study: Study) -> None:
    study.answer("kategori", "b")
    page = study.unit()
    locked = [one for one in page.all("input", name="answer") if one.get("disabled") is not None]
    assert {one.get("value") for one in locked} == {"a", "b", "c"}


def test_nothing_of_the_truth_stands_in_a_page_before_it_is_due(study: Study) -> None:
    page = study.unit()
    for secret in ("CAT II prizden", "oradaki darbeler", "Bozuk bir alet"):
        assert secret not in page.html
    assert not [one for one in page.all("label") if {"right", "wrong"} & set((one.get("class") or "").split())]


def test_the_options_stand_in_the_same_order_at_every_visit(study: Study) -> None:
    orders = {tuple(one.get("value") for one in study.unit().all("input", name="answer")) for _ in range(3)}
    assert len(orders) == 1


@pytest.mark.parametrize(
    ("unit_key", "question_key", "response", "sentence"),
    [
        ("hazirlik", "kategori", None, "Yanıtlardan birini seçin."),
        ("hazirlik", "kategori", "z", "Gösterilen yanıtlardan birini seçin."),
        ("kayit", "akim-hesabi", "", "Bir sayı yazın."),
        ("kayit", "akim-hesabi", "on amper", "Bir sayı yazın, örneğin 0,5."),
        ("kayit", "direnc-birimi", " ", "Yanıtınızı yazın."),
    ],
)
def test_what_is_no_answer_is_told_at_its_place(
    study: Study, unit_key: str, question_key: str, response: str | None, sentence: str
) -> None:
    page = study.answer(question_key, response, unit_key, expect=422)
    assert page.html.count(sentence) == 2
    assert (page.all("title")[0].text or "").startswith("Hata: ")
    assert "0 / 3 adım" in page.text


def test_what_was_typed_is_kept_when_it_is_no_answer(study: Study) -> None:
    page = study.answer("akim-hesabi", "on amper", "kayit", expect=422)
    assert "on amper" in [one.get("value") for one in page.all("input", name="answer")]


def test_a_number_may_be_written_with_comma_and_unit(study: Study) -> None:
    study.answer("akim-hesabi", "10,05 A", "kayit")
    assert "1 / 3 adım" in study.unit("kayit").text


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
    assert "2 / 2 doğru, %100. Geçme sınırı %50." in page.text
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
    assert page.links()["Açık soruya git"] == study.quiz("/1")
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
    assert study.unit().links()["Açık soruya git"] == "#soru-kategori"


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


# resuming, and when study is open


def test_one_address_leads_to_where_one_left_off(study: Study) -> None:
    place = f"/tr/training/{study.id}/unit"
    assert study.visitor.open(place, expect=302).location == study.path()
    study.answer("kategori", "b")
    assert study.visitor.open(place, expect=302).location == f"{study.path()}#soru-once-dene"
    prepared(study, "unit_proven")
    assert study.visitor.open(place, expect=302).location == study.path("kayit")


def test_before_the_first_day_the_page_says_from_when(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        enrolment = a_seated_teacher(a_run(chain=NOBODY, starts_on=clock.today().replace(year=clock.today().year + 1)))
        starts_on, enrolment_id = enrolment.run.starts_on, enrolment.id
    study = Study(visitor, enrolment_id)
    page = visitor.open(study.path(), expect=403)
    assert f"{starts_on.day} " in page.text
    assert "tarihinde açılır" in page.text


def test_after_the_days_of_grace_the_unit_is_read_but_not_answered(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        enrolment_id = a_running_enrolment(begun_days_ago=60, days=12).id
    study = Study(visitor, enrolment_id)
    page = study.unit()
    assert "gününe kadar sayıldı" in page.text
    assert all(one.get("disabled") is not None for one in page.all("input", name="answer"))
    assert "Yanıtla" not in [button.text for button in page.all("button")]
    sent = visitor.send(f"{study.path()}/check/kategori", answer="b", expect=422)
    assert "gününe kadar sayıldı" in sent.text
    with db.reading():
        assert hours.sums(enrolment_id)[Strand.ONLINE] == 0


def test_answers_given_in_the_page_are_evidence(study: Study) -> None:
    for question_key in UNITS[UNIT]:
        study.answer(question_key, RIGHT[question_key])
    with db.reading() as session:
        (unit, _) = service.units_progress(session.get_one(Enrolment, study.id))
    assert (unit.steps_done, unit.proven) == (2, False)
