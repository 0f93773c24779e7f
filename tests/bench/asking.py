"""Requests as the server hands them to the application."""

from typing import Any

from werkzeug.test import EnvironBuilder

from lmp.web.language import COOKIE
from tests.visitor import Visitor

Environ = dict[str, Any]


def environ(visitor: Visitor, path: str, form: dict[str, Any] | None = None, *, accept: str = "") -> Environ:
    """A page, or a form that is sent, with the visitor's cookies; `accept` for what a script asks for."""
    kept = [visitor.client.get_cookie(name) for name in ("lmp", COOKIE)]
    cookies = "; ".join(f"{one.key}={one.value}" for one in kept if one is not None)
    headers = [("Cookie", cookies), *([("Accept", accept)] if accept else [])]
    return EnvironBuilder(path, method="GET" if form is None else "POST", data=form, headers=headers).get_environ()
