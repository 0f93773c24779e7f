"""Answering checks, taking quizzes, proving units and posting their minutes, on both databases."""

from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lmp.access import system
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, EnrolmentState
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.learning import service
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.rules import FOOT
from tests.builders.accounts import a_centre_administrator, a_teacher, a_trainer, acting
from tests.builders.content import QUIZ, RIGHT, UNITS
from tests.builders.enrolment import NOBODY, a_run, a_running_enrolment, a_seated_teacher, an_application
from tests.builders.learning import (
    a_quiz,
    all_units_proven,
    answered,
    checks_answered,
    filled_in,
    quiz_taken,
    studying,
    unit_proven,
)

UNIT = "hazirlik"


def online(enrolment: Enrolment) -> int:
    """Minutes of the online strand in the ledger."""
    return hours.sums(enrolment.id)[Strand.ONLINE]


def stored(enrolment: Enrolment) -> list[Answer]:
    """Every answer, oldest first."""
    found = select(Answer).where(Answer.enrolment_id == enrolment.id)
    return list(db.session().scalars(found.order_by(Answer.at, Answer.id)))


def days_later(days: int) -> AbstractContextManager[None]:
    """Live some days later."""
    return clock.at(clock.now() + timedelta(days=days))


# checks


def test_an_answer_is_kept_with_all_that_is_needed_to_mark_it_again(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    answered(enrolment, UNIT, "kategori")
    database.session.expire_all()
    (answer,) = stored(enrolment)
    assert (answer.unit_key, answer.question_key, answer.number) == (UNIT, "kategori", 1)
    assert answer.question_id == UUID("2bdf9329-0e09-4a98-809f-5b064a88d318")
    assert answer.version_hash == enrolment.run.version.hash
    assert (answer.response, answer.correct, answer.score_thousandths) == ({"given": "b"}, True, 1000)
    assert answer.attempt_id is None


def test_a_wrong_answer_may_be_tried_again_and_both_are_kept(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    assert not answered(enrolment, UNIT, "kategori", right=False).correct
    assert answered(enrolment, UNIT, "kategori").correct
    assert [(answer.number, answer.correct) for answer in stored(enrolment)] == [(1, False), (2, True)]


def test_a_right_answer_closes_the_check(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    first = answered(enrolment, UNIT, "kategori")
    assert answered(enrolment, UNIT, "kategori", right=False).id == first.id
    assert len(stored(enrolment)) == 1


@pytest.mark.parametrize("question_key", [key for keys in UNITS.values() for key in keys])
def test_every_kind_of_check_can_be_answered_right_and_wrong(database: db.Scope, question_key: str) -> None:
    enrolment = a_running_enrolment()
    unit_key = next(unit for unit, keys in UNITS.items() if question_key in keys)
    assert not answered(enrolment, unit_key, question_key, right=False).correct
    assert answered(enrolment, unit_key, question_key).correct


@pytest.mark.parametrize(
    ("unit_key", "question_key", "response"),
    [
        ("hazirlik", "kategori", "z"),
        ("hazirlik", "kategori", ""),
        ("hazirlik", "kategori", ["a", "b"]),
        ("hazirlik", "once-dene", "maybe"),
        ("kayit", "akim-hesabi", "ten"),
        ("kayit", "akim-hesabi", "10 mA"),
        ("kayit", "direnc-birimi", "   "),
        ("kayit", "direnc-birimi", "ohm" * 100),
    ],
)
def test_what_is_no_answer_is_asked_again_and_not_counted(
    database: db.Scope, unit_key: str, question_key: str, response: str
) -> None:
    enrolment = a_running_enrolment()
    with pytest.raises(RuleBroken) as refusal:
        service.answer_check(enrolment, unit_key, question_key, response, by=studying(enrolment))
    assert refusal.value.field == "answer"
    assert stored(enrolment) == []


@pytest.mark.parametrize(
    ("unit_key", "question_key"), [("no-unit", "kategori"), (UNIT, "no-question"), (UNIT, "kesme-sirasi")]
)
def test_only_the_questions_of_the_page_are_answered_there(
    database: db.Scope, unit_key: str, question_key: str
) -> None:
    enrolment = a_running_enrolment()
    with pytest.raises(NotFound):
        service.answer_check(enrolment, unit_key, question_key, "a", by=studying(enrolment))


def test_the_first_answer_writes_down_that_the_run_has_begun(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    states = [enrolment.state]
    answered(enrolment, UNIT, "kategori")
    database.session.expire_all()
    assert [*states, enrolment.state] == [EnrolmentState.MAIN_LIST, EnrolmentState.ACTIVE]


# who, and when


def test_nobody_studies_for_another_teacher(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    with pytest.raises(NotFound):
        service.answer_check(enrolment, UNIT, "kategori", "b", by=acting(a_teacher("Başka Demo")))


def test_the_centres_staff_see_the_enrolment_but_do_not_study(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    attempt = a_quiz(enrolment, UNIT)
    for staff in (a_centre_administrator(), a_trainer(name="Gören Demo")):
        expected = NotAllowed if staff.name.startswith("Koray") else NotFound
        for act in (
            lambda by: service.enrolment_to_study(enrolment.id, by),
            lambda by: service.answer_check(enrolment, UNIT, "kategori", "b", by=by),
            lambda by: service.start_quiz(enrolment, UNIT, by=by),
            lambda by: service.save_quiz_answer(attempt, attempt.question_keys[0], "b", by=by),
            lambda by: service.end_quiz(attempt, by=by),
        ):
            with pytest.raises(expected):
                act(acting(staff))
    assert stored(enrolment) == []


def test_an_enrolment_that_does_not_exist_is_not_found(database: db.Scope) -> None:
    with pytest.raises(NotFound):
        service.enrolment_to_study(uuid4(), acting(a_teacher()))
    with pytest.raises(NotFound):
        service.attempt_to_take(uuid4(), acting(a_teacher()))


def test_units_open_on_the_first_day(database: db.Scope) -> None:
    enrolment = a_seated_teacher(a_run(chain=NOBODY))
    with pytest.raises(NotAllowed, match="units open on"):
        service.unit_page(enrolment, UNIT, "tr")
    with pytest.raises(NotAllowed, match="units open on"):
        answered(enrolment, UNIT, "kategori")
    with days_later(14):
        assert service.unit_page(enrolment, UNIT, "tr").refusal is None
        assert answered(enrolment, UNIT, "kategori").correct


def test_an_application_is_no_place(database: db.Scope) -> None:
    enrolment = an_application(a_run())
    with days_later(14), pytest.raises(NotAllowed, match="no place"):
        service.unit_page(enrolment, UNIT, "tr")


def test_somebody_who_withdrew_does_not_study(database: db.Scope) -> None:
    enrolment = a_seated_teacher(a_run(chain=NOBODY))
    enrolments.withdraw(enrolment, reason="Görevlendirme çıkmadı.", by=studying(enrolment))
    with days_later(14), pytest.raises(NotAllowed, match="no place"):
        answered(enrolment, UNIT, "kategori")


def test_answers_count_in_the_days_of_grace_and_not_after_them(database: db.Scope) -> None:
    enrolment = a_running_enrolment(begun_days_ago=0, days=12)
    attempt = a_quiz(enrolment, UNIT)
    with days_later(11 + 14):
        assert answered(enrolment, UNIT, "kategori").correct
    with days_later(11 + 15):
        page = service.unit_page(enrolment, UNIT, "tr")
        assert page.refusal is not None
        for act in (
            lambda: answered(enrolment, UNIT, "once-dene"),
            lambda: a_quiz(enrolment, "kayit"),
            lambda: service.save_quiz_answer(attempt, attempt.question_keys[0], "b", by=studying(enrolment)),
            lambda: service.end_quiz(attempt, by=studying(enrolment)),
        ):
            with pytest.raises(RuleBroken, match="Answers counted until"):
                act()


# the quiz


def test_a_quiz_draws_from_the_units_bank(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    attempt = a_quiz(enrolment, UNIT)
    assert sorted(attempt.question_keys) == sorted(QUIZ[UNIT])
    assert (attempt.number, attempt.ended_at, attempt.score) == (1, None, None)


def test_an_open_attempt_is_gone_on_with(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    assert a_quiz(enrolment, UNIT).id == a_quiz(enrolment, UNIT).id


def test_a_failed_quiz_is_tried_again_with_what_was_not_asked(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    first = quiz_taken(enrolment, "kayit", right=False)
    second = a_quiz(enrolment, "kayit")
    assert (first.passed, first.score, second.number) == (False, 0, 2)
    assert {*first.question_keys, *second.question_keys} == set(QUIZ["kayit"])


def test_a_passed_quiz_is_passed(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    attempt = quiz_taken(enrolment, UNIT)
    assert (attempt.passed, attempt.score) == (True, 100)
    with pytest.raises(RuleBroken, match="passed this quiz already"):
        a_quiz(enrolment, UNIT)


def test_a_quiz_answer_is_saved_at_once_and_the_newest_counts(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    attempt = filled_in(a_quiz(enrolment, UNIT), right=False)
    filled_in(attempt)
    assert [(answer.number, answer.attempt_id) for answer in stored(enrolment)] == [
        (number, attempt.id) for number in (1, 1, 2, 2)
    ]
    assert service.end_quiz(attempt, by=studying(enrolment)).score == 100


def test_half_the_points_reach_a_pass_mark_of_fifty(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    attempt = filled_in(a_quiz(enrolment, UNIT))
    service.save_quiz_answer(attempt, "kategori", "a", by=studying(enrolment))
    ended = service.end_quiz(attempt, by=studying(enrolment))
    assert (ended.score, ended.passed) == (50, True)


def test_a_quiz_with_open_questions_does_not_end(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    attempt = a_quiz(enrolment, UNIT)
    key = attempt.question_keys[0]
    service.save_quiz_answer(attempt, key, RIGHT[key], by=studying(enrolment))
    with pytest.raises(RuleBroken, match="no answer yet"):
        service.end_quiz(attempt, by=studying(enrolment))
    assert attempt.ended_at is None


def test_an_ended_quiz_keeps_its_answers(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    attempt = quiz_taken(enrolment, UNIT, right=False)
    with pytest.raises(Conflict):
        service.save_quiz_answer(attempt, "kategori", "b", by=studying(enrolment))
    assert (attempt.score, attempt.passed) == (0, False)


def test_ending_a_quiz_twice_is_ending_it_once(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    attempt = quiz_taken(enrolment, UNIT)
    ended_at = attempt.ended_at
    with days_later(1):
        assert service.end_quiz(attempt, by=studying(enrolment)).ended_at == ended_at
    assert sum(entry.act == "learning.quiz_ended" for entry in audit.history(attempt)) == 1


def test_only_drawn_questions_are_answered_in_a_quiz(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    attempt = a_quiz(enrolment, UNIT)
    with pytest.raises(NotFound):
        service.save_quiz_answer(attempt, "once-dene", "true", by=studying(enrolment))


def test_the_check_of_the_page_is_not_answered_by_the_same_question_in_the_quiz(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    quiz_taken(enrolment, UNIT)
    assert service.units_progress(enrolment)[0].steps_done == 1


# progress, minutes, resuming


def test_progress_is_counted_from_the_evidence(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    before = [(unit.key, unit.steps_done, unit.steps_total, unit.begun) for unit in service.units_progress(enrolment)]
    assert before == [("hazirlik", 0, 3, False), ("kayit", 0, 3, False)]
    answered(enrolment, UNIT, "kategori")
    answered(enrolment, UNIT, "once-dene", right=False)
    quiz_taken(enrolment, "kayit", right=False)
    after = [(unit.key, unit.steps_done, unit.begun, unit.proven) for unit in service.units_progress(enrolment)]
    assert after == [("hazirlik", 1, True, False), ("kayit", 0, True, False)]


def test_a_unit_posts_its_planned_minutes_when_it_is_proven(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    checks_answered(enrolment, UNIT)
    assert online(enrolment) == 0
    quiz_taken(enrolment, UNIT)
    assert online(enrolment) == 45
    assert [unit.key for unit in service.proven_units(enrolment)] == [UNIT]
    (entry,) = hours.entries(enrolment.id)
    assert (entry.source_kind, entry.source_id) == ("unit", f"{enrolment.id}:{UNIT}")
    assert (entry.day, entry.starts_at, entry.ends_at) == (clock.today(), None, None)


def test_the_order_of_quiz_and_checks_does_not_matter(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    quiz_taken(enrolment, UNIT)
    assert online(enrolment) == 0
    checks_answered(enrolment, UNIT)
    assert online(enrolment) == 45


def test_minutes_are_posted_once_and_written_into_the_audit_once(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    unit_proven(enrolment, UNIT)
    checks_answered(enrolment, UNIT)
    service.end_quiz(database.session.scalars(select(QuizAttempt)).one(), by=studying(enrolment))
    assert online(enrolment) == 45
    assert [entry.detail for entry in audit.history(enrolment) if entry.act == "learning.unit_proven"] == [
        {"unit": UNIT, "minutes": 45}
    ]


def test_a_failed_quiz_posts_nothing(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    checks_answered(enrolment, UNIT)
    quiz_taken(enrolment, UNIT, right=False)
    assert online(enrolment) == 0


def test_the_whole_course_earns_its_planned_minutes(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    all_units_proven(enrolment)
    assert online(enrolment) == 90
    assert all(unit.proven for unit in service.units_progress(enrolment))
    assert hours.check() == []


def test_one_goes_on_where_one_left_off(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    assert service.resume(enrolment) == ("hazirlik", None)
    answered(enrolment, UNIT, "kategori")
    assert service.resume(enrolment) == ("hazirlik", "soru-once-dene")
    checks_answered(enrolment, UNIT)
    assert service.resume(enrolment) == ("hazirlik", FOOT)
    quiz_taken(enrolment, UNIT)
    assert service.resume(enrolment) == ("kayit", None)


def test_two_teachers_of_one_run_do_not_share_evidence(database: db.Scope) -> None:
    first = a_running_enrolment()
    second = a_running_enrolment(first.run.version)
    unit_proven(first, UNIT)
    assert service.units_progress(second)[0].steps_done == 0
    assert online(second) == 0


def test_the_platform_itself_does_not_study(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    with pytest.raises(NotFound):
        service.answer_check(enrolment, UNIT, "kategori", "b", by=system("worker"))
