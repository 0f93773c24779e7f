"""Numbers, dates and durations as people write them in Turkish ("tr") and English ("en"), and reading them back."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

DayStyle = Literal["long", "short", "numeric", "weekday", "day_month"]

MONTHS: dict[str, tuple[str, ...]] = {
    "tr": (
        "Ocak",
        "Şubat",
        "Mart",
        "Nisan",
        "Mayıs",
        "Haziran",
        "Temmuz",
        "Ağustos",
        "Eylül",
        "Ekim",
        "Kasım",
        "Aralık",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
MONTHS_SHORT: dict[str, tuple[str, ...]] = {
    "tr": ("Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
WEEKDAYS = {
    "tr": ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
WEEKDAYS_SHORT = {
    "tr": ("Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_SEPARATORS = {"tr": str.maketrans(",.", ".,"), "en": {}}
_LONGEST_NUMBER = 40
#: Durations that are remembered as written; lists repeat the same few hundred.
_DURATIONS = 4_096


def number(value: float | Decimal, lang: str, places: int = 0) -> str:
    """A number with its thousands grouped, rounded half up to `places` decimals: 1.234,5 and 1,234.5."""
    exact = value if isinstance(value, int | Decimal) else Decimal(str(value))
    rounded = Decimal(exact).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded + 0:,.{places}f}".translate(_SEPARATORS[lang])


def percent(share: float | Decimal, lang: str, places: int = 0) -> str:
    """A share of one as per cent: %87 and 87%."""
    written = number(Decimal(str(share)) * 100, lang, places)
    return f"%{written}" if lang == "tr" else f"{written}%"


def quantity(value: float | Decimal, lang: str, unit: str = "") -> str:
    """A number with all its decimals and its unit on one line: 0,5 A, %1,88, 4,57°; and 0.5 A, 1.88%, 4.57°."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    figure = number(value, lang, max(0, -exponent) if isinstance(exponent, int) else 0)
    if unit == "%":
        return f"%{figure}" if lang == "tr" else f"{figure}%"
    if unit == "°":
        return f"{figure}°"
    return f"{figure}\u00a0{unit}" if unit else figure


def day(value: date, lang: str, style: DayStyle = "long") -> str:
    """A date: 2 Aralık 2026, 2 Ara 2026, 02.12.2026, 2 Aralık 2026 Çarşamba, 2 Aralık; and the English likewise."""
    if style == "numeric":
        return f"{value:%d.%m.%Y}" if lang == "tr" else f"{value:%d/%m/%Y}"
    if style == "day_month":
        return f"{value.day} {MONTHS[lang][value.month - 1]}"
    if style == "short":
        return f"{value.day} {MONTHS_SHORT[lang][value.month - 1]} {value.year}"
    written = f"{value.day} {MONTHS[lang][value.month - 1]} {value.year}"
    if style == "long":
        return written
    weekday = WEEKDAYS[lang][value.weekday()]
    return f"{written} {weekday}" if lang == "tr" else f"{weekday} {written}"


def time_of_day(value: time | datetime, lang: str) -> str:
    """A time on the 24-hour clock: 08.30 and 08:30."""
    return f"{value.hour:02}{'.' if lang == 'tr' else ':'}{value.minute:02}"


def moment(value: datetime, lang: str) -> str:
    """Day and time of a moment that is already in the reader's zone: 2 Aralık 2026, 14.32."""
    return f"{day(value, lang)}, {time_of_day(value, lang)}"


def span(first: date, last: date, lang: str) -> str:
    """Two days as a range, saying month and year once: 12–23 Ocak 2027, 2 Kasım – 11 Aralık 2026."""
    if first == last:
        return day(first, lang)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, lang)}"
    style: DayStyle = "day_month" if first.year == last.year else "long"
    return f"{day(first, lang, style)} – {day(last, lang)}"


def minutes(count: int, lang: str) -> str:
    """A duration in minutes: 360 dakika, 360 minutes."""
    if lang == "tr":
        return f"{number(count, lang)} dakika"
    return f"{number(count, lang)} {'minute' if count == 1 else 'minutes'}"


@lru_cache(_DURATIONS)
def hours(count: int, lang: str) -> str:
    """A duration given in minutes, in hours with one decimal at most: 6 saat, 81,5 saat."""
    tenths = (Decimal(count) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)
    written = number(tenths, lang, 0 if tenths == tenths.to_integral_value() else 1)
    if lang == "tr":
        return f"{written} saat"
    return f"{written} {'hour' if tenths == 1 else 'hours'}"


def month_short(value: date, lang: str) -> str:
    """The month for the margin of a calendar: Ara, Dec."""
    return MONTHS_SHORT[lang][value.month - 1]


def weekday_short(value: date, lang: str) -> str:
    """The weekday for the margin of a calendar: Çar, Wed."""
    return WEEKDAYS_SHORT[lang][value.weekday()]


def code_in_fours(code: str) -> str:
    """A code in groups of four, as it is read aloud: H3KD 7QWM."""
    bare = re.sub(r"[\s-]+", "", code)
    return " ".join(bare[place : place + 4] for place in range(0, len(bare), 4))


def parse_number(text: str, lang: str = "tr") -> Decimal | None:
    """The number somebody typed with comma or point, or None; `lang` decides 1.234 and 1,234, nothing else."""
    readings = number_readings(text)
    if len(readings) < 2:
        return readings[0] if readings else None
    grouped, decimal = readings
    return grouped if ("." in text) == (lang == "tr") else decimal


def number_readings(text: str) -> tuple[Decimal, ...]:
    """Every number that `text` can mean: none, one, or for 1.234 and 1,234 the thousands first, then the decimals."""
    if len(text) > _LONGEST_NUMBER:
        return ()
    bare = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    bare = re.sub(r"\s*([.,])\s*", r"\1", bare)
    found = re.fullmatch(r"([+-]?)\s*([0-9.,\s]*[0-9])", bare, re.ASCII)
    if not found:
        return ()
    sign = -1 if found[1] == "-" else 1
    return tuple(sign * Decimal(value) for value in _readings(found[2]))


def _readings(digits: str) -> list[str]:
    """The plain decimals that digits with commas, points and spaces can stand for."""
    mark = next((char for char in reversed(digits) if char in ".,"), "")
    if not mark:
        return _grouped(digits, " ")
    whole, _, fraction = digits.rpartition(mark)
    if mark in whole:
        return _grouped(digits, mark)
    other = "," if mark == "." else "."
    separator = other if other in whole else " "
    decimal = [f"{part}.{fraction}" for part in _grouped(whole, separator) or (["0"] if not whole else [])]
    if not fraction.isdecimal():
        return []
    may_be_thousands = separator == " " and " " not in whole and re.fullmatch(r"[1-9][0-9]{0,2}", whole)
    return [whole + fraction, *decimal] if may_be_thousands and len(fraction) == 3 else decimal


def _grouped(digits: str, separator: str) -> list[str]:
    """The digits without their thousands separators, or nothing when they do not stand in threes."""
    groups = digits.split() if separator == " " else digits.split(separator)
    if len(groups) == 1 and groups[0].isdecimal():
        return groups
    if not groups or not all(group.isdecimal() for group in groups):
        return []
    in_threes = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    return ["".join(groups)] if in_threes else []


def parse_time(text: str) -> time | None:
    """The time somebody typed as 8.30, 08:30, 0830 or 8, or None."""
    bare = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"([0-9]{1,2})(?:\s*[.:,]\s*([0-9]{2})|\s*([0-9]{2}))?", bare, re.ASCII)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
