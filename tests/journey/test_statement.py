"""The statement of minutes: every entry with its source and its balance, as a bank would show it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from lmp.core import db
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from tests.builders.accounts import a_teacher
from tests.builders.certificate import completed
from tests.builders.content import a_published_course
from tests.builders.workplace import a_teacher_in_a_run, today_is
from tests.guards.world import TODAY
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def _a_day() -> Iterator[None]:
    with today_is(TODAY):
        yield


@pytest.fixture
def done(app: Flask) -> Enrolment:
    with db.transaction():
        enrolment = completed(a_teacher_in_a_run(a_published_course()))
        assert enrolment.person.name
    return enrolment


def test_the_last_balance_is_what_the_ledger_says(app: Flask, done: Enrolment) -> None:
    visitor = Visitor(app).sign_in(done.person)
    visitor.open("/tr/statement")  # the first reader warms the cache of the course's version
    page = visitor.open("/tr/statement")
    with db.reading():
        total = sum(hours.sums(done.id).values())
    assert f"Bakiye: {total:,}".replace(",", ".") in page.text
    assert page.statements <= 8


def test_every_entry_opens_its_source(app: Flask, done: Enrolment) -> None:
    visitor = Visitor(app).sign_in(done.person)
    links = visitor.open("/tr/statement").links()
    sources = [name for name in links if name.startswith(("Ünite: ", "Onaylanmış iş yeri günü", "Uygulamalı sınav"))]
    assert len(sources) >= 3
    for name in sources:
        visitor.open(links[name])


def test_the_file_holds_the_same_minutes(app: Flask, done: Enrolment) -> None:
    visitor = Visitor(app).sign_in(done.person)
    lines = visitor.client.get("/tr/statement?format=csv", buffered=True).get_data().decode("utf-8-sig").splitlines()
    with db.reading():
        assert sum(int(line.split(";")[4]) for line in lines[1:]) == sum(hours.sums(done.id).values())
    assert visitor.client.get("/en/statement?format=xlsx", buffered=True).data[:2] == b"PK"


def test_what_was_taken_back_stays_visible(app: Flask, done: Enrolment) -> None:
    with db.transaction():
        entry = next(one for one in hours.entries(done.id) if one.source_kind == "day_entry")
        hours.reverse(entry.source_kind, entry.source_id, entry.source_version)
    page = Visitor(app).sign_in(done.person).open("/tr/statement")
    assert "geri alındı:" in page.text


def test_nobody_sees_the_minutes_of_another(app: Flask, done: Enrolment) -> None:
    with db.transaction():
        other = a_teacher("Başka Demo")
    body = Visitor(app).sign_in(other).client.get(f"/tr/statement?training={done.id}").get_data(as_text=True)
    assert "Henüz dakika yok" in body
