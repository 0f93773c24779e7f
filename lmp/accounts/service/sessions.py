"""Signing in and out. Known and unknown addresses cost the same time and get the same answer."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Date, bindparam, select, update

from lmp.access import Action, Actor, ActorKind, Facts, Grant, require
from lmp.accounts import rules
from lmp.accounts.models import FactorState, Person, PersonState, RoleGrant, SignIn
from lmp.accounts.service.act_as import looking_with
from lmp.accounts.service.limits import check_limit, count_attempt
from lmp.accounts.service.people import HASHER, find_person, grant_counts, in_order
from lmp.accounts.service.second_factor import TO_GIVE, TO_SET_UP, has_factor, needs_factor
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import RuleBroken, TooMany
from lmp.core.messages import N_, Message
from lmp.core.text import one_line


@dataclass(frozen=True)
class Session:
    """An open session: who, as an actor with today's grants, and their settings."""

    id: UUID
    person: Person
    actor: Actor
    #: Whose eyes these are not: the administrator who looks with `person`'s eyes, and until when.
    seen_by: Person | None = None
    seen_until: datetime | None = None

    @property
    def half(self) -> bool:
        """Whether the second factor is still to come."""
        return self.actor.kind is ActorKind.HALF


class WrongPassword(RuleBroken):
    """The address and the password do not belong together, or nobody has the address: the same sentence."""

    def __init__(self) -> None:
        """Say the same for every cause."""
        super().__init__(Message(N_("The e-mail address or the password is not right. Check both and try again.")))


class WrongTooOften(TooMany):
    """Too many wrong passwords; the way by e-mail stays open."""

    def __init__(self, wait_minutes: int) -> None:
        """Say how long to wait, and what helps at once."""
        super().__init__(wait_minutes)
        self.message = Message(
            N_(
                "There were too many wrong passwords. Try again in %(minutes)s minutes, "
                "or choose a new password now: the link for it comes by e-mail."
            ),
            minutes=wait_minutes,
        )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _nobodys_hash() -> str:
    """A hash to spend the same time on where there is no person."""
    return HASHER.hash(secrets.token_urlsafe(16))


