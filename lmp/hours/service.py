"""Posting to the minute ledger, reversing, and its sums; entries are only ever added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Select, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from lmp.core import clock, db
from lmp.enrolment.models import Enrolment
from lmp.hours import rules
from lmp.hours.models import LedgerHead, MinuteEntry, MinuteTotal, Strand
from lmp.hours.rules import Interval


@dataclass(frozen=True)
class Difference:
    """A cached total that is not what the entries say."""

    enrolment_id: UUID
    strand: Strand
    total: int
    counted: int


def queue_up(person_id: UUID) -> None:
    """Let in one unit of work of a person at a time, on both databases, by moving their head; every posting does.

    A feature that decides from what it reads whether to post does it before it reads, so that two decisions made at
    the same moment see each other.
    """
    if _move_head(person_id):
        return
    try:
        with db.session().begin_nested():
            db.session().execute(insert(LedgerHead).values(person_id=person_id, n=1))
    except IntegrityError:
        # Somebody posted this person's first minutes just now; their row is there to be moved.
        _move_head(person_id)


def post(
    *,
    enrolment: Enrolment,
    strand: Strand,
    minutes: int,
    day: date,
    source_kind: str,
    source_id: str,
    source_version: int = 1,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> MinuteEntry | None:
    """Add minutes from a source to the ledger, with the interval they were spent in where there is one.

    A source's version counts once: None when it was posted before, also when that posting was reversed since. Raises
    Counted when the person's interval is counted already.
    """
    interval = Interval(starts_at, ends_at) if starts_at is not None and ends_at is not None else None
    rules.check_length(minutes, interval)
    queue_up(enrolment.person_id)
    if _find(source_kind, source_id, source_version) is not None:
        return None
    if interval is not None:
        rules.check_free(interval, _taken(enrolment.person_id, interval))
    return _add(
        MinuteEntry(
            person_id=enrolment.person_id,
            enrolment_id=enrolment.id,
            strand=strand,
            minutes=minutes,
            day=day,
            starts_at=starts_at,
            ends_at=ends_at,
            source_kind=source_kind,
            source_id=source_id,
            source_version=source_version,
            is_reversal=False,
            posted_at=clock.now(),
        )
    )


def reverse(source_kind: str, source_id: str, source_version: int = 1) -> MinuteEntry | None:
    """Take back what a source's version posted; its interval is free again. None when nothing of it stands."""
    posted = _find(source_kind, source_id, source_version)
    if posted is None:
        return None
    queue_up(posted.person_id)
    if _find(source_kind, source_id, source_version, is_reversal=True) is not None:
        return None
    return _add(
        MinuteEntry(
            person_id=posted.person_id,
            enrolment_id=posted.enrolment_id,
            strand=posted.strand,
            minutes=-posted.minutes,
            day=posted.day,
            starts_at=posted.starts_at,
            ends_at=posted.ends_at,
            source_kind=source_kind,
            source_id=source_id,
            source_version=source_version,
            is_reversal=True,
            reversal_of_id=posted.id,
            posted_at=clock.now(),
        )
    )


def sums(enrolment_id: UUID) -> dict[Strand, int]:
    """The minutes of one enrolment by strand, counted from its entries."""
    return sums_of([enrolment_id])[enrolment_id]


def sums_of(enrolment_ids: Sequence[UUID]) -> dict[UUID, dict[Strand, int]]:
    """The minutes of many enrolments by strand, counted from their entries in one query."""
    amounts: dict[UUID, list[tuple[Strand, int]]] = {enrolment_id: [] for enrolment_id in enrolment_ids}
    if amounts:
        counted = _counted().where(MinuteEntry.enrolment_id.in_(amounts))
        for enrolment_id, strand, minutes in db.session().execute(counted):
            amounts[enrolment_id].append((strand, minutes))
    return {enrolment_id: rules.sums(Strand, found) for enrolment_id, found in amounts.items()}


