"""Finding people, and what stands on a person's page: for those who may see them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from lmp.access import Action, Actor, Facts, Role, ScopeKind, require, require_role
from lmp.accounts import rules, words
from lmp.accounts.models import Person, PersonState, RoleGrant, SignIn
from lmp.accounts.service.people import SEARCH_KIND, person
from lmp.core import clock, db, search, turkish
from lmp.core.errors import RuleBroken
from lmp.core.ids import parse_id
from lmp.core.keyed import Page, every, page
from lmp.core.messages import N_, Message
from lmp.network.models import Centre, District, Province, School

#: How long an administrator still sees somebody whose last role in the centre ended, to look back or give it again.
SEEN_AFTER = timedelta(days=30)
_BATCH = 500
#: Beside the states: people whose account waits for them.
INVITED = "invited"

ORDER = (Person.sort_key, Person.id)


@dataclass(frozen=True)
class Held:
    """A grant as people read it."""

    id: UUID
    role: Role
    scope_kind: ScopeKind
    scope: str
    #: Where it reaches, in words.
    reach: Message | str
    from_on: date
    until_on: date | None
    ended_at: datetime | None
    granted_by: str

    def counts(self, today: date) -> bool:
        """Whether it counts today."""
        return self.ended_at is None and rules.is_current(self.from_on, self.until_on, today)

    def is_over(self, today: date) -> bool:
        """Whether it will never count again."""
        return self.ended_at is not None or (self.until_on is not None and self.until_on < today)


@dataclass(frozen=True)
class Listed:
    """A person of the list, with the grants that count."""

    person: Person
    grants: list[Held]


@dataclass(frozen=True)
class Wanted:
    """What a list of people is narrowed to; empty: to nothing."""

    query: str = ""
    role: str = ""
    centre: str = ""
    state: str = ""


# --- who may be seen


def _not_over() -> ColumnElement[bool]:
    """Grants that count, will count, or ended a short while ago."""
    since = clock.today() - SEEN_AFTER
    return and_(
        or_(RoleGrant.until_on.is_(None), RoleGrant.until_on >= since),
        or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at >= clock.now() - SEEN_AFTER),
    )


def facts_of(who: Person) -> Facts:
    """What access to a person depends on: the centres of their roles."""
    scopes = db.session().scalars(
        select(RoleGrant.scope).where(
            RoleGrant.person_id == who.id, RoleGrant.scope_kind == ScopeKind.CENTRE, _not_over()
        )
    )
    return Facts(owner=who.id, centres=frozenset(scopes))


def seen_person(person_id: UUID, *, by: Actor) -> Person:
    """A person whom the actor may see. Raises NotFound."""
    who = person(person_id)
    require(by, Action.SEE_PERSON, facts_of(who))
    return who


def _visible(by: Actor) -> ColumnElement[bool]:
    """The same as `Action.SEE_PERSON`, for lists."""
    if by.has(Role.NETWORK_ADMINISTRATOR):
        return true()
    held = RoleGrant.scope_kind == ScopeKind.CENTRE, RoleGrant.scope.in_(by.scopes(Role.CENTRE_ADMINISTRATOR))
    return Person.id.in_(select(RoleGrant.person_id).where(*held, _not_over()))


# --- the list


def _statement(wanted: Wanted, by: Actor) -> Select[Any]:
    found = select(Person).where(_visible(by))
    owners = search.matching(SEARCH_KIND, wanted.query) if wanted.query else None
    if owners is not None:
        found = found.where(Person.id.in_(owners))
    today = clock.today()
    counting = [
        RoleGrant.ended_at.is_(None),
        RoleGrant.from_on <= today,
        or_(RoleGrant.until_on.is_(None), RoleGrant.until_on >= today),
    ]
    narrowed = []
    if wanted.role:
        narrowed.append(RoleGrant.role == Role(wanted.role))
    if wanted.centre:
        narrowed += [RoleGrant.scope_kind == ScopeKind.CENTRE, RoleGrant.scope == wanted.centre]
    if narrowed:
        found = found.where(Person.id.in_(select(RoleGrant.person_id).where(*counting, *narrowed)))
    if wanted.state == INVITED:
        found = found.where(Person.invited_at.is_not(None), Person.state == PersonState.ACTIVE)
    elif wanted.state:
        found = found.where(Person.invited_at.is_(None), Person.state == PersonState(wanted.state))
    return found


def _key_of(who: Person) -> tuple[bytes, UUID]:
    return who.sort_key, who.id


def people(wanted: Wanted, at: str | None, *, by: Actor) -> Page[Listed]:
    """One page of the people the actor may see, in Turkish order."""
    require_role(by, Action.SEE_PERSON)
    found = page(_statement(wanted, by), ORDER, at, key_of=_key_of)
    return Page(_with_grants(found.rows), found.next, found.previous)


def all_people(wanted: Wanted, *, by: Actor) -> Iterator[Listed]:
    """The whole list, for its files, in batches."""
    require_role(by, Action.SEE_PERSON)
    found = every(_statement(wanted, by), ORDER, key_of=_key_of)
    while some := list(islice(found, _BATCH)):
        yield from _with_grants(some)


def _with_grants(some: Sequence[Person]) -> list[Listed]:
    held = grants_held([who.id for who in some])
    today = clock.today()
    return [Listed(who, [one for one in held.get(who.id, []) if one.counts(today)]) for who in some]


# --- grants in words


def grants_held(person_ids: Sequence[UUID]) -> dict[UUID, list[Held]]:
    """Every grant of some people in the order of the roles, over or not, the newest first among equals."""
    giver = aliased(Person)
    rows = (
        db.session()
        .execute(
            select(RoleGrant, giver.name)
            .outerjoin(giver, giver.id == RoleGrant.granted_by_id)
            .where(RoleGrant.person_id.in_(person_ids))
            .order_by(RoleGrant.from_on.desc(), RoleGrant.id.desc())
        )
        .all()
    )
    reach = _reaches([grant for grant, _name in rows])
    order = list(Role)
    found: dict[UUID, list[Held]] = {}
    for grant, name in sorted(rows, key=lambda row: order.index(row[0].role)):
        found.setdefault(grant.person_id, []).append(
            Held(
                id=grant.id,
                role=grant.role,
                scope_kind=grant.scope_kind,
                scope=grant.scope,
                reach=reach.get((grant.scope_kind, grant.scope), grant.scope),
                from_on=grant.from_on,
                until_on=grant.until_on,
                ended_at=grant.ended_at,
                granted_by=name or "",
            )
        )
    return found


def _reaches(grants: Iterable[RoleGrant]) -> Mapping[tuple[ScopeKind, str], Message | str]:
    """Where grants reach, in words; one query for each kind that occurs."""
    scopes: dict[ScopeKind, set[str]] = {}
    for grant in grants:
        scopes.setdefault(grant.scope_kind, set()).add(grant.scope)
    said: dict[tuple[ScopeKind, str], Message | str] = {
        (ScopeKind.NETWORK, ""): words.WHOLE_NETWORK,
        (ScopeKind.OWN, ""): words.OWN_DATA,
    }
    session = db.session()
    for kind, model in ((ScopeKind.CENTRE, Centre), (ScopeKind.SCHOOL, School), (ScopeKind.DISTRICT, District)):
        ids = [found for found in map(parse_id, scopes.get(kind, ())) if found is not None]
        if ids:
            rows: Iterable[Any] = session.scalars(select(model).where(model.id.in_(ids))).unique()
            said.update({(kind, str(one.id)): _name(one) for one in rows})
    codes = [int(scope) for scope in scopes.get(ScopeKind.PROVINCE, ()) if scope.isdigit()]
    if codes:
        provinces = session.scalars(select(Province).where(Province.code.in_(codes)))
        said.update({(ScopeKind.PROVINCE, str(one.code)): one.name for one in provinces})
    return said


def _name(one: Centre | School | District) -> str:
    """Two centres' hosts are called alike, so the province always stands beside."""
    if isinstance(one, Centre):
        return f"{one.short_name} ({one.province.name})"
    return one.name


