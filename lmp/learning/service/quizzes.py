"""Tries at a quiz or a test: drawn from the bank, every answer saved as it is given, ended once, by the person or the clock."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lmp.access import Action, Actor, require, system
from lmp.audit import service as audit
from lmp.content.asked import Response
from lmp.content.document import Quiz
from lmp.core import clock, db, jobs
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.learning import gain, limits, rules
from lmp.learning.gain import Moment
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.service import answers
from lmp.learning.service.evidence import Evidence, evidence_of, post_if_proven, progress_in
from lmp.learning.service.papers import Paper, extra_of, paper_of
from lmp.learning.service.study import begin, check_answerable, enrolment_to_study, is_closed, period_of, unit_of

#: Seeds fit a signed column of 32 bits.
SEED_BITS = 31
#: The job that ends a try whose time is over, for people who do not come back.
CLOSE_JOB = "learning.close_quiz"


def start_quiz(enrolment: Enrolment, unit_key: str, *, by: Actor) -> QuizAttempt:
    """Begin a try with newly drawn questions, or answer the one that is still open; one whose time is over is ended first.

    Raises RuleBroken once the quiz is passed, when every try is used or when answers no longer count, NotAllowed before
    the course begins.
    """
    require(by, Action.STUDY, enrolment)
    unit, paper = unit_of(enrolment, unit_key), paper_of(enrolment, unit_key)
    check_answerable(enrolment)
    hours.queue_up(enrolment.person_id)
    earlier = evidence_of(enrolment.id).attempts_at(unit_key)
    if any(attempt.passed for attempt in earlier):
        raise RuleBroken(Message(N_("You have passed this quiz already.")))
    extra = extra_of(enrolment.id, paper)
    if earlier and earlier[-1].ended_at is None:
        return _gone_on_with(earlier[-1], paper, by)
    limits.check_may_begin(limits.attempts_left(paper.quiz, extra, len(earlier)), len(earlier))
    asked = [key for attempt in earlier for key in attempt.question_keys]
    seed = secrets.randbits(SEED_BITS)
    return _begun(enrolment, paper, seed, rules.draw(unit, paper.quiz, seed=seed, asked=asked), earlier, by)


def start_test(enrolment: Enrolment, moment: Moment, *, by: Actor) -> QuizAttempt:
    """Begin the test before or after the course, or answer the one that is still open.

    Raises RuleBroken when it is not open, NotFound for a course without a test, NotAllowed before the course begins.
    """
    require(by, Action.STUDY, enrolment)
    paper = paper_of(enrolment, moment)
    check_answerable(enrolment)
    hours.queue_up(enrolment.person_id)
    evidence = evidence_of(enrolment.id)
    gain.check_open(standing_of(enrolment, evidence, moment), moment)
    earlier = evidence.attempts_at(moment)
    if earlier:
        return _gone_on_with(earlier[-1], paper, by)
    first = next(iter(evidence.attempts_at(Moment.BEFORE)), None)
    seed = first.seed if first is not None else secrets.randbits(SEED_BITS)
    return _begun(enrolment, paper, seed, gain.draw(paper.document, str(seed)), earlier, by)


def standing_of(enrolment: Enrolment, evidence: Evidence, moment: Moment) -> gain.Standing:
    """How it is with one of the course's two tests."""
    taken = evidence.attempts_at(moment)
    return gain.standing(
        moment,
        taken=any(attempt.ended_at is not None for attempt in taken),
        begun=bool(taken),
        quiz_begun=any(attempt.unit_key not in set(Moment) for attempt in evidence.attempts),
        all_proven=all(unit.proven for unit in progress_in(enrolment, evidence)),
        period=period_of(enrolment),
        today=clock.today(),
        is_closed=is_closed(enrolment),
    )


def _gone_on_with(attempt: QuizAttempt, paper: Paper, by: Actor) -> QuizAttempt:
    """A try that is open, ended now if its time is over."""
    if limits.is_over(deadline_of(attempt, paper), clock.now()):
        _finish(attempt, paper, by)
    return attempt


def _begun(
    enrolment: Enrolment, paper: Paper, seed: int, keys: list[str], earlier: Sequence[QuizAttempt], by: Actor
) -> QuizAttempt:
    """A new try; where time is limited a job ends it for people who do not come back."""
    begin(enrolment, by)
    attempt = QuizAttempt(
        enrolment=enrolment,
        unit_key=str(paper.key),
        number=len(earlier) + 1,
        seed=seed,
        question_keys=keys,
        started_at=clock.now(),
    )
    db.session().add(attempt)
    db.session().flush()
    _close_in_time(attempt, paper)
    return attempt


