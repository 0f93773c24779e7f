"""Saving and deciding a practical test, on both databases."""

from collections.abc import Iterator
from datetime import date, time

import pytest

from lmp.core import clock, db
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.practical import service
from lmp.practical.models import PracticalTest
from tests.builders.accounts import acting, an_assessor
from tests.builders.certificate import TEST_DAY, a_test, person_on_duty
from tests.builders.mails import told
from tests.builders.workplace import a_teacher_in_a_run, today_is


@pytest.fixture(autouse=True)
def _test_day() -> Iterator[None]:
    with today_is(TEST_DAY):
        yield


@pytest.fixture
def enrolment(database: db.Scope) -> Enrolment:
    return a_teacher_in_a_run()


def saved(enrolment: Enrolment, version: int = 0, level: int = 2, first: int = 8) -> PracticalTest:
    criteria = service.checklist(enrolment).criteria[:first]
    return service.save(
        enrolment,
        levels={one.id: level for one in criteria},
        on=clock.today(),
        starts=time(10, 0),
        remark="İyi çalıştı.",
        version=version,
        by=acting(person_on_duty(enrolment.run, "assessor")),
    )


def test_a_passed_test_posts_its_planned_minutes_once_and_tells_the_teacher(
    enrolment: Enrolment, database: db.Scope
) -> None:
    test = a_test(enrolment)
    assert (test.score, test.passed) == (100, True)
    assert hours.sums(enrolment.id)[Strand.PRACTICAL] == 60
    with pytest.raises(Conflict):
        service.decide(test, by=acting(person_on_duty(enrolment.run, "assessor")))
    assert hours.sums(enrolment.id)[Strand.PRACTICAL] == 60
    assert len(told("practical/decided")) == 1


def test_a_failed_test_posts_nothing_and_leaves_a_second_attempt(enrolment: Enrolment) -> None:
    assert a_test(enrolment, without="c1").passed is False
    assert hours.sums(enrolment.id).get(Strand.PRACTICAL, 0) == 0
    assert a_test(enrolment).attempt == 2


def test_what_was_seen_is_kept_before_everything_is_chosen(enrolment: Enrolment) -> None:
    test = saved(enrolment, first=3)
    again = service.open_test(enrolment)
    assert again is test
    assert len(test.levels) == 3
    with pytest.raises(RuleBroken):
        service.decide(test, by=acting(person_on_duty(enrolment.run, "assessor")))


def test_a_stale_window_cannot_overwrite(enrolment: Enrolment) -> None:
    first = saved(enrolment)
    shown = first.version
    saved(enrolment, version=shown, level=1)
    with pytest.raises(Conflict):
        saved(enrolment, version=shown, level=0)


def test_an_assessor_of_another_run_does_not_know_the_person(enrolment: Enrolment) -> None:
    stranger = acting(an_assessor(enrolment.run.centre))
    with pytest.raises(NotFound):
        service.to_assess(enrolment.id, by=stranger)
    assert service.candidates(stranger) == []


def test_the_trainer_of_the_run_cannot_assess(enrolment: Enrolment) -> None:
    trainer = acting(person_on_duty(enrolment.run, "trainer"))
    with pytest.raises(NotFound):
        service.to_assess(enrolment.id, by=trainer)


def test_the_teacher_cannot_assess_themselves(enrolment: Enrolment) -> None:
    with pytest.raises(NotAllowed):
        service.to_assess(enrolment.id, by=acting(enrolment.person))


def test_the_assessor_sees_who_waits(enrolment: Enrolment) -> None:
    found = service.candidates(acting(person_on_duty(enrolment.run, "assessor")))
    assert [(one.enrolment.id, one.open, one.decided) for one in found] == [(enrolment.id, None, None)]


def test_somebody_with_both_attempts_used_is_not_offered_again(enrolment: Enrolment) -> None:
    for _ in range(2):
        a_test(enrolment, without="c1")
    assert service.candidates(acting(person_on_duty(enrolment.run, "assessor"))) == []


def days_set(enrolment: Enrolment, on: date, place: str = "Atölye 2") -> int:
    assessor = acting(person_on_duty(enrolment.run, "assessor"))
    return service.set_day(enrolment.run, [enrolment.id], on=on, starts=time(10), place=place, by=assessor)


def test_the_day_of_a_test_is_told_once_and_again_when_it_moves(enrolment: Enrolment) -> None:
    assert days_set(enrolment, TEST_DAY) == 1
    assert days_set(enrolment, TEST_DAY) == 0
    assert days_set(enrolment, date(2026, 12, 4)) == 1
    first, second = told("practical/day_set")
    assert (first.kind, first.due_on, second.due_on) == ("practical.day", TEST_DAY, date(2026, 12, 4))
    assert first.title.tr.startswith("Uygulamalı sınavınızın günü:")
    assert second.title.tr.startswith("Uygulamalı sınavınızın günü değişti:")
    assert second.detail.en == "4 December 2026, 10:00, Atölye 2"
    assert service.days_of([enrolment.id])[enrolment.id].on == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("on", "place", "field"),
    [(date(2026, 12, 2), "Atölye", "on"), (date(2036, 12, 4), "Atölye", "on"), (date(2026, 12, 4), "  ", "place")],
)
def test_a_day_that_passed_or_is_far_away_or_nowhere_is_refused(
    enrolment: Enrolment, on: date, place: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        days_set(enrolment, on, place)
    assert broken.value.field == field
    assert service.days_of([enrolment.id]) == {}


def test_nobody_sets_a_day_for_whoever_has_passed_or_for_a_run_of_others(enrolment: Enrolment) -> None:
    stranger = acting(an_assessor(name="Yabancı Demo"))
    with pytest.raises(NotFound):
        service.assessed_run(enrolment.run_id, by=stranger)
    with pytest.raises(NotFound):
        service.set_day(enrolment.run, [enrolment.id], on=TEST_DAY, starts=time(10), place="A", by=stranger)
    a_test(enrolment)
    with pytest.raises(RuleBroken) as broken:
        days_set(enrolment, TEST_DAY)
    assert broken.value.field == "people"
