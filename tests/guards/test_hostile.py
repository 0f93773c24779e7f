"""Whatever is sent, the answer is a sentence and never a fault of ours: every route, its address, its list, its form, its headers."""

import base64
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lmp.core import db
from tests.builders.workplace import today_is
from tests.guards.test_access import PUBLIC, address, opened
from tests.guards.walking import fitting, parameters, places, signed_in, undone
from tests.guards.world import NOWHERE, TODAY, World, make_world
from tests.visitor import Page, Visitor, buttons_of, values_of

#: As they stand in an address, percent-encoded: NUL, half a surrogate pair, no UTF-8, numbers nobody counts to, and the rest.
IN_ADDRESSES = {
    "NUL": "a%00b",
    "half a surrogate pair": "%ED%A0%80",
    "no UTF-8": "%FF%FE%C3",
    "a number of 400 digits": "9" * 400,
    "the number after the largest": "9223372036854775808",
    "below nought": "-1",
    "no number": "nan",
    "Arabic digits": quote("٣٤"),
    "a squared digit": quote("²"),
    "a line break": "%0D%0ASet-Cookie:%20a=b",
    "markup": quote("\"'><script>{{7*7}}%s${x}</script>"),
    "a way out": quote("../../../etc/passwd", safe=""),
    "700 letters": quote("İ") * 700,
    "nothing": "",
    "no day": "2026-02-31",
    "a far year": "9999-12-31",
}
IN_FORMS = {
    "NUL and half a surrogate pair": "a\x00b%ED%A0%80\u202e\ufeff",
    "a number of 400 digits": "9" * 400,
    "below nought": "-1",
    "60,000 letters": "İ" * 60_000,
    "JSON": json.dumps({"id": "\ud800\x00", "rawId": [], "type": 1e300, "response": {"clientDataJSON": "AAAA"}}),
    "a far year": "31.12.9999",
}


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with today_is(TODAY), db.transaction():
        made = make_world()
    with today_is(TODAY):
        yield made


class Clients:
    """One client a person, kept over the walk."""

    def __init__(self, app: Flask) -> None:
        self.app, self.made = app, dict[Any, tuple[FlaskClient, str]]()

    def of(self, person: Any) -> tuple[FlaskClient, str]:
        """The client and a CSRF token of its session."""
        key = person.id if person else None
        if key not in self.made:
            client = signed_in(self.app, person)
            self.made[key] = client, Visitor.token_of(client)
        return self.made[key]


def places_in_lists() -> Iterator[str]:
    """Words that look like a place in a list, of every kind and number of keys."""
    kinds = ["s\x00", "s\ud800", "i" + "9" * 30, "d0001-01-01", "m9999-12-31T23:59:59", "u" + "f" * 32, "xff", "i-1"]
    for kind in kinds:
        for keys in ([kind, kind], ["x00", kind], [kind, "u" + "0" * 32], ["i1", kind, kind]):
            said = json.dumps(["a", *keys])
            yield base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _broken(answer: TestResponse, what: str) -> list[str]:
    """What is wrong with an answer: a fault, or a header or redirect of a visitor's making."""
    wrong = []
    if answer.status_code >= 500 and not what.startswith("web_neutral.ready"):
        wrong.append(f"{what}: {answer.status_code}")
    if "a=b" in answer.headers.getlist("Set-Cookie"):
        wrong.append(f"{what}: a header of the visitor's making")
    target = urlsplit(answer.location or "")
    if target.netloc not in ("", "localhost", "lmp.test") or (answer.location or "").startswith(("//", "/\\")):
        wrong.append(f"{what}: leads to {answer.location}")
    return wrong


def test_no_parameter_of_any_page_breaks_it(app: Flask, world: World) -> None:
    wrong, clients, names = [], Clients(app), parameters()
    assert {"q", "at", "format", "next", "show", "year"} <= set(names)
    values = list(IN_ADDRESSES.items())
    half = slice(0, None, 2) if not db.is_postgres() else slice(1, None, 2)  # each engine meets every second one
    with undone(app):
        for rule in opened(app):
            client, _token = clients.of(fitting(world, rule.endpoint))
            path = address(app, rule, world)
            for turn, (what, _value) in list(enumerate(values))[half]:
                asked = "&".join(f"{name}={values[(turn + 2 * n) % len(values)][1]}" for n, name in enumerate(names))
                wrong += _broken(client.get(f"{path}?{asked}"), f"{rule.endpoint} from {what} on")
    assert not wrong, "\n".join(wrong)


def test_parameters_of_our_own_making_of_addresses_are_nobodys_to_give(app: Flask, world: World) -> None:
    """What `url_for` takes beside the parts of an address comes from no visitor."""
    wrong, clients = [], Clients(app)
    mine = "_external=1&_scheme=https&_anchor=x&_method=POST&lang=de&endpoint=x&values=x&self=x&format=nope&table=x"
    with undone(app):
        for rule in opened(app):
            client, _token = clients.of(fitting(world, rule.endpoint))
            others = "&".join(f"{name}=x" for name in places(rule))
            answer = client.get(f"{address(app, rule, world)}?{mine}&{others}")
            wrong += _broken(answer, rule.endpoint)
    assert not wrong, "\n".join(wrong)