def _close_in_time(attempt: QuizAttempt, paper: Paper) -> None:
    """Queue the end of a try for the moment at which its time, as it is now, is over."""
    until = deadline_of(attempt, paper)
    if until is not None:
        key = f"{CLOSE_JOB}:{attempt.id}:{until.isoformat()}"
        jobs.queue(CLOSE_JOB, {"attempt_id": str(attempt.id)}, unique=key, run_at=until + limits.GRACE)


def deadline_of(attempt: QuizAttempt, paper: Paper) -> datetime | None:
    """When the time of a try ends with everything a trainer has added up to now, or None."""
    return paper.deadline(attempt, extra_of(attempt.enrolment_id, paper)) if paper.quiz.minutes else None


def save_quiz_answer(attempt: QuizAttempt, question_key: str, response: Response, *, by: Actor) -> Answer:
    """Save an answer as it is given; a later one takes its place until the quiz ends.

    Raises NotFound for a question that was not drawn, RuleBroken for a response that is no answer to it or comes too
    late (TimeOver when the time of the try is over), Conflict after the end.
    """
    require(by, Action.STUDY, attempt)
    if question_key not in attempt.question_keys:
        raise NotFound
    paper = paper_of(attempt.enrolment, attempt.unit_key)
    check_answerable(attempt.enrolment)
    question = paper.bank[question_key]
    worth = answers.marked(question, response)
    _queue_up(attempt)
    until = deadline_of(attempt, paper)
    if attempt.ended_at is not None:
        if limits.is_over(until, attempt.ended_at):
            raise limits.TimeOver
        raise Conflict(Message(N_("This quiz has ended, so its answers stay as they are.")))
    limits.check_in_time(until, clock.now())
    number = sum(answer.question_key == question_key for answer in answers_in(attempt)) + 1
    return answers.save(attempt.enrolment, attempt.unit_key, question, response, worth, number=number, attempt=attempt)


def end_quiz(attempt: QuizAttempt, *, by: Actor) -> QuizAttempt:
    """Score a try; ending it twice is ending it once. A pass may prove the unit and post its minutes.

    Raises RuleBroken while a question has no answer and there is time for it, or when answers no longer count.
    """
    require(by, Action.STUDY, attempt)
    paper = paper_of(attempt.enrolment, attempt.unit_key)
    _queue_up(attempt)
    if attempt.ended_at is not None:
        return attempt
    check_answerable(attempt.enrolment)
    if not limits.is_over(deadline_of(attempt, paper), clock.now()):
        rules.check_complete(attempt.question_keys, last_answers_in(attempt))
    return _finish(attempt, paper, by)


def close_overdue(payload: dict[str, Any]) -> None:
    """End a try whose time is over, as the job that was queued when it began; later, if a trainer gave more time."""
    attempt = db.session().get(QuizAttempt, UUID(payload["attempt_id"]))
    if attempt is None:
        return
    _queue_up(attempt)
    if attempt.ended_at is not None:
        return
    paper = paper_of(attempt.enrolment, attempt.unit_key)
    until = deadline_of(attempt, paper)
    if until is None or clock.now() < until + limits.GRACE:
        _close_in_time(attempt, paper)
    else:
        _finish(attempt, paper, system("learning"))


JOBS: dict[str, jobs.Handler] = {CLOSE_JOB: close_overdue}


def _finish(attempt: QuizAttempt, paper: Paper, by: Actor) -> QuizAttempt:
    """Write down what a try is worth; a question without an answer is worth nothing."""
    given = last_answers_in(attempt).values()
    points = [_points(answer, paper.quiz) for answer in given]
    attempt.score = rules.score(points, len(attempt.question_keys))
    attempt.passed = rules.is_pass(paper.quiz, attempt.score) if paper.unit else None
    until = deadline_of(attempt, paper)
    attempt.ended_at = min(clock.now(), until) if until is not None else clock.now()
    db.session().flush()
    audit.record(by, "learning.quiz_ended", attempt, unit=attempt.unit_key, score=attempt.score, passed=attempt.passed)
    if attempt.passed and paper.unit is not None:
        post_if_proven(attempt.enrolment, paper.unit, by)
    return attempt


def _points(answer: Answer, quiz: Quiz) -> int:
    """Thousandths of an answer's worth, all or nothing where the quiz does not count in part."""
    return answer.score_thousandths if quiz.partial is not False else 1000 * answer.correct


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
