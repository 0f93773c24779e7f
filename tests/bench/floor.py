"""The floor: bare views in the same application, for the same visitor, with an answer of the same size."""

from collections.abc import Callable
from types import SimpleNamespace

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from jinja2 import DictLoader, Environment
from sqlalchemy import insert

from lmp.core import clock, db
from lmp.core.ids import new_id
from lmp.core.once import OnceKey
from lmp.web import pages
from tests.bench.asking import Environ, environ
from tests.visitor import Visitor

#: A line as long as lines of our pages are, with values that are escaped like theirs.
_LINE = '<li class="item"><a href="{{ one.url }}">{{ one.label }}</a> <span>{{ one.said }}</span></li>\n'
_TEMPLATE = "<!doctype html><html lang=tr><title>floor</title><ul>{% for one in lines %}" + _LINE + "{% endfor %}</ul>"
_ONE = SimpleNamespace(url="/tr/enrolment/0190", label="Gülşah & Ömer Demo", said="Onay bekliyor")
GET, POST = "/floor/page", "/floor/act"


def install(app: Flask) -> None:
    """Add the two views; before the first request."""
    template = Environment(loader=DictLoader({"floor": _TEMPLATE}), autoescape=True).get_template("floor")
    length = len(template.render(lines=[_ONE])) - len(template.render(lines=[]))

    @pages.public
    def page() -> ResponseReturnValue:
        pages.actor()
        return template.render(lines=[_ONE] * max(1, int(request.args["bytes"]) // length))

    @pages.public
    def act() -> ResponseReturnValue:
        pages.actor()
        db.session().execute(
            insert(OnceKey).values(
                id=new_id(), actor="floor", key=str(new_id()), route=POST, body_sha256="", status=303, location="/",
                done_at=clock.now(),
            )
        )  # fmt: skip
        return redirect("/", 303)

    app.add_url_rule(GET, "floor.page", page)
    app.add_url_rule(POST, "floor.act", act, methods=["POST"])


def a_page(visitor: Visitor) -> Callable[[int], Environ]:
    """Asks for a bare page of a size for a visitor."""
    return lambda size: environ(visitor, f"{GET}?bytes={size}")


def an_act(visitor: Visitor, token: str) -> Callable[[int], Environ]:
    """Does a bare act of a visitor."""
    return lambda _size: environ(visitor, POST, {"csrf_token": token})