def entries(enrolment_id: UUID) -> list[MinuteEntry]:
    """Every entry of an enrolment, reversals among them, in the order of their days."""
    found = select(MinuteEntry).where(MinuteEntry.enrolment_id == enrolment_id)
    return list(db.session().scalars(found.order_by(MinuteEntry.day, MinuteEntry.posted_at, MinuteEntry.id)))


def check() -> list[Difference]:
    """Count every sum again from the entries and compare it with the cached total."""
    totals = select(MinuteTotal.enrolment_id, MinuteTotal.strand, MinuteTotal.minutes)
    cached, counted = _by_key(totals), _by_key(_counted())
    differences = [
        Difference(*key, total=cached.get(key, 0), counted=counted.get(key, 0))
        for key in cached.keys() | counted.keys()
    ]
    wrong = [difference for difference in differences if difference.total != difference.counted]
    return sorted(wrong, key=lambda found: (str(found.enrolment_id), list(Strand).index(found.strand)))


def _by_key(rows: Select[UUID, Strand, int]) -> dict[tuple[UUID, Strand], int]:
    """Minutes by enrolment and strand."""
    return {(enrolment_id, strand): minutes for enrolment_id, strand, minutes in db.session().execute(rows)}


def _move_head(person_id: UUID) -> bool:
    """Count the posting on the person's head; False when there is no head yet."""
    return _changed(LedgerHead, LedgerHead.person_id == person_id, n=LedgerHead.n + 1)


def _changed(model: type[db.Model], where: ColumnElement[bool], **values: Any) -> bool:
    """Run an update past the session's memory; whether it met a row."""
    done = db.session().execute(
        update(model).where(where).values(**values).execution_options(synchronize_session=False)
    )
    return isinstance(done, CursorResult) and done.rowcount == 1


def _find(source_kind: str, source_id: str, source_version: int, *, is_reversal: bool = False) -> MinuteEntry | None:
    """What a source's version posted, or its reversal."""
    return db.session().scalar(
        select(MinuteEntry).where(
            MinuteEntry.source_kind == source_kind,
            MinuteEntry.source_id == source_id,
            MinuteEntry.source_version == source_version,
            MinuteEntry.is_reversal.is_(is_reversal),
        )
    )


def _taken(person_id: UUID, around: Interval) -> Iterable[Interval]:
    """The person's intervals that touch this one and were not reversed, whatever course they belong to."""
    reversal = aliased(MinuteEntry)
    found = select(MinuteEntry.starts_at, MinuteEntry.ends_at).where(
        MinuteEntry.person_id == person_id,
        MinuteEntry.is_reversal.is_(False),
        MinuteEntry.starts_at < around.ends_at,
        MinuteEntry.ends_at > around.starts_at,
        ~select(reversal.id).where(reversal.reversal_of_id == MinuteEntry.id).exists(),
    )
    rows = db.session().execute(found.order_by(MinuteEntry.starts_at))
    return [
        Interval(starts_at, ends_at) for starts_at, ends_at in rows if starts_at is not None and ends_at is not None
    ]


def _add(entry: MinuteEntry) -> MinuteEntry:
    """Write the entry and keep the cached total beside it."""
    session = db.session()
    session.add(entry)
    session.flush()
    where = (MinuteTotal.enrolment_id == entry.enrolment_id) & (MinuteTotal.strand == entry.strand)
    if not _changed(MinuteTotal, where, minutes=MinuteTotal.minutes + entry.minutes):
        session.execute(
            insert(MinuteTotal).values(enrolment_id=entry.enrolment_id, strand=entry.strand, minutes=entry.minutes)
        )
    return entry


def _counted() -> Select[UUID, Strand, int]:
    """Sums by enrolment and strand."""
    return select(MinuteEntry.enrolment_id, MinuteEntry.strand, func.sum(MinuteEntry.minutes)).group_by(
        MinuteEntry.enrolment_id, MinuteEntry.strand
    )
