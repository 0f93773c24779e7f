"""Jinja filters: numbers, days and durations as people of the page's language write them."""

from collections.abc import Callable
from datetime import date

from jinja2 import Environment

from lmp.core import text, turkish, written


def register(env: Environment, lang: str) -> None:
    """Give an environment the filters of its language."""
    env.filters.update({name: _in(lang, write) for name, write in _WRITERS.items()})
    env.filters["code"] = written.code_in_fours
    env.filters["together"] = text.together
    env.filters["quantity"] = written.quantity


def _in(lang: str, write: Callable[..., str]) -> Callable[..., str]:
    """A filter that writes its value, and whatever follows it, in this language."""
    return lambda value, *rest, **named: write(value, lang, *rest, **named)


def _span(days: tuple[date, date], lang: str) -> str:
    """First and last day as a range."""
    return written.span(*days, lang)


def _minutes_short(count: int, lang: str) -> str:
    """Minutes where room is short: 360 dk, 360 min."""
    return f"{written.number(count, lang)} {'dk' if lang == 'tr' else 'min'}"


def _hours_only(count: int, lang: str) -> str:
    """The number of hours in so many minutes, without the word."""
    return written.hours(count, lang).partition(" ")[0]


def _month(value: date, lang: str) -> str:
    """The whole name of the month."""
    return written.MONTHS[lang][value.month - 1]


def _weekday(value: date, lang: str) -> str:
    """The whole name of the weekday."""
    return written.WEEKDAYS[lang][value.weekday()]


def _begins(words: str, lang: str) -> str:
    """Words that begin a line of their own: the first letter as a capital of their language."""
    return turkish.capitalise(words) if lang == "tr" else words[:1].upper() + words[1:]


#: Filter → what writes the value; durations are counted in minutes.
_WRITERS: dict[str, Callable[..., str]] = {
    "begins": _begins,
    "number": written.number,
    "percent": written.percent,
    "day": written.day,
    "clock_time": written.time_of_day,
    "moment": written.moment,
    "span": _span,
    "minutes": written.minutes,
    "minutes_short": _minutes_short,
    "hours": written.hours,
    "hours_only": _hours_only,
    "month": _month,
    "month_short": written.month_short,
    "weekday": _weekday,
    "weekday_short": written.weekday_short,
}