def test_no_place_in_a_list_breaks_it(app: Flask, world: World) -> None:
    wrong, clients, lists = [], Clients(app), 0
    with undone(app):
        for rule in opened(app):
            client, _token = clients.of(fitting(world, rule.endpoint))
            path = address(app, rule, world)
            plain = client.get(path).get_data()
            if not any(mark in plain for mark in (b"at=", b"before=", b"after=", b"format=", b'name="q"')):
                continue
            lists += 1
            for place in places_in_lists():
                asked = f"at={place}&before={place}&after={place}&from={place}"
                wrong += _broken(client.get(f"{path}?{asked}"), f"{rule.endpoint} at {place}")
    assert lists > 12
    assert not wrong, "\n".join(wrong)


def test_no_part_of_an_address_breaks_it(app: Flask, world: World) -> None:
    wrong, clients = [], Clients(app)
    with undone(app):
        for method in ("GET", "POST"):
            for rule in opened(app, method):
                client, token = clients.of(fitting(world, rule.endpoint))
                for name in places(rule):
                    mark = str(NOWHERE) if name.endswith("_id") else "4711" if "int" in rule.rule else "hostile4711"
                    if "any(" in rule.rule and name in ("role", "moment"):
                        continue
                    path = address(app, rule, world, **{name: mark})
                    for what, value in IN_ADDRESSES.items():
                        if method == "POST" and what not in ("NUL", "the number after the largest", "no UTF-8"):
                            continue
                        answer = client.open(
                            path.replace(mark, value), method=method, data={"csrf_token": token} if token else None
                        )
                        wrong += _broken(answer, f"{method} {rule.endpoint}, {name} is {what}")
    assert not wrong, "\n".join(wrong)


HOSTILE_HEADERS = {
    "Accept-Language": "tr;q=nan, \xff, en;q=-1e999, " + "x" * 5_000,
    "Accept": "*/*;q=, application/json;q=1e999",
    "Accept-Encoding": "gzip;q=nan, br;q=\x00",
    "Range": "bytes=9999999999999999999-,-1",
    "If-None-Match": 'W/"' + "x" * 5_000,
    "If-Modified-Since": "Thu, 99 Feb 99999 99:99:99 GMT",
    "User-Agent": "\xe4\xf6" * 3_000,
    "Referer": "https://evil.example/%00",
    "Idempotency-Key": "\xff" * 300,
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "javascript",
    "X-Forwarded-For": "9" * 5_000,
    "Sec-Fetch-Site": "\xff",
}


def test_no_header_or_cookie_breaks_a_page(app: Flask, world: World) -> None:
    wrong, clients = [], Clients(app)
    hostile = app.test_client()
    for name in ("lmp", "browser", "lang", "scheme", "remember_token"):
        hostile.set_cookie(name, "\\303" + "x" * 3_000)
    with undone(app):
        for rule in opened(app):
            client, _token = clients.of(fitting(world, rule.endpoint))
            path = address(app, rule, world)
            wrong += _broken(client.get(path, headers=HOSTILE_HEADERS), rule.endpoint)
            if rule.endpoint in PUBLIC:
                wrong += _broken(hostile.get(path, headers={"Host": "evil.example"}), f"{rule.endpoint} as nobody")
    assert not wrong, "\n".join(wrong)


def _forms(page: Page) -> Iterator[tuple[str, dict[str, Any]]]:
    """The forms of a page that write: where they are sent, and what they would hold."""
    for form in page.all("form"):
        if (form.get("method") or "").lower() == "post":
            target = urlsplit(urljoin(f"http://localhost{page.path}", form.get("action") or ""))
            yield target.path, {**values_of(form), **buttons_of(form)}


def _hostile_fields(values: dict[str, Any], turn: int) -> Iterator[tuple[str, str]]:
    """Every field with a hostile value, one after the other, the rest as the page gave it; as a body to be sent."""
    hostile = list(IN_FORMS.items())
    for number, name in enumerate(values):
        if name == "csrf_token":
            continue
        what, value = hostile[(turn + number) % len(hostile)]
        pairs = [(key, one) for key, many in values.items() for one in (many if isinstance(many, list) else [many])]
        kept = [(key, one) for key, one in pairs if key not in (name, "_once")]
        yield f"{name} is {what}", urlencode([*kept, (name, value)], errors="surrogatepass")


def test_no_value_in_any_form_breaks_it(app: Flask, world: World) -> None:
    wrong, clients, seen = [], Clients(app), set[Any]()
    with undone(app):
        for turn, rule in enumerate(opened(app)):
            client, _token = clients.of(fitting(world, rule.endpoint))
            answer = client.get(address(app, rule, world))
            forms = answer.mimetype == "text/html" and b'method="post"' in answer.data
            if not forms or rule.endpoint == "web.components":  # whose specimens lead nowhere
                continue
            for path, values in _forms(Page(answer, answer.request.path)):
                shape = path, tuple(values)
                if shape in seen:
                    continue
                seen.add(shape)
                for what, body in _hostile_fields(values, turn + (3 if db.is_postgres() else 0)):
                    sent = client.post(path, data=body, content_type="application/x-www-form-urlencoded")
                    wrong += _broken(sent, f"{path} of {rule.endpoint}: {what}")
    assert len(seen) > 60
    assert not wrong, "\n".join(wrong)
