"""The quiz of a unit: drawn from its bank, every answer saved as it is given, ended once."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.content.document import Quiz, Unit
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.learning import rules
from lmp.learning.asked import Response
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.service import answers
from lmp.learning.service.evidence import evidence_of, post_if_proven
from lmp.learning.service.study import begin, check_answerable, enrolment_to_study, unit_of

#: Seeds fit a signed column of 32 bits.
SEED_BITS = 31


def quiz_of(unit: Unit) -> Quiz:
    """The quiz of a unit. Raises NotFound for a unit without one."""
    if unit.quiz is None:
        raise NotFound
    return unit.quiz


def start_quiz(enrolment: Enrolment, unit_key: str, *, by: Actor) -> QuizAttempt:
    """Begin an attempt with newly drawn questions, or answer the one that is still open.

    Raises RuleBroken once the quiz is passed or when answers no longer count, NotAllowed before the course begins.
    """
    require(by, Action.STUDY, enrolment)
    unit = unit_of(enrolment, unit_key)
    quiz = quiz_of(unit)
    check_answerable(enrolment)
    hours.queue_up(enrolment.person_id)
    earlier = evidence_of(enrolment.id).attempts_at(unit_key)
    if any(attempt.passed for attempt in earlier):
        raise RuleBroken(Message(N_("You have passed this quiz already.")))
    if earlier and earlier[-1].ended_at is None:
        return earlier[-1]
    begin(enrolment, by)
    return _draw(enrolment, unit, quiz, earlier)


def _draw(enrolment: Enrolment, unit: Unit, quiz: Quiz, earlier: Sequence[QuizAttempt]) -> QuizAttempt:
    """A new attempt that asks first what was asked least."""
    seed = secrets.randbits(SEED_BITS)
    asked = (key for attempt in earlier for key in attempt.question_keys)
    attempt = QuizAttempt(
        enrolment=enrolment,
        unit_key=unit.key,
        number=len(earlier) + 1,
        seed=seed,
        question_keys=rules.draw(unit, quiz, seed=seed, asked=asked),
        started_at=clock.now(),
    )
    db.session().add(attempt)
    db.session().flush()
    return attempt


def save_quiz_answer(attempt: QuizAttempt, question_key: str, response: Response, *, by: Actor) -> Answer:
    """Save an answer as it is given; a later one takes its place until the quiz ends.

    Raises NotFound for a question that was not drawn, RuleBroken for a response that is no answer to it or comes too
    late, Conflict after the end.
    """
    require(by, Action.STUDY, attempt)
    if question_key not in attempt.question_keys:
        raise NotFound
    unit = unit_of(attempt.enrolment, attempt.unit_key)
    check_answerable(attempt.enrolment)
    question = unit.question(question_key)
    worth = answers.marked(question, response)
    _queue_up(attempt)
    if attempt.ended_at is not None:
        raise Conflict(Message(N_("This quiz has ended, so its answers stay as they are.")))
    number = sum(answer.question_key == question_key for answer in answers_in(attempt)) + 1
    return answers.save(attempt.enrolment, unit, question, response, worth, number=number, attempt=attempt)


def end_quiz(attempt: QuizAttempt, *, by: Actor) -> QuizAttempt:
    """Score an attempt; ending it twice is ending it once. A pass may prove the unit and post its minutes.

    Raises RuleBroken while a question has no answer or when answers no longer count.
    """
    require(by, Action.STUDY, attempt)
    unit = unit_of(attempt.enrolment, attempt.unit_key)
    _queue_up(attempt)
    if attempt.ended_at is not None:
        return attempt
    check_answerable(attempt.enrolment)
    given = last_answers_in(attempt)
    rules.check_complete(attempt.question_keys, given)
    attempt.score = rules.score((answer.score_thousandths for answer in given.values()), len(attempt.question_keys))
    attempt.passed = rules.is_pass(quiz_of(unit), attempt.score)
    attempt.ended_at = clock.now()
    db.session().flush()
    audit.record(by, "learning.quiz_ended", attempt, unit=unit.key, score=attempt.score, passed=attempt.passed)
    if attempt.passed:
        post_if_proven(attempt.enrolment, unit, by)
    return attempt


def _queue_up(attempt: QuizAttempt) -> None:
    """One act of a person at a time; then look again, because a twin may have ended the attempt meanwhile."""
    hours.queue_up(attempt.enrolment.person_id)
    db.session().refresh(attempt, ["ended_at", "score", "passed"])


def attempt_to_take(attempt_id: UUID, by: Actor) -> QuizAttempt:
    """An attempt of somebody who may study in its enrolment, read in two queries. Raises NotFound or NotAllowed."""
    found = db.session().get(QuizAttempt, attempt_id)
    if found is None:
        raise NotFound
    found.enrolment = enrolment_to_study(found.enrolment_id, by)
    return found


def answers_in(attempt: QuizAttempt) -> list[Answer]:
    """Every answer given in an attempt, oldest first."""
    found = select(Answer).where(Answer.attempt_id == attempt.id)
    return list(db.session().scalars(found.order_by(Answer.number)))


def last_answers_in(attempt: QuizAttempt) -> dict[str, Answer]:
    """The newest answer to each question of an attempt."""
    return {answer.question_key: answer for answer in answers_in(attempt)}
