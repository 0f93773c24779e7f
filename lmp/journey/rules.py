"""What comes next for a teacher, in the order in which it helps most."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

Thing = TypeVar("Thing")

#: So many things stand before the next heading; the others stand behind "show all".
MOST = 7
#: Nobody has completed a unit for so long: they are behind.
STUDY_AFTER = timedelta(days=7)
#: A company has left a week of logs for so long: its run's people look at it, and later the network does.
COMPANY_WAITS = timedelta(days=3)
COMPANY_STUCK_AFTER = timedelta(days=7)
#: A day may be begun for so many days after it; later only the centre opens it.
LATE_AFTER = timedelta(days=3)


class Kind(StrEnum):
    """What a task asks for."""

    CORRECT_DAY = "correct_day"
    WRITE_TODAY = "write_today"
    WRITE_DAY = "write_day"
    SEND_WEEK = "send_week"
    STUDY = "study"


@dataclass(frozen=True)
class Task:
    """One thing a teacher can do now; `on` is the day it is about or due on."""

    kind: Kind
    on: date
    #: Which working day of the placement, or which unit of the course, it is.
    number: int = 0


@dataclass(frozen=True)
class LogFacts:
    """What the log says today: planned working days, and the days written, by state."""

    planned: Sequence[date]
    written: Collection[date]
    returned: Sequence[date]
    unsent: Sequence[date]


def log_tasks(facts: LogFacts, today: date) -> list[Task]:
    """Days to correct, to write and to send, most urgent first."""
    number = {on: place for place, on in enumerate(facts.planned, 1)}
    missing = [on for on in facts.planned if today - LATE_AFTER <= on <= today and on not in facts.written]
    tasks = [Task(Kind.CORRECT_DAY, on, number.get(on, 0)) for on in sorted(facts.returned)]
    if today in missing:
        tasks.append(Task(Kind.WRITE_TODAY, today, number[today]))
    tasks += [Task(Kind.WRITE_DAY, on, number[on]) for on in missing if on != today]
    return tasks + _weeks_to_send(facts, today)


def _weeks_to_send(facts: LogFacts, today: date) -> list[Task]:
    """A week is sent when its last planned day has come and none of its past days is missing."""
    found = []
    for monday in sorted({_monday(on) for on in facts.unsent}):
        days = [on for on in facts.planned if _monday(on) == monday]
        last = max([*days, *(on for on in facts.unsent if _monday(on) == monday)])
        if last <= today and all(on in facts.written for on in days):
            found.append(Task(Kind.SEND_WEEK, last))
    return found


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def greeting_hour(hour: int) -> str:
    """morning, day or evening, for the greeting."""
    return "morning" if hour < 11 else "day" if hour < 18 else "evening"


def folded(things: Sequence[Thing], *, everything: bool, most: int = MOST) -> tuple[Sequence[Thing], int]:
    """The first few things of a list and how many are folded away; everything where somebody asked for it."""
    shown = things if everything else things[:most]
    return shown, len(things) - len(shown)


def days_left(until: date, today: date) -> int:
    """Days until a deadline: 0 on its last day, negative once it is over."""
    return (until - today).days
