"""The edge of every request: one transaction, once keys, languages, headers, and errors that help."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from lmp.core import db
from lmp.enrolment.models import Enrolment, Run
from tests.builders.accounts import PASSWORD, a_person, a_teacher
from tests.builders.content import a_published_course
from tests.builders.enrolment import a_run
from tests.builders.workplace import today_is
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def _a_day() -> Iterator[None]:
    with today_is(date(2026, 12, 2)):
        yield


@pytest.fixture
def run(app: Flask) -> Run:
    with db.transaction():
        return a_run(a_published_course(), chain=())


@pytest.fixture
def teacher(app: Flask) -> Any:
    with db.transaction():
        return a_teacher()


def enrolments() -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Enrolment)) or 0


def application(visitor: Visitor, run_id: Any) -> tuple[str, dict[str, Any]]:
    """The check-answers page of an application, as its form would be sent."""
    path = f"/tr/run/{run_id}/apply"
    values = visitor.open(path).form()
    checked = visitor.send(path, values, expect=200, motivation="İyi bir neden")
    return path, checked.form()


def test_a_form_sent_twice_is_done_once_and_answered_twice(visitor: Visitor, run: Run, teacher: Any) -> None:
    visitor.sign_in(teacher)
    path, values = application(visitor, run.id)
    answers = [visitor.send(path, {**values, "act": "send"}) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert enrolments() == 1


def test_a_once_key_with_other_content_is_refused_in_words(visitor: Visitor, run: Run, teacher: Any) -> None:
    visitor.sign_in(teacher)
    path, values = application(visitor, run.id)
    visitor.send(path, {**values, "act": "send"})
    refused = visitor.send(path, {**values, "act": "send"}, motivation="Başka bir neden", expect=422)
    assert "daha önce" in refused.text


def test_switching_the_language_in_a_form_keeps_what_was_typed_and_writes_nothing(visitor: Visitor) -> None:
    values = visitor.open("/tr/sign-in").form()
    page = visitor.send("/tr/sign-in", values, expect=200, email="gulsah@demo.example", password="x" * 12, _lang="en")
    assert page.h1 == "Sign in"
    assert page.form()["email"] == "gulsah@demo.example"


def test_a_form_without_its_token_says_what_to_do(app: Flask) -> None:
    response = app.test_client().post("/tr/sign-in/passkey", data={})
    assert response.status_code == 400
    assert "sayfayı yenileyip" in response.get_data(as_text=True)


def test_a_form_without_its_token_gives_back_what_was_typed_but_no_password(app: Flask) -> None:
    response = app.test_client().post("/tr/sign-in", data={"email": "a@demo.example", "password": "geheim-geheim"})
    assert response.status_code == 400
    page = response.get_data(as_text=True)
    assert "Form geç geldi" in page
    assert "a@demo.example" in page
    assert "geheim" not in page


def test_errors_repair_with_a_summary_and_the_same_words_at_the_field(visitor: Visitor) -> None:
    page = visitor.send("/tr/sign-in", visitor.open("/tr/sign-in").form(), expect=422)
    assert page.text.count("E-posta adresinizi yazın.") == 2
    assert page.all("title")[0].text.startswith("Hata: ")  # type: ignore[union-attr]


def test_signing_in_leads_back_to_where_the_wall_stood(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        a_person(email="gulsah@demo.example", password=PASSWORD)
    wall = visitor.open("/tr/today", expect=302)
    values = visitor.open(wall.location).form()
    answer = visitor.send("/tr/sign-in", values, email="GULSAH@demo.example", password=PASSWORD)
    assert answer.location.endswith("/tr/today")
    assert "Sıradaki adımınız" in visitor.open("/tr/today").text


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_host_after_signing_in(app: Flask, visitor: Visitor, target: str) -> None:
    with db.transaction():
        a_person(email="gulsah@demo.example", password=PASSWORD)
    values = {
        **visitor.open("/tr/sign-in").form(),
        "next": target,
        "email": "gulsah@demo.example",
        "password": PASSWORD,
    }
    assert visitor.send("/tr/sign-in", values).location.endswith("/tr/today")


def test_a_person_signs_out_and_is_out(app: Flask, visitor: Visitor, teacher: Any) -> None:
    visitor.sign_in(teacher)
    visitor.send("/tr/sign-out", visitor.open("/tr/today").form("/sign-out"))
    assert "/sign-in" in visitor.open("/tr/today", expect=302).location


def test_pages_carry_a_strict_policy_and_load_nothing_from_elsewhere(visitor: Visitor) -> None:
    headers = visitor.open("/tr/").response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_pages_of_a_signed_in_person_are_kept_by_nobody(visitor: Visitor, teacher: Any) -> None:
    visitor.sign_in(teacher)
    assert visitor.open("/tr/today").response.headers["Cache-Control"] == "no-store"


def test_pages_are_compressed_when_the_browser_can(app: Flask) -> None:
    response = app.test_client().get("/tr/", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"


def test_ten_megabytes_of_text_are_refused_in_words(visitor: Visitor, run: Run, teacher: Any) -> None:
    visitor.sign_in(teacher)
    path = f"/tr/run/{run.id}/apply"
    values = visitor.open(path).form()
    refused = visitor.send(path, values, motivation="ş" * 5_000_000, expect=413)
    assert "daha kısa bir metin" in refused.text
    longer = visitor.send(path, values, motivation="ş" * 5_000, expect=422)
    assert "karaktere kısaltın" in longer.text
    assert enrolments() == 0


@pytest.mark.parametrize(
    "path",
    ["/tr/run/not-an-id", "/tr/nothing", "/de/", "/tr/training/01a2042a-f134-7000-b58f-539367ee1200x", "/m/", "/v/"],
)
def test_addresses_that_do_not_exist_say_so(visitor: Visitor, path: str) -> None:
    assert visitor.open(path, expect=404).h1 == "Sayfa bulunamadı"


@pytest.mark.parametrize(("path", "said"), [("/en/nowhere", "Page not found"), ("/tr/nowhere", "Sayfa bulunamadı")])
def test_an_address_that_leads_nowhere_says_so_in_the_language_it_names(visitor: Visitor, path: str, said: str) -> None:
    assert visitor.open(path, expect=404).h1 == said


def test_a_wrong_method_is_a_sentence(visitor: Visitor) -> None:
    assert "düğmeleri" in visitor.open("/tr/sign-out", expect=405).text


def test_a_database_that_is_gone_is_said_and_comes_back(app: Flask, visitor: Visitor, config: Any) -> None:
    engine = db.engine()
    db.configure("postgresql+psycopg://nobody@127.0.0.1:9/gone?connect_timeout=1")
    gone = visitor.open("/tr/course", expect=503)
    assert "güvende" in gone.text
    assert gone.response.headers["Retry-After"] == "60"
    ready = visitor.client.get("/ready")
    assert (ready.status_code, ready.get_json()["status"]) == (503, "not ready")
    assert visitor.client.get("/health").status_code == 200
    db.configure(engine.url.render_as_string(hide_password=False), durable=False)
    visitor.open("/tr/course")
    assert visitor.client.get("/ready").status_code == 200


def test_machines_get_errors_as_json(app: Flask) -> None:
    response = app.test_client().get("/nothing", headers={"Accept": "application/json"})
    assert (response.status_code, response.get_json()) == (
        404,
        {"error": "Bu adreste bir sayfa yok. Adres eksik kopyalanmış ya da sayfa taşınmış olabilir."},
    )


@pytest.mark.parametrize(
    "path", ["/tr/%00", "/tr/a%3Fb%23c", "/tr/course/%22%3E%3Cscript%3E", "/media/0000/%00", "/v/%00", "/tr/centre/%00"]
)
def test_strange_addresses_get_a_good_page(visitor: Visitor, path: str) -> None:
    assert visitor.open(path, expect=404).h1
