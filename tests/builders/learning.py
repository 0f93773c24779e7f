"""Studying for tests: checks answered and quizzes taken through the real services."""

from lmp.access import Actor
from lmp.enrolment.models import Enrolment
from lmp.learning import service
from lmp.learning.models import Answer, QuizAttempt, QuizExtension
from lmp.learning.service import Moment
from tests.builders.accounts import a_centre_administrator, acting
from tests.builders.content import RIGHT, UNITS, WRONG


def studying(enrolment: Enrolment) -> Actor:
    """The teacher of an enrolment as somebody who acts."""
    return acting(enrolment.person)


def answered(enrolment: Enrolment, unit_key: str, question_key: str, *, right: bool = True) -> Answer:
    """One check answered."""
    response = (RIGHT if right else WRONG)[question_key]
    return service.answer_check(enrolment, unit_key, question_key, response, by=studying(enrolment))


def checks_answered(enrolment: Enrolment, unit_key: str) -> None:
    """Every check of a unit answered correctly."""
    for question_key in UNITS[unit_key]:
        answered(enrolment, unit_key, question_key)


def a_quiz(enrolment: Enrolment, unit_key: str) -> QuizAttempt:
    """An attempt just begun."""
    return service.start_quiz(enrolment, unit_key, by=studying(enrolment))


def filled_in(attempt: QuizAttempt, *, right: bool = True) -> QuizAttempt:
    """Every question of an attempt answered; the attempt is still open."""
    for question_key in attempt.question_keys:
        response = (RIGHT if right else WRONG)[question_key]
        service.save_quiz_answer(attempt, question_key, response, by=studying(attempt.enrolment))
    return attempt


def quiz_taken(enrolment: Enrolment, unit_key: str, *, right: bool = True) -> QuizAttempt:
    """A quiz begun, answered and ended."""
    return service.end_quiz(filled_in(a_quiz(enrolment, unit_key), right=right), by=studying(enrolment))


def unit_proven(enrolment: Enrolment, unit_key: str) -> None:
    """A unit with all its checks and its quiz."""
    checks_answered(enrolment, unit_key)
    quiz_taken(enrolment, unit_key)


def all_units_proven(enrolment: Enrolment) -> None:
    """The whole online strand of the sample course."""
    for unit_key in UNITS:
        unit_proven(enrolment, unit_key)


def a_test(enrolment: Enrolment, moment: Moment) -> QuizAttempt:
    """The test before or after the course, just begun."""
    return service.start_test(enrolment, moment, by=studying(enrolment))


def measured(enrolment: Enrolment, moment: Moment, *, right: bool = True) -> QuizAttempt:
    """A test begun, answered and ended."""
    return service.end_quiz(filled_in(a_test(enrolment, moment), right=right), by=studying(enrolment))


def extended(enrolment: Enrolment, unit_key: str, *, attempts: int = 0, minutes: int = 0) -> QuizExtension:
    """More tries or time from a coordinator of the run's centre."""
    coordinator = acting(a_centre_administrator(enrolment.run.version.course.centre, "Veren Demo"))
    reason = "Okulda elektrik kesildi."
    return service.extend(enrolment, unit_key, attempts=attempts, minutes=minutes, reason=reason, by=coordinator)
