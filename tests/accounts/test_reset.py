"""A new password for who lost theirs."""

from datetime import timedelta

import pytest
from flask import Flask

from lmp.access import NOBODY
from lmp.accounts import service
from lmp.accounts.models import PersonState
from lmp.core import clock, db
from lmp.core.errors import RuleBroken
from tests.builders.accounts import PASSWORD, a_person, a_teacher
from tests.builders.mails import link_of, mails, newest
from tests.visitor import Visitor

EMAIL = "unutan@demo.example"
NEW = "another-password-now"


@pytest.fixture
def forgetful(app: Flask) -> Visitor:
    """Somebody who forgot their password, signed in elsewhere."""
    with db.transaction():
        who = a_person("Unutan Demo", email=EMAIL, password=PASSWORD)
    return Visitor(app).sign_in(who)


def asked(visitor: Visitor, email: str = EMAIL) -> None:
    page = visitor.open("/tr/password")
    assert visitor.send("/tr/password", page.form("/password"), email=email).location.endswith("/password/sent")


def test_a_new_password_ends_every_session_and_is_told(app: Flask, forgetful: Visitor) -> None:
    asked(Visitor(app))
    path, visitor = link_of(newest("accounts/reset")), Visitor(app)
    led = visitor.send(path, visitor.open(path).form("/m/"), password=NEW)
    assert led.location.endswith("/sign-in")
    assert "Parola değişti" in visitor.open("/tr/sign-in").text
    assert "/sign-in" in forgetful.open("/tr/today", expect=302).location
    assert newest("accounts/password_changed").to_address == EMAIL
    with db.transaction():
        service.sign_in(EMAIL, NEW, place="1", agent="x")
    with db.work(), pytest.raises(RuleBroken):
        service.sign_in(EMAIL, PASSWORD, place="1", agent="x")
    assert "Bu bağlantı kullanıldı" in visitor.open(path, expect=410).text


def test_opening_the_link_changes_nothing(app: Flask, forgetful: Visitor) -> None:
    asked(Visitor(app))
    Visitor(app).open(link_of(newest("accounts/reset")))
    forgetful.open("/tr/today")


def test_unknown_people_see_the_same_page_and_are_told_by_mail(app: Flask, forgetful: Visitor) -> None:
    seen = []
    for email in (EMAIL, "kimse@demo.example"):
        visitor = Visitor(app)
        asked(visitor, email)
        seen.append(visitor.open("/tr/password/sent").text.replace(email, ""))
    assert seen[0] == seen[1]
    assert "/register" in newest("accounts/unknown").text


def test_a_link_is_good_for_an_hour(app: Flask, forgetful: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(Visitor(app))
    path = link_of(newest("accounts/reset"))
    later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Yeni bağlantı iste" in Visitor(app).open(path, expect=410).text


def test_a_link_dies_when_the_person_signs_out_everywhere(app: Flask, forgetful: Visitor) -> None:
    asked(Visitor(app))
    path = link_of(newest("accounts/reset"))
    with db.transaction():
        who = service.find_person(EMAIL)
        assert who is not None
        service.end_sessions(who, by=service.actor_of(who))
    Visitor(app).open(path, expect=410)


def test_a_suspended_person_gets_no_link(database: db.Scope) -> None:
    a_person(email=EMAIL).state = PersonState.SUSPENDED
    database.session.commit()
    service.reset.ask(EMAIL, lang="tr", place="1", by=NOBODY)
    assert not mails("accounts/reset")


def test_a_person_without_a_password_gets_one(database: db.Scope) -> None:
    who = a_teacher()
    database.session.commit()
    service.reset.ask(who.email, lang="tr", place="1", by=NOBODY)
    assert mails("accounts/reset")
