"""More tries or more time for one person: given by the run's trainers and coordinators, with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.content.document import Unit
from lmp.core import addresses, clock, db
from lmp.core.errors import NotAllowed, NotFound
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.learning import limits
from lmp.learning.models import QuizExtension
from lmp.learning.service.evidence import evidence_of
from lmp.learning.service.papers import paper_of
from lmp.learning.service.study import check_answerable, document_of
from lmp.learning.service.unit_page import QuizState, quiz_state
from lmp.notice import service as notice


@dataclass(frozen=True)
class QuizLine:
    """One unit's quiz of one person, as staff see it."""

    number: int
    unit: Unit
    state: QuizState
    best: int | None

    @property
    def is_limited(self) -> bool:
        """Whether there is anything that could be extended."""
        return self.unit.quiz is not None and (
            self.unit.quiz.attempts is not None or self.unit.quiz.minutes is not None
        )


@dataclass(frozen=True)
class ExtensionPage:
    """Every quiz of one person, and what was given already, the newest first."""

    enrolment: Enrolment
    quizzes: Sequence[QuizLine]
    given: Sequence[QuizExtension]


def enrolment_to_extend(enrolment_id: UUID, by: Actor) -> Enrolment:
    """An enrolment whose quizzes somebody may extend. Raises NotFound or NotAllowed."""
    found = db.session().get(Enrolment, enrolment_id)
    if found is None:
        raise NotFound
    require(by, Action.EXTEND_QUIZ, found)
    return found


def extension_page(enrolment: Enrolment) -> ExtensionPage:
    """What the page for staff shows."""
    evidence = evidence_of(enrolment.id)
    lines = []
    for number, unit in enumerate(document_of(enrolment).units, 1):
        if unit.quiz is not None:
            state = quiz_state(paper_of(enrolment, unit.key), enrolment, evidence)
            lines.append(QuizLine(number, unit, state, max((one.score or 0 for one in state.ended), default=None)))
    given = select(QuizExtension).where(QuizExtension.enrolment_id == enrolment.id)
    newest = given.order_by(QuizExtension.given_at.desc(), QuizExtension.id.desc())
    loaded = newest.options(joinedload(QuizExtension.given_by).lazyload("*"))
    return ExtensionPage(enrolment, lines, list(db.session().scalars(loaded)))


def extend(
    enrolment: Enrolment, unit_key: str, *, attempts: int = 0, minutes: int = 0, reason: str, by: Actor
) -> QuizExtension:
    """Give tries or minutes for one unit's quiz; minutes reach a try that is running. The teacher is told.

    Raises RuleBroken at the field that does not fit, or when answers no longer count; NotFound for a unit without a quiz.
    """
    require(by, Action.EXTEND_QUIZ, enrolment)
    paper = paper_of(enrolment, unit_key)
    if paper.unit is None or by.id is None:
        raise NotAllowed
    check_answerable(enrolment)
    cleaned = limits.check_extra(paper.quiz, attempts, minutes, reason)
    hours.queue_up(enrolment.person_id)
    extension = QuizExtension(
        enrolment_id=enrolment.id,
        unit_key=unit_key,
        attempts=attempts,
        minutes=minutes,
        reason=cleaned,
        given_by_id=by.id,
        given_at=clock.now(),
    )
    db.session().add(extension)
    db.session().flush()
    audit.record(
        by, "learning.quiz_extended", enrolment, unit=unit_key, attempts=attempts, minutes=minutes, reason=cleaned
    )
    _tell(enrolment, paper.unit, extension)
    return extension


def _tell(enrolment: Enrolment, unit: Unit, extension: QuizExtension) -> None:
    """Tell the teacher what was given and why."""
    notice.tell(
        "learning.extended",
        enrolment.person,
        "learning/extended",
        page=addresses.page("learning.unit", enrolment_id=enrolment.id, unit_key=unit.key),
        topic=enrolment_service.topic(enrolment.run),
        subject=extension.id,
        due_on=enrolment.run.ends_on,
        detail=extension.reason,
        unit=unit.title,
        attempts=extension.attempts,
        minutes=extension.minutes,
        reason=extension.reason,
    )
