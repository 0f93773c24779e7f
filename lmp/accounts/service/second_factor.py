"""The second factor: an app's code or a recovery code after the password, who needs one, and how it is set up and ended.

Passkeys, which are a second factor too, have a file of their own.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp
from sqlalchemy import CursorResult, delete, func, literal, or_, select, update

from lmp.access import Action, Actor, Facts, Grant, require
from lmp.accounts import factors
from lmp.accounts.models import AuthenticatorApp, FactorState, Passkey, Person, RecoveryCode, SignIn
from lmp.accounts.service.limits import check_limit, count_attempt
from lmp.accounts.service.people import grants_of, person
from lmp.audit import service as audit
from lmp.core import clock, db, mail, vault
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message

#: What somebody half signed in has still to do.
TO_GIVE, TO_SET_UP = "give", "set up"
#: How long the page on which an app is set up may stay open.
SET_UP_SECONDS = 3600

_required = False


def configure(*, required: bool) -> None:
    """Set whether roles that see others' data need a second factor (`LMP_SECOND_FACTOR`)."""
    global _required
    _required = required


def needs_factor(grants: Iterable[Grant]) -> bool:
    """Whether somebody with these grants must have a second factor here."""
    return factors.must_have(grants, required=_required)


def has_factor(person_id: UUID) -> bool:
    """Whether a person set up an app or a passkey."""
    app = select(literal(1)).where(AuthenticatorApp.person_id == person_id).exists()
    key = select(literal(1)).where(Passkey.person_id == person_id).exists()
    return bool(db.session().scalar(select(or_(app, key))))


@dataclass(frozen=True)
class Factors:
    """What a person has set up."""

    app_added_at: datetime | None
    passkeys: list[Passkey]
    codes_left: int

    @property
    def any(self) -> bool:
        """Whether there is a second factor at all."""
        return self.app_added_at is not None or bool(self.passkeys)


def factors_of(person_id: UUID) -> Factors:
    """What a person has set up, passkeys in the order in which they were added."""
    session = db.session()
    left = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return Factors(
        session.scalar(select(AuthenticatorApp.added_at).where(AuthenticatorApp.person_id == person_id)),
        list(session.scalars(select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id))),
        session.scalar(left) or 0,
    )


# --- the app


@dataclass(frozen=True)
class Offer:
    """A secret for an app: sealed for the form, in groups for people, as an address for the QR code."""

    sealed: str
    grouped: str
    uri: str


def offer_app(who: Person, site_name: str, sealed: str | None = None) -> Offer:
    """A secret to set up an app with: a new one, or the one whose form is open already; nothing is kept yet."""
    try:
        secret = vault.unseal(_offer_of(who.id), sealed or "", seconds=SET_UP_SECONDS)
    except vault.Unreadable:
        secret = pyotp.random_base32()
        sealed = vault.seal(_offer_of(who.id), secret)
    uri = pyotp.TOTP(secret).provisioning_uri(name=who.email, issuer_name=site_name)
    return Offer(sealed or "", factors.in_fours(secret), uri)


def _offer_of(person_id: UUID) -> str:
    return f"app offer {person_id}"


def set_up_app(who: Person, sealed: str, code: str, *, session_id: UUID, by: Actor) -> list[str]:
    """Keep the app once its first code is right; answers fresh recovery codes where the person has none yet.

    Raises RuleBroken for a wrong code, Conflict for a form that was open too long.
    """
    require(by, Action.SECURE_SIGN_IN, Facts(owner=who.id))
    try:
        secret = vault.unseal(_offer_of(who.id), sealed, seconds=SET_UP_SECONDS)
    except vault.Unreadable:
        raise Conflict(
            Message(
                N_("This page was open too long. Scan the new QR code below and write the code that the app shows.")
            ),
            "code",
        ) from None
    found = _matched(who.id, secret, code, None)
    session = db.session()
    session.execute(delete(AuthenticatorApp).where(AuthenticatorApp.person_id == who.id))
    session.add(
        AuthenticatorApp(
            person_id=who.id, sealed_secret=vault.seal("app", secret), last_step=found.step, added_at=clock.now()
        )
    )
    session.flush()
    audit.record(by, "accounts.app_set_up", who)
    return factor_added(who, Message(N_("An authenticator app was set up for your sign-in.")), session_id)


