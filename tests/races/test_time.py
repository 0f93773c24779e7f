"""The end of a quiz's time, met by many hands at once: one end, no answer after it, an extension is not lost."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from lmp.audit.models import AuditEntry
from lmp.core import clock, db
from lmp.enrolment.models import Enrolment
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.service.quizzes import close_overdue
from tests.builders.accounts import a_centre_administrator
from tests.builders.content import RIGHT, a_published_course, quiz_settings
from tests.builders.enrolment import a_running_enrolment
from tests.builders.learning import a_quiz, extended
from tests.races.hands import ROUNDS, at_once
from tests.races.test_unit import Act, Hand

HANDS = 6
UNIT = "hazirlik"


def a_try(begun_minutes_ago: int) -> tuple[UUID, UUID, list[str]]:
    """An enrolment and its open try at a quiz of ten minutes, with the questions of it."""
    with db.transaction():
        enrolment = a_running_enrolment(a_published_course(change=quiz_settings(attempts=2, minutes=10)))
        with clock.at(clock.now() - timedelta(minutes=begun_minutes_ago)):
            attempt = a_quiz(enrolment, UNIT)
        return enrolment.id, attempt.id, list(attempt.question_keys)


def closes(attempt_id: UUID) -> Act:
    """The worker whose job is due."""

    def act() -> str:
        with db.transaction():
            close_overdue({"attempt_id": str(attempt_id)})
        return "closed"

    return act


def saves(hand: Hand, attempt_id: UUID, key: str) -> Act:
    """An answer to the first question."""
    return lambda: hand.send(f"/tr/quiz/{attempt_id}/1", answer=RIGHT[key])


def ended(attempt_id: UUID) -> tuple[bool, int, int]:
    """Whether a try has ended, how often that was written down, and how many answers it has."""
    with db.reading() as session:
        acts = select(func.count()).select_from(AuditEntry).where(AuditEntry.act == "learning.quiz_ended")
        answers = select(func.count()).select_from(Answer).where(Answer.attempt_id == attempt_id)
        is_ended = session.get_one(QuizAttempt, attempt_id).ended_at is not None
        return is_ended, session.scalar(acts) or 0, session.scalar(answers) or 0


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_try_whose_time_is_over_ends_once_and_takes_no_answer(app: Flask, _round: int) -> None:
    enrolment_id, attempt_id, keys = a_try(12)
    acts: list[Act] = [closes(attempt_id), closes(attempt_id)]
    for number in range(HANDS):
        hand = Hand(app, enrolment_id)
        acts.append(hand.ends(attempt_id) if number % 2 else saves(hand, attempt_id, keys[0]))
    outcomes = at_once(acts)
    assert set(outcomes) == {"closed", "303", "422"}
    assert outcomes["422"] == HANDS // 2
    assert ended(attempt_id) == (True, 1, 0)


@pytest.mark.parametrize("_round", ROUNDS)
def test_time_given_while_the_clock_ends_the_try_either_reaches_it_or_comes_after_its_end(
    app: Flask, _round: int
) -> None:
    enrolment_id, attempt_id, keys = a_try(12)
    with db.transaction():
        a_centre_administrator(name="Veren Demo")

    def gives() -> str:
        with db.transaction() as session:
            extended(session.get_one(Enrolment, enrolment_id), UNIT, minutes=30)
        return "given"

    assert at_once([gives, closes(attempt_id), closes(attempt_id)]) == {"given": 1, "closed": 2}
    is_ended, acts, _answers = ended(attempt_id)
    assert acts == int(is_ended)
    sent = saves(Hand(app, enrolment_id), attempt_id, keys[0])()
    assert sent == ("409" if is_ended else "303")


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_last_try_is_begun_once_from_two_tabs(app: Flask, _round: int) -> None:
    enrolment_id, attempt_id, _keys = a_try(12)
    with db.transaction():
        close_overdue({"attempt_id": str(attempt_id)})
    tabs = [Hand(app, enrolment_id).starts() for _ in range(HANDS)]
    assert at_once(tabs) == {"303": HANDS}
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(QuizAttempt)) == 2
