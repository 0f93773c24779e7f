"""Registering with an address: the same answer for everybody, an account for who reads the mail."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from lmp.access import NOBODY, Role
from lmp.accounts import service
from lmp.accounts.models import PersonState
from lmp.accounts.service import registration
from lmp.core import clock, db
from lmp.core.errors import NotAllowed, TooMany
from tests.builders.accounts import PASSWORD, a_person
from tests.builders.mails import link_of, mails, newest
from tests.visitor import Visitor

EMAIL = "yeni@demo.example"


def asked(visitor: Visitor, email: str = EMAIL, lang: str = "tr", query: str = "") -> None:
    """Ask for an account."""
    path = f"/{lang}/register{query}"
    page = visitor.open(path)
    sent = visitor.send(path, page.form("/register"), email=email)
    assert sent.location.endswith(f"/{lang}/register/sent")


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_a_teacher_registers_and_is_signed_in(visitor: Visitor, lang: str) -> None:
    asked(visitor, lang=lang, query="?next=/tr/course/demo-kurs")
    mail = newest("accounts/registration")
    assert mail.to_address == EMAIL
    assert mail.lang == lang
    path = link_of(mail)
    page = visitor.open(path)
    assert EMAIL in page.text
    led = visitor.send(path, page.form("/m/"), name=" Gülşah  Yeni ", password=PASSWORD)
    with db.reading():
        who = service.find_person(EMAIL)
        assert who is not None
        assert (who.name, who.lang) == ("Gülşah Yeni", lang)
        assert [grant.role for grant in service.grants_of(who.id)] == [Role.TEACHER]
    assert "course" in led.location
    assert visitor.open(f"/{lang}/today").status == 200


def test_known_and_unknown_people_see_the_same_page(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        a_person(email=EMAIL, password=PASSWORD)
    seen = []
    for email in (EMAIL, "kimse@demo.example"):
        somebody = Visitor(app)
        asked(somebody, email)
        seen.append(somebody.open("/tr/register/sent").text.replace(email, ""))
    assert seen[0] == seen[1]
    assert newest("accounts/known").to_address == EMAIL
    assert "/sign-in" in newest("accounts/known").text


def test_a_link_of_registration_acts_once(visitor: Visitor, app: Flask) -> None:
    asked(visitor)
    path = link_of(newest("accounts/registration"))
    visitor.send(path, visitor.open(path).form("/m/"), name="Ö", password=PASSWORD)
    later = Visitor(app).open(path, expect=410)
    assert "Bu bağlantı kullanıldı" in later.text


def test_the_second_of_two_links_for_one_address_ends_with_the_first(visitor: Visitor, app: Flask) -> None:
    asked(visitor)
    first = link_of(newest("accounts/registration"))
    asked(visitor)
    second = link_of(newest("accounts/registration"))
    visitor.send(first, visitor.open(first).form("/m/"), name="Ö", password=PASSWORD)
    assert "Bu bağlantı kapandı" in Visitor(app).open(second, expect=410).text


def test_a_link_is_good_for_a_day(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(visitor)
    path = link_of(newest("accounts/registration"))
    later = clock.now() + timedelta(days=1, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Yeniden kayıt ol" in visitor.open(path, expect=410).text


def test_bad_names_and_passwords_are_told_and_spend_nothing(visitor: Visitor) -> None:
    asked(visitor)
    path = link_of(newest("accounts/registration"))
    form = visitor.open(path).form("/m/")
    page = visitor.send(path, form, name="", password="kisa", expect=422)
    assert "Adınızı ve soyadınızı yazın." in page.text
    page = visitor.send(path, form, name="Ö", password="kisa", expect=422)
    assert "En az 10 karakterlik bir parola seçin." in page.text
    visitor.send(path, form, name="Ö", password=PASSWORD)


def test_what_is_no_address_gets_a_sentence(visitor: Visitor) -> None:
    page = visitor.send("/tr/register", visitor.open("/tr/register").form("/register"), email="yok", expect=422)
    assert "E-posta adresini tam yazın" in page.text


def test_nobody_fills_a_mailbox(database: db.Scope) -> None:
    for _ in range(5):
        registration.ask(EMAIL, lang="tr", onward="", place="1", by=NOBODY)
        database.session.commit()
    with pytest.raises(TooMany):
        registration.ask(EMAIL, lang="tr", onward="", place="2", by=NOBODY)


def test_a_suspended_person_gets_no_second_account(database: db.Scope) -> None:
    a_person(email=EMAIL).state = PersonState.SUSPENDED
    database.session.commit()
    registration.ask(EMAIL, lang="tr", onward="", place="1", by=NOBODY)
    assert not mails("accounts/registration")


def test_by_invitation_only_the_page_says_how_to_come_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registration._setting, "is_open", False)
    visitor = Visitor(app)
    assert "davet" in visitor.open("/tr/register").text
    visitor.send("/tr/register", email=EMAIL, expect=403)
    with db.work(), pytest.raises(NotAllowed):
        registration.ask(EMAIL, lang="tr", onward="", place="1", by=NOBODY)


@pytest.mark.parametrize("host", ["evil.example", "lmp.test.evil.example"])
def test_a_forged_host_stands_in_no_mail(app: Flask, host: str) -> None:
    with db.transaction():
        known: Any = a_person(email="tanidik@demo.example", password=PASSWORD)
    visitor = Visitor(app)
    client = app.test_client()
    for path, email in (("/tr/register", EMAIL), ("/tr/register", known.email), ("/tr/password", known.email)):
        page = client.get(path, headers={"Host": host, "X-Forwarded-Host": host})
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
        assert token is not None
        client.post(
            path, data={"csrf_token": token[1], "email": email}, headers={"Host": host, "X-Forwarded-Host": host}
        )
    assert visitor is not None
    for template in ("accounts/registration", "accounts/known", "accounts/reset"):
        mail = newest(template)
        assert "evil" not in mail.text + mail.html + mail.subject
        assert "http://lmp.test/" in mail.text
