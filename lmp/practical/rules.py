"""How a practical test is scored and decided: points over all criteria, and critical steps that must not fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lmp.core.errors import Conflict, RuleBroken
from lmp.core.messages import N_, Message

MOST_ATTEMPTS = 2
LONGEST_REMARK = 1000
LONGEST_PLACE = 160
#: The farthest day that can be set for a test; a later one is a slip of the pen.
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Item:
    """A criterion of the checklist: its points from the worst level to the best, and whether it is a critical step."""

    id: str
    points: tuple[int, ...]
    must: bool


@dataclass(frozen=True)
class Result:
    """What the seen levels say: per cent of the points, critical steps that failed, criteria without a level."""

    score: int
    failed_steps: tuple[str, ...]
    open_items: tuple[str, ...]
    passed: bool

    @property
    def complete(self) -> bool:
        """Whether every criterion has a level."""
        return not self.open_items


def result(items: Sequence[Item], levels: Mapping[str, int], pass_mark: int) -> Result:
    """Score and decision. The score is rounded down, so that 69.9 is not 70; a critical step fails at its lowest level."""
    best = sum(item.points[-1] for item in items)
    reached = sum(item.points[levels[item.id]] for item in items if item.id in levels)
    score = reached * 100 // best if best else 0
    failed = tuple(item.id for item in items if item.must and levels.get(item.id) == 0)
    missing = tuple(item.id for item in items if item.id not in levels)
    return Result(score, failed, missing, passed=not missing and not failed and score >= pass_mark)


def check_levels(items: Sequence[Item], levels: Mapping[str, int]) -> dict[str, int]:
    """Only known criteria and their levels. Raises RuleBroken."""
    known = {item.id: len(item.points) for item in items}
    for name, level in levels.items():
        if name not in known or not 0 <= level < known[name]:
            raise RuleBroken(Message(N_("Choose one of the three levels for each criterion.")), name)
    return dict(levels)


def check_complete(found: Result) -> None:
    """Raises RuleBroken, naming the first criterion without a level."""
    if not found.complete:
        raise RuleBroken(
            Message(N_("Choose a level for every criterion; %(n)s are still open."), n=len(found.open_items)),
            found.open_items[0],
        )


def check_day(on: date, today: date, starts_on: date) -> None:
    """A test is written down on its day or later, and not before the run. Raises RuleBroken."""
    if on > today:
        raise RuleBroken(
            Message(N_("The day of the test lies in the future. Write the day on which you saw it.")), "on"
        )
    if on < starts_on:
        raise RuleBroken(
            Message(N_("The training begins on %(day)s; the test cannot be before it."), day=starts_on), "on"
        )


def check_version(shown: int, kept: int) -> None:
    """Raises Conflict when the test was saved in another window meanwhile."""
    if shown != kept:
        raise Conflict(
            Message(
                N_(
                    "This test was saved in another window meanwhile. Open it again; your choices are still on this page."
                )
            )
        )


def check_new_attempt(decided: Sequence[bool]) -> int:
    """The number of the next attempt. Raises RuleBroken when there is none."""
    if any(decided):
        raise Conflict(Message(N_("This teacher has passed the practical test already.")))
    if len(decided) >= MOST_ATTEMPTS:
        raise RuleBroken(Message(N_("Both attempts are used. The centre decides how to go on.")))
    return len(decided) + 1


def is_over(attempt: int, *, passed: bool) -> bool:
    """Whether a decided attempt leaves nothing to be tested: it was passed, or it was the last one."""
    return passed or attempt >= MOST_ATTEMPTS


def check_planned(on: date, today: date, starts_on: date) -> None:
    """The day of a test lies ahead, in its training or after it, and within a year. Raises RuleBroken."""
    if on < today:
        raise RuleBroken(Message(N_("This day has passed. Write a day from today on.")), "on")
    if on < starts_on:
        raise RuleBroken(
            Message(N_("The training begins on %(day)s; the test cannot be before it."), day=starts_on), "on"
        )
    if on > today + FARTHEST:
        raise RuleBroken(Message(N_("This day is more than a year ahead. Check the year.")), "on")
