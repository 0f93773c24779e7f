"""The second factor through the services, on both databases."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pyotp
import pytest

from lmp.access import Actor, ActorKind, Role, ScopeKind
from lmp.accounts import service
from lmp.accounts.models import AuthenticatorApp, Person
from lmp.accounts.service import second_factor
from lmp.audit import service as audit
from lmp.core import clock, db, mail
from lmp.core.errors import Conflict, NotFound, RuleBroken, TooMany
from tests.builders.accounts import BY, PASSWORD, a_network_administrator, a_person, a_trainer, acting
from tests.builders.factors import an_app, code_of, opened


@pytest.fixture
def required() -> Iterator[None]:
    """An installation on which roles that see others' data need a second factor."""
    second_factor.configure(required=True)
    yield
    second_factor.configure(required=False)


def half(who: Person) -> tuple[str, Actor, UUID]:
    """A session after the password, in a request of its own: its token, its actor, its id."""
    token = service.open_session(who, agent="x")
    db.session().commit()
    found = service.resume(token)
    assert found is not None
    return token, found.actor, found.id


def test_an_app_is_asked_for_after_the_password(database: db.Scope) -> None:
    who = a_person(password=PASSWORD)
    an_app(who)
    token, actor, session_id = half(who)
    assert actor.kind is ActorKind.HALF
    assert actor.grants == ()
    later = clock.now() + timedelta(minutes=2)
    with clock.at(later):
        fresh = second_factor.give_code(code_of(who), session_id=session_id, by=actor)
        assert service.resume(token) is None
        whole = service.resume(fresh)
    assert whole is not None
    assert whole.actor.kind is ActorKind.PERSON


def test_a_code_is_accepted_once(database: db.Scope) -> None:
    who = a_person()
    an_app(who)
    _token, first, first_id = half(who)
    _token, second, second_id = half(who)
    with clock.at(clock.now() + timedelta(minutes=2)):
        code = code_of(who)
        second_factor.give_code(code, session_id=first_id, by=first)
        database.session.expire_all()
        with pytest.raises(RuleBroken, match="used already"):
            second_factor.give_code(code, session_id=second_id, by=second)


def test_the_code_that_set_the_app_up_opens_nothing(database: db.Scope) -> None:
    who = a_person()
    an_app(who)
    _token, actor, session_id = half(who)
    with pytest.raises(RuleBroken, match="used already"):
        second_factor.give_code(code_of(who), session_id=session_id, by=actor)


def test_the_secret_is_not_readable_in_the_database(database: db.Scope) -> None:
    who = a_person()
    secret = an_app(who).secret
    kept = database.session.query(AuthenticatorApp).one().sealed_secret
    assert secret not in kept


def test_ten_recovery_codes_let_in_once_each(database: db.Scope) -> None:
    who = a_person()
    codes = an_app(who).codes
    assert len(codes) == 10
    _token, actor, session_id = half(who)
    second_factor.give_code(codes[0].upper(), session_id=session_id, by=actor)
    assert second_factor.factors_of(who.id).codes_left == 9
    _token, again, again_id = half(who)
    with pytest.raises(RuleBroken, match="used already"):
        second_factor.give_code(codes[0], session_id=again_id, by=again)
    second_factor.give_code(codes[1], session_id=again_id, by=again)


def test_recovery_codes_of_somebody_else_let_nobody_in(database: db.Scope) -> None:
    codes = an_app(a_person()).codes
    who = a_person()
    an_app(who)
    _token, actor, session_id = half(who)
    with pytest.raises(RuleBroken, match="does not fit"):
        second_factor.give_code(codes[0], session_id=session_id, by=actor)


def test_guessing_codes_ends_after_eight(database: db.Scope) -> None:
    who = a_person()
    an_app(who)
    _token, actor, session_id = half(who)
    for _ in range(8):
        with pytest.raises(RuleBroken):
            second_factor.give_code("abcd-efgh-jkmn", session_id=session_id, by=actor)
        database.session.rollback()
    with pytest.raises(TooMany):
        second_factor.give_code("000000", session_id=session_id, by=actor)


