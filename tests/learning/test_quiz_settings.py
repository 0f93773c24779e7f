"""Quizzes with tries, a time limit and a review of their own, and what a trainer may add, on both databases."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.core.mail import Mail
from lmp.enrolment.models import Enrolment
from lmp.learning import service
from lmp.learning.limits import GRACE, TimeOver
from lmp.learning.models import QuizAttempt
from lmp.learning.service.quizzes import close_overdue
from tests.builders.accounts import a_centre_administrator, a_teacher, a_trainer, acting
from tests.builders.content import RIGHT, a_published_course, quiz_settings
from tests.builders.enrolment import a_running_enrolment
from tests.builders.learning import a_quiz, extended, filled_in, quiz_taken, studying
from tests.builders.mails import told

UNIT = "hazirlik"


def enrolled(**settings: object) -> Enrolment:
    """A teacher of a course whose first quiz has settings."""
    return a_running_enrolment(a_published_course(change=quiz_settings(**settings)))


def begun_ago(enrolment: Enrolment, **ago: float) -> QuizAttempt:
    """A try that began some time ago."""
    with clock.at(clock.now() - timedelta(**ago)):
        return a_quiz(enrolment, UNIT)


def one_answer(attempt: QuizAttempt, place: int = 0) -> None:
    """The right answer to one question."""
    key = attempt.question_keys[place]
    service.save_quiz_answer(attempt, key, RIGHT[key], by=studying(attempt.enrolment))


# tries


def test_a_quiz_is_tried_as_often_as_it_says(database: db.Scope) -> None:
    enrolment = enrolled(attempts=2)
    quiz_taken(enrolment, UNIT, right=False)
    quiz_taken(enrolment, UNIT, right=False)
    with pytest.raises(RuleBroken, match="trainer of your course"):
        a_quiz(enrolment, UNIT)


def test_a_trainer_gives_another_try_with_a_reason(database: db.Scope) -> None:
    enrolment = enrolled(attempts=1)
    quiz_taken(enrolment, UNIT, right=False)
    extended(enrolment, UNIT, attempts=1)
    assert quiz_taken(enrolment, UNIT).passed
    (entry,) = [one for one in audit.history(enrolment) if one.act == "learning.quiz_extended"]
    assert (entry.detail["attempts"], entry.detail["reason"]) == (1, "Okulda elektrik kesildi.")


def test_the_teacher_gets_a_mail_about_it_in_their_language(database: db.Scope) -> None:
    enrolment = enrolled(attempts=1, minutes=10)
    extended(enrolment, UNIT, attempts=1, minutes=5)
    sent = database.session.query(Mail).order_by(Mail.id.desc()).first()
    assert sent is not None
    assert sent.to_address == enrolment.person.email
    (notice,) = told("learning/extended")
    assert (notice.kind, notice.due_on) == ("learning.extended", enrolment.run.ends_on)


def test_only_the_people_of_the_run_give_more(database: db.Scope) -> None:
    enrolment = enrolled(attempts=1)
    coordinator = a_centre_administrator(enrolment.run.version.course.centre)
    for person, refusal in (
        (enrolment.person, NotAllowed),
        (a_teacher("Başka Demo"), NotFound),
        (a_trainer(enrolment.run.version.course.centre, "Boşta Demo"), NotFound),
    ):
        with pytest.raises(refusal):
            service.extend(enrolment, UNIT, attempts=1, reason="Hasta", by=acting(person))
    assert service.extend(enrolment, UNIT, attempts=1, reason="Hasta", by=acting(coordinator)).attempts == 1


def test_what_has_no_limit_or_is_no_quiz_is_not_extended(database: db.Scope) -> None:
    enrolment = enrolled(attempts=1)
    with pytest.raises(RuleBroken):
        extended(enrolment, UNIT, minutes=5)
    for key in ("no-unit", "*before"):
        with pytest.raises((NotFound, NotAllowed)):
            extended(enrolment, key, attempts=1)


# time


def test_answers_count_until_the_time_is_over_and_a_slow_network_later(database: db.Scope) -> None:
    enrolment = enrolled(minutes=10)
    attempt = begun_ago(enrolment, minutes=10, seconds=GRACE.total_seconds() - 5)
    one_answer(attempt)
    late = begun_ago(enrolled_again(enrolment), minutes=10, seconds=GRACE.total_seconds() + 1)
    with pytest.raises(TimeOver):
        one_answer(late)


def enrolled_again(enrolment: Enrolment) -> Enrolment:
    """Another teacher of the same course."""
    return a_running_enrolment(
        enrolment.run.version, a_teacher("İkinci Demo"), administrator=a_centre_administrator(name="Açan Demo")
    )


def test_what_was_saved_before_the_end_of_the_time_counts(database: db.Scope) -> None:
    enrolment = enrolled(minutes=10)
    with clock.at(clock.now() - timedelta(minutes=11)):
        attempt = a_quiz(enrolment, UNIT)
        one_answer(attempt)
    with pytest.raises(TimeOver):
        one_answer(attempt, 1)
    ended = service.end_quiz(attempt, by=studying(enrolment))
    assert (ended.score, ended.passed) == (50, True)
    assert ended.ended_at == attempt.started_at + timedelta(minutes=10)


def test_more_time_reaches_a_try_that_is_running(database: db.Scope) -> None:
    enrolment = enrolled(minutes=10)
    attempt = begun_ago(enrolment, minutes=15)
    with pytest.raises(TimeOver):
        one_answer(attempt)
    extended(enrolment, UNIT, minutes=20)
    one_answer(attempt)
    with pytest.raises(RuleBroken, match="no answer yet"):
        service.end_quiz(attempt, by=studying(enrolment))
    assert not service.quiz_page(attempt).is_over


def test_the_clock_ends_a_try_for_somebody_who_does_not_come_back(database: db.Scope) -> None:
    enrolment = enrolled(minutes=10)
    with clock.at(clock.now() - timedelta(minutes=11)):
        attempt = filled_in(a_quiz(enrolment, UNIT))
    close_overdue({"attempt_id": str(attempt.id)})
    close_overdue({"attempt_id": str(attempt.id)})
    assert (attempt.passed, attempt.score) == (True, 100)
    assert sum(entry.act == "learning.quiz_ended" for entry in audit.history(attempt)) == 1


def test_the_clock_waits_for_the_time_a_trainer_gave(database: db.Scope) -> None:
    enrolment = enrolled(minutes=10)
    attempt = begun_ago(enrolment, minutes=11)
    extended(enrolment, UNIT, minutes=5)
    close_overdue({"attempt_id": str(attempt.id)})
    assert attempt.ended_at is None
    with clock.at(clock.now() + timedelta(minutes=6)):
        close_overdue({"attempt_id": str(attempt.id)})
    assert attempt.ended_at is not None


def test_starting_again_ends_the_try_whose_time_is_over(database: db.Scope) -> None:
    enrolment = enrolled(minutes=10, attempts=2)
    old = begun_ago(enrolment, minutes=30)
    assert a_quiz(enrolment, UNIT).id == old.id
    assert old.ended_at is not None
    assert a_quiz(enrolment, UNIT).id != old.id


def test_an_answer_after_the_clock_ended_the_try_is_late_and_one_after_the_person_did_is_a_conflict(
    database: db.Scope,
) -> None:
    enrolment = enrolled(minutes=10)
    by_clock = begun_ago(enrolment, minutes=30)
    close_overdue({"attempt_id": str(by_clock.id)})
    with pytest.raises(TimeOver):
        one_answer(by_clock)
    by_person = quiz_taken(enrolment, UNIT, right=False)
    with pytest.raises(Conflict):
        one_answer(by_person)


# partial credit and review


def test_a_quiz_may_count_only_what_is_wholly_right(database: db.Scope) -> None:
    for settings, score in (({}, 75), ({"partial": "false"}, 50)):
        enrolment = enrolled_in(settings)
        attempt = filled_in(a_quiz(enrolment, UNIT))
        service.save_quiz_answer(attempt, "kesme-sirasi", ["a"], by=studying(enrolment))
        assert service.end_quiz(attempt, by=studying(enrolment)).score == score


def enrolled_in(settings: Mapping[str, object]) -> Enrolment:
    """A teacher of a course of its own."""
    slug = f"kurs-{len(settings)}"
    version = a_published_course(
        change=quiz_settings(**settings),
        slug=slug,
        author=a_trainer(name=f"Yazar {slug}"),
        by_reviewer=acting(a_trainer(name=f"İnceleyen {slug}")),
    )
    return a_running_enrolment(
        version,
        a_teacher(f"Öğretmen {slug}"),
        administrator=a_centre_administrator(name=f"Açan {slug}"),
        trainers=[a_trainer(name=f"Eğiten {slug}")],
    )


@pytest.mark.parametrize(
    ("review", "acts", "is_shut"),
    [
        ("each", ["wrong"], False),
        ("last", ["wrong"], True),
        ("last", ["wrong", "wrong"], False),
        ("last", ["wrong", "right"], False),
        ("closed", ["wrong", "right"], True),
    ],
)
def test_the_review_of_the_first_try_opens_when_it_should(
    database: db.Scope, review: str, acts: list[str], is_shut: bool
) -> None:
    enrolment = enrolled(attempts=2, review=review)
    tries = [quiz_taken(enrolment, UNIT, right=act == "right") for act in acts]
    result = service.quiz_result(service.quiz_page(tries[0]))
    assert (result.shut is not None) is is_shut
    with clock.at(clock.now() + timedelta(days=60)):
        assert service.quiz_result(service.quiz_page(tries[0])).shut is None
