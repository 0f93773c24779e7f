"""The network's lists: what a search and filters leave, in Turkish order, for pages and for files alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from lmp.access import Actor, Role
from lmp.core import clock, db, keyed, search, turkish
from lmp.core.keyed import Key
from lmp.network.models import (
    Branch,
    BranchField,
    Centre,
    Company,
    Field,
    FieldCentre,
    Protocol,
    ProtocolField,
    Province,
    School,
    Workplace,
)
from lmp.network.rules import Standing

Chosen = Mapping[str, str]
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True)
class Ordered:
    """A list: its statement, the keys of its order and how they are read from a row."""

    statement: Select[Any]
    order: tuple[Key, ...]
    key_of: Callable[[Any], tuple[Any, ...]]

    def page(self, at: str | None) -> keyed.Page[Any]:
        """One page of it."""
        return keyed.page(self.statement, self.order, at, key_of=self.key_of)

    def every(self) -> Any:
        """All of it, in batches."""
        return keyed.every(self.statement, self.order, key_of=self.key_of)


def _named(statement: Select[Any], kind: str, owner: Any, query: str) -> Select[Any]:
    """Only what the search names; a search without a word leaves everything."""
    named = search.matching(kind, query)
    return statement if named is None else statement.where(owner.in_(named))


def _in_use(statement: Select[Any], closed_on: Any, chosen: Chosen) -> Select[Any]:
    """Closed records only where they are asked for."""
    return statement.where(closed_on.is_not(None) if chosen.get("state") == CLOSED else closed_on.is_(None))


def _has_office(email: Any, wanted: str) -> ColumnElement[bool]:
    """Offices without an e-mail address where `none` is asked for, else those with one."""
    return email.is_(None) if wanted == "none" else email.is_not(None)  # type: ignore[no-any-return]


def field_list(query: str, chosen: Chosen, lang: str = "tr") -> Ordered:
    """Fields in the order of the page's language, subjects last; `kind` and `state` narrow."""
    found = _in_use(_named(select(Field), "field", Field.id, query), Field.closed_on, chosen)
    if chosen.get("kind"):
        found = found.where(Field.kind == chosen["kind"])
    order = Field.sort_key_en if lang == "en" else Field.sort_key_tr
    return Ordered(found, (Field.kind, order, Field.id), lambda row: (row.kind.value, getattr(row, order.key), row.id))


def centre_list(query: str, chosen: Chosen) -> Ordered:
    """Centres by name; `province` (plate code), `field` (slug) and `state` narrow."""
    found = _in_use(_named(select(Centre), "centre", Centre.id, query), Centre.closed_on, chosen)
    if chosen.get("province"):
        found = found.where(Centre.province_code == int(chosen["province"]))
    if chosen.get("field"):
        serving = select(FieldCentre.centre_id).join(Field, Field.id == FieldCentre.field_id)
        found = found.where(Centre.id.in_(serving.where(Field.slug == chosen["field"])))
    return Ordered(found, (Centre.sort_key, Centre.id), lambda row: (row.sort_key, row.id))


def branch_list(query: str, chosen: Chosen) -> Ordered:
    """Branches by name; `field` (slug) and `state` narrow, and `field=-` finds those without any field."""
    found = _in_use(_named(select(Branch), "branch", Branch.id, query), Branch.closed_on, chosen)
    wanted = chosen.get("field")
    if wanted == "-":
        found = found.where(Branch.id.not_in(select(BranchField.branch_id)))
    elif wanted:
        of_field = select(BranchField.branch_id).join(Field, Field.id == BranchField.field_id)
        found = found.where(Branch.id.in_(of_field.where(Field.slug == wanted)))
    return Ordered(found, (Branch.sort_key, Branch.id), lambda row: (row.sort_key, row.id))


def school_list(query: str, chosen: Chosen) -> Ordered:
    """Schools and offices by name; `province`, `office` (with or without an e-mail address) and `state` narrow."""
    found = _in_use(_named(select(School), "school", School.id, query), School.closed_on, chosen)
    if chosen.get("province"):
        found = found.where(School.province_code == int(chosen["province"]))
    if chosen.get("office"):
        found = found.where(_has_office(School.office_email, chosen["office"]))
    return Ordered(found, (School.sort_key, School.id), lambda row: (row.sort_key, row.id))


