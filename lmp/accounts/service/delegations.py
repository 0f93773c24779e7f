"""An approver on leave hands their step to somebody for a time; who that is answers from their own account.

The person is named by e-mail address only. Whether anybody uses the address, the approver learns from an acceptance and
from nothing else, so that nobody can find out who has an account.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.exc import IntegrityError

from lmp.access import Action, Actor, Facts, Grant, Role, require
from lmp.accounts import rules
from lmp.accounts.models import Delegation, Person, RoleGrant
from lmp.accounts.service import letters
from lmp.accounts.service.directory import Held, grants_held
from lmp.accounts.service.limits import check_limit, count_attempt
from lmp.accounts.service.people import find_person, grant_counts, person
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message


def own_steps(who: Person) -> list[Held]:
    """The approver's grants that a person may hand over today: their own, not those handed to them."""
    wanted = select(RoleGrant.id).where(
        grant_counts(who.id), RoleGrant.role == Role.APPROVER, RoleGrant.delegated_from_id.is_(None)
    )
    ids = set(db.session().scalars(wanted))
    return [held for held in grants_held([who.id])[who.id] if held.id in ids] if ids else []


def handed_over(who: Person) -> list[Delegation]:
    """What a person has handed over and is not over, in the order of the days."""
    found = select(Delegation).where(Delegation.person_id == who.id, *_lasting())
    return [one for one in db.session().scalars(found.order_by(Delegation.from_on, Delegation.id)) if stands(one)]


def received(who: Person) -> list[Delegation]:
    """What others handed to a person's address and is not over, offers among it."""
    found = select(Delegation).where(
        or_(
            and_(Delegation.email == who.email, Delegation.accepted_at.is_(None)),
            Delegation.given_id.in_(select(RoleGrant.id).where(RoleGrant.person_id == who.id)),
        ),
        *_lasting(),
    )
    return [one for one in db.session().scalars(found.order_by(Delegation.from_on, Delegation.id)) if stands(one)]


def _lasting() -> tuple[ColumnElement[bool], ...]:
    return (Delegation.ended_at.is_(None), Delegation.until_on >= clock.today())


def stands(one: Delegation) -> bool:
    """Whether what was handed over can still count: the giver holds the step, and nobody ended either grant."""
    lives = one.grant.ended_at is None and (one.grant.until_on is None or one.grant.until_on >= clock.today())
    return lives and (one.given is None or one.given.ended_at is None)


def count_offer(who: Person) -> None:
    """Each offer mails an address that somebody typed, so there are few a day. Raises TooMany."""
    check_limit("delegation", str(who.id), rules.DELEGATIONS)
    count_attempt("delegation", str(who.id), rules.DELEGATIONS)


def delegate(
    who: Person, grant_id: UUID, *, email: str, from_on: date | None, until_on: date | None, by: Actor
) -> Delegation:
    """Offer one's own step to the owner of an address, who is asked by mail whether or not they have an account.

    Raises RuleBroken for days or an address that cannot be, NotAllowed for a period longer than one's own.
    """
    require(by, Action.HAND_OVER, Facts(owner=who.id))
    own = _own(who, grant_id)
    to = rules.address(email)
    first, last = rules.check_delegation_days(from_on, until_on, clock.today())
    if to == who.email:
        raise RuleBroken(Message(N_("Write the address of another person; nobody stands in for themselves.")), "email")
    held = Grant(own.role, own.scope_kind, own.scope, own.until_on)
    rules.check_grant(
        [held], Role.APPROVER, own.scope_kind, own.scope, to_self=False, until_on=last, period_matters=True
    )
    _check_free(own, first, last)
    made = Delegation(person_id=who.id, grant_id=own.id, email=to, from_on=first, until_on=last, made_at=clock.now())
    db.session().add(made)
    db.session().flush()
    reader = find_person(to)
    letters.delegation_offered(made, who, to, reader.lang if reader is not None else who.lang)
    audit.record(by, "accounts.delegation_offered", who, scope=own.scope, from_on=str(first), until_on=str(last))
    return made


