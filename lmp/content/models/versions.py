"""What is published: written once, never changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Delete, Engine, ForeignKey, Index, Table, UniqueConstraint, Update, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.content.models.courses import Course
from lmp.core import db
from lmp.core.db import Bilingual
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Impersonal, Personal


class CourseVersion(db.Model):
    """An immutable, content-addressed copy of a course document; a run is tied to one."""

    __tablename__ = "course_version"
    __table_args__ = (UniqueConstraint("course_id", "number"), Index("ix_course_version_hash", "hash"))
    personal = Personal(
        columns=("author_id", "reviewer_id"),
        owner="author_id",
        purpose="who wrote and reviewed the course",
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    #: SHA-256 of the canonical document and its media's hashes. A later version that returns to what an earlier one said
    #: has its hash: what is kept under the hash (documents, HTML, answers to its questions) is true of both.
    hash: Mapped[str]
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    media: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reviewer_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Bilingual] = db.bilingual("note")
    published_at: Mapped[datetime]
    course: Mapped[Course] = relationship(lazy="joined", foreign_keys=[course_id])

    def access_facts(self) -> Facts:
        """A version belongs to its course's centre."""
        return Facts(centre=self.course.centre_id)


class VersionUnit(db.Model):
    """A unit of a version as safe HTML in one language, sanitised when it was published."""

    __tablename__ = "version_unit"
    personal = Impersonal("teaching material")

    version_id: Mapped[UUID] = mapped_column(ForeignKey("course_version.id"), primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    unit_key: Mapped[str] = mapped_column(primary_key=True)
    blocks: Mapped[list[Any]]
    sanitiser: Mapped[str]


class PublishedForGood(RuntimeError):
    """Code tried to change or remove what is published: a mistake in the code."""


def _refuse_change(_mapper: object, _connection: object, thing: CourseVersion | VersionUnit) -> None:
    """Runs and certificates rest on what a version said, so it is written once; a change is a new version."""
    raise PublishedForGood(f"{thing.__tablename__} is published and never changes")


def _refuse_statement(_connection: object, statement: object, *_rest: object) -> None:
    """A statement for many rows at once passes by no object, so it is looked at before it leaves."""
    table = statement.table if isinstance(statement, Update | Delete) else None
    if isinstance(table, Table) and table.name in _NAMES:
        raise PublishedForGood(f"{table.name} is published and never changes")


_PUBLISHED = (CourseVersion, VersionUnit)
_NAMES = frozenset(one.__tablename__ for one in _PUBLISHED)
# No event bus: these say nothing to anybody. They stand here because a database without triggers cannot refuse, and so that
# no caller gets around them by forgetting to ask. What is written as plain SQL is caught by a test over the code base.
for _table in _PUBLISHED:
    event.listen(_table, "before_update", _refuse_change)
    event.listen(_table, "before_delete", _refuse_change)
event.listen(Engine, "before_execute", _refuse_statement)
