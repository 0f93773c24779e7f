"""Courses, their drafts and revisions, and the immutable versions."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.content.editing.places import Part
from lmp.content.rules import ReviewState
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Impersonal, Personal
from lmp.network.models import Centre, Field


class Shape(StrEnum):
    """What a course's main strand is."""

    WORKPLACE = "workplace"
    MEETING = "meeting"
    ONLINE = "online"


class Course(db.Model):
    """A course of one centre; what it teaches stands in its versions. Title and minutes are those of the newest one."""

    __tablename__ = "course"
    personal = Impersonal("teaching material")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    shape: Mapped[Shape] = mapped_column(db.Code(Shape, "shape"))
    title: Mapped[Bilingual] = db.bilingual("title")
    sort_key_tr: Mapped[bytes] = mapped_column(LargeBinary)
    sort_key_en: Mapped[bytes] = mapped_column(LargeBinary)
    #: Planned minutes of all strands in the newest published version.
    planned_minutes: Mapped[int] = mapped_column(default=0)
    #: Whether every text of the newest published version stands in this language.
    complete_tr: Mapped[bool] = mapped_column(default=False)
    complete_en: Mapped[bool] = mapped_column(default=False)
    #: The newest published version; none while only a draft exists.
    current_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("course_version.id", use_alter=True), index=True)
    centre: Mapped[Centre] = relationship(lazy="joined")
    fields: Mapped[list[Field]] = relationship(secondary="course_field", order_by=Field.sort_key_tr, lazy="selectin")

    def access_facts(self) -> Facts:
        """A course belongs to its centre."""
        return Facts(centre=self.centre_id)


class CourseField(db.Model):
    """Which fields a course belongs to."""

    __tablename__ = "course_field"
    personal = Impersonal("teaching material")

    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), primary_key=True)
    field_id: Mapped[UUID] = mapped_column(ForeignKey("field.id"), primary_key=True, index=True)


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


class Review(db.Model):
    """A request to read a draft and decide about it. Only the newest one of a course can be open."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("course_id", "number"),)
    personal = Personal(
        columns=("asked_by_id", "reviewer_id", "decided_by_id", "note", "words"),
        owner="asked_by_id",
        purpose="who asked for the review of a course and who decided",
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    #: The draft that was asked about; whoever decides reads the newest one.
    revision: Mapped[int]
    hash: Mapped[str]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    #: What the author wants the reviewer to know; may be empty.
    note: Mapped[str]
    #: Who was asked; none where anybody with the right may decide.
    reviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[ReviewState] = mapped_column(db.Code(ReviewState, "review_state"))
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    #: Why it was sent back.
    words: Mapped[str] = mapped_column(default="")
    #: The number of the version that came of it.
    published: Mapped[int | None]


class ReviewComment(db.Model):
    """What a reader says about one place of a draft, or an answer to that."""

    __tablename__ = "review_comment"
    personal = Personal(
        columns=("author_id", "text", "resolved_by_id"),
        owner="author_id",
        purpose="what reviewers and authors of a course said to each other",
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    review_id: Mapped[UUID] = mapped_column(ForeignKey("review.id"), index=True)
    #: The comment this one answers.
    answers_id: Mapped[UUID | None] = mapped_column(ForeignKey("review_comment.id"), index=True)
    #: The kind of place, the unit's key and the block's id or question's key, as in `editing.places.Place`.
    part: Mapped[Part] = mapped_column(Text)
    unit_key: Mapped[str]
    thing: Mapped[str]
    #: The language it is about; empty for both.
    lang: Mapped[str]
    text: Mapped[str]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    resolved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    resolved_at: Mapped[datetime | None]
    review: Mapped[Review] = relationship(lazy="joined")


class CourseOrigin(db.Model):
    """What a course was copied from, and what of the origin's later versions was decided on."""

    __tablename__ = "course_origin"
    personal = Impersonal("teaching material")

    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), primary_key=True)
    origin_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), index=True)
    #: The newest version of the origin when the copy was made; 0 before its first.
    number: Mapped[int]
    #: The newest version of the origin in which nothing is to be decided any more.
    settled: Mapped[int]
    #: Thing → its mark at the origin when somebody last decided about it, empty for one that was not there.
    decided: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    copied_at: Mapped[datetime]
    origin: Mapped[Course] = relationship(lazy="joined", foreign_keys=[origin_id])


class VersionUnit(db.Model):
    """A unit of a version as safe HTML in one language, sanitised when it was published."""

    __tablename__ = "version_unit"
    personal = Impersonal("teaching material")

    version_id: Mapped[UUID] = mapped_column(ForeignKey("course_version.id"), primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    unit_key: Mapped[str] = mapped_column(primary_key=True)
    blocks: Mapped[list[Any]]
    sanitiser: Mapped[str]


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


class PublishedForGood(RuntimeError):
    """Code tried to change or remove what is published: a mistake in the code."""


def _refuse_change(_mapper: object, _connection: object, thing: CourseVersion | VersionUnit) -> None:
    """Runs and certificates rest on what a version said, so it is written once; a change is a new version."""
    raise PublishedForGood(f"{thing.__tablename__} is published and never changes")


# No event bus: these say nothing to anybody. They stand here because a database without triggers cannot refuse, and so that
# no caller gets around them by forgetting to ask. Bulk statements are caught by a test over the code base.
for _table in (CourseVersion, VersionUnit):
    event.listen(_table, "before_update", _refuse_change)
    event.listen(_table, "before_delete", _refuse_change)