def province_list(query: str, chosen: Chosen) -> Ordered:
    """The provinces, each with the numbers of its centres, schools and workplaces in use; `office` narrows as above."""
    found = select(
        Province,
        _number(Centre, Centre.closed_on.is_(None)),
        _number(School, School.closed_on.is_(None)),
        _number(Workplace, Workplace.closed_on.is_(None)),
    )
    if chosen.get("office"):
        found = found.where(_has_office(Province.office_email, chosen["office"]))
    wanted = turkish.words(query)
    if wanted:
        names = db.session().execute(select(Province.code, Province.name))
        found = found.where(Province.code.in_([code for code, name in names if _begins(wanted, name)]))
    return Ordered(found, (Province.sort_key, Province.code), lambda row: (row[0].sort_key, row[0].code))


def _number(model: Any, *in_use: ColumnElement[bool]) -> Any:
    """How many of a model lie in the province of the row."""
    return select(func.count()).where(model.province_code == Province.code, *in_use).scalar_subquery()


def _begins(wanted: list[str], name: str) -> bool:
    """Whether every word that was typed begins a word of the name; 81 names need no index."""
    words = turkish.words(name)
    return all(any(word.startswith(typed) for word in words) for typed in wanted)


def seen_centres(viewer: Actor) -> frozenset[UUID] | None:
    """The centres whose partners somebody sees; None for all."""
    if viewer.has(Role.NETWORK_ADMINISTRATOR) or viewer.has(Role.CENTRE_ADMINISTRATOR):
        return None
    return frozenset(UUID(scope) for scope in viewer.scopes(Role.TRAINER))


def partner_list(query: str, chosen: Chosen, viewer: Actor) -> Ordered:
    """Partners by name, as far as the viewer sees them; `centre` (slug), `kind` and `state` narrow."""
    found = select(Company).join(Centre, Centre.id == Company.centre_id)
    found = found.options(contains_eager(Company.centre).options(joinedload(Centre.province)))
    found = _in_use(_named(found, "company", Company.id, query), Company.closed_on, chosen)
    allowed = seen_centres(viewer)
    if allowed is not None:
        found = found.where(Company.centre_id.in_(allowed))
    if chosen.get("centre"):
        found = found.where(Centre.slug == chosen["centre"])
    if chosen.get("kind"):
        found = found.where(Company.kind == chosen["kind"])
    return Ordered(found, (Company.sort_key, Company.id), lambda row: (row.sort_key, row.id))


def protocol_list(query: str, chosen: Chosen, viewer: Actor) -> Ordered:
    """Protocols by title, those of the viewer's centres; `centre` (slug), `field` (slug) and `standing` narrow."""
    found = (
        select(Protocol).join(Company, Company.id == Protocol.company_id).join(Centre, Centre.id == Protocol.centre_id)
    )
    found = found.options(
        contains_eager(Protocol.company).contains_eager(Company.centre).options(lazyload(Centre.province))
    )
    named = search.matching("company", query)
    if named is not None:
        found = found.where(Company.id.in_(named))
    if not viewer.has(Role.NETWORK_ADMINISTRATOR):
        found = found.where(Protocol.centre_id.in_([UUID(one) for one in viewer.scopes(Role.CENTRE_ADMINISTRATOR)]))
    if chosen.get("centre"):
        found = found.where(Centre.slug == chosen["centre"])
    if chosen.get("field"):
        of_field = select(ProtocolField.protocol_id).join(Field, Field.id == ProtocolField.field_id)
        found = found.where(Protocol.id.in_(of_field.where(Field.slug == chosen["field"])))
    if chosen.get("standing"):
        found = found.where(_stands(Standing(chosen["standing"]), clock.today()))
    return Ordered(found, (Protocol.sort_key, Protocol.id), lambda row: (row.sort_key, row.id))


def _stands(wanted: Standing, today: date) -> ColumnElement[bool]:
    """The same as `rules.standing`, asked of the database; a test holds them together."""
    ended = and_(Protocol.closed_on.is_not(None), Protocol.closed_on <= today)
    open_ = or_(Protocol.closed_on.is_(None), Protocol.closed_on > today)
    signed = and_(open_, Protocol.signed_on.is_not(None))
    over = and_(Protocol.ends_on.is_not(None), Protocol.ends_on < today)
    return {
        Standing.ENDED: ended,
        Standing.PREPARED: and_(open_, Protocol.signed_on.is_(None)),
        Standing.COMING: and_(signed, Protocol.starts_on > today),
        Standing.OVER: and_(signed, Protocol.starts_on <= today, over),
        Standing.RUNNING: and_(
            signed, Protocol.starts_on <= today, or_(Protocol.ends_on.is_(None), Protocol.ends_on >= today)
        ),
    }[wanted]
