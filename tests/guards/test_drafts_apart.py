"""Drafts and banks of one centre are nothing to people of another one, over every route of content and with every real form."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from flask import Flask
from werkzeug.routing import Rule

from lmp.core import db
from tests.builders.workplace import today_is
from tests.guards.test_access import _anonymous, _rows, address, opened
from tests.guards.test_sending import Sender
from tests.guards.walking import signed_in
from tests.guards.world import TODAY, World, make_world
from tests.visitor import buttons_of, values_of

ONE_ENGINE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
#: Names that no course and no centre has.
NOBODYS = {"slug": "boyle-bir-kurs-yok", "centre": "boyle-bir-merkez-yok"}
#: A published course may be copied by those who write for another centre.
COPIED = "content.copy_course"
#: Where forms open in place.
OPENED = {"content.edit_unit": ("", "?edit=aletini-denetle", "?heading=1"), "content.terms": ("", "?term=x")}
#: What every visit leaves.
VISITS = {"sign_in", "attempts", "presence"}


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with today_is(TODAY), db.transaction():
        made = make_world()
    with today_is(TODAY):
        yield made


def _routes(app: Flask, method: str) -> list[Rule]:
    """The routes of content whose address names a course or a bank."""
    return [
        rule for rule in opened(app, method) if rule.endpoint.startswith("content.") and rule.arguments & {*NOBODYS}
    ]


def _courses(world: World) -> tuple[str, str]:
    """A published course, and one that is only a draft."""
    return str(world.values["slug"][""]), str(world.values["slug"]["content.origin"])


@ONE_ENGINE
@pytest.mark.parametrize("who", ["trainer", "centre_administrator"])
def test_a_course_of_another_centre_is_to_its_neighbours_one_that_does_not_exist(
    app: Flask, world: World, who: str
) -> None:
    wrong, before, walked = [], _rows(), 0
    sender = Sender(app, world.strangers[who])
    for slug in _courses(world):
        for method in ("GET", "POST"):
            for rule in _routes(app, method):
                if rule.endpoint == COPIED and slug == _courses(world)[0]:
                    continue
                named = {name: value for name, value in NOBODYS.items() if name in rule.arguments}
                path = address(app, rule, world, **({"slug": slug} if "slug" in rule.arguments else {}))
                nowhere = address(app, rule, world, **named)
                walked += 1
                found = [_answer(sender, method, one, rule.endpoint) for one in (path, nowhere)]
                if found[0] != found[1] or found[0][0] != 404:
                    wrong.append(f"{method} {rule.endpoint} of {slug}: {found[0][0]}, of nobody's: {found[1][0]}")
    assert not wrong, "\n".join(wrong)
    assert walked > 120
    assert _changed(before) == set()


def _answer(sender: Sender, method: str, path: str, endpoint: str) -> tuple[int, bytes]:
    """Status and words of an answer, without the address it was asked at."""
    if method == "POST":
        code, body, _to = sender.send(path, endpoint)
    else:
        answer = sender.client.get(path)
        code, body = answer.status_code, answer.get_data()
    return code, _anonymous(body, path)


def _changed(before: dict[str, list[str]]) -> set[str]:
    after = _rows()
    return {table for table in before if before[table] != after[table]} - VISITS


@ONE_ENGINE
def test_no_real_form_of_an_author_does_anything_in_the_hands_of_a_neighbour(app: Flask, world: World) -> None:
    forms = {(to, str(values)): (to, values) for to, values in _forms(app, world)}
    assert len({to for to, _values in forms}) > 60
    before, wrong = _rows(), []
    sender = Sender(app, world.strangers["trainer"])
    for path, values in forms.values():
        code = sender.client.post(path, data={**values, "csrf_token": sender.token}).status_code
        if code not in (403, 404, 405):  # a form that only holds what its buttons send elsewhere
            wrong.append(f"{path}: {code}")
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert _changed(before) == set()


def _forms(app: Flask, world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every form about a course or a bank that its author is shown, filled as it stands, with each of its buttons pressed."""
    client = signed_in(app, world.people["trainer"])
    for slug in _courses(world):
        for rule in _routes(app, "GET"):
            path = address(app, rule, world, **({"slug": slug} if "slug" in rule.arguments else {}))
            for query in OPENED.get(rule.endpoint, ("",)):
                answer = client.get(path + query)
                if answer.status_code == 200 and answer.mimetype == "text/html":
                    yield from _on_page(answer.get_data(as_text=True), path)


def _on_page(html: str, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The forms of a page about courses and banks, and its buttons that send one of them elsewhere."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    by_id = {form.get("id", ""): form for form in tree.iter("form")}
    sent = [(form.get("action"), {**values_of(form), **buttons_of(form)}) for form in tree.iter("form")]
    for button in tree.iter("button"):
        if button.get("formaction") and button.get("form") in by_id:
            values = {**values_of(by_id[button.get("form", "")]), button.get("name", ""): button.get("value", "")}
            sent.append((button.get("formaction"), values))
    for action, values in sent:
        to = urlsplit(urljoin(f"http://localhost{path}", action or "")).path
        if to.startswith(("/tr/draft/", "/tr/bank/")) and "csrf_token" in values:
            yield to, values
