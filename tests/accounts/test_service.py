"""Signing in, links and limits, on both databases."""

import pytest

from lmp.accounts import service
from lmp.core import db
from lmp.core.errors import Gone, RuleBroken, TooMany
from tests.builders.accounts import PASSWORD, a_person


def test_a_person_signs_in_with_their_password(database: db.Scope) -> None:
    who = a_person(email="ogretmen@demo.example", password=PASSWORD)
    token, found = service.sign_in("OGRETMEN@demo.example ", PASSWORD, place="1", agent="x")
    assert found.id == who.id
    resumed = service.resume(token)
    assert resumed is not None
    assert resumed.person.id == who.id


def test_known_and_unknown_people_get_the_same_answer(database: db.Scope) -> None:
    a_person(email="ogretmen@demo.example", password=PASSWORD)
    database.session.commit()
    said = set()
    for email in ("ogretmen@demo.example", "nobody@demo.example"):
        with pytest.raises(RuleBroken) as refused:
            service.sign_in(email, "wrong password", place="1", agent="x")
        said.add(refused.value.message.msgid)
    assert len(said) == 1


def test_ten_wrong_passwords_close_the_door_for_a_while(database: db.Scope) -> None:
    a_person(email="ogretmen@demo.example", password=PASSWORD)
    database.session.commit()
    for _ in range(10):
        with pytest.raises(RuleBroken):
            service.sign_in("ogretmen@demo.example", "wrong password", place="1", agent="x")
        database.session.rollback()  # the next request sees what this one left
    with pytest.raises(TooMany):
        service.sign_in("ogretmen@demo.example", PASSWORD, place="1", agent="x")


def test_signing_out_everywhere_ends_every_session(database: db.Scope) -> None:
    who = a_person(email="ogretmen@demo.example", password=PASSWORD)
    token, _ = service.sign_in("ogretmen@demo.example", PASSWORD, place="1", agent="x")
    service.end_sessions(who, by=service.actor_of(who))
    database.session.flush()
    assert service.resume(token) is None


def test_a_link_is_spent_once(database: db.Scope) -> None:
    who = a_person()
    token = service.make_link("mentor", who.id, bound_to={}, bearer_name="Usta Demo", days_valid=14)
    link = service.open_link(token, "mentor")
    service.spend_link(link)
    database.session.expire_all()
    with pytest.raises(Gone):
        service.spend_link(link)
    with pytest.raises(Gone):
        service.open_link(token, "mentor")


def test_a_link_dies_when_its_subject_changes(database: db.Scope) -> None:
    who = a_person()
    token = service.make_link("mentor", who.id, bound_to={}, bearer_name="Usta Demo", days_valid=14)
    service.end_links("mentor", who.id)
    database.session.expire_all()
    with pytest.raises(Gone):
        service.open_link(token)


@pytest.mark.parametrize("name", ["Ö", "I" * 120, "İıĞğÜüŞşÇç Öz"])
def test_names_of_one_letter_and_of_120_are_kept_as_typed(database: db.Scope, name: str) -> None:
    who = a_person(name)
    database.session.expire_all()
    assert service.person(who.id).name == name


def test_turkish_letters_in_an_address_become_plain_ones(database: db.Scope) -> None:
    who = a_person(email="İLKE.IŞIK@demo.example".replace("Ş", "S"))
    assert who.email == "ilke.isik@demo.example"


def test_an_address_is_used_once(database: db.Scope) -> None:
    a_person(email="ogretmen@demo.example")
    with pytest.raises(RuleBroken):
        a_person(email="Ogretmen@Demo.Example")
