"""The audit tables."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from lmp.core import db
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal


class AuditEntry(db.Model):
    """One act: who, what, with which thing, when. Sealed into the chain soon after; never changed, never deleted."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)
    personal = Personal(
        columns=("actor_id", "actor_name", "detail"),
        owner="actor_id",
        purpose="show who did what, provably",
        keep_years=None,
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    #: feature.past_participle, for example `workplace.confirmed`.
    act: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    detail: Mapped[dict[str, Any]]
    #: Place in the chain and the seal over the entry and the seal before it; empty until the worker seals it.
    sequence: Mapped[int | None] = mapped_column(unique=True)
    seal: Mapped[str | None]


class AuditHead(db.Model):
    """The end of the chain, one row: the guarded place where sealing workers queue."""

    __tablename__ = "audit_head"
    personal = Personal(
        columns=(), owner="", purpose="the end of the seal chain", keep_years=None, erasure=Erasure.KEEP
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    seal: Mapped[str]
