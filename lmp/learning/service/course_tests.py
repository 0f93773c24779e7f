"""The tests before and after a course: one person's page, and what a run has gained."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lmp.accounts.models import Person
from lmp.content.document import CourseDocument, Outcome
from lmp.core import db, turkish
from lmp.core.errors import NotFound
from lmp.core.messages import Message
from lmp.enrolment.models import Enrolment
from lmp.learning import gain
from lmp.learning.gain import Moment, RunGain, Standing
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.service.evidence import Evidence, evidence_of
from lmp.learning.service.quizzes import standing_of
from lmp.learning.service.study import check_readable, document_of


@dataclass(frozen=True)
class TestCard:
    """One of the two tests for one person."""

    moment: Moment
    standing: Standing
    attempt: QuizAttempt | None


@dataclass(frozen=True)
class OutcomeGain:
    """What somebody reached for one outcome before and after, in per cent; None for a test not taken."""

    outcome: Outcome
    before: int | None
    after: int | None


@dataclass(frozen=True)
class TestsPage:
    """Both tests of one person, and what each outcome says."""

    enrolment: Enrolment
    document: CourseDocument
    cards: tuple[TestCard, TestCard]
    questions: int
    outcomes: Sequence[OutcomeGain]
    said: Message | None


def tests_page(enrolment: Enrolment) -> TestsPage:
    """What the page of the tests shows. Raises NotFound for a course without a test, NotAllowed before it begins."""
    check_readable(enrolment)
    document = document_of(enrolment)
    if document.test is None:
        raise NotFound
    evidence = evidence_of(enrolment.id)
    before, after = (_card(enrolment, evidence, moment) for moment in Moment)
    scores = [card.attempt.score if card.attempt else None for card in (before, after)]
    return TestsPage(
        enrolment=enrolment,
        document=document,
        cards=(before, after),
        questions=len(gain.draw(document, "")),
        outcomes=_outcomes(document, before, after),
        said=gain.in_words(scores[0], scores[1]) if scores[0] is not None and scores[1] is not None else None,
    )


def _card(enrolment: Enrolment, evidence: Evidence, moment: Moment) -> TestCard:
    """One test with the try at it, if there is one."""
    attempts = evidence.attempts_at(moment)
    return TestCard(moment, standing_of(enrolment, evidence, moment), attempts[0] if attempts else None)


def _outcomes(document: CourseDocument, *cards: TestCard) -> list[OutcomeGain]:
    """Each outcome that was asked about, with both results."""
    ended = [card.attempt for card in cards if card.attempt and card.attempt.ended_at is not None]
    worth: dict[UUID, dict[str, int]] = {attempt.id: {} for attempt in ended}
    rows = select(Answer.attempt_id, Answer.question_key, Answer.score_thousandths)
    found = rows.where(Answer.attempt_id.in_(list(worth))).order_by(Answer.number)
    for attempt_id, key, thousandths in db.session().execute(found) if ended else ():
        if attempt_id is not None:
            worth[attempt_id][key] = thousandths
    before, after = (
        gain.by_outcome(document, worth[card.attempt.id], card.attempt.question_keys)
        if card.attempt and card.attempt.id in worth
        else {}
        for card in cards
    )
    return [
        OutcomeGain(outcome, before.get(outcome.id), after.get(outcome.id))
        for outcome in document.outcomes
        if outcome.id in before or outcome.id in after
    ]


def gains(run_id: UUID) -> RunGain:
    """What a run gained between its two tests, in one query. The caller has asked who may see the run."""
    rows = (
        select(Enrolment.id, Person.name, QuizAttempt.unit_key, QuizAttempt.score)
        .join(Enrolment, Enrolment.id == QuizAttempt.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.run_id == run_id, QuizAttempt.unit_key.in_(list(Moment)), QuizAttempt.ended_at.is_not(None))
    )
    names: dict[UUID, str] = {}
    scores: dict[tuple[UUID, str], int] = {}
    for enrolment_id, name, moment, score in db.session().execute(rows):
        names[enrolment_id] = name
        scores[enrolment_id, moment] = score or 0
    in_order = sorted(names.items(), key=lambda one: (turkish.sort_key(one[1]), one[0]))
    return gain.of_run(
        (name, scores.get((one, Moment.BEFORE)), scores.get((one, Moment.AFTER))) for one, name in in_order
    )
