"""Inviting one person: the account is there, and opens when its owner accepts."""

import pytest
from flask import Flask

from lmp.access import NOBODY, Role, ScopeKind
from lmp.accounts import service
from lmp.core import db
from lmp.core.errors import NotAllowed, NotFound, RuleBroken
from tests.builders.accounts import (
    PASSWORD,
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_teacher,
    acting,
)
from tests.builders.mails import link_of, mails, newest
from tests.visitor import Visitor

EMAIL = "davetli@demo.example"


def test_an_invited_trainer_accepts_and_works_at_the_centre(app: Flask) -> None:
    with db.transaction():
        centre = a_centre()
        who = service.invite(
            email=EMAIL,
            name="Davetli Demo",
            lang="tr",
            by=acting(a_centre_administrator(centre)),
            role=Role.TRAINER,
            scope_kind=ScopeKind.CENTRE,
            scope=str(centre.id),
        )
    mail = newest("accounts/invited")
    assert "Koray Demo" in mail.text
    path, visitor = link_of(mail), Visitor(app)
    page = visitor.open(path)
    assert page.form("/m/")["name"] == "Davetli Demo"
    assert visitor.send(path, page.form("/m/"), password=PASSWORD).location.endswith("/today")
    visitor.open("/tr/run")
    with db.transaction():
        token, found = service.sign_in(EMAIL, PASSWORD, place="1", agent="x")
        assert token
        assert found.id == who.id


def test_nobody_signs_in_before_they_accept(database: db.Scope) -> None:
    who = service.invite(email=EMAIL, name="Davetli", lang="tr", by=acting(a_network_administrator()))
    assert service.actor_of(who).kind.value == "nobody"
    database.session.commit()
    with pytest.raises(RuleBroken):
        service.sign_in(EMAIL, PASSWORD, place="1", agent="x")


def test_an_invited_role_holder_is_asked_for_nothing_yet(database: db.Scope) -> None:
    centre = a_centre()
    service.invite(
        email=EMAIL,
        name="Davetli",
        lang="tr",
        by=acting(a_network_administrator()),
        role=Role.CENTRE_ADMINISTRATOR,
        scope_kind=ScopeKind.CENTRE,
        scope=str(centre.id),
    )
    assert EMAIL not in [
        one.email for one in service.holders(Role.CENTRE_ADMINISTRATOR, ScopeKind.CENTRE, str(centre.id))
    ]


def test_only_who_may_grant_the_role_may_invite_to_it(database: db.Scope) -> None:
    centre = a_centre()
    with pytest.raises(NotAllowed):
        service.invite(
            email=EMAIL,
            name="Davetli",
            lang="tr",
            by=acting(a_centre_administrator(centre)),
            role=Role.APPROVER,
            scope_kind=ScopeKind.CENTRE,
            scope=str(centre.id),
        )
    with pytest.raises(NotFound):
        service.invite(email="b@demo.example", name="Davetli", lang="tr", by=acting(a_teacher()))


def test_a_used_address_is_told(database: db.Scope) -> None:
    boss = acting(a_network_administrator())
    service.invite(email=EMAIL, name="Davetli", lang="en", by=boss)
    with pytest.raises(RuleBroken) as told:
        service.invite(email=EMAIL.upper(), name="Davetli", lang="tr", by=boss)
    assert told.value.field == "email"


def test_registering_or_asking_for_a_password_sends_the_invitation_again(database: db.Scope) -> None:
    service.invite(email=EMAIL, name="Davetli", lang="en", by=acting(a_network_administrator()))
    first = link_of(mails("accounts/invited")[-1])
    database.session.commit()
    service.registration.ask(EMAIL, lang="tr", onward="", place="1", by=NOBODY)
    database.session.commit()
    service.reset.ask(EMAIL, lang="tr", place="1", by=NOBODY)
    sent = mails("accounts/invited")
    assert [mail.lang for mail in sent] == ["en", "en", "en"]
    assert link_of(sent[-1]) != first
    assert not mails("accounts/registration")
    assert not mails("accounts/reset")


def test_an_accepted_invitation_is_not_sent_again(database: db.Scope) -> None:
    boss = acting(a_network_administrator())
    with pytest.raises(RuleBroken):
        service.invitation.invite_again(a_teacher(), by=boss)
