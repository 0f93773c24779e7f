"""Reads the numbers of a text as its language writes them: 1.234,5 and %20 in Turkish, 1,234.5 and 20% in English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from lmp.content.gate.passages import REMEMBERED, list_marks, unquoted, without_addresses
from lmp.content.gate.quantity_words import unit_after
from lmp.content.texts import Lang

#: Blanks that group digits: 22 000, also as no-break, thin and narrow no-break blanks.
_BLANKS = "    "
_NUMBER = re.compile(
    rf"(?<![\d.,])(?P<sign>−\s?|(?<=[\s(])-)?"
    rf"(?P<digits>\d{{1,3}}(?:[{_BLANKS}]\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,:]\d+)*)"
)
_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "1/3", "⅔": "2/3"}
_FRACTION = re.compile("[½¼¾⅓⅔]")
_POINT = {"tr": ",", "en": "."}


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: its value in one spelling, how else a quotation may mean it, its unit if one follows."""

    value: str
    written: str
    position: int
    unit: str = ""
    other_reading: str = ""


@lru_cache(2 * REMEMBERED)
def numbers(text: str, lang: Lang) -> tuple[Number, ...]:
    """The numbers of a Markdown text in reading order, without the marks of its lists and the addresses of its links."""
    readable = without_addresses(text)
    for mark in list_marks(readable):
        readable = readable[: mark.start()] + " " * len(mark[0]) + readable[mark.end() :]
    plain = unquoted(readable)
    found = [
        _number(match, readable, lang, is_quoted=plain[match.start()] == " ") for match in _NUMBER.finditer(readable)
    ]
    found += [Number(_FRACTIONS[match[0]], match[0], match.start()) for match in _FRACTION.finditer(readable)]
    return tuple(sorted(found, key=lambda number: number.position))


def _number(match: re.Match[str], text: str, lang: Lang, *, is_quoted: bool) -> Number:
    """One number with its unit."""
    digits = match["digits"]
    percent = "%" if text[: match.start()].rstrip().endswith(("%", "yüzde", "Yüzde")) else ""
    unit = percent or unit_after(text[match.end() :], lang)
    sign = "-" if match["sign"] and (unit or "−" in match["sign"]) else ""
    elsewhere = _value(digits, "en" if lang == "tr" else "tr") if is_quoted else ""
    return Number(
        sign + _value(digits, lang), match[0].strip(), match.start(), unit, sign + elsewhere if elsewhere else ""
    )


def _value(digits: str, lang: Lang) -> str:
    """The one spelling of a number: 1234.5; a date, an address or a version keeps its parts."""
    for blank in _BLANKS:
        digits = digits.replace(blank, "")
    if ":" in digits:
        # Times are 13.30 in Turkish and 13:30 in English; proportions (1:50) fare no worse.
        return _plain(digits.replace(":", "."))
    point = _POINT[lang]
    group = "," if point == "." else "."
    whole, mark, rest = digits.partition(point)
    if mark and point in rest:
        return digits.replace(point, ".")
    if group in whole:
        first, *groups = whole.split(group)
        if all(len(each) == 3 for each in groups) and len(first) <= 3 and first != "0":
            whole = first + "".join(groups)
        elif len(groups) > 1 or mark:
            return digits.replace(group, ".")
        else:
            return _plain(f"{first}.{groups[0]}")
    return _plain(f"{whole}.{rest}" if mark else whole)


def _plain(number: str) -> str:
    """A number without noughts that say nothing."""
    try:
        return format(Decimal(number).normalize(), "f")
    except InvalidOperation:
        return number


def parts_of(value: str) -> Iterator[str]:
    """The parts of a date or version."""
    yield from (_plain(part) for part in re.split(r"[.:]", value) if part)
