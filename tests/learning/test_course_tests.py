"""The test before and after a course, for one person and for a run, on both databases."""

from datetime import timedelta

import pytest

from lmp.core import clock, db
from lmp.core.errors import NotFound, RuleBroken
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.learning import service
from lmp.learning.gain import Standing
from lmp.learning.service import Moment
from tests.builders.accounts import a_teacher
from tests.builders.content import a_published_course, edit
from tests.builders.enrolment import NOBODY, a_run, a_running_enrolment, a_seated_teacher, a_week_before
from tests.builders.learning import a_quiz, a_test, all_units_proven, filled_in, measured, quiz_taken, studying

UNIT = "hazirlik"


def standings(enrolment: Enrolment) -> list[Standing]:
    """How it is with both tests."""
    return [card.standing for card in service.tests_page(enrolment).cards]


def test_the_pre_test_is_open_until_the_first_quiz_and_hinders_nothing(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    assert standings(enrolment) == [Standing.OPEN, Standing.NOT_YET]
    a_quiz(enrolment, UNIT)
    assert standings(enrolment) == [Standing.MISSED, Standing.NOT_YET]
    with pytest.raises(RuleBroken, match="before the first unit quiz"):
        a_test(enrolment, Moment.BEFORE)


def test_both_tests_ask_the_same_and_count_for_nothing(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    before = measured(enrolment, Moment.BEFORE, right=False)
    assert (before.score, before.passed) == (0, None)
    assert [unit.steps_done for unit in service.units_progress(enrolment)] == [0, 0]
    all_units_proven(enrolment)
    after = measured(enrolment, Moment.AFTER)
    assert (after.question_keys, after.score) == (before.question_keys, 100)
    assert hours.sums(enrolment.id)[Strand.ONLINE] == 90


def test_a_test_is_taken_once_and_gone_on_with(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    attempt = a_test(enrolment, Moment.BEFORE)
    assert a_test(enrolment, Moment.BEFORE).id == attempt.id
    service.end_quiz(filled_in(attempt), by=studying(enrolment))
    with pytest.raises(RuleBroken, match="already"):
        a_test(enrolment, Moment.BEFORE)


def test_the_pre_test_tells_what_is_right_after_the_post_test(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    before = measured(enrolment, Moment.BEFORE)
    assert service.quiz_result(service.quiz_page(before)).shut is not None
    all_units_proven(enrolment)
    after = measured(enrolment, Moment.AFTER)
    for attempt in (before, after):
        assert service.quiz_result(service.quiz_page(attempt)).shut is None


def test_a_quiz_does_not_see_the_tries_of_a_test_nor_a_test_those_of_a_quiz(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    measured(enrolment, Moment.BEFORE, right=False)
    assert quiz_taken(enrolment, UNIT).number == 1
    for key in Moment:
        with pytest.raises(NotFound):
            a_quiz(enrolment, key)


def test_each_outcome_says_before_and_after(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    measured(enrolment, Moment.BEFORE, right=False)
    all_units_proven(enrolment)
    measured(enrolment, Moment.AFTER)
    page = service.tests_page(enrolment)
    assert [(one.outcome.id, one.before, one.after) for one in page.outcomes] == [
        ("o1", 0, 100),
        ("o2", 0, 100),
        ("o3", 0, 100),
    ]
    assert page.said is not None


def test_a_course_without_a_test_has_none(database: db.Scope) -> None:
    version = a_published_course(change=lambda folder: edit(folder / "course.yaml", ("test: {per_outcome: 1}\n", "")))
    enrolment = a_running_enrolment(version)
    with pytest.raises(NotFound):
        service.tests_page(enrolment)
    with pytest.raises(NotFound):
        a_test(enrolment, Moment.BEFORE)


def test_the_gain_of_a_run_is_counted_from_its_people_in_turkish_order(database: db.Scope) -> None:
    first = clock.today() - timedelta(days=5)
    version = a_published_course()
    with a_week_before(first):
        run = a_run(version, starts_on=first, chain=NOBODY)
        names = ("Şirin", "Çağla", "Işıl", "İpek", "Zehra", "Cem")
        seated = [a_seated_teacher(run, a_teacher(f"{name} Demo")) for name in names]
    for enrolment in seated:
        measured(enrolment, Moment.BEFORE, right=False)
    for enrolment in seated[:5]:
        with clock.at(clock.wall(run.ends_on, clock.local(clock.now()).time())):
            measured(enrolment, Moment.AFTER)
    found = service.gains(run.id)
    assert [pair.person.split()[0] for pair in found.pairs] == ["Çağla", "Işıl", "İpek", "Şirin", "Zehra"]
    assert (found.before, found.after, found.gain, found.only_before) == (0, 100, 1.0, 1)


def test_statistics_count_first_tries_of_a_version(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    quiz_taken(enrolment, UNIT, right=False)
    quiz_taken(enrolment, UNIT)
    found = service.question_statistics(enrolment.run.version)
    assert {one.answers for one in found.values()} == {1}
    assert {one.facility for one in found.values()} == {None}
