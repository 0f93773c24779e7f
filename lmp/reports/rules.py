"""What is true about figures: months and periods, percentiles of waiting, and which public numbers must not be shown."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID, uuid5

from lmp.meeting.rules import Choice, Excuse, Mark

#: Groups of fewer people than this are never shown in public.
FEWEST = 5
#: Waiting is counted in days up to here; longer waits count as this.
LONGEST_WAIT = 90

Key = TypeVar("Key", bound=Hashable)


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def month_after(month: date, number: int = 1) -> date:
    """The month so many months after (or, below nought, before) a month."""
    whole = month.year * 12 + month.month - 1 + number
    return date(whole // 12, whole % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """The months from the one to the other, both included."""
    found, month = [], month_of(first)
    while month <= last:
        found.append(month)
        month = month_after(month)
    return found


@dataclass(frozen=True)
class Period:
    """The months a report is about; `year` where it is a calendar year."""

    first: date
    last: date
    year: int | None = None

    @property
    def months(self) -> list[date]:
        """Its months in order."""
        return months_between(self.first, self.last)


def last_twelve(today: date) -> Period:
    """The running month and the eleven before it."""
    return Period(month_after(month_of(today), -11), month_of(today))


def whole_year(year: int) -> Period:
    """January to December of a year."""
    return Period(date(year, 1, 1), date(year, 12, 1), year)


def period(word: str | None, years: Iterable[int], today: date) -> Period:
    """The period an address asks for: one of the years, else the last twelve months."""
    return next((whole_year(year) for year in years if str(year) == word), last_twelve(today))


#: What a closed roster says about somebody, with the kind of excuse; the order of tables and of stored keys.
MARKS: tuple[Choice, ...] = (
    Choice(Mark.PRESENT),
    Choice(Mark.ABSENT),
    *(Choice(Mark.EXCUSED, excuse) for excuse in Excuse),
)
#: Names the groups of fields that belong to no single one.
_GROUPS = UUID("5d0c2f0a-6a55-4d0c-9f3e-2b7a3a3f3c11")


def group_of(fields: Collection[UUID]) -> UUID:
    """What stands for these very fields together: the field itself where there is one, the same id for the same several."""
    return next(iter(fields)) if len(fields) == 1 else uuid5(_GROUPS, " ".join(sorted(map(str, fields))))


def begun_days(seconds: float) -> int:
    """Within how many days something was done: 1 for anything up to a full day; never above the longest told apart."""
    return min(max(-int(-seconds // 86_400), 1), LONGEST_WAIT)


@dataclass(frozen=True)
class Waited:
    """How long something took: half of the cases at most `half` days, nine of ten at most `most`."""

    number: int
    half: int
    most: int


def waited(days: Mapping[int, int]) -> Waited | None:
    """Median and ninth decile (nearest rank) of cases counted by days; None where nothing was waited for."""
    number = sum(days.values())
    if number == 0:
        return None
    return Waited(number, _rank(days, number, 0.5), _rank(days, number, 0.9))


def _rank(days: Mapping[int, int], number: int, part: float) -> int:
    """The smallest number of days within which at least this part of the cases was done."""
    seen = 0
    for day in sorted(days):
        seen += days[day]
        if seen >= part * number:
            return day
    return max(days)


@dataclass(frozen=True)
class Shown:
    """A public number, or why it is hidden: fewer than FEWEST people, or because it would give such a one away."""

    value: int | None
    few: bool = False

    @property
    def hidden(self) -> bool:
        """Whether the number is not shown."""
        return self.value is None


def protect(cells: Mapping[Key, int], total: int) -> dict[Key, Shown] | None:
    """Numbers of people as they may stand in public beside their total; None where the table may not be shown at all.

    Fewer than FEWEST people are never shown. Whoever subtracts what is shown from the total, and knows this rule, must
    still hold every number from 1 to FEWEST - 1 possible for each small group; so further groups are withheld, the
    smallest first, until that is true. Nought stays: it tells about nobody.
    """
    small = {key for key, value in cells.items() if 0 < value < FEWEST}
    large = sorted((key for key in cells if cells[key] >= FEWEST), key=lambda one: (cells[one], str(one)))
    for number in range(len(large) + 1):
        shown = [cells[key] for key in large[number:]]
        hidden = sum(cells.values()) - sum(shown)
        if not small or _is_open(hidden, len(small), number, min(shown, default=None)):
            withheld = {*small, *large[:number]}
            return {key: Shown(None, key in small) if key in withheld else Shown(cells[key]) for key in cells}
    return None if total or cells else {}


def _is_open(hidden: int, small: int, large: int, least_shown: int | None) -> bool:
    """Whether each small group could have 1 as well as FEWEST - 1 people, given what all hidden ones add up to.

    The large ones among them have at least FEWEST people, and not more than the smallest that is shown.
    """
    most_few = hidden - FEWEST * large - (small - 1)
    if large == 0:
        return False
    if least_shown is None:
        return most_few >= FEWEST - 1
    return most_few >= FEWEST - 1 and hidden - least_shown * large - (FEWEST - 1) * (small - 1) <= 1
