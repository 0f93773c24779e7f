"""What a course was copied from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.content.models.courses import Course
from lmp.core import db
from lmp.core.personal import Impersonal


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
