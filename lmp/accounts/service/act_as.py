"""Looking at the platform with another person's eyes, for support: reading only, half an hour at most, and never in secret."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from lmp.access import Action, Actor, ActorKind, Facts, Role, require
from lmp.accounts.models import ActAs, Person, PersonState, SignIn
from lmp.accounts.service.people import grants_of
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line

LONGEST = timedelta(minutes=30)
LONGEST_REASON = 300


@dataclass(frozen=True)
class Looking:
    """With whose eyes a session looks, as somebody who only reads, and until when."""

    person: Person
    actor: Actor
    until: datetime


def looking_with(act_as_id: UUID, administrator: Actor) -> Looking | None:
    """What a session sees; None when it ended, when its time is over, or when either right ended meanwhile."""
    found = (
        db.session()
        .execute(
            select(ActAs, Person)
            .join(Person, Person.id == ActAs.person_id)
            .where(
                ActAs.id == act_as_id,
                ActAs.administrator_id == administrator.id,
                ActAs.ended_at.is_(None),
                ActAs.expires_at > clock.now(),
                Person.state == PersonState.ACTIVE,
            )
        )
        .first()
    )
    if found is None or not administrator.has(Role.NETWORK_ADMINISTRATOR):
        return None
    act, who = found
    grants = grants_of(who.id)
    if any(grant.role is Role.NETWORK_ADMINISTRATOR for grant in grants):
        return None
    actor = Actor(ActorKind.PERSON, id=who.id, name=who.name, grants=grants, seen_by=administrator.id)
    return Looking(who, actor, act.expires_at)


def begin_looking(who: Person, reason: str, *, session_id: UUID, by: Actor) -> ActAs:
    """Let this session see what a person sees. Raises RuleBroken without a reason and for people one may not look as."""
    require(by, Action.ACT_AS, Facts(owner=who.id))
    told = one_line(reason, LONGEST_REASON)
    if not told:
        raise RuleBroken(Message(N_("Write why you need to see this; the person reads it.")), "reason")
    _check_may_be_looked_as(who, by)
    now = clock.now()
    made = ActAs(administrator_id=by.id, person_id=who.id, reason=told, started_at=now, expires_at=now + LONGEST)
    db.session().add(made)
    db.session().flush()
    db.session().execute(update(SignIn).where(SignIn.id == session_id).values(act_as_id=made.id))
    audit.record(by, "accounts.act_as_started", who, reason=told)
    return made


def _check_may_be_looked_as(who: Person, by: Actor) -> None:
    """Raises RuleBroken for oneself, for people who are suspended, and for other network administrators."""
    if who.id == by.id:
        raise RuleBroken(Message(N_("You see the platform with your own eyes already.")))
    if who.state is not PersonState.ACTIVE:
        raise RuleBroken(Message(N_("This account is suspended; it sees nothing. Lift the suspension first.")))
    if any(grant.role is Role.NETWORK_ADMINISTRATOR for grant in grants_of(who.id)):
        raise RuleBroken(Message(N_("Nobody looks with the eyes of another Ministry official.")))


def end_looking(session_id: UUID) -> Person | None:
    """Come back to one's own eyes; answers whom one looked as, None when it had ended already."""
    session = db.session()
    administrator = aliased(Person)
    found = session.execute(
        select(ActAs, Person, administrator)
        .join(SignIn, SignIn.act_as_id == ActAs.id)
        .join(Person, Person.id == ActAs.person_id)
        .join(administrator, administrator.id == ActAs.administrator_id)
        .where(SignIn.id == session_id)
    ).first()
    session.execute(update(SignIn).where(SignIn.id == session_id).values(act_as_id=None))
    if found is None:
        return None
    act, who, back = found
    if act.ended_at is None:
        act.ended_at = min(clock.now(), act.expires_at)
        audit.record(Actor(ActorKind.PERSON, id=back.id, name=back.name), "accounts.act_as_ended", who)
    return who


@dataclass(frozen=True)
class Look:
    """That somebody looked with a person's eyes: who, when, how long, why."""

    administrator: str
    started_at: datetime
    minutes: int
    reason: str


def looks_at(person_id: UUID, most: int = 20) -> list[Look]:
    """Who looked with a person's eyes, newest first."""
    found = db.session().execute(
        select(ActAs, Person.name)
        .join(Person, Person.id == ActAs.administrator_id)
        .where(ActAs.person_id == person_id)
        .order_by(ActAs.id.desc())
        .limit(most)
    )
    return [Look(name, act.started_at, _minutes(act), act.reason) for act, name in found]


def _minutes(act: ActAs) -> int:
    """How long it lasted, or can have lasted, at least one minute."""
    end = act.ended_at or min(clock.now(), act.expires_at)
    return max(1, round((end - act.started_at).total_seconds() / 60))
