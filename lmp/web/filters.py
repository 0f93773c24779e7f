"""Jinja filters: numbers, days and durations as people of the page's language write them."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from jinja2 import Environment

from lmp.core import written


def register(env: Environment, lang: str) -> None:
    """Give an environment the filters of its language."""
    env.filters.update(_filters(lang))


def _filters(lang: str) -> dict[str, Callable[..., str]]:
    """Name the filters; every duration is counted in minutes."""

    def number(value: float | Decimal, places: int = 0) -> str:
        return written.number(value, lang, places)

    def percent(share: float | Decimal, places: int = 0) -> str:
        return written.percent(share, lang, places)

    def day(value: date, style: written.DayStyle = "long") -> str:
        return written.day(value, lang, style)

    def clock_time(value: time | datetime) -> str:
        return written.time_of_day(value, lang)

    def moment(value: datetime) -> str:
        return written.moment(value, lang)

    def span(days: tuple[date, date]) -> str:
        return written.span(*days, lang)

    def minutes(count: int) -> str:
        return written.minutes(count, lang)

    def minutes_short(count: int) -> str:
        return f"{written.number(count, lang)} {'dk' if lang == 'tr' else 'min'}"

    def hours(count: int) -> str:
        return written.hours(count, lang)

    def hours_only(count: int) -> str:
        return written.hours(count, lang).partition(" ")[0]

    def month_short(value: date) -> str:
        return written.month_short(value, lang)

    def weekday_short(value: date) -> str:
        return written.weekday_short(value, lang)

    return {
        "number": number,
        "percent": percent,
        "day": day,
        "clock_time": clock_time,
        "moment": moment,
        "span": span,
        "minutes": minutes,
        "minutes_short": minutes_short,
        "hours": hours,
        "hours_only": hours_only,
        "month_short": month_short,
        "weekday_short": weekday_short,
        "month": lambda value: written.MONTHS[lang][value.month - 1],
        "weekday": lambda value: written.WEEKDAYS[lang][value.weekday()],
        "code": written.code_in_fours,
    }
