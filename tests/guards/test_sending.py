"""Who may act: every route that changes something, every role, own things and those of others, with and without a token."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from lmp.accounts.models import Person
from lmp.core import db
from tests.builders.workplace import today_is
from tests.guards.test_access import MAY_OPEN, PUBLIC, SHARED, A, C, N, P, R, T, _anonymous, _rows, address, opened
from tests.guards.walking import fitting, signed_in, undone
from tests.guards.world import NOWHERE, TODAY, World, make_world
from tests.visitor import Visitor

EVERYBODY = {T, R, A, C, P, N}
#: What is pressed on the pages on which a course is written.
WRITING = (
    *(f"{act}_block" for act in ("add", "write", "move", "duplicate", "remove", "mark")),
    *(f"{act}_question" for act in ("delete", "duplicate")),
    *("write_heading", "mark_heading", "be_here", "paste", "preview", "act_on_bank_category"),
)
#: Endpoint → the roles of the thing's own people who may send to it, where they are others than those who may open it.
MAY_SEND: dict[str, set[str]] = {
    "accounts.decide_bulk": {C},
    "accounts.end_act_as": EVERYBODY,
    "accounts.end_everywhere": EVERYBODY,
    "accounts.end_session": set(),  # the world has no open session: tests/accounts/test_profile.py
    "accounts.remove_app": EVERYBODY,
    "accounts.remove_passkey": {T},
    "accounts.second_step": EVERYBODY,  # leads those on who gave theirs
    "accounts.second_step_passkey": set(),  # for those who are half signed in: test_half_signed_in.py
    "accounts.sign_out": EVERYBODY,
    "accounts.switch_role": EVERYBODY,
    "certificate.close_run": {C},
    "certificate.review": {C},
    **{f"content.{act}": {R, C} for act in WRITING},
    **{f"content.{page}": {R, C} for page in ("bank_question", "revision", "version")},
    # the world has nothing that was removed, and no review: tests/content/editor, editing and review
    **{f"content.{page}": set() for page in ("restore_question", "put_back_block")},
    **{f"content.{page}": set() for page in ("review_unit", "review_course", "comment_unit")},
    "enrolment.end_interest": {T},
    "learning.check": {T},
    "learning.start_test": {T},
    "meeting.roster": {R, C},
    "network.branch": {N},
    "network.calendar_day": {N},
    "network.centre": {N},
    "network.field": {N},
    "network.partner": {C, N},
    "network.school": {N},
    "notice.read": {T},
    "notice.read_all": EVERYBODY,
    "notice.send_again": {N},
    "privacy.approve": {N},
    "privacy.count": {N},
}
#: What a form says where it is nothing but buttons; "act=close" elsewhere.
SAID = {
    "content.act_on_bank_category": {"act": "up"},
    "content.add_block": {"kind": "tip"},
    "content.bank_question": {"act": "retire"},
    "content.copy_block": {"to": "demo-kurs/hazirlik"},
    "content.move_block": {"step": "1"},
    "content.terms": {"act": "preview"},
    "content.unit_list": {"act": "add"},
    "network.calendar_day": {"act": "remove"},
}
#: Forms that are open to everybody beside the public pages.
OPEN_FORMS = {"accounts.passkey_sign_in"}
#: Mail readers press this button without a page of ours (RFC 8058).
WITHOUT_TOKEN = {"notice_neutral.stop"}


#: What is refused before any question to the database is refused over either in the same way.
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with today_is(TODAY), db.transaction():
        made = make_world()
    with today_is(TODAY):
        yield made


def senders(endpoint: str) -> set[str]:
    """The roles that may send to a route."""
    return MAY_SEND[endpoint] if endpoint in MAY_SEND else MAY_OPEN[endpoint]


def guarded(app: Flask) -> list[Rule]:
    """The routes that change something and are not open to everybody; those that end the session come last."""
    found = [rule for rule in opened(app, "POST") if rule.endpoint not in PUBLIC | OPEN_FORMS]
    return sorted(found, key=lambda rule: rule.endpoint in ("accounts.sign_out", "accounts.end_everywhere"))


class Sender:
    """Somebody who sends a form that says next to nothing, with the token of their session."""

    def __init__(self, app: Flask, person: Person | None) -> None:
        self.client: FlaskClient = signed_in(app, person)
        self.token = Visitor.token_of(self.client)

    def send(self, path: str, endpoint: str) -> tuple[int, bytes, str]:
        """Status, body and where it leads."""
        answer = self.client.post(path, data={"csrf_token": self.token, **SAID.get(endpoint, {"act": "close"})})
        return answer.status_code, answer.get_data(), answer.location or ""


def test_each_role_sends_what_it_may_and_nothing_else(app: Flask, world: World) -> None:
    wrong = []
    with undone(app):
        for role, person in world.people.items():
            sender = Sender(app, person)
            for rule in guarded(app):
                code, _body, _to = sender.send(address(app, rule, world), rule.endpoint)
                if (code not in (403, 404)) != (role in senders(rule.endpoint)):
                    wrong.append(f"{rule.endpoint} as {role}: {code}")
    assert not wrong, "\n".join(wrong)


@ON_ONE
def test_nobody_without_an_account_sends_anything(app: Flask, world: World) -> None:
    wrong, sender = [], Sender(app, None)
    with undone(app):
        for rule in guarded(app):
            code, _body, to = sender.send(address(app, rule, world), rule.endpoint)
            if code not in (401, 404) and not (code == 302 and "/sign-in" in to):
                wrong.append(f"{rule.endpoint}: {code} {to}")
    assert not wrong, "\n".join(wrong)


def test_strangers_who_send_learn_nothing(app: Flask, world: World) -> None:
    """To them every thing of another centre is one that does not exist, to the byte."""
    wrong = []
    with undone(app):
        for role, person in world.strangers.items():
            sender = Sender(app, person)
            for rule in guarded(app):
                things = [name for name in rule.arguments if name.endswith("_id")]
                if not things or rule.endpoint == "enrolment.apply" or (role == C and rule.endpoint in SHARED):
                    continue
                path, nowhere = address(app, rule, world), address(app, rule, world, **dict.fromkeys(things, NOWHERE))
                (code, body, _to), (missing, empty, _way) = (sender.send(one, rule.endpoint) for one in (path, nowhere))
                same = _anonymous(body, path) == _anonymous(empty, nowhere)
                if (code, missing) not in ((404, 404), (403, 403)) or not same:
                    wrong.append(f"{rule.endpoint} as a stranger who is {role}: {code} / {missing}, same words: {same}")
    assert not wrong, "\n".join(wrong)


@ON_ONE
def test_nothing_is_taken_without_the_token_of_the_session(app: Flask, world: World) -> None:
    wrong, before = [], _rows()
    clients: dict[Any, FlaskClient] = {}
    for rule in opened(app, "POST"):
        person = fitting(world, rule.endpoint, MAY_SEND.get(rule.endpoint))
        key = person.id if person else None
        client = clients.setdefault(key, signed_in(app, person))
        for token in ({}, {"csrf_token": "forged"}):
            code = client.post(address(app, rule, world), data=token).status_code
            if (
                code != 400
                and rule.endpoint not in WITHOUT_TOKEN
                and not (code in (302, 403, 404) and not senders_of(rule))
            ):
                wrong.append(f"{rule.endpoint}: {code}")
    after = _rows()
    changed = {table for table in before if before[table] != after[table]} - {"sign_in", "attempts"}
    assert not wrong, "\n".join(wrong)
    assert changed <= {"notice_settings", "audit_entry"}, changed  # the one press that ends mails


def senders_of(rule: Rule) -> bool:
    """Whether anybody of the world may send there."""
    return rule.endpoint in PUBLIC | OPEN_FORMS or bool(senders(rule.endpoint))


@ON_ONE
def test_a_method_that_a_route_does_not_take_is_refused(app: Flask, world: World) -> None:
    wrong, client = [], app.test_client()
    for rule in opened(app) + opened(app, "POST"):
        for method in {"PUT", "DELETE", "POST"} - (rule.methods or set()):
            if any(method in (other.methods or ()) for other in app.url_map.iter_rules() if other.rule == rule.rule):
                continue
            code = client.open(address(app, rule, world), method=method).status_code
            if code not in (404, 405):
                wrong.append(f"{method} {rule.endpoint}: {code}")
    assert not wrong, "\n".join(wrong)
