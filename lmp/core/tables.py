"""Tables for spreadsheets: one list of columns, written as CSV or XLSX row by row, with no formula of anybody's making."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO, Any, Generic, TypeVar

import xlsxwriter

from lmp.core import clock, messages
from lmp.core.messages import Message, Translated

Row = TypeVar("Row")

#: A cell that begins with one of these is a formula to some spreadsheet (OWASP, "CSV injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: What one XLSX cell may hold.
_LONGEST_CELL = 32_767
_DAY_FORMAT = {"tr": "dd.mm.yyyy", "en": "yyyy-mm-dd"}
_MOMENT_FORMAT = {"tr": "dd.mm.yyyy hh:mm", "en": "yyyy-mm-dd hh:mm"}


class Format(StrEnum):
    """The files a list can be taken away as."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its heading, and what it says of a row.

    The value may be text, a Message or another bilingual text, a number, a day, a moment (UTC, written in local time), a yes or no, or None.
    """

    title: Message
    value: Callable[[Row], object]
    #: Width in characters, for XLSX.
    width: int = 20


def harmless(text: str) -> str:
    """The text so that no spreadsheet reads it as a formula: an apostrophe stands before a suspicious beginning."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def write(format: Format, target: IO[bytes], columns: list[Column[Row]], rows: Iterable[Row], lang: str) -> int:
    """Write the rows to a file open for bytes; answers their number. Memory does not grow with the rows."""
    return (_write_csv if format is Format.CSV else _write_xlsx)(target, columns, rows, lang)


def _plain(value: object, lang: str) -> object:
    """A value in the reader's language, moments on the wall clock."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Message | Translated):  # Message first: asking a protocol is slow, and a file has many cells
        return value.in_language(lang)
    if isinstance(value, bool):
        return messages.text(_YES if value else _NO, lang)
    if isinstance(value, datetime):
        return clock.local(value).replace(tzinfo=None)
    return value


_YES, _NO = Message(messages.N_("Yes")), Message(messages.N_("No"))


def _csv_cell(value: object, lang: str) -> str:
    """One cell as people of the language write it; numbers without grouping, so that spreadsheets can add them."""
    plain = _plain(value, lang)
    if plain is None:
        return ""
    if isinstance(plain, datetime):
        return f"{plain:%d.%m.%Y %H:%M}" if lang == "tr" else f"{plain:%Y-%m-%d %H:%M}"
    if isinstance(plain, date):
        return f"{plain:%d.%m.%Y}" if lang == "tr" else f"{plain:%Y-%m-%d}"
    if isinstance(plain, int | float | Decimal):
        return str(plain).replace(".", ",") if lang == "tr" else str(plain)
    return harmless(str(plain))


def _write_csv(target: IO[bytes], columns: list[Column[Row]], rows: Iterable[Row], lang: str) -> int:
    """UTF-8 with its mark and semicolons: what spreadsheets here open with a double click."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow([_csv_cell(column.title, lang) for column in columns])
    number = 0
    for row in rows:
        writer.writerow([_csv_cell(column.value(row), lang) for column in columns])
        number += 1
    text.detach()
    return number


def _write_xlsx(target: IO[bytes], columns: list[Column[Row]], rows: Iterable[Row], lang: str) -> int:
    """One sheet with a fixed head; text is always text, days and numbers are days and numbers."""
    book = xlsxwriter.Workbook(
        target,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    sheet = book.add_worksheet()
    formats = {
        "head": book.add_format({"bold": True}),
        "day": book.add_format({"num_format": _DAY_FORMAT[lang]}),
        "moment": book.add_format({"num_format": _MOMENT_FORMAT[lang]}),
    }
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, messages.text(column.title, lang), formats["head"])
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            _xlsx_cell(sheet, number, place, _plain(column.value(row), lang), formats)
    book.close()
    return number


def _xlsx_cell(sheet: Any, line: int, place: int, value: object, formats: dict[str, Any]) -> None:
    """One cell of the kind of its value."""
    if value is None:
        return
    if isinstance(value, datetime):
        sheet.write_datetime(line, place, value, formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, formats["day"])
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, harmless(str(value))[:_LONGEST_CELL])
