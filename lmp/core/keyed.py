"""Keyed pages: a list continues after the last row seen, so that page 1,000 costs what page 1 costs."""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Date, Integer, LargeBinary, Select, String, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine

from lmp.core import db

Row = TypeVar("Row")
Key = ColumnElement[Any] | InstrumentedAttribute[Any]

ROWS = 50
_BATCH = 1_000

_WRITE: tuple[tuple[type, str, Callable[[Any], str]], ...] = (
    (bytes, "x", lambda value: value.hex()),
    (UUID, "u", lambda value: value.hex),
    (datetime, "m", lambda value: value.isoformat()),
    (date, "d", lambda value: value.isoformat()),
    (int, "i", str),
    (str, "s", str),
)
_READ: dict[str, Callable[[str], Any]] = {
    "x": bytes.fromhex,
    "u": lambda text: UUID(hex=text),
    "m": datetime.fromisoformat,
    "d": date.fromisoformat,
    "i": int,
    "s": str,
}
#: Which columns a key of each kind can belong to; a forged place must not reach a column of another kind.
_COLUMNS: dict[str, type[TypeEngine[Any]]] = {
    "x": LargeBinary,
    "u": db.Id,
    "m": db.Moment,
    "d": Date,
    "i": Integer,
    "s": String,
}


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page, and the places where the next and the previous one begin, or None."""

    rows: list[Row]
    next: str | None = None
    previous: str | None = None


@dataclass(frozen=True)
class _Place:
    """Where a page begins: after (or, going back, before) the row with these keys."""

    values: tuple[Any, ...]
    back: bool


def page(
    statement: Select[Any],
    order: Sequence[Key],
    at: str | None,
    *,
    key_of: Callable[[Any], tuple[Any, ...]],
    descending: bool = False,
    size: int = ROWS,
) -> Page[Any]:
    """One page of a statement in the order of the keys, the last of which is unique.

    `at` is a place that an earlier page gave; one that cannot be read begins at the beginning. `key_of` reads the keys
    from a row. Statements of one entity give entities, others give rows.
    """
    place = _read(at, order) if at else None
    back = place is not None and place.back
    found = _ordered(_beyond(statement, order, place, descending), order, descending != back).limit(size + 1)
    rows = _fetch(found)
    more = len(rows) > size
    rows = rows[:size]
    if back:
        rows.reverse()
    if not rows:
        return Page([])
    has_next, has_previous = (True, more) if back else (more, place is not None)
    return Page(
        rows,
        next=_write(key_of(rows[-1]), back=False) if has_next else None,
        previous=_write(key_of(rows[0]), back=True) if has_previous else None,
    )


def every(
    statement: Select[Any], order: Sequence[Key], *, key_of: Callable[[Any], tuple[Any, ...]], descending: bool = False
) -> Iterator[Any]:
    """All rows in the same order, for exports: read in batches by key, so memory and locks stay small."""
    place: _Place | None = None
    while True:
        found = _ordered(_beyond(statement, order, place, descending), order, descending).limit(_BATCH)
        rows = _fetch(found)
        yield from rows
        if len(rows) < _BATCH:
            return
        place = _Place(key_of(rows[-1]), back=False)


def _fetch(statement: Select[Any]) -> list[Any]:
    """Entities where the statement selects one, else rows."""
    result = db.session().execute(statement)
    single = len(statement.column_descriptions) == 1
    return list(result.unique().scalars()) if single else list(result.unique())


def _beyond(statement: Select[Any], order: Sequence[Key], place: _Place | None, descending: bool) -> Select[Any]:
    """Only what comes after the place, in the direction of reading."""
    if place is None:
        return statement
    keys = tuple_(*order)
    there = tuple_(*(literal(value, key.type) for value, key in zip(place.values, order, strict=True)))
    return statement.where(keys < there if descending != place.back else keys > there)


def _ordered(statement: Select[Any], order: Sequence[Key], descending: bool) -> Select[Any]:
    return statement.order_by(*(key.desc() if descending else key.asc() for key in order))


def _write(values: tuple[Any, ...], *, back: bool) -> str:
    """A place as one word for an address."""
    said = ["b" if back else "a"]
    for value in values:
        kind, write = next((kind, write) for known, kind, write in _WRITE if isinstance(value, known))
        said.append(kind + write(value))
    return base64.urlsafe_b64encode(json.dumps(said, ensure_ascii=False).encode()).decode().rstrip("=")


def _read(word: str, order: Sequence[Key]) -> _Place | None:
    """The place a word names, or None for a word that names none in this order."""
    try:
        said = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
        way, *written = said
        if way not in ("a", "b"):
            return None
        values = tuple(_read_key(value[0], value[1:], key.type) for value, key in zip(written, order, strict=True))
    except (binascii.Error, ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError):
        return None
    return _Place(values, back=way == "b")


def _read_key(kind: str, text: str, column: TypeEngine[Any]) -> Any:
    """One key of a place. Raises ValueError for one that no row of the column could have."""
    if not isinstance(column, _COLUMNS[kind]):
        raise ValueError("a key of another kind")
    value = _READ[kind](text)
    if kind == "s" and ("\0" in value or value.encode().decode() != value):
        raise ValueError("no text of a database")
    if kind == "m":
        return value.astimezone(UTC)
    if kind == "i" and abs(value) >= 2 ** (63 if isinstance(column, BigInteger) else 31):
        raise ValueError("a number no row has")
    return value
