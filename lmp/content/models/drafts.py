"""What is being written: the draft of a course, every revision of it, and who is at work on it now."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.content.models.courses import Course
from lmp.core import db
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal


class Draft(db.Model):
    """The one draft of a course: its newest revision."""

    __tablename__ = "draft"
    personal = Personal(columns=("author_id",), owner="author_id", purpose="who wrote the course")

    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), primary_key=True)
    revision: Mapped[int]
    hash: Mapped[str]
    #: Loaded only when it is asked for, because it is by far the largest column.
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    #: File name → its SHA-256 as the author gave it (`sha256`), that of what people get (`served`), and its `type`.
    media: Mapped[dict[str, Any]]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]
    course: Mapped[Course] = relationship(lazy="joined")

    @property
    def id(self) -> UUID:
        """A draft is known by its course."""
        return self.course_id

    def access_facts(self) -> Facts:
        """The course's centre, and who wrote last."""
        return Facts(centre=self.course.centre_id, last_author=self.author_id)


class Verb(StrEnum):
    """What somebody did to a draft."""

    IMPORT = "import"
    CREATE = "create"
    WRITE = "write"
    ADD = "add"
    MOVE = "move"
    COPY = "copy"
    REMOVE = "remove"
    RESTORE = "restore"


class Revision(db.Model):
    """What a draft was at one time, whole or as the steps from the revision before; kept, with who did what."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("course_id", "number"),
        CheckConstraint("document IS NOT NULL OR patch IS NOT NULL", name="whole_or_patch"),
    )
    personal = Personal(columns=("author_id",), owner="author_id", purpose="who wrote the course")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    hash: Mapped[str]
    #: The whole document; None where `patch` leads to it from the revision before.
    document: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    patch: Mapped[list[Any] | None] = mapped_column(deferred=True)
    media: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    verb: Mapped[Verb] = mapped_column(db.Code(Verb, "verb"))
    #: The thing it was done to: part, unit key, id; then the languages that were written in.
    place: Mapped[list[Any]]
    langs: Mapped[list[Any]]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]


class Presence(db.Model):
    """That somebody was at work on a unit a moment ago; forgotten after two minutes, and never kept as a record."""

    __tablename__ = "presence"
    personal = Personal(
        columns=("person_id", "seen_at"),
        owner="person_id",
        purpose="to tell those who write the same unit of each other",
        keep_years=1,
        since="seen_at",
        erasure=Erasure.DELETE,
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), primary_key=True, index=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)
