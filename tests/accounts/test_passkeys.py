"""Passkeys through the services, on both databases, with a device that signs as the standard says."""

from collections.abc import Iterator

import pytest

from lmp.access import ActorKind
from lmp.accounts import service
from lmp.accounts.models import Person, PersonState
from lmp.accounts.service import passkeys, second_factor
from lmp.core import db, mail
from lmp.core.errors import NotFound, RuleBroken
from tests.builders.accounts import a_person, a_trainer, acting
from tests.builders.authenticator import Authenticator
from tests.builders.factors import a_passkey, opened

SITE = "https://egitim.example"


@pytest.fixture(autouse=True)
def site(database: db.Scope) -> Iterator[None]:
    """An installation at an address that can have passkeys."""
    passkeys.configure(SITE, "SMM Eğitimleri")
    yield
    passkeys.configure("http://lmp.test", "SMM Eğitimleri")


def signed_in(device: Authenticator) -> Person:
    asked = passkeys.ask_to_sign_in()
    return passkeys.sign_in_with_passkey(device.sign(asked.options), asked.sealed, place="1", agent="x")[1]


def test_a_passkey_alone_signs_its_holder_in_wholly(database: db.Scope) -> None:
    who, device = a_person(), Authenticator(SITE)
    a_passkey(who, device)
    asked = passkeys.ask_to_sign_in()
    token, found = passkeys.sign_in_with_passkey(device.sign(asked.options), asked.sealed, place="1", agent="x")
    assert found.id == who.id
    session = service.resume(token)
    assert session is not None
    assert session.actor.kind is ActorKind.PERSON


def test_an_answer_counts_once(database: db.Scope) -> None:
    who, device = a_person(), Authenticator(SITE)
    a_passkey(who, device)
    database.session.commit()
    asked = passkeys.ask_to_sign_in()
    answer = device.sign(asked.options)
    passkeys.sign_in_with_passkey(answer, asked.sealed, place="1", agent="x")
    database.session.commit()
    with pytest.raises(RuleBroken):
        passkeys.sign_in_with_passkey(answer, asked.sealed, place="1", agent="x")


@pytest.mark.parametrize("origin", ["https://egitim.example.evil.example", "http://egitim.example", "https://lmp.test"])
def test_an_answer_given_at_another_address_is_refused(database: db.Scope, origin: str) -> None:
    who, device = a_person(), Authenticator(SITE)
    a_passkey(who, device)
    database.session.commit()
    device.origin = origin
    with pytest.raises(RuleBroken, match="not accepted"):
        signed_in(device)


def test_without_the_holder_being_verified_a_passkey_is_a_second_factor_only(database: db.Scope) -> None:
    who, device = a_person(), Authenticator(SITE)
    a_passkey(who, device)
    token = service.open_session(who, agent="x")
    database.session.commit()
    device.verifies = False
    with pytest.raises(RuleBroken):
        signed_in(device)
    half = service.resume(token)
    assert half is not None
    assert half.actor.purpose == second_factor.TO_GIVE
    asked = passkeys.ask_after_password(half.actor)
    assert asked is not None
    fresh = passkeys.give_passkey(device.sign(asked.options), asked.sealed, session_id=half.id, by=half.actor)
    whole = service.resume(fresh)
    assert whole is not None
    assert not whole.half


def test_somebody_elses_passkey_is_no_second_factor(database: db.Scope) -> None:
    who, other, device = a_person(), a_person(), Authenticator(SITE)
    a_passkey(who, Authenticator(SITE))
    a_passkey(other, device)
    half = service.resume(service.open_session(who, agent="x"))
    database.session.commit()
    assert half is not None
    asked = passkeys.ask_after_password(half.actor)
    assert asked is not None
    with pytest.raises(RuleBroken):
        passkeys.give_passkey(device.sign(asked.options), asked.sealed, session_id=half.id, by=half.actor)


def test_a_question_that_was_not_ours_is_refused(database: db.Scope) -> None:
    who, device = a_person(), Authenticator(SITE)
    a_passkey(who, device)
    database.session.commit()
    asked = passkeys.ask_to_sign_in()
    with pytest.raises(RuleBroken, match="too long"):
        passkeys.sign_in_with_passkey(device.sign(asked.options), asked.sealed[:-4] + "AAAA", place="1", agent="x")


@pytest.mark.parametrize("nonsense", ["", "[]", "{}", '{"id": 1}', "null", '{"id": "x"}', "{"])
def test_nonsense_is_refused(database: db.Scope, nonsense: str) -> None:
    asked = passkeys.ask_to_sign_in()
    with pytest.raises(RuleBroken, match="not accepted"):
        passkeys.sign_in_with_passkey(nonsense, asked.sealed, place="1", agent="x")


def test_a_suspended_person_is_not_let_in(database: db.Scope) -> None:
    who, device = a_person(), Authenticator(SITE)
    a_passkey(who, device)
    who.state = PersonState.SUSPENDED
    database.session.commit()
    with pytest.raises(RuleBroken):
        signed_in(device)


def test_a_copied_key_that_counts_backwards_is_refused(database: db.Scope) -> None:
    who, device = a_person(), Authenticator(SITE, count=5)
    a_passkey(who, device)
    database.session.commit()
    device.count = 1
    with pytest.raises(RuleBroken):
        signed_in(device)


def test_the_same_device_is_added_once(database: db.Scope) -> None:
    who, device = a_person(), Authenticator(SITE)
    a_passkey(who, device)
    with pytest.raises(RuleBroken, match="already"):
        a_passkey(who, device)


def test_the_first_passkey_comes_with_recovery_codes_and_the_person_is_told(database: db.Scope) -> None:
    who = a_person()
    assert len(a_passkey(who, Authenticator(SITE))) == 10
    assert a_passkey(who, Authenticator(SITE)) == []
    assert mail.outbox()[0].to_address == who.email


def test_the_last_passkey_stays_while_it_is_required(database: db.Scope) -> None:
    who = a_trainer()
    a_passkey(who, Authenticator(SITE))
    (key,) = second_factor.factors_of(who.id).passkeys
    second_factor.configure(required=True)
    try:
        with pytest.raises(RuleBroken, match="the last one"):
            passkeys.remove_passkey(key, by=acting(who))
    finally:
        second_factor.configure(required=False)
    passkeys.remove_passkey(key, by=acting(who))
    assert not second_factor.factors_of(who.id).any


def test_a_passkey_is_its_holders_alone(database: db.Scope) -> None:
    who = a_person()
    a_passkey(who, Authenticator(SITE))
    (key,) = second_factor.factors_of(who.id).passkeys
    with pytest.raises(NotFound):
        passkeys.own_passkey(key.id, by=acting(a_person()))
    passkeys.rename_passkey(passkeys.own_passkey(key.id, by=acting(who)), " Ev  anahtarı ", by=acting(who))
    assert key.name == "Ev anahtarı"
    assert opened(who)


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://egitim.example", True),
        ("http://localhost:8000", True),
        ("http://egitim.example", False),
        ("http://127.0.0.1:8000", False),
        ("https://192.0.2.7", False),
    ],
)
def test_passkeys_need_a_name_and_https(database: db.Scope, url: str, good: bool) -> None:
    passkeys.configure(url, "SMM")
    assert passkeys.possible() is good
