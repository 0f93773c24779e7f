"""What the ledger allows and how minutes are counted: no hour twice, sums, lesson hours."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import TypeVar

from lmp.core import clock, written
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message

Kind = TypeVar("Kind", bound=Hashable)


@dataclass(frozen=True)
class Interval:
    """A time somebody spent, from a moment up to (not including) another; both know their zone."""

    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """Its length in whole minutes."""
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    def in_language(self, lang: str) -> str:
        """The time as the clock on the wall shows it: 2 Aralık 2026, 08.30–16.30."""
        starts, ends = clock.local(self.starts_at), clock.local(self.ends_at)
        return f"{written.moment(starts, lang)}–{written.time_of_day(ends, lang)}"


def overlaps(one: Interval, other: Interval) -> bool:
    """Whether two intervals share any time; one may start at the very moment the other ends."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


class Counted(RuleBroken):
    """An hour that somebody wants to be counted is counted already; `interval` says which time it is."""

    def __init__(self, interval: Interval) -> None:
        """Name the time that is counted."""
        super().__init__(
            Message(N_("This time is counted already: %(interval)s. Change the start or the end."), interval=interval),
            "starts",
        )
        self.interval = interval


def check_free(wanted: Interval, taken: Iterable[Interval]) -> None:
    """One hour of a person counts once. Raises Counted naming the time that is counted already."""
    clash = next((interval for interval in taken if overlaps(wanted, interval)), None)
    if clash is not None:
        raise Counted(clash)


def check_length(minutes: int, interval: Interval | None) -> None:
    """Minutes are positive and fit into their interval. Raises ValueError: a feature computed them wrongly."""
    if minutes <= 0:
        raise ValueError(f"{minutes} minutes cannot be posted")
    if interval is not None and minutes > interval.minutes:
        raise ValueError(f"{minutes} minutes do not fit into an interval of {interval.minutes}")


def sums(kinds: Iterable[Kind], amounts: Iterable[tuple[Kind, int]]) -> dict[Kind, int]:
    """The minutes of every kind, in the order of the kinds, nought where nothing was posted."""
    found = dict.fromkeys(kinds, 0)
    for kind, minutes in amounts:
        found[kind] += minutes
    return found


def lesson_hours(minutes: int, lesson_minutes: int) -> Decimal:
    """Minutes in lesson hours of `lesson_minutes`, one decimal, rounded down: nobody is shown more than was earned."""
    return (Decimal(minutes) / lesson_minutes).quantize(Decimal("0.1"), ROUND_DOWN)
