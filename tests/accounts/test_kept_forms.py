"""A session that ended during a long form: the person signs in and finds what they typed."""

import pytest
from flask import Flask

from lmp.accounts import service
from lmp.accounts.models import KeptForm, Person
from lmp.core import clock, db
from tests.builders.accounts import PASSWORD, a_person, acting
from tests.builders.content import a_published_course
from tests.builders.workplace import MONDAY, a_placement, a_teacher_in_a_run, today_is
from tests.guards.world import TODAY
from tests.visitor import Visitor

WORDS = "Panoyu söküp yeniden kurdum; ölçüler ek kâğıtta."


@pytest.fixture
def day(app: Flask) -> tuple[Person, str]:
    """A teacher with a password, and the address of a day of their log."""
    from sqlalchemy import update

    with today_is(TODAY), db.transaction() as session:
        running = a_teacher_in_a_run(a_published_course())
        placement = a_placement(running)
        secret = a_person(password=PASSWORD).password_hash
        session.execute(update(Person).where(Person.id == running.person_id).values(password_hash=secret))
        session.refresh(running.person)
        return running.person, f"/tr/log/{placement.id}/{MONDAY}"


def _typed(visitor: Visitor, path: str) -> dict[str, object]:
    return {**visitor.open(path).form("/log/"), "reflection": WORDS, "starts": "08.15"}


def _end_sessions(who: Person) -> None:
    with db.transaction() as session:
        found = session.get_one(Person, who.id)
        service.end_sessions(found, by=acting(found))


def _signed_in(visitor: Visitor, wall_form: dict[str, object], who: Person, password: str = PASSWORD) -> str:
    return visitor.send("/tr/sign-in", wall_form, email=who.email, password=password).location


def test_what_was_typed_is_shown_after_signing_in(app: Flask, day: tuple[Person, str]) -> None:
    who, path = day
    with today_is(TODAY):
        visitor = Visitor(app).sign_in(who)
        typed = _typed(visitor, path)
        _end_sessions(who)
        wall = visitor.send(path, typed, expect=401)
        assert "Yazdıklarınız" in wall.text or "yazdıklarınız" in wall.text
        assert WORDS not in wall.html, "who sits there next reads nothing"
        page = visitor.open(_signed_in(visitor, wall.form("/sign-in"), who))
        assert page.h1 == "Yazdıklarınız burada"
        again = visitor.send(path, {**page.form("/log/"), "_lang": "tr"}, expect=200)
        assert WORDS in again.html
        assert again.form("/log/")["starts"] == "08.15"
        visitor.send(path, again.form("/log/"))
        assert WORDS in visitor.open(path).html


def test_a_wrong_password_in_between_loses_nothing(app: Flask, day: tuple[Person, str]) -> None:
    who, path = day
    with today_is(TODAY):
        visitor = Visitor(app).sign_in(who)
        typed = _typed(visitor, path)
        _end_sessions(who)
        wall = visitor.send(path, typed, expect=401)
        form = {**wall.form("/sign-in"), "email": who.email, "password": "wrong"}
        refused = visitor.send("/tr/sign-in", form, expect=422)
        assert "/kept/" in _signed_in(visitor, refused.form("/sign-in"), who)


def test_somebody_else_who_signs_in_there_gets_nothing(app: Flask, day: tuple[Person, str]) -> None:
    who, path = day
    with db.transaction():
        other = a_person("Başkası Demo", email="baskasi@demo.example", password=PASSWORD)
    with today_is(TODAY):
        visitor = Visitor(app).sign_in(who)
        typed = _typed(visitor, path)
        _end_sessions(who)
        wall = visitor.send(path, typed, expect=401)
        assert "/kept/" not in _signed_in(visitor, wall.form("/sign-in"), other)
    with db.reading() as session:
        assert not session.query(KeptForm).count()


def test_passwords_are_never_kept(app: Flask) -> None:
    with db.transaction():
        who = a_person(password=PASSWORD)
    visitor = Visitor(app).sign_in(who)
    form = visitor.open("/tr/profile/address").form("/profile/address")
    _end_sessions(who)
    wall = visitor.send("/tr/profile/address", form, email="x@demo.example", password="secret-secret", expect=401)
    page = visitor.open(_signed_in(visitor, wall.form("/sign-in"), who))
    assert "x@demo.example" in page.html
    assert "secret-secret" not in page.html


def test_a_form_of_another_tab_is_shown_again(app: Flask, day: tuple[Person, str]) -> None:
    who, path = day
    app.config["WTF_CSRF_ENABLED"] = True
    with today_is(TODAY):
        visitor = Visitor(app).sign_in(who)
        typed = {**_typed(visitor, path), "csrf_token": "of-an-older-session"}
        late = visitor.send(path, typed, expect=400)
        assert late.h1 == "Form geç geldi"
        again = visitor.send(path, {**late.form("/log/"), "_lang": "tr"}, expect=200)
        assert WORDS in again.html


def test_what_another_site_sends_is_not_offered(app: Flask, day: tuple[Person, str]) -> None:
    who, path = day
    with today_is(TODAY):
        visitor = Visitor(app).sign_in(who)
        answer = visitor.client.post(path, data={"reflection": "kötü"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 400
        assert "kötü" not in answer.get_data(as_text=True)


def test_what_was_kept_is_the_owners_and_forgotten_after_a_day(app: Flask) -> None:
    with db.transaction():
        who, other = a_person(), a_person("Başkası Demo")
        kept = service.kept_forms.keep(who, "/tr/profile/name", [("name", "Kanarya")])
    Visitor(app).sign_in(other).open(f"/tr/kept/{kept.id}", expect=404)
    assert "Kanarya" in Visitor(app).sign_in(who).open(f"/tr/kept/{kept.id}").html
    with clock.at(clock.now() + service.kept_forms.KEPT * 1.1), db.transaction() as session:
        service.kept_forms.sweep()
        assert not session.query(KeptForm).count()