# --- a person's page


def open_sessions(person_id: UUID) -> int:
    """In how many browsers a person is signed in."""
    counted = (
        select(func.count())
        .select_from(SignIn)
        .join(Person, Person.id == SignIn.person_id)
        .where(
            SignIn.person_id == person_id,
            SignIn.ended_at.is_(None),
            SignIn.expires_at > clock.now(),
            SignIn.epoch == Person.session_epoch,
        )
    )
    return db.session().scalar(counted) or 0


# --- institutions as people write them


def school_called(text: str) -> School:
    """The school with this institution code or name. Raises RuleBroken where none or several are meant."""
    tidy = text.strip()
    named = School.code == tidy if tidy.isdigit() else School.sort_key == turkish.sort_key(tidy)
    found = list(db.session().scalars(select(School).where(named).limit(2)).unique()) if tidy else []
    if not found:
        raise RuleBroken(
            Message(N_("No school is called so. Write the institution code, or the name as in the list of schools.")),
            "school",
        )
    if len(found) > 1:
        raise RuleBroken(Message(N_("Several schools are called so. Write the institution code instead.")), "school")
    return found[0]


def district_called(province_code: int, name: str) -> District:
    """The district of a province with this name. Raises RuleBroken."""
    wanted = turkish.fold(name)
    districts = db.session().scalars(select(District).where(District.province_code == province_code))
    found = next((one for one in districts if turkish.fold(one.name) == wanted), None)
    if found is None:
        raise RuleBroken(Message(N_("The province has no district of this name. Check how it is written.")), "district")
    return found
