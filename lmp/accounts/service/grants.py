"""Giving and ending roles, suspending people and lifting it: each with a reason, at once, and never over each other's heads."""

from datetime import date
from uuid import UUID

from sqlalchemy import CursorResult, update

from lmp.access import MAY_GRANT, Action, Actor, Facts, Role, ScopeKind, require
from lmp.accounts import rules
from lmp.accounts.models import OneTimeLink, Person, PersonState, RoleGrant
from lmp.accounts.service.directory import Held, facts_of
from lmp.accounts.service.people import grant, person
from lmp.accounts.service.second_factor import tell
from lmp.accounts.service.sessions import end_sessions
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.core.text import one_line

LONGEST_REASON = 300


def roles_to_give(by: Actor) -> list[Role]:
    """The roles an actor may give somewhere, in the order of the roles."""
    may = frozenset().union(*(MAY_GRANT.get(held.role, frozenset()) for held in by.grants))
    return [role for role in Role if role in may]


def longest_of(by: Actor, role: Role) -> date | None:
    """The last day a role given by this actor can have; None: any."""
    last = [held.until for held in by.grants if role in MAY_GRANT.get(held.role, frozenset())]
    return None if None in last or not last else max(day for day in last if day is not None)


def give_role(
    who: Person,
    role: Role,
    scope_kind: ScopeKind,
    scope: str,
    *,
    from_on: date,
    until_on: date | None,
    seen: int,
    by: Actor,
) -> RoleGrant:
    """Give a role from a day until a day. `seen` is the version of the person that the page showed.

    Raises NotAllowed where MAY_GRANT does not cover it, RuleBroken for days that cannot be and a role that is held
    already, Conflict when somebody changed the person's roles or state meanwhile.
    """
    require(by, Action.SEE_PERSON, facts_of(who))
    require(by, Action.GRANT_ROLE, Facts(centre=parse_id(scope) if scope_kind is ScopeKind.CENTRE else None))
    rules.check_days(from_on, until_on, clock.today())
    _claim(who, seen)
    return grant(who, role, scope_kind, scope, from_on=from_on, until_on=until_on, by=by)


def a_grant(grant_id: UUID) -> RoleGrant:
    """A grant by id. Raises NotFound."""
    found = db.session().get(RoleGrant, grant_id)
    if found is None:
        raise NotFound
    return found


def may_end(held: RoleGrant | Held, holder_id: UUID, by: Actor) -> bool:
    """Whether an actor could have given this role, and it is not their own."""
    try:
        rules.check_grant(by.grants, held.role, held.scope_kind, held.scope, to_self=holder_id == by.id)
    except NotAllowed:
        return False
    return True


def end_grant(held: RoleGrant, reason: str, *, seen: int, by: Actor) -> None:
    """End a role at once. Raises NotAllowed, Conflict, and RuleBroken without a reason or for a role that is over."""
    who = person(held.person_id)
    require(by, Action.SEE_PERSON, facts_of(who))
    told = _told(reason)
    if held.person_id == by.id:
        raise NotAllowed(Message(N_("Nobody ends a role of their own. Ask another administrator.")))
    if not may_end(held, who.id, by):
        raise NotAllowed(Message(N_("Your role does not cover this role.")))
    if held.ended_at is not None:
        raise RuleBroken(Message(N_("This role has ended already.")))
    _claim(who, seen)
    held.ended_at, held.ended_by_id = clock.now(), by.id
    audit.record(
        by, "accounts.grant_ended", who, role=held.role.value, scope_kind=held.scope_kind.value, scope=held.scope,
        reason=told,
    )  # fmt: skip


def suspend(who: Person, reason: str, *, seen: int, by: Actor) -> None:
    """Shut somebody out at once: their sessions end, their links die. Raises RuleBroken, Conflict."""
    require(by, Action.SUSPEND, facts_of(who))
    told = _told(reason)
    if who.id == by.id:
        raise RuleBroken(Message(N_("Nobody suspends themselves. Ask another administrator.")))
    if who.state is PersonState.SUSPENDED:
        raise RuleBroken(Message(N_("This account is suspended already.")))
    _claim(who, seen)
    who.state = PersonState.SUSPENDED
    end_sessions(who, by=by)
    _end_links(who)
    audit.record(by, "accounts.suspended", who, reason=told)
    tell(who, Message(N_("Your account was suspended. Reason: %(reason)s"), reason=told))


def lift_suspension(who: Person, reason: str, *, seen: int, by: Actor) -> None:
    """Let somebody in again. Raises RuleBroken, Conflict."""
    require(by, Action.SUSPEND, facts_of(who))
    told = _told(reason)
    if who.state is not PersonState.SUSPENDED:
        raise RuleBroken(Message(N_("This account is not suspended.")))
    _claim(who, seen)
    who.state = PersonState.ACTIVE
    audit.record(by, "accounts.suspension_lifted", who, reason=told)
    tell(who, Message(N_("The suspension of your account was lifted. You can sign in again.")))


def _told(reason: str) -> str:
    """A reason in one line. Raises RuleBroken without one."""
    told = one_line(reason, LONGEST_REASON)
    if not told:
        raise RuleBroken(Message(N_("Write the reason; it stays in the person's history.")), "reason")
    return told


def _claim(who: Person, seen: int) -> None:
    """Take the next version of a person's roles and state. Raises Conflict when somebody else took it."""
    moved = db.session().execute(
        update(Person)
        .where(Person.id == who.id, Person.access_version == seen)
        .values(access_version=seen + 1)
        .execution_options(synchronize_session=False)
    )
    if not isinstance(moved, CursorResult) or moved.rowcount != 1:
        raise Conflict(
            Message(
                N_(
                    "Somebody changed this person's roles or account meanwhile. What you wrote is still here: look at the history below, then send it again if it still fits."
                )
            )
        )
    db.session().refresh(who, ["access_version"])


def _end_links(who: Person) -> None:
    """Let every open link that speaks for a person die."""
    db.session().execute(
        update(OneTimeLink)
        .where(OneTimeLink.subject_id == who.id, OneTimeLink.used_at.is_(None), OneTimeLink.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
