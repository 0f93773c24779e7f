"""Public pages kept for some seconds: on the Monday morning everybody asks for the same few.

Only what a visitor without a session sees is kept, never a page that carries a form's token or a notice. What such a
page shows may be a few seconds old; whoever is signed in always sees the present.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request, session
from flask.typing import ResponseReturnValue

from lmp.core import clock
from lmp.web.headers import packs
from lmp.web.pages import SCHEME

#: Pages of one process that are kept at most; the one that was made first goes first.
MOST = 256
LONGEST_QUERY = 120
#: Under this name the token of forms lies in the session, and for this request in `g` once a form has asked for it.
_TOKEN = "csrf_token"  # noqa: S105 - a name
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
#: Path, query and colours: all that such a page depends on.
Key = tuple[str, bytes, str]


@dataclass(frozen=True)
class Kept:
    """A page as it was sent, plain and packed, and when it was made."""

    plain: bytes
    packed: bytes
    made_at: datetime


class Shelf:
    """The kept pages of one application."""

    def __init__(self, seconds: int) -> None:
        """Keep pages for so many seconds; 0 keeps none."""
        self._seconds = timedelta(seconds=seconds)
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Key) -> Kept | None:
        """A page that is young enough."""
        found = self._pages.get(key)
        if found is None or not timedelta(0) <= clock.now() - found.made_at < self._seconds:
            return None
        return found

    def keep(self, key: Key, text: str) -> None:
        """Keep a page that was just made."""
        if not self._seconds:
            return
        plain = text.encode()
        made = Kept(plain, gzip.compress(plain, 6, mtime=0), clock.now())
        with self._lock:
            self._pages.pop(key, None)
            self._pages[key] = made
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)


def install(app: Flask, seconds: int) -> None:
    """Give the application its shelf."""
    app.extensions["kept"] = Shelf(seconds)


def for_everybody(view: View) -> View:
    """A public view whose page is the same for every visitor without a session."""

    @wraps(view)
    def shown(**values: Any) -> ResponseReturnValue:
        key = _key()
        if key is None:
            return view(**values)
        shelf: Shelf = current_app.extensions["kept"]
        found = shelf.find(key)
        if found is not None:
            return _response(found)
        page = view(**values)
        if isinstance(page, str) and _is_nobodys():
            shelf.keep(key, page)
        return page

    return shown  # type: ignore[return-value]  # the same signature, seen by Flask


def _key() -> Key | None:
    """What to keep this request's page under; None when it is meant for somebody or too rare to keep."""
    if request.method != "GET" or set(session) - {_TOKEN} or len(request.query_string) > LONGEST_QUERY:
        return None
    return request.path, request.query_string, request.cookies.get(SCHEME, "")


def _is_nobodys() -> bool:
    """Whether the page just made holds nothing of its visitor: no notice, no form's token."""
    return not set(session) - {_TOKEN} and _TOKEN not in g


def _response(found: Kept) -> Response:
    response = current_app.response_class(mimetype="text/html")
    if packs():
        response.set_data(found.packed)
        response.headers["Content-Encoding"] = "gzip"
        response.headers.add("Vary", "Accept-Encoding")
    else:
        response.set_data(found.plain)
    return response
