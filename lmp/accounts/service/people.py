"""People and the roles they hold."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import ColumnElement, Date, and_, bindparam, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from lmp.access import Action, Actor, ActorKind, Facts, Grant, Role, ScopeKind, require
from lmp.accounts import rules
from lmp.accounts.models import Person, PersonState, RoleGrant
from lmp.audit import service as audit
from lmp.core import clock, db, search
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.network import service as network

#: OWASP's Argon2id profile of 19 MiB and two passes: 33 ms here, where the library's default costs 198 ms.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
SEARCH_KIND = "person"


def person(person_id: UUID) -> Person:
    """A person by id. Raises NotFound."""
    found = db.session().get(Person, person_id)
    if found is None:
        raise NotFound
    return found


def find_person(email: str) -> Person | None:
    """A person by address, or None."""
    return db.session().scalar(select(Person).where(Person.email == rules.address(email)))


def add_person(
    *,
    name: str,
    email: str,
    password: str | None,
    by: Actor,
    lang: str = "tr",
    school_id: UUID | None = None,
    branch_id: UUID | None = None,
    is_demo: bool = False,
) -> Person:
    """Make an account. Raises RuleBroken for a name, address or password that cannot be, or an address in use."""
    require(by, Action.KEEP_NETWORK, Facts())
    made = Person(
        name=tidy_name(name),
        email=rules.address(email),
        password_hash=hashed(password) if password is not None else None,
        lang=lang,
        school_id=school_id,
        branch_id=branch_id,
        is_demo=is_demo,
        created_at=clock.now(),
    )
    keep_new(made)
    audit.record(by, "accounts.added", made)
    return made


def tidy_name(name: str) -> str:
    """A name in one line. Raises RuleBroken."""
    return rules.check_name(one_line(name, rules.LONGEST_NAME + 1))


def hashed(password: str) -> str:
    """What is kept of a password; takes its time. Raises RuleBroken for one that is too short."""
    rules.check_password(password)
    return HASHER.hash(password)


def keep_new(made: Person) -> None:
    """Put a new person into the database. Raises RuleBroken when the address is in use."""
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise RuleBroken(Message(N_("There is an account with this e-mail address already.")), "email") from None
    index_person(made)


def index_person(who: Person) -> None:
    """Let a person be found by name and address; after every change of either."""
    search.index(SEARCH_KIND, who.id, [("tr", who.name), ("tr", who.email)])


def grant(
    to: Person,
    role: Role,
    scope_kind: ScopeKind,
    scope: str = "",
    *,
    by: Actor,
    from_on: date | None = None,
    until_on: date | None = None,
) -> RoleGrant:
    """Give a role. Raises NotAllowed where MAY_GRANT does not cover it, RuleBroken in a centre that is closed."""
    if by.kind is not ActorKind.SYSTEM:
        rules.check_grant(
            by.grants, role, scope_kind, scope, to_self=to.id == by.id, until_on=until_on, period_matters=True
        )
    if scope_kind is ScopeKind.CENTRE:
        _check_centre_open(scope)
    made = RoleGrant(
        person_id=to.id,
        role=role,
        scope_kind=scope_kind,
        scope=scope,
        from_on=from_on or clock.today(),
        until_on=until_on,
        granted_by_id=by.id,
    )
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise RuleBroken(Message(N_("This person holds that role from that day already."))) from None
    audit.record(by, "accounts.granted", to, role=role.value, scope_kind=scope_kind.value, scope=scope)
    return made


def _check_centre_open(scope: str) -> None:
    """Raises RuleBroken for a centre that was closed."""
    for centre in network.centres_of([scope]):
        if centre.closed_on is not None:
            raise RuleBroken(
                Message(N_("This centre was closed on %(day)s; nobody gets a new role in it."), day=centre.closed_on),
                "centre",
            )


def grant_counts(person_id: Any, today: Any = None) -> ColumnElement[bool]:
    """Whether a grant is this person's and counts today; a statement built once gives `today` as a parameter."""
    today = clock.today() if today is None else today
    return and_(RoleGrant.person_id == person_id, _is_current(RoleGrant, today), _stands(today))


def _is_current(grant: Any, today: Any) -> ColumnElement[bool]:
    """Whether a grant has begun, is not over and was not ended."""
    return and_(
        grant.from_on <= today,
        or_(grant.until_on.is_(None), grant.until_on >= today),
        grant.ended_at.is_(None),
    )


def _stands(today: Any) -> ColumnElement[bool]:
    """A role of one's own, or one handed over by somebody who holds it still and may sign in."""
    source, giver = aliased(RoleGrant), aliased(Person)
    held = (
        select(source.id)
        .join(giver, giver.id == source.person_id)
        .where(source.id == RoleGrant.delegated_from_id, _is_current(source, today), giver.state == PersonState.ACTIVE)
        .correlate(RoleGrant)
    )
    return or_(RoleGrant.delegated_from_id.is_(None), held.exists())


#: Built once, because roles are looked up at every act.
_GRANTS = select(RoleGrant).where(grant_counts(bindparam("person", type_=db.Id()), bindparam("today", type_=Date())))


def in_order(rows: Iterable[RoleGrant]) -> tuple[Grant, ...]:
    """Grants as access reads them, in the order of the roles."""
    order = list(Role)
    ranked = sorted(rows, key=lambda row: (order.index(row.role), row.scope))
    return tuple(
        Grant(
            row.role,
            row.scope_kind,
            row.scope,
            row.until_on,
            for_id=row.granted_by_id if row.delegated_from_id is not None else None,
        )
        for row in ranked
    )


def grants_of(person_id: UUID) -> tuple[Grant, ...]:
    """The grants that count today, in the order of the roles."""
    return in_order(db.session().scalars(_GRANTS, {"person": person_id, "today": clock.today()}))


def actor_of(who: Person) -> Actor:
    """A person as somebody who acts, with the grants that count today; one who is suspended or only invited acts for nothing."""
    if who.state is not PersonState.ACTIVE or who.invited_at is not None:
        return Actor(ActorKind.NOBODY)
    return Actor(ActorKind.PERSON, id=who.id, name=who.name, grants=grants_of(who.id))


def holders(role: Role, scope_kind: ScopeKind, scope: str, *, about: UUID | None = None) -> list[Person]:
    """The active people who hold a role in a scope today; `about` somebody: neither them nor their stand-ins."""
    found = (
        select(Person)
        .join(RoleGrant, grant_counts(Person.id))
        .where(
            RoleGrant.role == role,
            RoleGrant.scope_kind == scope_kind,
            RoleGrant.scope == scope,
            Person.state == PersonState.ACTIVE,
            Person.invited_at.is_(None),
        )
        .order_by(Person.id)
    )
    if about is not None:
        stands_in = and_(RoleGrant.delegated_from_id.is_not(None), RoleGrant.granted_by_id == about)
        found = found.where(Person.id != about, ~stands_in)
    return list(db.session().scalars(found).unique())


def add_unread(person_id: UUID, number: int = 1) -> None:
    """So many more notices wait for a person."""
    _set_unread(person_id, Person.unread_notices + number)


def set_unread(person_id: UUID, number: int) -> None:
    """So many notices wait for a person."""
    _set_unread(person_id, number)


def _set_unread(person_id: UUID, value: Any) -> None:
    counted = update(Person).where(Person.id == person_id).values(unread_notices=value)
    db.session().execute(counted.execution_options(synchronize_session=False))
