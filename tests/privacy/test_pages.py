"""Asking and answering through the pages."""

from collections.abc import Iterator

import pytest
from flask import Flask

from lmp.accounts.models import Person
from lmp.app import job_handlers
from lmp.core import db, jobs
from tests.builders.accounts import a_network_administrator, a_teacher
from tests.builders.workplace import today_is
from tests.guards.world import TODAY
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def _a_day() -> Iterator[None]:
    with today_is(TODAY):
        yield


@pytest.fixture
def people(app: Flask) -> tuple[Person, Person]:
    with db.transaction():
        return a_teacher("Ilgaz Demo"), a_network_administrator("Yetkili Demo")


def test_a_teacher_downloads_everything_about_them(app: Flask, people: tuple[Person, Person]) -> None:
    visitor = Visitor(app).sign_in(people[0])
    visitor.send("/tr/my-data", kind="download")
    assert "Hazırlanıyor" in visitor.open("/tr/my-data").text
    jobs.run_all(job_handlers())
    page = visitor.open("/tr/my-data")
    answer = visitor.client.get(page.links()["ZIP dosyasını indir"], buffered=True)
    assert answer.get_data()[:2] == b"PK"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_correction_travels_there_and_back(app: Flask, people: tuple[Person, Person]) -> None:
    teacher, administrator = (Visitor(app).sign_in(one) for one in people)
    empty = teacher.send("/tr/my-data", kind="correction", text=" ", expect=422)
    assert "Neyin yanlış olduğunu" in empty.text
    teacher.send("/tr/my-data", kind="correction", text="Soyadım Işık, İşik değil.")
    listed = administrator.open("/tr/data-request")
    assert "30 gün kaldı" in listed.text
    address = listed.links()["Ilgaz Demo"]
    refused = administrator.send(address, decision="refuse", answer="", expect=422)
    assert "Neden reddedildiğini yazın" in refused.text
    administrator.send(address, decision="accept", answer="Düzelttik.")
    assert "Düzelttik." in teacher.open("/tr/my-data").text


def test_an_administrator_sees_the_rules_and_counts(app: Flask, people: tuple[Person, Person]) -> None:
    administrator = Visitor(app).sign_in(people[1])
    assert administrator.open("/en/retention").text.count("Example setting") > 20
    assert "no. 30224" in administrator.open("/en/retention").text
    administrator.send("/en/retention")
    assert "Nothing was due" in administrator.open("/en/retention").text
