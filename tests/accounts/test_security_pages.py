"""The second step and the page of sign-in security, as people use them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from lmp.accounts.models import Person
from lmp.accounts.service import passkeys, second_factor
from lmp.core import clock, db, mail
from tests.builders.accounts import PASSWORD, a_person, a_trainer
from tests.builders.authenticator import Authenticator
from tests.builders.factors import a_passkey, an_app, code_of
from tests.visitor import Page, Visitor

STEP, SECURITY, APP = "/tr/sign-in/second", "/tr/security", "/tr/security/app"


@pytest.fixture
def required(visitor: Visitor) -> Iterator[None]:
    """An installation on which roles that see others' data need a second factor."""
    second_factor.configure(required=True)
    yield
    second_factor.configure(required=False)


def shown_secret(page: Page) -> str:
    """The secret that stands under the QR code."""
    return "".join(next(one for one in page.all("p", class_="secret")).itertext()).replace(" ", "")


def code_for(secret: str) -> str:
    import pyotp

    return pyotp.TOTP(secret).at(clock.now())


def with_app(*, trainer: bool = False) -> tuple[Person, str]:
    """Somebody who signs in with a password and an app: the person, a recovery code."""
    with db.transaction():
        who = a_trainer() if trainer else a_person(password=PASSWORD)
        return who, an_app(who).codes[0]


def test_a_password_and_a_code_open_the_page_that_was_asked_for(visitor: Visitor) -> None:
    who, _code = with_app()
    form = visitor.open("/tr/sign-in?next=/tr/security").form("/sign-in")
    answer = visitor.send("/tr/sign-in", form, email=who.email, password=PASSWORD)
    assert answer.location == "/tr/security"
    led = visitor.open("/tr/security", expect=302).location
    assert led == "/tr/sign-in/second?next=/tr/security"
    with clock.at(clock.now() + timedelta(minutes=1)):
        with db.reading():
            code = code_of(who)
        assert visitor.send(STEP, visitor.open(led).form(), code=f"{code[:3]} {code[3:]}").location == "/tr/security"
        assert "Doğrulama uygulaması" in visitor.open(SECURITY).text


def test_a_used_code_is_refused_with_a_sentence(visitor: Visitor, app: object) -> None:
    who, _code = with_app()
    with clock.at(clock.now() + timedelta(minutes=1)):
        with db.reading():
            code = code_of(who)
        visitor.sign_in(who, half=True).send(STEP, visitor.open(STEP).form(), code=code)
        again = Visitor(visitor.app).sign_in(who, half=True)
        refused = again.send(STEP, again.open(STEP).form(), code=code, expect=422)
    assert "Bu kod daha önce kullanıldı" in refused.text


def test_a_recovery_code_lets_in_and_is_counted(visitor: Visitor) -> None:
    who, recovery = with_app()
    visitor.sign_in(who, half=True).send(STEP, visitor.open(STEP).form(), code=recovery)
    assert "9 kod kaldı" in visitor.open(SECURITY).text


def test_the_step_leads_nowhere_outside(visitor: Visitor) -> None:
    who, recovery = with_app()
    visitor.sign_in(who, half=True)
    form = visitor.open(f"{STEP}?next=https://evil.example/").form()
    assert visitor.send(STEP, form, code=recovery).location == "/tr/today"


def test_switching_the_language_keeps_the_step(visitor: Visitor) -> None:
    who, _recovery = with_app()
    visitor.sign_in(who, half=True)
    page = visitor.send(STEP, visitor.open(STEP).form(), _lang="en", expect=200)
    assert page.h1 == "One more step"


def test_somebody_half_signed_in_can_leave(visitor: Visitor) -> None:
    who, _recovery = with_app()
    visitor.sign_in(who, half=True)
    visitor.send("/tr/sign-out", visitor.open(STEP).form("/sign-out"))
    assert "/sign-in" in visitor.open(STEP, expect=302).location


