"""Requests of people about their data, and rounds of destruction with their log."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.accounts.models import Person
from lmp.core import db
from lmp.core.ids import new_id
from lmp.core.messages import N_, Message
from lmp.core.personal import Erasure, Personal
from lmp.privacy.rules import Kind, State


class DataRequest(db.Model):
    """What a person asked about their data, until when it is answered, and the answer."""

    __tablename__ = "data_request"
    __table_args__ = (
        Index("ix_data_request_state_due_on", "state", "due_on", "id"),
        Index("ix_data_request_person", "person_id"),
    )
    personal = Personal(
        columns=("person_id", "text", "answer", "answered_by_id"),
        owner="person_id",
        purpose="answer what people ask about their data, and prove it",
        keep_years=3,
        since="made_at",
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[Kind] = mapped_column(db.Code(Kind, "data_request_kind"))
    state: Mapped[State] = mapped_column(db.Code(State, "data_request_state"), default=State.OPEN)
    text: Mapped[str]
    made_at: Mapped[datetime]
    due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])

    def access_facts(self) -> Facts:
        """A request belongs to who made it."""
        return Facts(owner=self.person_id)


class Destruction(db.Model):
    """A round of retention: counted by one person, approved by another, and what was destroyed; kept as the log."""

    __tablename__ = "destruction"
    personal = Personal(
        columns=("counted_by_id", "approved_by_id"),
        owner="counted_by_id",
        purpose="prove what was destroyed when and by whom",
        keep_years=None,
        source=Message(N_("Regulation of 28.10.2017, no. 30224: the log is kept for at least three years")),
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    counted_at: Mapped[datetime]
    counted_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    #: The day the rules were read against; approving destroys what was due on that day and nothing more.
    as_of: Mapped[date]
    #: Table → rows that were due.
    counts: Mapped[dict[str, Any]]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    done_at: Mapped[datetime | None]
    #: Table → rows destroyed or emptied.
    destroyed: Mapped[dict[str, Any]]
    counted_by: Mapped[Person] = relationship(lazy="joined", foreign_keys=[counted_by_id])
    approved_by: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=[approved_by_id])
