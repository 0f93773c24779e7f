"""Whoever gave the password and no second factor yet reaches the second step, the way out, and what is open to everybody."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from lmp.accounts import service
from lmp.accounts.models import Person
from lmp.accounts.service import second_factor
from lmp.core import db
from tests.builders.accounts import acting
from tests.builders.factors import an_app
from tests.builders.workplace import today_is
from tests.guards.test_access import PUBLIC, address, opened
from tests.guards.world import NOWHERE, TODAY, World, make_world
from tests.visitor import Visitor

#: Setting the first factor up, for those who have none.
SETTING_UP = {
    "accounts.security",
    "accounts.set_up_app",
    "accounts.add_passkey",
    "accounts.recovery_codes",
}
WAY_OUT = {"accounts.second_step", "accounts.second_step_passkey", "accounts.sign_out", "accounts.end_act_as"}
OPEN_FORMS = {"accounts.passkey_sign_in"}


#: The wall stands in front of the pages, whatever database lies behind them.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with today_is(TODAY), db.transaction():
        made = make_world()
        for person in made.people.values():
            an_app(person)
    with today_is(TODAY):
        yield made


def _half(app: Flask, person: Person) -> Visitor:
    """Signed in through the form's service, so that the session waits for the second factor."""
    return Visitor(app).sign_in(person, half=True)


def _address(app: Flask, rule: Rule, world: World) -> str:
    """The address of a route; what the world does not hold is a thing that does not exist."""
    unknown = {
        name: NOWHERE if type(converter).__name__ == "UUIDConverter" else "1"
        for name, converter in rule._converters.items()
        if name not in world.values
    }
    return address(app, rule, world, **unknown)


def _is_led_away(response: Any) -> bool:
    return response.status_code == 302 and "/sign-in/second" in (response.location or "")


def test_with_a_factor_to_give_no_page_opens(app: Flask, world: World) -> None:
    wrong = []
    for person in (world.people["teacher"], world.people["network_administrator"]):
        client = _half(app, person).client
        for method in ("GET", "POST"):
            for rule in opened(app, method):
                if rule.endpoint in PUBLIC | WAY_OUT | OPEN_FORMS or rule.endpoint == "workplace_neutral.mentor_photo":
                    continue
                path = _address(app, rule, world)
                token = {"csrf_token": Visitor.token_of(client)} if method == "POST" else None
                answer = client.open(path, method=method, data=token)
                if not _is_led_away(answer):
                    wrong.append(f"{method} {rule.endpoint}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_public_pages_show_half_signed_in_people_nothing_of_theirs(app: Flask, world: World) -> None:
    visitor = _half(app, world.people["teacher"])
    for path in ("/tr/", "/tr/course", "/tr/course/demo-kurs", "/tr/sign-in"):
        assert "Kanarya" not in visitor.open(path).text


def test_with_a_factor_to_set_up_only_setting_up_opens(app: Flask, world: World) -> None:
    with db.transaction():
        person = service.person(world.people["assessor"].id)
        second_factor.reset_factors(person, "lost", by=acting(world.people["network_administrator"]))
    second_factor.configure(required=True)
    client = Visitor(app).sign_in(person, half=True).client
    wrong = []
    for rule in opened(app):
        if rule.endpoint in PUBLIC | WAY_OUT | OPEN_FORMS or rule.endpoint == "workplace_neutral.mentor_photo":
            continue
        answer = client.get(_address(app, rule, world))
        if _is_led_away(answer) == (rule.endpoint in SETTING_UP) and rule.endpoint != "accounts.passkey":
            wrong.append(f"{rule.endpoint}: {answer.status_code}")
    second_factor.configure(required=False)
    assert not wrong, "\n".join(wrong)
