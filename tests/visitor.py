"""A browser without a screen. Every page it opens must be a good page."""

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from lmp.accounts import rules, service
from lmp.accounts.models import Person, SignIn
from lmp.core import clock, db

_LABELLED = {"input", "select", "textarea"}
_UNLABELLED_TYPES = {"hidden", "submit", "button", "image"}


class BadPage(AssertionError):
    """A page that no visitor should see."""


@dataclass
class Page:
    """An opened page: its answer, and its parsed body."""

    response: TestResponse
    path: str
    statements: int = 0
    tree: Element = field(init=False)

    def __post_init__(self) -> None:
        """Parse strictly and inspect."""
        self.status = self.response.status_code
        self.html = self.response.get_data(as_text=True)
        if self.response.mimetype == "text/html":
            self.tree = _parse(self.html, self.path)
            _inspect(self)

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.response.location or ""

    @property
    def text(self) -> str:
        """Everything a reader sees, white space folded."""
        body = self.tree.find("body")
        return " ".join("".join(_texts(body if body is not None else self.tree)).split())

    @property
    def h1(self) -> str:
        """The page's title as it stands on the page."""
        return " ".join("".join(self.all("h1")[0].itertext()).split())

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements by tag and exact attributes (`class_` for class membership)."""
        wanted = attributes.pop("class_", None)
        return [
            element
            for element in self.tree.iter(tag)
            if all(element.get(name.replace("_", "-")) == value for name, value in attributes.items())
            and (wanted is None or wanted in (element.get("class") or "").split())
        ]

    def links(self) -> dict[str, str]:
        """Text of every link → its address."""
        return {" ".join("".join(link.itertext()).split()): link.get("href", "") for link in self.all("a")}

    def form(self, action: str | None = None) -> dict[str, Any]:
        """The values a form would send as it stands; the last matching form with method post."""
        forms = [one for one in self.all("form") if (one.get("method") or "").lower() == "post"]
        if action is not None:
            forms = [one for one in forms if action in self._target(one)]
        else:
            forms = [
                one for one in forms if "/sign-out" not in self._target(one) and not self._target(one).endswith("/role")
            ]
        if not forms:
            raise BadPage(f"{self.path}: no form {action or ''}")
        return values_of(forms[0])

    def _target(self, form: Element) -> str:
        return urlsplit(urljoin(f"http://localhost{self.path}", form.get("action") or "")).path


def _texts(element: Element) -> list[str]:
    if element.tag in ("script", "style", "template"):
        return []
    found = [element.text or ""]
    for child in element:
        found += [*_texts(child), child.tail or ""]
    return found


def buttons_of(form: Element) -> dict[str, str]:
    """What the named buttons of a form say when they are pressed; of two with one name the first."""
    found: dict[str, str] = {}
    for button in form.iter("button"):
        name = button.get("name")
        if name and not name.startswith("_"):
            found.setdefault(name, button.get("value") or "")
    return found


def values_of(form: Element) -> dict[str, Any]:
    """What a form would send as it stands, without its buttons and files."""
    values: dict[str, Any] = {}
    for element in form.iter():
        name = element.get("name")
        if not name or element.tag == "button":
            continue
        if element.tag == "input" and element.get("type") in ("checkbox", "radio"):
            if element.get("checked") is not None:
                values.setdefault(name, []).append(element.get("value") or "on")
        elif element.tag == "input" and element.get("type") not in ("file", "submit"):
            values[name] = element.get("value") or ""
        elif element.tag == "textarea":
            values[name] = "".join(element.itertext()).removeprefix("\n")
        elif element.tag == "select":
            options = list(element.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            values[name] = chosen[0].get("value") if chosen else ""
    return values


def _parse(html: str, path: str) -> Element:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    if parser.errors:
        place, code, detail = parser.errors[0]
        lines = html.splitlines()
        raise BadPage(f"{path}: invalid HTML: {code} {detail} at {place}: {lines[min(place[0], len(lines)) - 1][:200]}")
    return tree


def _inspect(page: Page) -> None:
    """One h1, a title that begins with it, language, unique ids, labelled fields, no inline script or style."""
    problems = [problem for check in _CHECKS for problem in check(page)]
    if problems:
        raise BadPage(f"{page.path}: " + "; ".join(problems))


def _one_h1(page: Page) -> list[str]:
    headings = page.all("h1")
    if len(headings) != 1:
        return [f"{len(headings)} h1"]
    title = "".join(page.all("title")[0].itertext()) if page.all("title") else ""
    plain = re.sub(r"^(Hata|Error): ", "", title)
    return [] if plain.startswith(page.h1[:20]) else [f"title {title!r} does not begin with {page.h1!r}"]


def _language(page: Page) -> list[str]:
    return [] if page.tree.get("lang") in ("tr", "en") else ["no lang"]


def _unique_ids(page: Page) -> list[str]:
    ids = [element.get("id") for element in page.tree.iter() if element.get("id")]
    return [f"id {one} twice" for one in sorted({one for one in ids if one and ids.count(one) > 1})]


def _labels(page: Page) -> list[str]:
    named = {label.get("for") for label in page.all("label")}
    wrapped = {inner for label in page.all("label") for inner in label.iter()}
    return [
        f"unlabelled {element.tag} {element.get('name')}"
        for element in page.tree.iter()
        if element.tag in _LABELLED
        and element.get("type") not in _UNLABELLED_TYPES
        and element.get("id") not in named
        and element not in wrapped
        and not element.get("aria-label")
        and not element.get("aria-labelledby")
    ]


def _no_inline(page: Page) -> list[str]:
    found = [
        f"inline handler on {one.tag}" for one in page.tree.iter() if any(name.startswith("on") for name in one.attrib)
    ]
    found += ["style attribute" for one in page.tree.iter() if one.get("style")]
    found += ["inline script" for one in page.all("script") if not one.get("src")]
    found += ["style element" for _one in page.all("style")]
    return sorted(set(found))


def _images(page: Page) -> list[str]:
    return ["image without alt" for one in page.all("img") if one.get("alt") is None]


def _own_host(page: Page) -> list[str]:
    attributes = [
        one.get(name) or "" for one in page.tree.iter() for name in ("src", "srcset", "poster") if one.get(name)
    ]
    attributes += [one.get("href") or "" for one in page.all("link")]
    return [
        f"other host {one}" for one in attributes if one.startswith(("http:", "https:", "//")) and "lmp.test" not in one
    ]


def _forms(page: Page) -> list[str]:
    return [
        "form without CSRF token"
        for form in page.all("form")
        if (form.get("method") or "get").lower() == "post"
        and not any(one.get("name") == "csrf_token" for one in form.iter("input"))
    ]


def _whole_text(page: Page) -> list[str]:
    return [f"unfinished text {mark}" for mark in ("%(", "{{", "}}", "None</", "Undefined") if mark in page.html]


_CHECKS = (_one_h1, _language, _unique_ids, _labels, _no_inline, _images, _own_host, _forms, _whole_text)


class Visitor:
    """Opens pages and sends forms like a person; signs in by a real session row."""

    def __init__(self, app: Flask) -> None:
        """Nobody yet."""
        self.app = app
        self.client = app.test_client()

    def sign_in(self, person: Person, *, half: bool = False) -> "Visitor":
        """Be this person from now on (through the session table, not the form); `half`: after the password only."""
        token = half_session(person) if half else open_session(person)
        with self.client.session_transaction() as session:
            session.clear()
            session["_user_id"] = token
            session["_fresh"] = True
        return self

    def open(self, path: str, *, expect: int = 200, follow: bool = False) -> Page:
        """Open a page; it must answer `expect`."""
        counted: list[int] = []
        with _Counting(self.app, counted):
            response = self.client.get(path, follow_redirects=follow)
        return self._page(response, path, expect, counted)

    def send(self, path: str, values: dict[str, Any] | None = None, *, expect: int = 303, **changes: Any) -> Page:
        """Send a form: `values` (as `Page.form` gave them) with `changes`; files may be (bytes, name) pairs."""
        data = {**(values or {}), **changes}
        data.setdefault("csrf_token", self.token())
        prepared = {name: _upload(value) for name, value in data.items() if value is not None}
        counted: list[int] = []
        with _Counting(self.app, counted):
            files = any(isinstance(value, FileStorage) for value in _flat(prepared.values()))
            kind = "multipart/form-data" if files else "application/x-www-form-urlencoded"
            response = self.client.post(path, data=prepared, content_type=kind)
        return self._page(response, path, expect, counted)

    def token(self) -> str:
        """A CSRF token of this session, from a page that has a form."""
        return self.token_of(self.client)

    @staticmethod
    def token_of(client: FlaskClient) -> str:
        """A CSRF token of a client's session."""
        return str(
            Page(client.get("/tr/sign-in", follow_redirects=True), "/tr/sign-in")
            .all("input", name="csrf_token")[0]
            .get("value")
        )

    def _page(self, response: TestResponse, path: str, expect: int, counted: list[int]) -> Page:
        if response.status_code != expect:
            body = re.sub(r"<[^>]+>|\s+", " ", response.get_data(as_text=True))
            raise AssertionError(f"{path}: {response.status_code} instead of {expect}: {' '.join(body.split())[:600]}")
        return Page(response, path, sum(counted))


