"""The bank of questions of a centre, and where the questions of courses stand."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.content.models.courses import Course
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.core.ids import new_id
from lmp.core.personal import Impersonal, Personal
from lmp.network.models import Centre, Field


class BankCategory(db.Model):
    """A place in the bank of a centre, at most one below another; `position` is its place among its neighbours."""

    __tablename__ = "bank_category"
    personal = Impersonal("teaching material")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    name: Mapped[Bilingual] = db.bilingual("name")
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("bank_category.id"))
    position: Mapped[int]
    centre: Mapped[Centre] = relationship()

    def access_facts(self) -> Facts:
        """A category belongs to its centre."""
        return Facts(centre=self.centre_id)


class BankQuestion(db.Model):
    """A question that a centre keeps beyond a course: what it says, without what belongs to one course only."""

    __tablename__ = "bank_question"
    __table_args__ = (
        UniqueConstraint("centre_id", "taken_from"),
        CheckConstraint("difficulty BETWEEN 1 AND 3", name="difficulty"),
    )
    personal = Personal(columns=("author_id",), owner="author_id", purpose="who wrote the course")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"))
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("bank_category.id"), index=True)
    field_id: Mapped[UUID | None] = mapped_column(ForeignKey("field.id"))
    kind: Mapped[str]
    #: From 1 (easy) to 3 (hard).
    difficulty: Mapped[int]
    #: The language it was written in first.
    source: Mapped[str]
    #: The question as a document holds it, without id, outcome, use, difficulty, origin and notes.
    question: Mapped[dict[str, Any]]
    #: The mark of what it says (see `bank.mark`), and the marks it had before, the newest last.
    mark: Mapped[str]
    former: Mapped[list[Any]]
    #: The course's question that it was made from, and that course.
    taken_from: Mapped[UUID]
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    sort_key_tr: Mapped[bytes] = mapped_column(LargeBinary)
    sort_key_en: Mapped[bytes] = mapped_column(LargeBinary)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    #: Since when it is offered no more; courses that hold it keep it.
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    centre: Mapped[Centre] = relationship()
    category: Mapped[BankCategory | None] = relationship()
    field: Mapped[Field | None] = relationship()
    course: Mapped[Course] = relationship()

    @property
    def changed_on(self) -> date:
        """The day it was changed last."""
        return clock.local(self.changed_at).date()

    @property
    def retired_on(self) -> date | None:
        """The day since when it is offered no more."""
        return clock.local(self.retired_at).date() if self.retired_at else None

    def access_facts(self) -> Facts:
        """A question of the bank belongs to its centre."""
        return Facts(centre=self.centre_id)


class CourseQuestion(db.Model):
    """Which questions the draft of a course and each of its versions hold, and what they say: found without reading documents."""

    __tablename__ = "course_question"
    __table_args__ = (
        Index("ix_course_question_question", "question_id"),
        Index("ix_course_question_origin", "origin"),
    )
    personal = Impersonal("teaching material")

    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), primary_key=True)
    #: The number of the version; 0 for the draft.
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_key: Mapped[str] = mapped_column(primary_key=True)
    question_key: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[UUID]
    #: The question it was copied from: one of a bank, or of another place in a course.
    origin: Mapped[UUID | None]
    mark: Mapped[str]
