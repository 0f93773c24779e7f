"""The minute ledger: append-only entries, and one row a person that serialises their postings."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lmp.core import db
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal


class Strand(StrEnum):
    """The four strands of learning, always in this order."""

    ONLINE = "online"
    MEETING = "meeting"
    WORKPLACE = "workplace"
    PRACTICAL = "practical"


class MinuteEntry(db.Model):
    """Minutes of one strand with their source; a correction is a reversal (negative minutes), never a change."""

    __tablename__ = "minute_entry"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id", "source_version", "is_reversal"),
        UniqueConstraint("reversal_of_id"),
        CheckConstraint("(minutes > 0 AND NOT is_reversal) OR (minutes < 0 AND is_reversal)", name="sign"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="interval"),
        Index("ix_minute_entry_person_starts_at", "person_id", "starts_at"),
        Index("ix_minute_entry_enrolment", "enrolment_id", "strand"),
    )
    personal = Personal(
        columns=("person_id", "minutes", "day"),
        owner="person_id",
        purpose="prove the minutes a certificate states",
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    strand: Mapped[Strand] = mapped_column(db.Code(Strand, "strand"))
    minutes: Mapped[int]
    day: Mapped[date]
    #: The interval the minutes lie in; none for online units, whose minutes are planned ones.
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    #: The record the minutes come from: unit, day_entry, attendance, practical_test.
    source_kind: Mapped[str]
    source_id: Mapped[str]
    source_version: Mapped[int]
    is_reversal: Mapped[bool] = mapped_column(default=False)
    reversal_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("minute_entry.id"))
    posted_at: Mapped[datetime]


class LedgerHead(db.Model):
    """One row a person: updated first by every posting, so that postings of one person queue on both databases."""

    __tablename__ = "ledger_head"
    personal = Personal(columns=("person_id",), owner="person_id", purpose="order postings", erasure=Erasure.KEEP)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    n: Mapped[int]


class MinuteTotal(db.Model):
    """The sum per enrolment and strand: a cache for lists that `lmp hours check` recomputes; no rule reads it."""

    __tablename__ = "minute_total"
    __table_args__ = (CheckConstraint("minutes >= 0", name="not_negative"),)
    personal = Personal(columns=("minutes",), owner="enrolment_id", purpose="show sums in lists", erasure=Erasure.KEEP)

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    strand: Mapped[Strand] = mapped_column(db.Code(Strand, "total_strand"), primary_key=True)
    minutes: Mapped[int]