def _matches(found: Person | None, password: str) -> bool:
    """Whether the password opens the account; always one full Argon2 computation."""
    try:
        HASHER.verify((found.password_hash if found else None) or _nobodys_hash(), password[: rules.LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
    return found is not None and found.password_hash is not None and found.state is PersonState.ACTIVE


@dataclass(frozen=True)
class Browser:
    """A browser in which a person has signed in before, as its own signed cookie says."""

    person_id: UUID
    key: str


def _limits(email: str, place: str, known: Browser | None) -> list[tuple[str, str, rules.Limit]]:
    """What a wrong password counts for.

    Strangers are counted by address and place, by place, and by address from everywhere. A browser that the person has
    used before is counted by itself only, so nobody can lock an owner out of their account.
    """
    if known is not None:
        return [("sign-in browser", known.key, rules.PER_ADDRESS)]
    return [
        ("sign-in address and place", f"{email}\n{place}", rules.PER_ADDRESS),
        ("sign-in place", place, rules.PER_PLACE),
        ("sign-in address", email, rules.PER_ADDRESS_ANYWHERE),
    ]


def sign_in(email: str, password: str, *, place: str, agent: str, browser: Browser | None = None) -> tuple[str, Person]:
    """Open a session; answers its token for the cookie. `place` is the caller's network address.

    Raises WrongPassword, or WrongTooOften after too many wrong ones.
    """
    try:
        tidy = rules.address(email)
    except RuleBroken:
        raise WrongPassword from None
    found = find_person(tidy)
    own = browser if browser is not None and found is not None and browser.person_id == found.id else None
    limits = _limits(tidy, place, own)
    for kind, what, limit in limits:
        _refuse_when_full(kind, what, limit)
    if not _matches(found, password) or found is None:
        for kind, what, limit in limits:
            count_attempt(kind, what, limit)
        raise WrongPassword
    return open_session(found, agent=agent), found


def _refuse_when_full(kind: str, what: str, limit: rules.Limit) -> None:
    try:
        check_limit(kind, what, limit)
    except TooMany as full:
        raise WrongTooOften(full.wait_minutes) from None


def open_session(who: Person, *, agent: str, factor_given: bool = False) -> str:
    """Open a session for somebody who has just proven who they are; answers its token for the cookie.

    With a second factor that was not given yet, the session is half signed in until it is.
    """
    token = secrets.token_urlsafe(32)
    awaited = not factor_given and has_factor(who.id)
    opened = SignIn(
        person_id=who.id,
        token_sha256=_hash(token),
        epoch=who.session_epoch,
        agent=one_line(agent[:200], 200),
        factor=FactorState.GIVEN if factor_given else FactorState.AWAITED if awaited else FactorState.NOT_NEEDED,
        started_at=clock.now(),
        expires_at=clock.now() + rules.SESSION_LENGTH,
        seen_on=clock.today(),
    )
    db.session().add(opened)
    db.session().flush()
    audit.record(Actor(ActorKind.PERSON, id=who.id, name=who.name), "accounts.signed_in", opened)
    return token


#: Every page of whoever is signed in asks this, so it is built once.
_OPEN = (
    select(SignIn.id, SignIn.factor, SignIn.act_as_id, SignIn.seen_on, Person, RoleGrant)
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(RoleGrant, grant_counts(Person.id, bindparam("today", type_=Date())))
    .where(
        SignIn.token_sha256 == bindparam("token"),
        SignIn.ended_at.is_(None),
        SignIn.expires_at > bindparam("now", type_=db.Moment()),
        SignIn.epoch == Person.session_epoch,
        Person.state == PersonState.ACTIVE,
    )
)


def resume(token: str) -> Session | None:
    """The session of a cookie's token, with person and grants in one query.

    None when it ended, expired, or its person was suspended or signed out everywhere.
    """
    rows = db.session().execute(_OPEN, {"token": _hash(token), "now": clock.now(), "today": clock.today()}).all()
    if not rows:
        return None
    session_id, factor, act_as_id, seen_on, who, _grant = rows[0]
    if seen_on != clock.today():
        _note_use(session_id)
    actor = _who_acts(who, factor, in_order(row[5] for row in rows if row[5] is not None))
    looking = looking_with(act_as_id, actor) if act_as_id is not None else None
    if looking is None:
        return Session(session_id, who, actor)
    return Session(session_id, looking.person, looking.actor, seen_by=who, seen_until=looking.until)


def _who_acts(who: Person, factor: FactorState, grants: tuple[Grant, ...]) -> Actor:
    """The person with their grants, or without any as long as the second factor is still to be given or set up."""
    if factor is FactorState.AWAITED:
        return Actor(ActorKind.HALF, id=who.id, name=who.name, purpose=TO_GIVE)
    if factor is FactorState.NOT_NEEDED and needs_factor(grants):
        return Actor(ActorKind.HALF, id=who.id, name=who.name, purpose=TO_SET_UP)
    return Actor(ActorKind.PERSON, id=who.id, name=who.name, grants=grants)


def _note_use(session_id: UUID) -> None:
    """Note the day, once a day, in a transaction of its own: pages that are read write nothing else."""
    with db.apart() as session:
        session.execute(update(SignIn).where(SignIn.id == session_id).values(seen_on=clock.today()))


def owner_of(token: str) -> UUID | None:
    """Whose session a token was, also when it has ended; None for a token nobody had."""
    return db.session().scalar(select(SignIn.person_id).where(SignIn.token_sha256 == _hash(token)))


def sign_out(token: str, *, by: Actor) -> None:
    """End the session of a token; ending it twice changes nothing."""
    require(by, Action.SIGN_OUT, Facts())
    opened = db.session().scalar(select(SignIn).where(SignIn.token_sha256 == _hash(token), SignIn.ended_at.is_(None)))
    if opened is not None:
        opened.ended_at = clock.now()
        audit.record(by, "accounts.signed_out", opened)


def end_sessions(who: Person, *, by: Actor) -> None:
    """End every session of a person at once."""
    who.session_epoch += 1
    db.session().execute(
        update(SignIn).where(SignIn.person_id == who.id, SignIn.ended_at.is_(None)).values(ended_at=clock.now())
    )
    audit.record(by, "accounts.sessions_ended", who)


def switch_language(who: Person, lang: str) -> None:
    """Keep the language a person reads in, for mails."""
    who.lang = lang
