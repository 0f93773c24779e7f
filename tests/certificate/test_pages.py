"""The pages of certificates: issuing, confirming, revoking, verifying, downloading."""

import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
from flask import Flask

from lmp.accounts import rules as account_rules
from lmp.accounts.models import Person
from lmp.certificate import service as certificate
from lmp.core import db
from lmp.enrolment.models import Enrolment
from lmp.network import service as network
from tests.builders.accounts import a_centre, a_centre_administrator, a_network_administrator, a_teacher
from tests.builders.certificate import TEST_DAY, completed, issued
from tests.builders.network import the_network
from tests.builders.workplace import a_teacher_in_a_run, today_is
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def _test_day() -> Iterator[None]:
    with today_is(TEST_DAY):
        yield


@pytest.fixture
def people(app: Flask) -> dict[str, Any]:
    with db.transaction():
        administrator = a_centre_administrator()
        ready = completed(a_teacher_in_a_run(teacher=a_teacher("Gülşah Ğıİ Demo")))
        other = a_teacher_in_a_run(ready.run.version, a_teacher("Kâzım Demo"))
        return {"administrator": administrator, "ready": ready, "other": other}


def issue(visitor: Visitor, enrolment: Enrolment, administrator: Person) -> None:
    visitor.sign_in(administrator)
    path = f"/tr/run/{enrolment.run_id}/certificate"
    page = visitor.open(path)
    review = visitor.send(path, page.form(), people=[str(enrolment.id)])
    last = visitor.open(review.location)
    visitor.send(review.location, last.form(), act="issue")


def test_a_coordinator_issues_in_two_steps_and_the_holder_downloads_the_pdf(
    visitor: Visitor, people: dict[str, Any]
) -> None:
    ready = people["ready"]
    issue(visitor, ready, people["administrator"])
    visitor.sign_in(ready.person)
    link = next(url for text, url in visitor.open("/tr/certificate").links().items() if text.startswith("PDF"))
    data = visitor.client.get(link).get_data()
    assert "Gülşah Ğıİ Demo" in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_a_certificate_of_a_closed_centre_stays_valid(visitor: Visitor, people: dict[str, Any]) -> None:
    issue(visitor, people["ready"], people["administrator"])
    with db.transaction():
        (held,) = certificate.certificates_of_person(people["ready"].person_id)
        network.close_centre(a_centre(), by=the_network())
    visitor = Visitor(visitor.app)
    page = visitor.open(f"/v/{held.code}")
    assert "Bu belge geçerli" in page.text


def test_who_is_not_ready_stands_there_with_the_reason(visitor: Visitor, people: dict[str, Any]) -> None:
    other = people["other"]
    visitor.sign_in(people["administrator"])
    text = visitor.open(f"/tr/run/{other.run_id}/certificate").text
    assert "Kâzım Demo" in text
    assert "İş başı: henüz işletme eşleştirilmedi" in text
    assert "Uygulamalı sınav: henüz girilmedi" in text


def test_nobody_is_issued_by_a_forged_selection(visitor: Visitor, people: dict[str, Any]) -> None:
    other = people["other"]
    visitor.sign_in(people["administrator"])
    path = f"/tr/run/{other.run_id}/certificate"
    token = visitor.open("/tr/run/new").form("/sign-out")["csrf_token"]
    page = visitor.send(
        path, {"csrf_token": token, "_once": "01a2042a-f134-7000-b58f-539367ee1200"}, people=[str(other.id)], expect=422
    )
    assert "Hata:" in page.html


@pytest.mark.parametrize(
    ("lang", "valid", "revoked"),
    [
        ("tr", "Bu belge geçerli", "Bu belge iptal edildi"),
        ("en", "This certificate is valid", "This certificate is revoked"),
    ],
)
def test_a_stranger_reads_the_verdict_before_and_after_a_revocation(
    visitor: Visitor, app: Flask, people: dict[str, Any], lang: str, valid: str, revoked: str
) -> None:
    with db.transaction() as session:
        made = issued(session.get_one(Enrolment, people["ready"].id), people["administrator"])
    stranger = Visitor(app)
    page = stranger.open(f"/v/{made.code.lower()}?lang={lang}")
    assert page.h1 == valid
    assert "@" not in page.text
    visitor.sign_in(people["administrator"])
    path = f"/tr/certificate/{made.id}/revoke"
    visitor.send(path, visitor.open(path).form(), kind="correction", note="Ad yanlış yazılmış.")
    after = stranger.open(f"/v/{made.code}?lang={lang}")
    assert after.h1 == revoked
    assert "Ad yanlış yazılmış" not in after.text


def test_revoking_without_a_reason_says_what_to_write(visitor: Visitor, people: dict[str, Any]) -> None:
    with db.transaction() as session:
        made = issued(session.get_one(Enrolment, people["ready"].id), people["administrator"])
    visitor.sign_in(people["administrator"])
    path = f"/tr/certificate/{made.id}/revoke"
    page = visitor.send(path, visitor.open(path).form(), kind="error", note=" ", expect=422)
    assert "Gerekçeyi yazın" in page.text


def test_an_unknown_code_is_said_kindly_and_guessing_is_stopped(visitor: Visitor) -> None:
    assert "Bu kodla bir belge yok" in visitor.open("/v/ABCD?lang=tr", expect=404).text
    for _ in range(account_rules.VERIFY_PER_PLACE.count):
        visitor.client.get("/v/ABCD")
    assert "dakika sonra" in visitor.open("/v/ABCD?lang=tr", expect=429).text


def test_a_typed_code_leads_to_its_own_address(visitor: Visitor) -> None:
    assert visitor.open("/tr/verify?code=7kq4%20m2xd", expect=302).location == "/v/7KQ4M2XD"


def test_a_signatory_confirms_from_the_first_page(visitor: Visitor, app: Flask) -> None:
    with db.transaction():
        administrator, signatory = a_centre_administrator(), a_network_administrator()
        ready = completed(a_teacher_in_a_run(signatory=signatory))
    visitor.sign_in(administrator)
    path = f"/tr/run/{ready.run_id}/certificate"
    assert (
        "imza yetkilisine gönderildi"
        in visitor.open(visitor.send(path, visitor.open(path).form(), people=[str(ready.id)]).location).text
    )
    visitor.sign_in(signatory)
    link = next(url for url in visitor.open("/tr/today").links().values() if "/certification/" in url)
    page = visitor.open(link)
    visitor.send(link, page.form(), act="sign")
    with db.reading():
        visitor.sign_in(ready.person)
    assert "Belge no" in visitor.open("/tr/certificate").text
