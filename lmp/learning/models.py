"""Answers and quiz attempts: append-only evidence of the online strand."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.accounts.models import Person
from lmp.core import db
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal
from lmp.enrolment.models import Enrolment


class QuizAttempt(db.Model):
    """One try at a unit's quiz or at the course's test: the questions drawn for it, and the score once it ended.

    `unit_key` is a unit's key, or a `gain.Moment` for the test before and after the course, which can be no unit's key.
    """

    __tablename__ = "quiz_attempt"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "unit_key", "number"),
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name="score"),
    )
    personal = Personal(
        columns=("score",), owner="enrolment_id", purpose="prove what was learned", erasure=Erasure.KEEP
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    unit_key: Mapped[str]
    number: Mapped[int]
    seed: Mapped[int]
    question_keys: Mapped[list[Any]]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    #: Per cent of the points, 0–100.
    score: Mapped[int | None]
    #: None for the course's test, which nobody passes or fails.
    passed: Mapped[bool | None]
    enrolment: Mapped[Enrolment] = relationship()

    def access_facts(self) -> Facts:
        """As the enrolment it belongs to."""
        return self.enrolment.access_facts()


class Answer(db.Model):
    """One answer to one question, saved as it was given; a later answer is a new row."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "question_key", "attempt_id", "number"),
        Index("ix_answer_enrolment_unit", "enrolment_id", "unit_key"),
        Index("ix_answer_question", "question_id"),
    )
    personal = Personal(
        columns=("response",),
        owner="enrolment_id",
        purpose="prove what was learned",
        keep_years=2,
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    unit_key: Mapped[str]
    question_key: Mapped[str]
    question_id: Mapped[UUID]
    version_hash: Mapped[str]
    #: The quiz attempt, or none for a check in the page.
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey("quiz_attempt.id"))
    number: Mapped[int]
    response: Mapped[dict[str, Any]]
    correct: Mapped[bool]
    #: Share of the points in thousandths, so that both databases keep it exactly.
    score_thousandths: Mapped[int]
    at: Mapped[datetime]


class QuizExtension(db.Model):
    """More tries or more time for one person at one unit's quiz, with the reason and who gave it; never changed."""

    __tablename__ = "quiz_extension"
    __table_args__ = (
        Index("ix_quiz_extension_enrolment", "enrolment_id", "unit_key"),
        CheckConstraint("attempts >= 0 AND minutes >= 0 AND attempts + minutes > 0", name="something"),
    )
    personal = Personal(
        columns=("reason",), owner="enrolment_id", purpose="show why somebody was given more tries or time"
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    unit_key: Mapped[str]
    attempts: Mapped[int]
    minutes: Mapped[int]
    reason: Mapped[str]
    given_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]
    given_by: Mapped[Person] = relationship()
