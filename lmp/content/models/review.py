"""Reviews of drafts, and what reviewers and authors say to each other in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.content.editing.places import Part
from lmp.content.rules import ReviewState
from lmp.core import db
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal


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