def _matched(person_id: UUID, secret: str, code: str, last_step: int | None) -> factors.Matched:
    """The step of a code. Raises RuleBroken, which counts, for one that is wrong or was used; TooMany after several."""
    check_limit("second factor", str(person_id), factors.PER_PERSON)
    found = factors.match(secret, factors.tidy_code(code), clock.now(), last_step)
    if found is None:
        count_attempt("second factor", str(person_id), factors.PER_PERSON)
        raise RuleBroken(
            Message(
                N_(
                    "This code does not fit. Write the six digits that the app shows now; check the clock of your phone."
                )
            ),
            "code",
        )
    if not found.fresh:
        raise used_already()
    return found


def used_already() -> RuleBroken:
    """The sentence for a code that counted before."""
    return RuleBroken(Message(N_("This code was used already. Wait until the app shows the next one.")), "code")


# --- after the password


def give_code(code: str, *, session_id: UUID, by: Actor) -> str:
    """Finish signing in with an app's code or a recovery code; answers the session's new token.

    Raises RuleBroken for a code that is wrong or was used, TooMany after several wrong ones.
    """
    require(by, Action.GIVE_FACTOR, Facts())
    who = _person_of(by)
    tidy = factors.tidy_code(code)
    how = "app"
    if factors.is_app_code(tidy):
        _spend_app_code(who, tidy)
    else:
        _spend_recovery_code(who, tidy)
        how = "recovery code"
    audit.record(by, "accounts.second_factor_given", who, how=how)
    return finish(session_id)


def _person_of(by: Actor) -> Person:
    """The person who acts."""
    if by.id is None:
        raise NotFound
    return person(by.id)


def _spend_app_code(who: Person, tidy: str) -> None:
    session = db.session()
    app = session.scalar(select(AuthenticatorApp).where(AuthenticatorApp.person_id == who.id))
    if app is None:
        raise RuleBroken(Message(N_("No app is set up for this account. Use a passkey or a recovery code.")), "code")
    try:
        secret = vault.unseal("app", app.sealed_secret)
    except vault.Unreadable:
        raise RuleBroken(
            Message(N_("The app cannot be checked any more. Use a recovery code, then set the app up again.")), "code"
        ) from None
    found = _matched(who.id, secret, tidy, app.last_step)
    # Guarded, so that of two who send the same code at once only one gets in.
    spent = session.execute(
        update(AuthenticatorApp)
        .where(
            AuthenticatorApp.id == app.id,
            or_(AuthenticatorApp.last_step.is_(None), AuthenticatorApp.last_step < found.step),
        )
        .values(last_step=found.step)
    )
    if not isinstance(spent, CursorResult) or spent.rowcount != 1:
        raise used_already()


def _spend_recovery_code(who: Person, tidy: str) -> None:
    # Looked at before it is spent: a failed attempt is counted in a transaction of its own, which needs the write lock.
    check_limit("second factor", str(who.id), factors.PER_PERSON)
    session = db.session()
    code = session.scalar(
        select(RecoveryCode).where(
            RecoveryCode.person_id == who.id, RecoveryCode.digest == vault.digest("recovery", tidy)
        )
    )
    if code is None:
        count_attempt("second factor", str(who.id), factors.PER_PERSON)
        raise RuleBroken(
            Message(
                N_(
                    "This code does not fit. Write the six digits from the app, or a recovery code as it stands on your list."
                )
            ),
            "code",
        )
    spent = session.execute(
        update(RecoveryCode)
        .where(RecoveryCode.id == code.id, RecoveryCode.used_at.is_(None))
        .values(used_at=clock.now())
    )
    if not isinstance(spent, CursorResult) or spent.rowcount != 1:
        raise RuleBroken(Message(N_("This recovery code was used already. Take the next one of your list.")), "code")


def finish(session_id: UUID) -> str:
    """Make a session whole, under a new token that nobody knew while it was half."""
    token = secrets.token_urlsafe(32)
    db.session().execute(
        update(SignIn)
        .where(SignIn.id == session_id)
        .values(factor=FactorState.GIVEN, token_sha256=hashlib.sha256(token.encode()).hexdigest())
    )
    return token