def _flat(values: Any) -> list[Any]:
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def _upload(value: Any) -> Any:
    if isinstance(value, tuple):
        data, name = value
        return FileStorage(BytesIO(data), name)
    if isinstance(value, list):
        return [_upload(one) for one in value]
    return value


class _Counting:
    """Counts the statements of the requests inside."""

    def __init__(self, app: Flask, into: list[int]) -> None:
        self.app, self.into = app, into

    def __enter__(self) -> None:
        def note(response: Any) -> Any:
            scope = db.scope()
            self.into.append(scope.statements if scope else 0)
            return response

        self.note = note
        self.app.after_request_funcs.setdefault(None, []).insert(0, note)

    def __exit__(self, *_: object) -> None:
        self.app.after_request_funcs[None].remove(self.note)


def open_session(person: Person) -> str:
    """A committed session of a person; answers its token."""
    token = secrets.token_urlsafe(32)
    with db.transaction() as session:
        session.add(
            SignIn(
                person_id=person.id,
                token_sha256=hashlib.sha256(token.encode()).hexdigest(),
                epoch=person.session_epoch,
                agent="tests",
                started_at=clock.now(),
                expires_at=clock.now() + rules.SESSION_LENGTH,
                seen_on=clock.today(),
            )
        )
    return token


def half_session(person: Person) -> str:
    """A committed session of somebody who has given the password only; answers its token."""
    with db.transaction():
        return service.open_session(person, agent="tests")
