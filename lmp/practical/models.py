"""Practical tests: the day that is set for one, and the observation of one teacher against the course's checklist."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.core import db
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal
from lmp.enrolment.models import Enrolment


class PracticalTest(db.Model):
    """One try at the practical test; once decided it never changes."""

    __tablename__ = "practical_test"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "attempt"),
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name="score"),
    )
    personal = Personal(
        columns=("levels", "remark", "score", "assessor_id"),
        owner="enrolment_id",
        purpose="assess a skill",
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    attempt: Mapped[int]
    assessor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    assessor_name: Mapped[str]
    on: Mapped[date] = mapped_column("day")
    #: Criterion id → index of the level that was seen (0 worst, 2 best).
    levels: Mapped[dict[str, Any]]
    remark: Mapped[str] = mapped_column(default="")
    #: Grows with every saving, so that a stale tab is noticed.
    version: Mapped[int] = mapped_column(default=1)
    #: Per cent of the points, computed when the test was decided.
    score: Mapped[int | None]
    passed: Mapped[bool | None]
    started_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    enrolment: Mapped[Enrolment] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """As the enrolment it belongs to."""
        return self.enrolment.access_facts()


class TestDay(db.Model):
    """When and where somebody is to be tested, as an assessor of the run has set it; the newest setting counts."""

    __tablename__ = "test_day"
    __table_args__ = (Index("ix_test_day_day", "day"),)
    personal = Personal(
        columns=("place", "set_by"),
        owner="enrolment_id",
        purpose="tell people when and where their practical test is",
        keep_years=2,
        erasure=Erasure.DELETE,
    )

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    on: Mapped[date] = mapped_column("day")
    #: By the clock on the wall.
    starts: Mapped[time]
    place: Mapped[str]
    set_by: Mapped[str]
    set_at: Mapped[datetime]
    enrolment: Mapped[Enrolment] = relationship(lazy="joined")
