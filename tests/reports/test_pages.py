"""The pages of figures: screen and files say the same, strangers see nothing, pages stay light."""

import csv
import gzip
import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from flask import Flask

from lmp.core import db
from lmp.core.written import day, number
from lmp.reports import service
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_school,
    a_teacher,
    a_trainer,
)
from tests.builders.certificate import TEST_DAY, completed, issued
from tests.builders.workplace import a_teacher_in_a_run, today_is
from tests.visitor import Page, Visitor

CENTRE = "/tr/report/centre/smm-ank-cezeri"


@pytest.fixture(autouse=True)
def _test_day() -> Iterator[None]:
    with today_is(TEST_DAY):
        yield


@pytest.fixture
def people(app: Flask) -> dict[str, Any]:
    with db.transaction():
        coordinator = a_centre_administrator()
        trainer = a_trainer()
        done = completed(a_teacher_in_a_run(trainers=[trainer]))
        issued(done, coordinator)
        a_teacher_in_a_run(done.run.version, a_teacher("Kanarya Demo", school=a_school("Kanarya MTAL")))
        service.rebuild()
        return {
            "coordinator": coordinator,
            "trainer": trainer,
            "network": a_network_administrator(),
            "stranger": a_centre_administrator(a_centre("smm-bur-oib")),
            "run": f"/tr/report/run/{done.run_id}",
        }


def tables(page: Page) -> dict[str, list[list[str]]]:
    """Every figure's table as the page shows it."""
    found = {}
    for section in page.all("section", class_="chart-frame"):
        rows = [
            ["".join(cell.itertext()).strip() for cell in row if cell.tag in ("td", "th")] for row in section.iter("tr")
        ]
        if rows:
            found[(section.get("aria-labelledby") or "").removesuffix("-h")] = rows
    return found


def as_screen(cell: object) -> str:
    """A value of a file as the page writes it."""
    if isinstance(cell, str) and re.fullmatch(r"\d\d\.\d\d\.\d{4}", cell):
        cell = datetime.strptime(cell, "%d.%m.%Y")  # noqa: DTZ007 - a day, not a moment
    if isinstance(cell, datetime):
        return day(cell, "tr")
    return number(cell, "tr") if isinstance(cell, int | float) else str(cell if cell is not None else "—")


@pytest.mark.parametrize("who", ["run", "centre", "network"])
def test_screen_csv_and_xlsx_say_the_same(visitor: Visitor, people: dict[str, Any], who: str) -> None:
    path = {"run": people["run"], "centre": CENTRE, "network": "/tr/report/network"}[who]
    visitor.sign_in(people["network" if who == "network" else "coordinator"])
    shown = tables(visitor.open(path))
    assert {"minutes", "participation", "waiting", "provinces"} <= set(shown)
    for key, rows in shown.items():
        sheet = visitor.client.get(f"{path}?table={key}&format=xlsx", buffered=True).get_data()
        book = openpyxl.load_workbook(io.BytesIO(sheet)).active
        assert book is not None
        assert [[as_screen(cell) for cell in row] for row in book.iter_rows(values_only=True)] == rows
        text = visitor.client.get(f"{path}?table={key}&format=csv", buffered=True).get_data().decode("utf-8-sig")
        plain = [
            [as_screen(int(cell)) if cell.isdigit() else as_screen(cell) for cell in row]
            for row in csv.reader(io.StringIO(text), delimiter=";")
        ]
        assert plain == rows


def test_a_table_that_is_not_there_is_the_page(visitor: Visitor, people: dict[str, Any]) -> None:
    visitor.sign_in(people["coordinator"])
    assert visitor.open(f"{CENTRE}?table=nothing&format=csv").h1.startswith("Raporlar")
    assert visitor.open(f"{CENTRE}?table=minutes&format=exe&period=x&field=y").h1.startswith("Raporlar")


def test_reports_lead_everybody_to_their_own(visitor: Visitor, people: dict[str, Any]) -> None:
    visitor.sign_in(people["coordinator"])
    assert visitor.open("/tr/report", expect=302).location == CENTRE
    visitor.sign_in(people["network"])
    assert visitor.open("/tr/report", expect=302).location == "/tr/report/network"


def test_a_stranger_sees_no_figure_of_another_centre(visitor: Visitor, people: dict[str, Any]) -> None:
    visitor.sign_in(people["stranger"])
    visitor.open(CENTRE, expect=404)
    visitor.open(f"{CENTRE}?table=minutes&format=csv", expect=404)
    visitor.open(people["run"], expect=404)
    visitor.open("/tr/report/network", expect=403)
    own = visitor.open("/tr/report/centre/smm-bur-oib").text
    assert "Kanarya" not in own
    assert "Alçak" not in own


def test_the_trainer_of_a_run_sees_its_figures_and_no_centre(visitor: Visitor, people: dict[str, Any]) -> None:
    visitor.sign_in(people["trainer"])
    assert "Faaliyetin sayıları" in visitor.open(people["run"]).h1
    visitor.open(CENTRE, expect=403)


def test_public_numbers_hide_few_people(visitor: Visitor, people: dict[str, Any]) -> None:
    page = visitor.open("/tr/numbers")
    assert "5'ten az" in page.text
    assert "Ankara" not in page.text
    assert "Elektrik" not in page.text
    visitor.open("/en/numbers?year=1800")


def test_pages_are_light_and_ask_little(visitor: Visitor, people: dict[str, Any]) -> None:
    for who, path in (("coordinator", people["run"]), ("coordinator", CENTRE), ("network", "/tr/report/network")):
        visitor.sign_in(people[who])
        page = visitor.open(path)
        assert page.statements <= 15, path
        assert len(gzip.compress(page.html.encode(), 6)) < 30_000, path
        for lang in ("tr", "en"):
            visitor.open(path.replace("/tr/", f"/{lang}/"))


def test_every_figure_says_what_it_counts_and_until_when(visitor: Visitor, people: dict[str, Any]) -> None:
    visitor.sign_in(people["network"])
    page = visitor.open("/tr/report/network")
    for section in page.all("section", class_="chart-frame"):
        words = "".join(section.itertext())
        assert "Sayım: 3 Aralık 2026" in words, words[:200]
