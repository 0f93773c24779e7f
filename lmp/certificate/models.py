"""Batches, certificates with their frozen records, and the number series."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.core import db
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Impersonal, Personal
from lmp.enrolment.models import Enrolment, Run


class RevocationKind(StrEnum):
    """The public kind of reason for a revocation."""

    CORRECTION = "correction"
    ERROR = "error"
    EVIDENCE = "evidence"


class BatchState(StrEnum):
    """How far a batch is."""

    PREPARED = "prepared"
    ISSUED = "issued"
    RETURNED = "returned"


class Batch(db.Model):
    """Certificates of one run reviewed together; where the run says so, a signatory confirms before they are issued."""

    __tablename__ = "batch"
    personal = Personal(
        columns=("prepared_by_id", "signed_by_id"), owner="prepared_by_id", purpose="who reviewed and confirmed"
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id"), index=True)
    state: Mapped[BatchState] = mapped_column(db.Code(BatchState, "batch_state"))
    #: The enrolments the review held ready.
    enrolment_ids: Mapped[list[Any]]
    prepared_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    prepared_at: Mapped[datetime]
    signed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    #: Why the signatory sent the batch back.
    reason: Mapped[str] = mapped_column(default="")
    run: Mapped[Run] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """As the run it belongs to."""
        return self.run.access_facts()


class NumberSeries(db.Model):
    """The last certificate number of a centre in a year; moved by a guarded update, so numbers have no gaps."""

    __tablename__ = "number_series"
    personal = Impersonal("a counter")

    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Certificate(db.Model):
    """A certificate: number, code, and the frozen record of what was earned. Only revocation may still happen to it."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("centre_id", "year", "serial"),
        Index(
            "uq_certificate_valid_enrolment",
            "enrolment_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        CheckConstraint("(revoked_at IS NULL) = (revocation_kind IS NULL)", name="revocation"),
        Index("ix_certificate_person", "person_id"),
        Index("ix_certificate_run", "run_id"),
    )
    personal = Personal(
        columns=("person_id", "person_name", "record", "revocation_note"),
        owner="person_id",
        purpose="prove what was earned to anyone, for ever",
        keep_years=None,
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"))
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    #: Canonical JSON, byte for byte what the PDF embeds; never changed.
    record: Mapped[str]
    record_sha256: Mapped[str]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("batch.id"))
    revoked_at: Mapped[datetime | None]
    revocation_kind: Mapped[RevocationKind | None] = mapped_column(db.Code(RevocationKind, "revocation_kind"))
    #: The full reason, for the centre and the holder; the public sees the kind.
    revocation_note: Mapped[str] = mapped_column(default="")
    #: The certificate this one replaces.
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate.id"), unique=True)
    enrolment: Mapped[Enrolment] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """The holder and the run's people."""
        return self.enrolment.access_facts()
