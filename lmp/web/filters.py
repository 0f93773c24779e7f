"""Jinja filters: numbers, days and durations as people of the page's language write them."""

import re
from collections.abc import Callable
from datetime import date

from jinja2 import Environment

from lmp.core import turkish, written

#: A blank between a number and the short word behind it, nearly always its unit: 32 A, 10 mm², 35 °C.
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:°[CF]|[^\W\d_]{1,4}[²³]?)(?![^\W\d_]))")


def register(env: Environment, lang: str) -> None:
    """Give an environment the filters of its language."""
    env.filters.update({name: _in(lang, write) for name, write in _WRITERS.items()})
    env.filters["code"] = written.code_in_fours
    env.filters["together"] = together
    env.filters["quantity"] = written.quantity


def together(text: str) -> str:
    """A text in which no line ends between a number and its unit."""
    return _BEFORE_UNIT.sub("\u00a0", text)


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


def _begins(text: str, lang: str) -> str:
    """Words that begin a line of their own: the first letter as a capital of their language."""
    return turkish.capitalise(text) if lang == "tr" else text[:1].upper() + text[1:]


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
