"""One person, two roles, two centres: each role sees only its own centre."""

import pytest
from flask import Flask

from lmp.access import Role, ScopeKind
from lmp.accounts import service
from lmp.accounts.models import Person
from lmp.core import db
from tests.builders.accounts import BY, a_centre, a_centre_administrator, a_person
from tests.builders.content import a_published_course
from tests.builders.enrolment import a_run
from tests.visitor import Visitor


@pytest.fixture
def person(app: Flask) -> Person:
    """A trainer of the first centre who coordinates the second."""
    with db.transaction():
        first, second = a_centre(), a_centre("smm-bur-oib")
        who = a_person("İki Rollü Demo")
        service.grant(who, Role.TRAINER, ScopeKind.CENTRE, str(first.id), by=BY)
        service.grant(who, Role.CENTRE_ADMINISTRATOR, ScopeKind.CENTRE, str(second.id), by=BY)
        version = a_published_course()
        a_run(version, administrator=a_centre_administrator(first), trainers=[who])
        return who


def test_the_role_in_use_is_seen_and_switched(app: Flask, person: Person) -> None:
    visitor = Visitor(app).sign_in(person)
    assert "eğitim görevlisi" in visitor.open("/tr/today").text
    visitor.send("/tr/role", role="centre_administrator")
    page = visitor.open("/tr/today")
    assert [button.get("value") for button in page.all("button", aria_current="true")] == ["centre_administrator"]


def test_each_role_sees_its_own_centre_only(app: Flask, person: Person) -> None:
    visitor = Visitor(app).sign_in(person)
    assert "Demo" in visitor.open("/tr/run").text
    runs = [url for url in visitor.open("/tr/run").links().values() if url.startswith("/tr/run/0")]
    assert runs
    visitor.open(runs[0])
    visitor.send("/tr/role", role="centre_administrator")
    assert not [url for url in visitor.open("/tr/run").links().values() if url.startswith("/tr/run/0")]
    visitor.open(runs[0], expect=404)


def test_a_link_to_a_page_of_the_other_role_changes_the_role_and_says_so(app: Flask, person: Person) -> None:
    visitor = Visitor(app).sign_in(person)
    page = visitor.open("/tr/run/new")
    assert "Şimdiki rolünüz" in page.text
    assert [button.get("value") for button in page.all("button", aria_current="true")] == ["centre_administrator"]
