"""What a teacher has shown so far, counted from answers and attempts, and the minutes a proven unit posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lmp.access import Actor
from lmp.audit import service as audit
from lmp.content.document import Unit
from lmp.core import clock, db
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.learning import rules
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.rules import Shown, UnitProgress
from lmp.learning.service.study import document_of

#: The `source_kind` of minutes that a unit posts to the ledger.
SOURCE = "unit"


@dataclass(frozen=True)
class Evidence:
    """The answers to checks (oldest first) and the quiz attempts of one enrolment."""

    answers: Sequence[Answer]
    attempts: Sequence[QuizAttempt]

    def shown(self) -> dict[str, Shown]:
        """What is shown, unit by unit."""
        return rules.shown_by_unit(
            ((answer.unit_key, answer.question_key, answer.correct) for answer in self.answers),
            ((attempt.unit_key, attempt.passed) for attempt in self.attempts),
        )

    def attempts_at(self, unit_key: str) -> list[QuizAttempt]:
        """The attempts at one unit's quiz, oldest first."""
        return [attempt for attempt in self.attempts if attempt.unit_key == unit_key]

    def last_answers(self, unit_key: str) -> dict[str, Answer]:
        """The newest answer to each check of a unit; a correct one stays, whatever came after."""
        last: dict[str, Answer] = {}
        for answer in self.answers:
            known = last.get(answer.question_key)
            if answer.unit_key == unit_key and not (known and known.correct):
                last[answer.question_key] = answer
        return last


def evidence_of(enrolment_id: UUID) -> Evidence:
    """Everything an enrolment has shown, in two queries; attempts seen before are read anew, a twin may have ended one."""
    session = db.session()
    answers = select(Answer).where(Answer.enrolment_id == enrolment_id, Answer.attempt_id.is_(None))
    attempts = select(QuizAttempt).where(QuizAttempt.enrolment_id == enrolment_id)
    return Evidence(
        list(session.scalars(answers.order_by(Answer.number, Answer.id))),
        list(session.scalars(attempts.order_by(QuizAttempt.number).execution_options(populate_existing=True))),
    )


def progress_in(enrolment: Enrolment, evidence: Evidence) -> list[UnitProgress]:
    """How far a teacher is in every unit, in the order of the course."""
    shown = evidence.shown()
    return [rules.progress(unit, shown.get(unit.key, rules.NOTHING_SHOWN)) for unit in document_of(enrolment).units]


def units_progress(enrolment: Enrolment) -> list[UnitProgress]:
    """How far the teacher of an enrolment is in every unit of the course."""
    return progress_in(enrolment, evidence_of(enrolment.id))


def proven_units(enrolment: Enrolment) -> list[UnitProgress]:
    """The units that every check and the quiz have proven."""
    return [unit for unit in units_progress(enrolment) if unit.proven]


def resume(enrolment: Enrolment) -> tuple[str, str | None]:
    """Where the teacher goes on: a unit's key and the anchor in its page (None: its top)."""
    return rules.resume(document_of(enrolment).units, evidence_of(enrolment.id).shown())


def post_if_proven(enrolment: Enrolment, unit: Unit, by: Actor) -> None:
    """Post a unit's planned minutes to the ledger once it is proven; the ledger takes them once.

    The caller has queued up in the ledger before it wrote its evidence: of two answers given at the same moment the
    second one sees the first, so none of them leaves the unit proven without its minutes.
    """
    shown = evidence_of(enrolment.id).shown().get(unit.key, rules.NOTHING_SHOWN)
    if not rules.progress(unit, shown).proven or not unit.minutes:
        return
    posted = hours.post(
        enrolment=enrolment,
        strand=Strand.ONLINE,
        minutes=unit.minutes,
        day=clock.today(),
        source_kind=SOURCE,
        source_id=f"{enrolment.id}:{unit.key}",
    )
    if posted is not None:
        audit.record(by, "learning.unit_proven", enrolment, unit=unit.key, minutes=unit.minutes)