def _own(who: Person, grant_id: UUID) -> RoleGrant:
    """A step that is a person's own today. Raises NotFound."""
    found = db.session().scalar(
        select(RoleGrant).where(
            RoleGrant.id == grant_id,
            grant_counts(who.id),
            RoleGrant.role == Role.APPROVER,
            RoleGrant.delegated_from_id.is_(None),
        )
    )
    if found is None:
        raise NotFound
    return found


def _check_free(own: RoleGrant, first: date, last: date) -> None:
    """One person at a time: what is asked of two is asked of nobody. Raises RuleBroken."""
    found = select(Delegation).where(
        Delegation.grant_id == own.id, *_lasting(), Delegation.from_on <= last, Delegation.until_on >= first
    )
    taken = next((one for one in db.session().scalars(found) if stands(one)), None)
    if taken is not None:
        raise RuleBroken(
            Message(
                N_(
                    "This step is handed over from %(first)s to %(last)s already. End that first, or choose other days."
                ),
                first=taken.from_on,
                last=taken.until_on,
            ),
            "from_on",
        )


def a_delegation(delegation_id: UUID, who: Person) -> Delegation:
    """What a person handed over or was offered. Raises NotFound for everything else."""
    found = db.session().get(Delegation, delegation_id)
    mine = found is not None and (
        found.person_id == who.id
        or (found.given is not None and found.given.person_id == who.id)
        or (found.given is None and found.email == who.email)
    )
    if found is None or not mine:
        raise NotFound
    return found


def accept(one: Delegation, who: Person, *, by: Actor) -> RoleGrant:
    """Take the step that was offered to one's address; it counts from its first day on.

    Raises NotFound for somebody else's offer, Conflict when it is over or the giver does not hold the step any more.
    """
    require(by, Action.HAND_OVER, Facts(owner=who.id))
    if one.email != who.email or one.person_id == who.id:
        raise NotFound
    today = clock.today()
    _move(one, accepted_at=clock.now())
    if one.until_on < today or not stands(one):
        raise _Over()
    given = RoleGrant(
        person_id=who.id,
        role=Role.APPROVER,
        scope_kind=one.grant.scope_kind,
        scope=one.grant.scope,
        from_on=max(one.from_on, today),
        until_on=one.until_on,
        granted_by_id=one.person_id,
        delegated_from_id=one.grant_id,
    )
    try:
        with db.session().begin_nested():
            db.session().add(given)
    except IntegrityError:
        raise RuleBroken(Message(N_("You decide for this office already."))) from None
    one.given_id, one.given = given.id, given
    audit.record(by, "accounts.delegation_accepted", who, of=one.person.name, until_on=str(one.until_on))
    audit.record(by, "accounts.delegation_accepted", one.person, to=who.name, until_on=str(one.until_on))
    letters.delegation_accepted(one, who)
    return given


class _Over(Conflict):
    """The offer is over: its days passed, or somebody ended it."""

    def __init__(self) -> None:
        super().__init__(Message(N_("This is over already. Open the page again to see how it stands.")))


def end(one: Delegation, who: Person, *, by: Actor) -> None:
    """End it at once: the giver takes the step back, or the other gives it back or does not want it. Raises Conflict."""
    require(by, Action.HAND_OVER, Facts(owner=who.id))
    a_delegation(one.id, who)
    _move(one, ended_at=clock.now())
    if one.given is not None and one.given.ended_at is None:
        one.given.ended_at, one.given.ended_by_id = clock.now(), by.id
        holder = person(one.given.person_id)
        audit.record(by, "accounts.delegation_ended", holder, of=one.person.name)
        letters.delegation_ended(one, holder if who.id == one.person_id else one.person, by.name)
    audit.record(by, "accounts.delegation_ended", one.person)


def _move(one: Delegation, **values: object) -> None:
    """Write once what can happen once. Raises Conflict when somebody was faster."""
    (name,) = values
    moved = db.session().execute(
        update(Delegation)
        .where(Delegation.id == one.id, Delegation.ended_at.is_(None), getattr(Delegation, name).is_(None))
        .values(**values)
    )
    if not isinstance(moved, CursorResult) or moved.rowcount != 1:
        raise _Over()
