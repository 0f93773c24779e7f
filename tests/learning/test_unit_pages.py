"""The page of a unit and when study is open, as a teacher without script meets them, on both databases."""

import pytest
from flask import Flask

from lmp.core import clock, db
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.learning import service
from tests.builders.content import RIGHT, UNITS, WRONG
from tests.builders.enrolment import NOBODY, a_run, a_running_enrolment, a_seated_teacher
from tests.learning.study import UNIT, Study, prepared
from tests.visitor import Visitor

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
    assert (drawing.get("width"), drawing.get("height")) == ("320", "160")


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
