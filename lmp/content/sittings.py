"""The saved states of a draft as people remember them: by day, and by who sat down to write."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Generic, Protocol, TypeVar
from uuid import UUID

#: Whoever saves nothing for so long has stood up.
PAUSE = timedelta(minutes=30)


class Saved(Protocol):
    """One saved state."""

    @property
    def author_id(self) -> UUID | None:
        """Who saved it."""

    @property
    def saved_at(self) -> datetime:
        """When, in UTC."""

    @property
    def saved_on(self) -> date:
        """The day on the wall calendar."""


Row = TypeVar("Row", bound=Saved)


@dataclass(frozen=True, slots=True)
class Sitting(Generic[Row]):
    """What one person saved without a longer pause, the newest first."""

    rows: tuple[Row, ...]

    @property
    def newest(self) -> Row:
        """The state in which they left it."""
        return self.rows[0]

    @property
    def oldest(self) -> Row:
        """The first state they saved."""
        return self.rows[-1]


@dataclass(frozen=True, slots=True)
class Day(Generic[Row]):
    """The sittings of one day, the newest first."""

    day: date
    sittings: tuple[Sitting[Row], ...]


def days(rows: Iterable[Row]) -> list[Day[Row]]:
    """Saved states, newest first, under the days and sittings they belong to."""
    return [Day(day, tuple(_sittings(list(found)))) for day, found in groupby(rows, key=lambda row: row.saved_on)]


def _sittings(rows: Sequence[Row]) -> list[Sitting[Row]]:
    """The sittings of a day."""
    found: list[list[Row]] = []
    for row in rows:
        later = found[-1][-1] if found else None
        if later is None or later.author_id != row.author_id or later.saved_at - row.saved_at > PAUSE:
            found.append([])
        found[-1].append(row)
    return [Sitting(tuple(sitting)) for sitting in found]
