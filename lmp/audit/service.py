"""Recording acts, sealing them, and verifying the chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import CursorResult, func, select, update

from lmp.access import Actor
from lmp.audit import rules
from lmp.audit.models import AuditEntry, AuditHead
from lmp.core import clock, db

BATCH = 500


class Recordable(Protocol):
    """A row that acts are recorded about."""

    __tablename__: str
    id: Any


def record(by: Actor, act: str, thing: Recordable | None = None, **detail: Any) -> None:
    """Write down an act in the running transaction; `detail` holds plain values that explain it."""
    db.session().add(
        AuditEntry(
            at=clock.now(),
            actor_kind=by.kind.value,
            actor_id=by.id,
            actor_name=by.name,
            act=act,
            subject_kind=thing.__tablename__ if thing is not None else "",
            subject_id=thing.id if thing is not None else None,
            detail=detail,
        )
    )


def history(thing: Recordable) -> list[AuditEntry]:
    """What happened to a thing, oldest first."""
    found = select(AuditEntry).where(AuditEntry.subject_kind == thing.__tablename__, AuditEntry.subject_id == thing.id)
    return list(db.session().scalars(found.order_by(AuditEntry.at, AuditEntry.id)))


def _body(entry: AuditEntry, sequence: int) -> dict[str, object]:
    """What the seal covers: everything the entry says."""
    return {
        "sequence": sequence,
        "id": str(entry.id),
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": [entry.actor_kind, str(entry.actor_id or ""), entry.actor_name],
        "act": entry.act,
        "subject": [entry.subject_kind, str(entry.subject_id or "")],
        "detail": entry.detail,
    }


def seal_some() -> int:
    """Seal waiting entries in one transaction; answers how many. Two sealers cannot fork the chain: the head moves only
    from the place where this one found it."""
    session = db.session()
    head = session.get(AuditHead, 1)
    if head is None:
        head = AuditHead(id=1, sequence=0, seal=rules.GENESIS)
        session.add(head)
        session.flush()
    waiting = list(
        session.scalars(
            select(AuditEntry).where(AuditEntry.sequence.is_(None)).order_by(AuditEntry.at, AuditEntry.id).limit(BATCH)
        )
    )
    if not waiting:
        return 0
    start, seal = head.sequence, head.seal
    sealed = []
    for offset, entry in enumerate(waiting, 1):
        seal = rules.seal(seal, _body(entry, start + offset))
        sealed.append((entry, start + offset, seal))
    moved = session.execute(
        update(AuditHead)
        .where(AuditHead.id == 1, AuditHead.sequence == start)
        .values(sequence=start + len(waiting), seal=seal)
        .execution_options(synchronize_session=False)
    )
    if not isinstance(moved, CursorResult) or moved.rowcount != 1:
        return 0
    for entry, sequence, entry_seal in sealed:
        entry.sequence, entry.seal = sequence, entry_seal
    session.flush()
    return len(waiting)


@dataclass(frozen=True)
class Verdict:
    """What verifying found: counts, and the first entry that does not fit (None: the chain holds)."""

    sealed: int
    unsealed: int
    first_bad: int | None
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether every sealed entry fits."""
        return self.first_bad is None


def _chain() -> Iterator[AuditEntry]:
    """Sealed entries in order, read in batches so that no cursor stays open."""
    session, last = db.session(), 0
    while True:
        later = select(AuditEntry).where(AuditEntry.sequence > last).order_by(AuditEntry.sequence).limit(BATCH)
        found = list(session.scalars(later))
        if not found:
            return
        yield from found
        last = found[-1].sequence or 0


def verify() -> Verdict:
    """Recompute every seal from the beginning."""
    session = db.session()
    unsealed = session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.sequence.is_(None))) or 0
    seal, expected = rules.GENESIS, 0
    for entry in _chain():
        expected += 1
        if entry.sequence != expected:
            return Verdict(expected - 1, unsealed, expected, "an entry is missing")
        seal = rules.seal(seal, _body(entry, expected))
        if entry.seal != seal:
            return Verdict(expected - 1, unsealed, expected, "the entry does not match its seal")
    head = session.get(AuditHead, 1)
    if head is not None and (head.sequence, head.seal) != (expected, seal):
        return Verdict(expected, unsealed, expected + 1, "the end of the chain is missing")
    return Verdict(expected, unsealed, None)


def entries_by(actor_id: UUID) -> list[AuditEntry]:
    """What one person did, newest first."""
    found = select(AuditEntry).where(AuditEntry.actor_id == actor_id).order_by(AuditEntry.at.desc()).limit(200)
    return list(db.session().scalars(found))