def test_an_app_is_set_up_and_codes_are_shown_once(visitor: Visitor) -> None:
    with db.transaction():
        who = a_person()
    visitor.sign_in(who)
    page = visitor.open(APP)
    wrong = visitor.send(APP, page.form(), code="000000", expect=422)
    assert shown_secret(wrong) == shown_secret(page)
    done = visitor.send(APP, wrong.form(), code=code_for(shown_secret(page)), expect=200)
    assert done.h1 == "Kurtarma kodlarınız"
    assert len(done.all("li", class_="code")) == 10
    download = next(one.get("href", "") for one in done.all("a") if one.get("download"))
    assert download.startswith("data:text/plain")
    assert visitor.open("/tr/security/codes", expect=302).location == SECURITY
    assert "10 kod kaldı" in visitor.open(SECURITY).text
    with db.reading():
        assert mail.outbox()[0].to_address == who.email


def test_a_trainer_without_a_factor_sets_one_up_before_anything_else(visitor: Visitor, required: None) -> None:
    with db.transaction():
        who = a_trainer()
    visitor.sign_in(who, half=True)
    assert STEP in visitor.open("/tr/today", expect=302).location
    assert visitor.open(STEP, expect=302).location == SECURITY
    assert "Bir eksik kaldı" in visitor.open(SECURITY).text
    page = visitor.open(APP)
    visitor.send(APP, page.form(), code=code_for(shown_secret(page)), expect=200)
    visitor.open("/tr/today")
    refused = visitor.send("/tr/security/app/remove", expect=422)
    assert "bu sonuncusu" in refused.text


def test_a_passkey_is_added_used_renamed_and_removed(visitor: Visitor) -> None:
    site = "https://egitim.example"
    passkeys.configure(site, "SMM")
    with db.transaction():
        who, device = a_person(), Authenticator(site)
    visitor.sign_in(who)
    page = visitor.open("/tr/security/passkey")
    options = page.all("form", id="form")[0].get("data-options") or ""
    done = visitor.send(
        "/tr/security/passkey", page.form(), name="Ev bilgisayarı", answer=device.register(options), expect=200
    )
    assert done.h1 == "Kurtarma kodlarınız"
    stranger = Visitor(visitor.app)
    start = stranger.open("/tr/sign-in")
    options = start.all("form", id="passkey")[0].get("data-options") or ""
    form = start.form("/sign-in/passkey")
    assert stranger.send("/tr/sign-in/passkey", form, answer=device.sign(options)).location == "/tr/today"
    refused = Visitor(visitor.app).send("/tr/sign-in/passkey", form | {"csrf_token": None}, expect=400)
    assert refused.status == 400
    path = visitor.open(SECURITY).links()["Ev bilgisayarı"]
    visitor.send(path, visitor.open(path).form(), name="Masaüstü")
    assert "Masaüstü" in visitor.open(SECURITY).text
    visitor.send(f"{path}/remove")
    assert "Masaüstü" not in visitor.open(SECURITY).text
    passkeys.configure("http://lmp.test", "SMM")


def test_a_passkey_of_somebody_else_does_not_exist(visitor: Visitor) -> None:
    passkeys.configure("https://egitim.example", "SMM")
    with db.transaction():
        who = a_person()
        a_passkey(who, Authenticator("https://egitim.example"))
        (key,) = second_factor.factors_of(who.id).passkeys
        other = a_person()
    visitor.sign_in(other).open(f"/tr/security/passkey/{key.id}", expect=404)
    passkeys.configure("http://lmp.test", "SMM")


def test_the_address_of_a_request_changes_nothing(visitor: Visitor) -> None:
    passkeys.configure("https://egitim.example", "SMM")
    answer = visitor.client.get("/tr/sign-in", headers={"Host": "evil.example"})
    assert b"egitim.example" in answer.data
    assert b"evil.example" not in answer.data
    passkeys.configure("http://lmp.test", "SMM")
