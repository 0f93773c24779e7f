"""Placements, day entries with their photos, and the weeks sent to a mentor."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.core import db
from lmp.core.ids import new_id
from lmp.core.personal import Personal
from lmp.enrolment.models import Enrolment
from lmp.network.models import MentorContact, Workplace


class DayState(StrEnum):
    """How far a day entry is."""

    DRAFT = "draft"
    SENT = "sent"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


class Presence(StrEnum):
    """Whether the teacher was at the workplace."""

    PRESENT = "present"
    ABSENT = "absent"


class Placement(db.Model):
    """Where and with whom a teacher learns on the job (işletmede eğitim)."""

    __tablename__ = "placement"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="dates"),)
    personal = Personal(columns=("enrolment_id", "mentor_id"), owner="enrolment_id", purpose="learn on the job")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    workplace_id: Mapped[UUID] = mapped_column(ForeignKey("workplace.id"), index=True)
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("mentor_contact.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    planned_days: Mapped[int]
    #: Usual hours at this workplace, proposed in the day form.
    day_starts: Mapped[time]
    day_ends: Mapped[time]
    break_minutes: Mapped[int]
    #: The day the safety briefing was given; no day may be logged before it.
    briefed_on: Mapped[date | None]
    enrolment: Mapped[Enrolment] = relationship(lazy="joined")
    workplace: Mapped[Workplace] = relationship(lazy="joined")
    mentor: Mapped[MentorContact] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """As the enrolment it belongs to."""
        return self.enrolment.access_facts()


class DayEntry(db.Model):
    """One day at the workplace: what was done, when, and one sentence of reflection."""

    __tablename__ = "day_entry"
    __table_args__ = (
        UniqueConstraint("placement_id", "day"),
        CheckConstraint("minutes >= 0 AND minutes <= 720", name="minutes"),
        CheckConstraint("break_minutes >= 0", name="break"),
    )
    personal = Personal(
        columns=("reflection", "other_work", "reason", "returned_why", "decided_by"),
        owner="placement_id",
        purpose="prove the days at the workplace",
        keep_years=2,
    )

    #: Made on the device, so that an entry written offline arrives once.
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"))
    day: Mapped[date]
    presence: Mapped[Presence] = mapped_column(db.Code(Presence, "presence"))
    starts: Mapped[time | None]
    ends: Mapped[time | None]
    break_minutes: Mapped[int] = mapped_column(default=0)
    #: Computed by the server from start, end and break.
    minutes: Mapped[int]
    #: Ids of the plan's tasks that were done.
    tasks: Mapped[list[Any]]
    other_work: Mapped[str] = mapped_column(default="")
    reflection: Mapped[str] = mapped_column(default="")
    #: Why a day of the calendar, a weekend or a late day is logged, why the teacher was away, or why a confirmed day
    #: changed.
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[DayState] = mapped_column(db.Code(DayState, "day_state"), default=DayState.DRAFT)
    #: Grows with every change; links and confirmations are bound to it.
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="")
    #: What the company asked to correct; kept until the day is confirmed.
    returned_why: Mapped[str] = mapped_column(default="")
    placement: Mapped[Placement] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """As the placement it belongs to."""
        return self.placement.access_facts()


class SentWeek(db.Model):
    """Days sent together to the mentor: the subject of a one-time link."""

    __tablename__ = "sent_week"
    personal = Personal(
        columns=("mentor_name",), owner="placement_id", purpose="ask the company to confirm days", keep_years=2
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id"), index=True)
    #: Day entry id → version at the time of sending.
    entries: Mapped[dict[str, Any]]
    mentor_name: Mapped[str]
    sent_at: Mapped[datetime]
    #: When the newest mail with a link was written, and which mail it is as long as mails are kept.
    mailed_at: Mapped[datetime]
    mail_id: Mapped[UUID | None]
    #: When nothing was left to decide: the days were confirmed or returned, or the teacher took the week back.
    decided_at: Mapped[datetime | None]
    placement: Mapped[Placement] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """Only the link made for this week may act on it."""
        return Facts(subject=self.id)


class WithdrawnConfirmation(db.Model):
    """A confirmation that the company took back, as it was given; only ever added."""

    __tablename__ = "withdrawn_confirmation"
    __table_args__ = (UniqueConstraint("entry_id", "version"), CheckConstraint("length(why) > 0", name="why_given"))
    personal = Personal(
        columns=("confirmed_by", "withdrawn_by", "why"),
        owner="entry_id",
        purpose="show which confirmed days were taken back, and why",
        keep_years=2,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("day_entry.id"))
    #: The version of the day that had been confirmed; it is never confirmed again.
    version: Mapped[int]
    week_id: Mapped[UUID] = mapped_column(ForeignKey("sent_week.id"), index=True)
    minutes: Mapped[int]
    confirmed_at: Mapped[datetime]
    confirmed_by: Mapped[str]
    withdrawn_at: Mapped[datetime]
    withdrawn_by: Mapped[str]
    why: Mapped[str]
