"""What a try asks: the quiz of a unit, or the test before and after the course, under one shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from lmp.content.document import AnyQuestion, CourseDocument, Quiz, Unit
from lmp.core import db
from lmp.core.errors import NotFound
from lmp.core.messages import N_, Message, Translated
from lmp.enrolment.models import Enrolment
from lmp.learning import gain, limits
from lmp.learning.gain import Moment
from lmp.learning.limits import Extra
from lmp.learning.models import QuizAttempt, QuizExtension
from lmp.learning.service.study import document_of, unit_of

_KINDS = {Moment.BEFORE: Message(N_("Pre-test")), Moment.AFTER: Message(N_("Post-test"))}


@dataclass(frozen=True)
class Paper:
    """What a try asks and how: `key` is a unit's, or a moment of the course's test, which belongs to no unit."""

    key: str
    document: CourseDocument
    quiz: Quiz
    unit: Unit | None
    bank: Mapping[str, AnyQuestion]

    @property
    def moment(self) -> Moment | None:
        """Which of the course's two tests this is; None for a unit's quiz."""
        return None if self.unit else Moment(self.key)

    @property
    def kind(self) -> Message:
        """What it is called."""
        return _KINDS[Moment(self.key)] if self.unit is None else Message(N_("Unit quiz"))

    @property
    def title(self) -> Translated:
        """What it is about: the unit, or the whole course."""
        return self.unit.title if self.unit else self.document.title

    def deadline(self, attempt: QuizAttempt, extra: Extra) -> datetime | None:
        """When the time of a try ends, or None."""
        return limits.deadline(self.quiz, extra, attempt.started_at)


def paper_of(enrolment: Enrolment, key: str) -> Paper:
    """The quiz of a unit, or a test of the course. Raises NotFound where there is none."""
    document = document_of(enrolment)
    if key in set(Moment):
        if document.test is None:
            raise NotFound
        quiz = Quiz(draw=1, pass_mark=0, attempts=1, minutes=document.test.minutes)
        return Paper(key, document, quiz, None, gain.drawable(document))
    unit = unit_of(enrolment, key)
    if unit.quiz is None:
        raise NotFound
    return Paper(key, document, unit.quiz, unit, {question.key: question for question in unit.questions})


def extra_of(enrolment_id: UUID, paper: Paper) -> Extra:
    """What a trainer has added for one person at one quiz; asks the database only where there is a limit."""
    if paper.unit is None or (paper.quiz.attempts is None and paper.quiz.minutes is None):
        return limits.NOTHING_EXTRA
    sums = select(func.sum(QuizExtension.attempts), func.sum(QuizExtension.minutes))
    here = (QuizExtension.enrolment_id == enrolment_id, QuizExtension.unit_key == paper.key)
    attempts, minutes = db.session().execute(sums.where(*here)).one()
    return Extra(int(attempts or 0), int(minutes or 0))