def test_a_wrong_first_code_sets_nothing_up(database: db.Scope) -> None:
    who = a_person()
    offer, session_id = second_factor.offer_app(who, "SMM"), opened(who)
    database.session.commit()
    with pytest.raises(RuleBroken):
        second_factor.set_up_app(who, offer.sealed, "000000", session_id=session_id, by=acting(who))
    assert not second_factor.has_factor(who.id)


def test_an_offer_is_for_one_person_and_for_an_hour(database: db.Scope) -> None:
    who, other = a_person(), a_person()
    offer = second_factor.offer_app(other, "SMM")
    code = pyotp.TOTP(offer.grouped.replace(" ", "")).at(clock.now())
    with pytest.raises(Conflict):
        second_factor.set_up_app(who, offer.sealed, code, session_id=opened(who), by=acting(who))
    with pytest.raises(NotFound):
        second_factor.set_up_app(other, offer.sealed, code, session_id=opened(who), by=acting(who))


def test_a_role_that_sees_others_is_half_signed_in_without_a_factor(database: db.Scope, required: None) -> None:
    who = a_trainer()
    _token, actor, session_id = half(who)
    assert (actor.kind, actor.purpose) == (ActorKind.HALF, second_factor.TO_SET_UP)
    an_app(who, session_id=session_id, by=actor)
    token, again, _id = half(who)
    assert again.purpose == second_factor.TO_GIVE
    assert service.resume(token) is not None


def test_a_role_given_during_a_session_makes_it_half(database: db.Scope, required: None) -> None:
    who = a_person()
    token = service.open_session(who, agent="x")
    found = service.resume(token)
    assert found is not None
    assert not found.half
    service.grant(who, Role.NETWORK_ADMINISTRATOR, ScopeKind.NETWORK, by=BY)
    found = service.resume(token)
    assert found is not None
    assert found.half


def test_somebody_who_has_still_to_give_a_factor_cannot_change_or_remove_one(database: db.Scope) -> None:
    who = a_person()
    an_app(who)
    _token, actor, _id = half(who)
    with pytest.raises(NotFound):
        second_factor.remove_app(who, by=actor)
    with pytest.raises(NotFound):
        second_factor.renew_codes(who, by=actor)


def test_the_last_factor_stays_while_it_is_required(database: db.Scope, required: None) -> None:
    who = a_trainer()
    an_app(who)
    with pytest.raises(RuleBroken, match="the last one"):
        second_factor.remove_app(who, by=acting(who))
    second_factor.configure(required=False)
    second_factor.remove_app(who, by=acting(who))
    assert second_factor.factors_of(who.id) == second_factor.Factors(None, [], 0)


def test_a_first_factor_ends_sessions_that_showed_none(database: db.Scope) -> None:
    who = a_person()
    token = service.open_session(who, agent="elsewhere")
    an_app(who)
    assert service.resume(token) is None


def test_new_codes_end_the_old_ones(database: db.Scope) -> None:
    who = a_person()
    old = an_app(who).codes
    second_factor.renew_codes(who, by=acting(who))
    _token, actor, session_id = half(who)
    with pytest.raises(RuleBroken):
        second_factor.give_code(old[0], session_id=session_id, by=actor)


def test_an_administrator_resets_a_lost_factor_and_the_person_is_told(database: db.Scope) -> None:
    who, administrator = a_person(), a_network_administrator()
    an_app(who)
    token, _actor, _id = half(who)
    second_factor.reset_factors(who, "Telefonu çalındı", by=acting(administrator))
    database.session.flush()
    assert not second_factor.has_factor(who.id)
    assert service.resume(token) is None
    last = audit.history(who)[-1]
    assert (last.act, last.detail) == ("accounts.second_factor_reset", {"reason": "Telefonu çalındı"})
    assert mail.outbox()[0].to_address == who.email


def test_nobody_else_resets_anybodys_factor(database: db.Scope) -> None:
    who = a_person()
    an_app(who)
    for by in (acting(a_trainer()), acting(who)):
        with pytest.raises(NotFound):
            second_factor.reset_factors(who, "x", by=by)
