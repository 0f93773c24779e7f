"""Rights that end, end at once: in every open browser, for every page and file, over HTTP and without waiting."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.accounts.service import directory
from lmp.core import db
from lmp.privacy import service as privacy
from lmp.privacy.rules import Kind
from tests.builders.accounts import a_network_administrator, acting
from tests.builders.factors import an_app
from tests.builders.workplace import today_is
from tests.guards.test_access import MAY_OPEN, PUBLIC, A, C, N, P, R, T, address, opened
from tests.guards.walking import signed_in
from tests.guards.world import TODAY, World, make_world
from tests.visitor import Visitor

ONE_ENGINE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FOR_ALL = {T, R, A, C, P, N}


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with today_is(TODAY), db.transaction():
        made = make_world()
    with today_is(TODAY):
        yield made


@pytest.fixture
def official(app: Flask, world: World) -> Visitor:
    """A ministry official at work."""
    with db.transaction():
        who = a_network_administrator("Yetkili Demo")
    return Visitor(app).sign_in(who)


def act(official: Visitor, person: Person, what: str) -> None:
    """The official does something to a person on their page and says why."""
    path = f"/tr/people/{person.id}/{what}"
    official.send(path, official.open(path).form(), reason="Görev bitti")


def walled(app: Flask, world: World) -> list[tuple[str, str]]:
    """Every route behind the sign-in wall with its address."""
    rules = [rule for rule in opened(app) if rule.endpoint not in PUBLIC | {"workplace_neutral.mentor_photo"}]
    return [(rule.endpoint, address(app, rule, world)) for rule in rules]


def still_open(client: FlaskClient, routes: list[tuple[str, str]]) -> list[str]:
    """The routes that do not lead to the sign-in page."""
    answers = ((endpoint, client.get(f"{path}?format=csv")) for endpoint, path in routes)
    return [endpoint for endpoint, answer in answers if "/sign-in" not in (answer.location or "")]


@ONE_ENGINE
def test_a_role_that_ends_shuts_every_page_and_file_of_it(app: Flask, world: World, official: Visitor) -> None:
    for role in (R, A, C, P):
        person = world.people[role]
        client = signed_in(app, person)
        routes = [(endpoint, path) for endpoint, path in walled(app, world) if role in MAY_OPEN[endpoint] != FOR_ALL]
        assert all(client.get(path).status_code in (200, 302) for _endpoint, path in routes[:3])
        grant = directory_grant(person)
        act(official, person, f"grant/{grant}/end")
        for endpoint, path in routes:
            for asked in (path, f"{path}?format=csv", f"{path}?format=xlsx"):
                assert client.get(asked).status_code in (403, 404), f"{endpoint} stays open to a former {role}"


def directory_grant(person: Person) -> str:
    """The grant somebody holds."""
    with db.reading():
        return str(directory.grants_held([person.id])[person.id][0].id)


@ONE_ENGINE
def test_whoever_is_suspended_loses_every_page_file_and_link_at_once(
    app: Flask, world: World, official: Visitor
) -> None:
    for role in (T, C):
        person = world.people[role]
        here, there = signed_in(app, person), signed_in(app, person)
        with db.transaction():
            link = accounts.make_link("reset", person.id, bound_to={"epoch": 1}, bearer_name=person.name, days_valid=3)
        assert app.test_client().get(f"/m/{link}").status_code == 200
        act(official, person, "suspend")
        for client in (here, there):
            assert not still_open(client, walled(app, world))
        assert app.test_client().get(f"/m/{link}").status_code == 410


@ONE_ENGINE
def test_a_file_of_ones_data_is_nobodys_after_a_suspension(app: Flask, world: World, official: Visitor) -> None:
    person = world.people[T]
    with db.transaction():
        request = privacy.ask(person, Kind.DOWNLOAD, "", by=acting(person))
        privacy.JOBS["privacy.download"]({"request": str(request.id)})
    client = signed_in(app, person)
    assert client.get(f"/tr/my-data/{request.id}").mimetype == "application/zip"
    act(official, person, "suspend")
    assert "/sign-in" in (client.get(f"/tr/my-data/{request.id}").location or "")


@ONE_ENGINE
def test_a_second_factor_that_is_reset_ends_every_session(app: Flask, world: World, official: Visitor) -> None:
    person = world.people[R]
    with db.transaction() as session:
        an_app(session.get_one(Person, person.id))
    client = signed_in(app, person)
    assert client.get("/tr/today").status_code == 200
    act(official, person, "reset-factor")
    assert not still_open(client, walled(app, world))


@ONE_ENGINE
@pytest.mark.parametrize("ended", ["the person", "the official"])
def test_looking_with_somebodys_eyes_ends_with_either_right(
    app: Flask, world: World, official: Visitor, ended: str
) -> None:
    with db.transaction():
        looking_one = a_network_administrator("Bakan Göz")
    looking = Visitor(app).sign_in(looking_one)
    person = world.people[T]
    act(looking, person, "act-as")
    assert looking.open("/tr/training").status == 200
    act(official, person if ended == "the person" else looking_one, "suspend")
    answer = looking.client.get("/tr/training")
    shown = answer.get_data(as_text=True)
    assert answer.status_code in (302, 403)
    assert "gözünden" not in shown
    assert "Kanarya" not in shown


@ONE_ENGINE
def test_a_principal_who_moves_decides_for_the_new_school_only(app: Flask, world: World, official: Visitor) -> None:
    person, step = world.people[P], world.values["step_id"]
    client = signed_in(app, person)
    assert client.get(f"/tr/application/{step}").status_code == 200
    act(official, person, f"grant/{directory_grant(person)}/end")
    path = f"/tr/people/{person.id}/grant/approver"
    form = official.open(path).form()
    official.send(path, form, reach="school", school="Paylaşılan MTAL", until_on="")
    assert client.get("/tr/application").status_code == 200
    assert client.get(f"/tr/application/{step}").status_code == 404
    assert "Kanarya" not in client.get("/tr/application").get_data(as_text=True).replace(person.name, "")
