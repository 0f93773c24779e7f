"""Files of lists: what a spreadsheet opens is what was shown, and never a formula."""

import csv
import io
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import itemgetter

import openpyxl
import pytest

from lmp.config import ROOT
from lmp.core import messages, tables
from lmp.core.messages import Message
from lmp.core.tables import Column, Format, harmless

Line = tuple[object, ...]
HOSTILE = ["=1+1", "+90 312", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "＝1+1"]


def columns(number: int) -> list[Column[Line]]:
    return [Column(Message(f"c{place}"), itemgetter(place)) for place in range(number)]


def csv_of(rows: list[Line], lang: str = "tr") -> list[list[str]]:
    target = io.BytesIO()
    tables.write(Format.CSV, target, columns(len(rows[0])), rows, lang)
    assert target.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(target.getvalue().decode("utf-8-sig")), delimiter=";"))


def xlsx_of(rows: list[Line], lang: str = "tr") -> list[tuple[object, ...]]:
    target = io.BytesIO()
    tables.write(Format.XLSX, target, columns(len(rows[0])), rows, lang)
    book = openpyxl.load_workbook(io.BytesIO(target.getvalue()))
    assert all(cell.data_type != "f" for line in book.active.iter_rows() for cell in line)  # type: ignore[union-attr]
    return list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]


@pytest.fixture(autouse=True)
def words() -> None:
    messages.configure(ROOT / "translations")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_in_either_file(text: str) -> None:
    assert csv_of([(text,)])[1][0].startswith("'")
    assert str(xlsx_of([(text,)])[1][0]).startswith("'")
    assert harmless("Işık") == "Işık"


def test_days_numbers_and_moments_are_written_as_people_of_the_language_write_them() -> None:
    row = (date(2026, 11, 22), Decimal("1234.5"), datetime(2026, 11, 22, 21, 30, tzinfo=UTC), None, "Iğdır; Şırnak")
    assert csv_of([row])[1] == ["22.11.2026", "1234,5", "23.11.2026 00:30", "", "Iğdır; Şırnak"]
    assert csv_of([row], "en")[1] == ["2026-11-22", "1234.5", "2026-11-23 00:30", "", "Iğdır; Şırnak"]


def test_a_spreadsheet_gets_real_days_and_numbers() -> None:
    row = (date(2026, 11, 22), 12, datetime(2026, 11, 22, 21, 30, tzinfo=UTC), "0012", True)
    assert xlsx_of([row])[1] == (
        datetime(2026, 11, 22),  # noqa: DTZ001 (a cell holds the wall clock)
        12,
        datetime(2026, 11, 23, 0, 30),  # noqa: DTZ001 (as above)
        "0012",
        "Evet",
    )


@pytest.mark.parametrize("format", list(Format))
def test_memory_does_not_grow_with_the_rows(format: Format) -> None:
    def peak(number: int) -> int:
        tracemalloc.start()
        with open("/dev/null", "wb") as target:
            tables.write(format, target, columns(2), ((f"Öğretmen {n}", n) for n in range(number)), "tr")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)
    assert peak(20_000) < peak(2_000) + 1_000_000
