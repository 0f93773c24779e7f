"""What the logs and metrics say of a request: its route and cost, never a person."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from lmp.app import create_app
from lmp.config import Config
from lmp.core import db, jobs
from tests.builders.accounts import PASSWORD, a_person
from tests.builders.workplace import today_is
from tests.guards.test_access import MAY_OPEN, PUBLIC, address, opened
from tests.guards.world import TODAY, make_world
from tests.visitor import Visitor

CANARIES = re.compile(r"Kanarya|Yabancı|Biten Demo|Demo Usta|@demo\.example|\d+\.\d+\.\d+\.\d+")


@pytest.fixture
def database_url(sqlite_template: Any) -> Iterator[str]:
    """What is logged does not depend on the database, except for its errors, which have a test of their own."""
    url = sqlite_template.copy()
    yield url
    if db._engine is not None:
        db._engine.dispose()
    sqlite_template.drop(url)


def lines(captured: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in captured.splitlines() if line.startswith("{")]


def test_a_request_is_one_line_with_its_route_and_cost(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    Visitor(app).open("/tr/course?q=kanarya")

    (line,) = [one for one in lines(capsys.readouterr().err) if one["event"] == "request"]
    assert line["route"].endswith("/course")
    assert line["method"] == "GET"
    assert line["status"] == 200
    assert line["queries"] > 0
    assert line["actor"] == "nobody"
    assert set(line) == {
        "event", "level", "timestamp", "id", "method", "route", "status", "ms", "queries", "actor", "role",
    }  # fmt: skip


def test_the_answer_carries_the_number_of_its_line(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    answer = Visitor(app).client.get("/health")

    (line,) = [one for one in lines(capsys.readouterr().err) if one["event"] == "request"]
    assert answer.headers["X-Request-Id"] == line["id"]


def test_an_address_is_written_only_where_it_is_asked_for(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    Visitor(create_app(replace(config, log_addresses=True))).client.get("/health")

    (line,) = [one for one in lines(capsys.readouterr().err) if one["event"] == "request"]
    assert line["address"] == "127.0.0.1"


def test_no_name_address_or_token_of_anybody_is_in_the_logs(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with today_is(TODAY), db.transaction():
        world = make_world()
    with today_is(TODAY):
        for rule in opened(app):
            path = address(app, rule, world)
            Visitor(app).client.get(path)
            for role in MAY_OPEN.get(rule.endpoint, ()) if rule.endpoint not in PUBLIC else ():
                Visitor(app).sign_in(world.people[role]).client.get(path)
        Visitor(app).client.get("/tr/sign-in?email=kanarya@demo.example")
        Visitor(app).client.get("/Kanarya")

    said = capsys.readouterr().err
    assert len(lines(said)) > 50
    found = CANARIES.search(said)
    assert not found, said[max(0, found.start() - 300) : found.end() + 50]
    for kept in ("token", "code", "enrolment_id"):
        assert str(world.values[kept]) not in said


def test_what_an_exception_says_is_not_logged(
    app: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_values: object) -> object:
        raise ValueError("Kanarya cannot be read")

    monkeypatch.setitem(app.view_functions, "web.help_page", fails)
    fails.__dict__["declared"] = __import__("lmp.web.pages", fromlist=["_Declared"])._Declared(public=True)

    assert Visitor(app).client.get("/tr/help").status_code == 500

    said = capsys.readouterr().err
    failed = next(one for one in lines(said) if one["event"] == "request failed")
    assert failed["error"] == "ValueError"
    assert failed["route"].endswith("/help")
    assert any("test_logs.py" in frame for frame in failed["raised"])
    assert "Kanarya" not in said


def test_a_job_that_fails_is_logged_by_name_and_kind(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(_payload: dict[str, Any]) -> None:
        with db.session().begin_nested():
            a_person("Kanarya", email="kanarya@demo.example", password=PASSWORD)
            db.session().execute(text("INSERT INTO person (id, email) VALUES ('x', 'kanarya@demo.example')"))

    with db.transaction():
        jobs.queue("fails", {})
    jobs.run_next({"fails": fails})

    said = capsys.readouterr().err
    (line,) = [one for one in lines(said) if one["event"] == "job failed"]
    assert line["name"] == "fails"
    assert line["error"].startswith("IntegrityError")
    assert "anarya" not in said


def test_code_logs_only_through_the_one_place() -> None:
    found = [
        str(path)
        for path in Path("lmp").rglob("*.py")
        if re.search(r"^import logging|^from logging|exc_info=True|log\.exception", path.read_text(), re.MULTILINE)
    ]
    assert not found
