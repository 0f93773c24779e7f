"""A person's statement of minutes: every entry with the balance after it, like a bank's."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from lmp.core import keyed
from lmp.core.keyed import Page
from lmp.hours.models import MinuteEntry

ROWS = 40


def statement(person_id: UUID, *, enrolment_id: UUID | None = None, at: str | None = None) -> Page[Any]:
    """One page of a person's entries, the newest first, each a row with its `balance` in minutes.

    The balance counts from the first entry of what is shown: everything, or one enrolment.
    """
    listed = _listed(person_id, enrolment_id)
    return keyed.page(listed, _order(listed), at, key_of=_key, descending=True, size=ROWS)


def every_line(person_id: UUID, *, enrolment_id: UUID | None = None) -> Iterator[Any]:
    """All of it, for files."""
    listed = _listed(person_id, enrolment_id)
    return keyed.every(listed, _order(listed), key_of=_key, descending=True)


def _listed(person_id: UUID, enrolment_id: UUID | None) -> Select[Any]:
    """Entries with their balance, in the order in which their days went by."""
    entry = MinuteEntry
    chosen = select(
        entry.id,
        entry.enrolment_id,
        entry.strand,
        entry.minutes,
        entry.day,
        entry.source_kind,
        entry.source_id,
        entry.is_reversal,
        entry.posted_at,
        func.sum(entry.minutes).over(order_by=(entry.day, entry.id)).label("balance"),
    ).where(entry.person_id == person_id)
    if enrolment_id is not None:
        chosen = chosen.where(entry.enrolment_id == enrolment_id)
    return select(chosen.subquery("listed"))


def _order(listed: Select[Any]) -> tuple[Any, Any]:
    columns = listed.selected_columns
    return columns.day, columns.id


def _key(row: Any) -> tuple[Any, ...]:
    return row.day, row.id
