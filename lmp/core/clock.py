"""The one clock. A moment always has a zone; a day is a day in the platform's zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_zone = ZoneInfo("Europe/Istanbul")
_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())


def configure(zone: str) -> None:
    """Set the zone in which days, deadlines and wall times are meant (`LMP_ZONE`)."""
    global _zone
    _zone = ZoneInfo(zone)


def zone() -> ZoneInfo:
    """The platform's zone."""
    return _zone


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC) + _shift.get()  # noqa: TID251 - the one place that asks


def today() -> date:
    """The present day in the platform's zone."""
    return now().astimezone(_zone).date()


def local(moment: datetime) -> datetime:
    """A moment as the clock on the wall shows it."""
    return moment.astimezone(_zone)


def wall(day: date, at: time) -> datetime:
    """The UTC moment of a wall time on a day."""
    return datetime.combine(day, at, _zone).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first UTC moment after a day; deadlines are good until just before it."""
    return wall(day + timedelta(days=1), time())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let this context live at another moment: the demo tells a story of past weeks, tests need a date."""
    token = _shift.set(moment - datetime.now(UTC))  # noqa: TID251 - as above
    try:
        yield
    finally:
        _shift.reset(token)


def minutes(number: int) -> timedelta:
    """A length of time in minutes."""
    return timedelta(minutes=number)
