"""Files for spreadsheets: whatever people typed anywhere, no cell of any export is a formula, and long lists stay cheap."""

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit
from uuid import UUID

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import event, insert

from lmp.accounts.models import Person, RoleGrant
from lmp.core import clock, db
from lmp.core.ids import new_id
from lmp.core.turkish import sort_key
from lmp.privacy import service as privacy
from tests.builders.accounts import a_network_administrator
from tests.builders.workplace import today_is
from tests.guards.canaries import brand
from tests.guards.test_access import address, opened
from tests.guards.walking import signed_in
from tests.guards.world import TODAY, World, make_world
from tests.visitor import Page

STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(params=["=", "\t@"])
def world(app: Flask, request: pytest.FixtureRequest) -> Iterator[World]:
    """The world in which every text that people can write begins like a formula."""
    with today_is(TODAY), db.transaction() as session:
        made = make_world()
        session.flush()
        brand(before=request.param, institutions=True)
    with today_is(TODAY):
        yield made


def files_of(page: Page) -> set[str]:
    """The addresses of the files a page offers."""
    links = (urljoin(page.path, link.get("href") or "") for link in page.all("a"))
    return {link for link in links if "format" in parse_qs(urlsplit(link).query)}


def cells(data: bytes) -> Iterator[tuple[Any, str]]:
    """Every cell of a CSV or XLSX file with its kind, as a spreadsheet reads it."""
    if data[:2] == b"PK":
        book = openpyxl.load_workbook(io.BytesIO(data))
        yield from ((cell.value, cell.data_type) for sheet in book for line in sheet.iter_rows() for cell in line)
    else:
        for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"):
            yield from ((cell, "s") for cell in line)


def _is_formula(value: Any, kind: str) -> bool:
    """Whether a spreadsheet would calculate this."""
    if kind == "f":
        return True
    return isinstance(value, str) and value.lstrip(" ").startswith(STARTS) and not value[1:].replace(",", "").isdigit()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_cell_of_any_export_is_a_formula(app: Flask, world: World) -> None:
    wrong, defused, seen = [], 0, set[str]()
    for role in ("network_administrator", "centre_administrator", "teacher"):
        client = signed_in(app, world.people[role])
        for rule in opened(app):
            path = address(app, rule, world)
            answer = client.get(path)
            if answer.mimetype != "text/html" or b"format=" not in answer.data:
                continue
            for link in files_of(Page(answer, path)):
                with client.get(link) as file:
                    data = file.get_data()
                if file.mimetype == "text/html":
                    continue
                seen.add(rule.endpoint)
                wrong += [f"{link}: {value!r}" for value, kind in cells(data) if _is_formula(value, kind)]
                defused += sum(isinstance(value, str) and value.startswith("'") for value, _kind in cells(data))
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 10, sorted(seen)
    assert defused > 100


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_table_of_the_data_people_take_with_them_is_one(app: Flask, world: World) -> None:
    with db.reading() as session:
        made = zipfile.ZipFile(io.BytesIO(privacy.archive(session.get_one(Person, world.people["teacher"].id))))
    tables = [name for name in made.namelist() if name.endswith(".csv")]
    assert len(tables) > 10
    found = [(name, value) for name in tables for value, kind in cells(made.read(name)) if _is_formula(value, kind)]
    assert not found


def many_people(number: int) -> None:
    """So many teachers, written at once."""
    first = new_id().int
    people = [
        {
            "id": UUID(int=first + n),
            "created_at": clock.now(),
            "name": f"Öğretmen {n:06d}",
            "sort_key": sort_key(f"Öğretmen {n:06d}"),
            "email": f"cok{first + n}@demo.example",
        }
        for n in range(number)
    ]
    with db.transaction() as session:
        session.execute(insert(Person), people)
        session.execute(
            insert(RoleGrant),
            [
                {"person_id": one["id"], "role": "teacher", "scope_kind": "own", "scope": "", "from_on": clock.today()}
                for one in people
            ],
        )


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_long_export_costs_a_query_a_thousand_rows_and_no_memory(app: Flask, format: str) -> None:
    with db.transaction():
        who = a_network_administrator()
    client, statements = signed_in(app, who), [0]

    def count(*_: object) -> None:
        statements[0] += 1

    def cost(more: int) -> tuple[int, int]:
        many_people(more)
        statements[0] = 0
        tracemalloc.start()
        with client.get(f"/tr/people?format={format}", buffered=False) as answer:
            assert sum(len(part) for part in answer.iter_encoded()) > 10 * more
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return statements[0], peak

    event.listen(db.engine(), "before_cursor_execute", count)
    few, few_bytes = cost(1_000)
    many, many_bytes = cost(5_000)
    assert many - few <= 3 * 5
    assert many_bytes < few_bytes + 4_000_000
