"""How the guards walk over all routes: with what the addresses are filled, who asks, and how nothing of it stays."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from lmp.accounts.models import Person
from lmp.config import ROOT
from lmp.core import db
from tests.guards.test_access import MAY_OPEN, PUBLIC
from tests.guards.world import World
from tests.visitor import Visitor

#: Names of parameters as the code reads them from an address.
_READ_NAME = re.compile(r'(?:args\.(?:get|getlist)|Filter)\(\s*"(\w+)"')


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """Whatever the requests inside change is rolled back before it is committed, so that every request meets the same world."""

    def undo(response: Response) -> Response:
        scope = db.scope()
        if scope is not None:
            scope.session.rollback()
        return response

    first = app.after_request_funcs.setdefault(None, [])
    first.append(undo)  # functions after a request run from the last to the first
    try:
        yield
    finally:
        first.remove(undo)


def signed_in(app: Flask, person: Person | None) -> FlaskClient:
    """A client of a person, or of nobody."""
    visitor = Visitor(app)
    return (visitor.sign_in(person) if person is not None else visitor).client


@cache
def parameters() -> tuple[str, ...]:
    """Every parameter that any page reads from its address, found in the code itself."""
    sources = (path.read_text() for path in sorted((ROOT / "lmp").rglob("*.py")))
    return tuple(sorted({name for source in sources for name in _READ_NAME.findall(source)}))


def fitting(world: World, endpoint: str, roles: set[str] | None = None) -> Person | None:
    """Somebody who may open the route (or has one of the roles); nobody for what is open to everybody."""
    if endpoint in PUBLIC:
        return None
    roles = roles if roles is not None else MAY_OPEN.get(endpoint, set(world.people))
    return next((person for role, person in world.people.items() if role in roles), world.people["teacher"])


def places(rule: Rule) -> list[str]:
    """The names in a route's address."""
    return sorted(rule.arguments - {"lang"})
