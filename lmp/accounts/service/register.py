"""The list of accounts for whoever runs the installation."""

from dataclasses import dataclass

from sqlalchemy import select

from lmp.access import Action, Actor, Facts, Grant, require
from lmp.accounts.models import Person, PersonState, RoleGrant
from lmp.accounts.service.people import grant_counts, in_order
from lmp.core import db


@dataclass(frozen=True)
class Listed:
    """One account in the list, with the roles that count today."""

    email: str
    name: str
    state: PersonState
    can_sign_in: bool
    grants: tuple[Grant, ...]


def register(*, by: Actor, after: str = "", limit: int = 100) -> list[Listed]:
    """Accounts by address, from the one after `after` on."""
    require(by, Action.KEEP_NETWORK, Facts())
    keys = select(Person.id).where(Person.email > after).order_by(Person.email).limit(limit).subquery()
    rows = (
        select(Person.email, Person.name, Person.state, Person.password_hash.is_not(None), RoleGrant)
        .join(keys, keys.c.id == Person.id)
        .outerjoin(RoleGrant, grant_counts(Person.id))
        .order_by(Person.email)
    )
    found: dict[tuple[str, str, PersonState, bool], list[RoleGrant]] = {}
    for email, name, state, has_password, grant in db.session().execute(rows):
        found.setdefault((email, name, state, has_password), []).extend([grant] if grant is not None else [])
    return [Listed(*key, in_order(grants)) for key, grants in found.items()]
