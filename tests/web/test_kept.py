"""Catalogue pages may be some seconds old for visitors without an account, and for nobody else."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, time

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lmp.core import db
from lmp.web import kept, pages
from tests.builders.accounts import a_teacher
from tests.builders.content import a_published_course
from tests.builders.workplace import today_is
from tests.visitor import Visitor

DAY = date(2026, 12, 2)
TITLE = "Atölyede güvenli ölçüm"


def _at(second: int) -> AbstractContextManager[None]:
    return today_is(DAY, time(9, 0, second))


@pytest.fixture
def shelf(app: Flask) -> Iterator[kept.Shelf]:
    kept.install(app, 5)
    with _at(0):
        yield app.extensions["kept"]


def _headers(response: TestResponse) -> dict[str, str]:
    return {name: value for name, value in response.headers if name != "X-Request-Id"}


def _publish() -> None:
    with db.transaction():
        a_published_course()


def test_a_visitor_sees_the_page_of_the_last_seconds_and_then_a_new_one(visitor: Visitor, shelf: kept.Shelf) -> None:
    before = visitor.open("/tr/course")
    _publish()
    with _at(4):
        again = visitor.open("/tr/course")
        assert (again.text, again.statements) == (before.text, 0)
    with _at(6):
        assert TITLE in visitor.open("/tr/course").text


def test_a_kept_page_has_everything_the_first_one_had(app: Flask, shelf: kept.Shelf) -> None:
    first, second = (Visitor(app).open("/tr/").response for _ in range(2))
    assert second.get_data() == first.get_data()
    assert _headers(second) == _headers(first)


def test_whoever_packs_gets_the_page_packed(app: Flask, shelf: kept.Shelf) -> None:
    packing = {"Accept-Encoding": "gzip"}
    first, second = (app.test_client().get("/tr/", headers=packing) for _ in range(2))
    assert first.headers["Content-Encoding"] == second.headers["Content-Encoding"] == "gzip"
    assert second.headers["Vary"] == first.headers["Vary"]


def test_whoever_is_signed_in_sees_the_present(app: Flask, visitor: Visitor, shelf: kept.Shelf) -> None:
    visitor.open("/tr/course")
    with db.transaction():
        teacher = a_teacher()
    _publish()
    assert TITLE in Visitor(app).sign_in(teacher).open("/tr/course").text


def test_nobody_is_shown_the_page_of_somebody_who_is_signed_in(app: Flask, shelf: kept.Shelf) -> None:
    with db.transaction():
        teacher = a_teacher()
    assert teacher.name in Visitor(app).sign_in(teacher).open("/tr/course").text
    assert teacher.name not in Visitor(app).open("/tr/course").text


def test_languages_questions_and_colours_are_kept_apart(app: Flask, shelf: kept.Shelf) -> None:
    Visitor(app).open("/tr/course")
    assert Visitor(app).open("/en/course").h1 != Visitor(app).open("/tr/course").h1
    assert "astronomi" in Visitor(app).open("/tr/course?q=astronomi").html
    dark = app.test_client()
    dark.set_cookie("scheme", "dark", domain="lmp.test")
    assert 'data-scheme="dark"' in dark.get("/tr/course", base_url="http://lmp.test").get_data(as_text=True)
    assert 'data-scheme="dark"' not in Visitor(app).open("/tr/course").html


def test_a_notice_is_shown_to_its_visitor_only(app: Flask, shelf: kept.Shelf) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_flashes"] = [("ok", "Yalnızca size")]
    assert "Yalnızca size" in client.get("/tr/").get_data(as_text=True)
    assert "Yalnızca size" not in Visitor(app).open("/tr/").text


def test_a_page_with_a_form_is_made_for_its_visitor(app: Flask, shelf: kept.Shelf) -> None:
    """The demo's own pages have no such form; a page that had one would hand its token to others."""

    @kept.for_everybody
    def form() -> str:
        return pages.csrf_token()

    app.view_functions["catalogue.home"] = pages.public(form)
    first, second = (app.test_client().get("/tr/").get_data(as_text=True) for _ in range(2))
    assert first != second


def test_only_so_many_pages_are_kept(app: Flask, shelf: kept.Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    for word in ("bir", "iki", "uc"):
        Visitor(app).open(f"/tr/course?q={word}")
    assert shelf.find(("/tr/course", b"q=bir", "")) is None
    assert shelf.find(("/tr/course", b"q=uc", "")) is not None
