"""The days of the story: counted from today, so that the demo always looks alive, along the dated calendar."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta

from lmp.core import clock
from lmp.network import service as network
from lmp.workplace.rules import working_days

_REACH_BACK = timedelta(weeks=70)
_REACH_AHEAD = timedelta(weeks=30)


@dataclass(frozen=True)
class Calendar:
    """Today and the working days around it."""

    today: date
    working: tuple[date, ...]

    def back(self, number: int) -> date:
        """The working day that lies `number` working days before today; 1 is the last one before today."""
        return [day for day in self.working if day < self.today][-number]

    def ahead(self, number: int) -> date:
        """The working day that lies `number` working days after today; 1 is the next one after today."""
        return [day for day in self.working if day > self.today][number - 1]

    def between(self, first: date, last: date) -> list[date]:
        """The working days from `first` to `last`, both included."""
        return [day for day in self.working if first <= day <= last]

    def ago(self, days: int) -> date:
        """The day so many days before today."""
        return self.today - timedelta(days=days)


def read_calendar() -> Calendar:
    """Today's calendar; the network's dated days must be there."""
    today = clock.today()
    first, last = today - _REACH_BACK, today + _REACH_AHEAD
    return Calendar(today, working_days(first, last, network.calendar_between(first, last)))


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def friday(day: date) -> date:
    """The Friday of a day's week."""
    return monday(day) + timedelta(days=4)


@contextmanager
def on(day: date, hour: int, minute: int = 0) -> Iterator[None]:
    """Let what follows happen on a day, by the clock on the wall."""
    with clock.at(clock.wall(day, time(hour, minute))):
        yield
