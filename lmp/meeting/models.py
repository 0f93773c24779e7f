"""Half days face to face, dated for one run, and who attended them."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.accounts.models import Person
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal
from lmp.enrolment.models import Run
from lmp.meeting.rules import Choice, Excuse, Mark, When

__all__ = ["Attendance", "Excuse", "HalfDay", "Mark"]


class HalfDay(db.Model):
    """One half day of a run, copied from the course's plan and dated; its times are those of the clock on the wall."""

    __tablename__ = "half_day"
    __table_args__ = (
        UniqueConstraint("run_id", "number"),
        CheckConstraint("ends > starts", name="times"),
        CheckConstraint("minutes > 0 AND minutes <= 360", name="minutes"),
        CheckConstraint("(closed_at IS NULL) = (closed_by = '')", name="closed"),
        Index("ix_half_day_day", "day"),
    )
    personal = Personal(
        columns=("trainer_id", "closed_by"),
        owner="trainer_id",
        purpose="who taught and who kept the roster",
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id"))
    #: Its place in the course's plan, beginning with one.
    number: Mapped[int]
    #: The day of the plan it belongs to, beginning with one.
    plan_day: Mapped[int]
    title: Mapped[Bilingual] = db.bilingual("title")
    topic: Mapped[Bilingual] = db.bilingual("topic")
    on: Mapped[date] = mapped_column("day")
    starts: Mapped[time]
    ends: Mapped[time]
    #: Its length, computed by the server from start and end.
    minutes: Mapped[int]
    room: Mapped[str] = mapped_column(default="")
    #: What participants bring along.
    bring: Mapped[str] = mapped_column(default="")
    trainer_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: Why it is held on a day on which nobody works.
    reason: Mapped[str] = mapped_column(default="")
    #: Grows with every change, so that a stale page is noticed.
    version: Mapped[int] = mapped_column(default=1)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(default="")
    run: Mapped[Run] = relationship(lazy="joined")
    trainer: Mapped[Person | None] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """As the run it belongs to."""
        return self.run.access_facts()

    @property
    def when(self) -> When:
        """Its day and times by the clock on the wall."""
        return When(self.on, self.starts, self.ends)

    @property
    def starts_at(self) -> datetime:
        """The moment it begins."""
        return clock.wall(self.on, self.starts)

    @property
    def ends_at(self) -> datetime:
        """The moment it is over."""
        return clock.wall(self.on, self.ends)


class Attendance(db.Model):
    """What the roster says about one person in one half day; the source of the minutes in the ledger."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("half_day_id", "enrolment_id"),
        CheckConstraint(
            "(mark = 'excused' AND excuse IS NOT NULL) OR (mark <> 'excused' AND excuse IS NULL)", name="excuse_of"
        ),
        CheckConstraint("corrected_at IS NULL OR length(corrected_why) > 0", name="correction_has_reason"),
        Index("ix_attendance_enrolment_id", "enrolment_id"),
    )
    personal = Personal(
        columns=("mark", "excuse", "marked_by", "corrected_by", "corrected_why"),
        owner="enrolment_id",
        purpose="prove the minutes a certificate states; an excuse is kept without any document",
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    half_day_id: Mapped[UUID] = mapped_column(ForeignKey("half_day.id"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    mark: Mapped[Mark] = mapped_column(db.Code(Mark, "mark"))
    excuse: Mapped[Excuse | None] = mapped_column(db.Code(Excuse, "excuse"))
    #: False when the person was there but the hours are counted elsewhere already.
    counted: Mapped[bool] = mapped_column(default=True)
    #: Grows with every correction; each version posts to the ledger at most once.
    version: Mapped[int] = mapped_column(default=1)
    marked_at: Mapped[datetime]
    marked_by: Mapped[str]
    corrected_at: Mapped[datetime | None]
    corrected_by: Mapped[str] = mapped_column(default="")
    #: The newest correction's reason; the teacher reads it, and the audit keeps every one.
    corrected_why: Mapped[str] = mapped_column(default="")

    @property
    def choice(self) -> Choice:
        """The mark with its excuse."""
        return Choice(self.mark, self.excuse)