# --- what every factor shares


def factor_added(who: Person, said: Message, session_id: UUID) -> list[str]:
    """After a new factor: this session has shown it, others without one end, the person is told.

    Answers fresh recovery codes where the person has none left.
    """
    session = db.session()
    session.execute(update(SignIn).where(SignIn.id == session_id).values(factor=FactorState.GIVEN))
    session.execute(
        update(SignIn)
        .where(
            SignIn.person_id == who.id,
            SignIn.id != session_id,
            SignIn.factor != FactorState.GIVEN,
            SignIn.ended_at.is_(None),
        )
        .values(ended_at=clock.now())
    )
    tell(who, said)
    left = select(RecoveryCode.id).where(RecoveryCode.person_id == who.id, RecoveryCode.used_at.is_(None)).limit(1)
    return [] if session.scalar(left) is not None else _fresh_codes(who)


def tell(who: Person, said: Message) -> None:
    """Tell a person by mail what changed about their sign-in, so that a stranger's act is noticed."""
    mail.queue("accounts/security_changed", to=(who.name, who.email), lang=who.lang, name=who.name, said=said)


def renew_codes(who: Person, *, by: Actor) -> list[str]:
    """Ten fresh recovery codes; the old ones count no more. Raises RuleBroken without a second factor."""
    require(by, Action.SECURE_SIGN_IN, Facts(owner=who.id))
    if not has_factor(who.id):
        raise RuleBroken(Message(N_("Set up an app or a passkey first; recovery codes stand in for them.")))
    audit.record(by, "accounts.recovery_codes_made", who)
    tell(who, Message(N_("New recovery codes were made for your sign-in; the old ones count no more.")))
    return _fresh_codes(who)


def _fresh_codes(who: Person) -> list[str]:
    session = db.session()
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == who.id))
    codes = factors.new_recovery_codes()
    session.add_all(
        RecoveryCode(person_id=who.id, digest=vault.digest("recovery", factors.tidy_code(code))) for code in codes
    )
    session.flush()
    return codes


def remove_app(who: Person, *, by: Actor) -> None:
    """End the app. Raises RuleBroken where it is the last factor of somebody who must have one."""
    require(by, Action.SECURE_SIGN_IN, Facts(owner=who.id))
    check_not_last(who)
    db.session().execute(delete(AuthenticatorApp).where(AuthenticatorApp.person_id == who.id))
    audit.record(by, "accounts.app_removed", who)
    factor_removed(who, Message(N_("The authenticator app was removed from your sign-in.")))


def check_not_last(who: Person) -> None:
    """Raises RuleBroken when the person must have a second factor and has only one."""
    held = factors_of(who.id)
    number = len(held.passkeys) + (held.app_added_at is not None)
    if number <= 1 and needs_factor(grants_of(who.id)):
        raise RuleBroken(
            Message(
                N_(
                    "Your role needs a second factor, and this is the last one. Set up another one first, then remove this."
                )
            )
        )


def factor_removed(who: Person, said: Message) -> None:
    """After a factor ended: without any, recovery codes stand in for nothing; the person is told."""
    if not has_factor(who.id):
        db.session().execute(delete(RecoveryCode).where(RecoveryCode.person_id == who.id))
    tell(who, said)


def reset_factors(who: Person, reason: str, *, by: Actor) -> None:
    """Take all factors from somebody who lost them; their sessions end and they are told. Raises RuleBroken for oneself."""
    require(by, Action.RESET_FACTOR, Facts(owner=who.id))
    if who.id == by.id:
        raise RuleBroken(Message(N_("Change your own sign-in on the page of your sign-in security.")))
    session = db.session()
    for table in (AuthenticatorApp, Passkey, RecoveryCode):
        session.execute(delete(table).where(table.person_id == who.id))
    who.session_epoch += 1
    session.execute(
        update(SignIn).where(SignIn.person_id == who.id, SignIn.ended_at.is_(None)).values(ended_at=clock.now())
    )
    audit.record(by, "accounts.second_factor_reset", who, reason=reason)
    tell(
        who,
        Message(N_("An administrator reset the second factor of your sign-in. Set it up again when you sign in next.")),
    )
