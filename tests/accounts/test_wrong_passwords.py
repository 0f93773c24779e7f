"""Guessing passwords: strangers are stopped, owners are not."""

from itertools import product

import pytest
from argon2 import PasswordHasher
from flask import Flask

from lmp.accounts import service
from lmp.accounts.service import people, sessions
from lmp.core import db
from lmp.core.errors import RuleBroken, TooMany
from tests.builders.accounts import PASSWORD, a_person
from tests.builders.mails import link_of, newest
from tests.visitor import Visitor

EMAIL = "hedef@demo.example"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm with the smallest costs: five hundred attempts are about counting."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(people, "HASHER", cheap)
    monkeypatch.setattr(sessions, "HASHER", cheap)
    sessions._nobodys_hash.cache_clear()


@pytest.fixture
def owner(app: Flask) -> Visitor:
    """The owner of the account, who has signed in with this browser before."""
    with db.transaction():
        a_person(email=EMAIL, password=PASSWORD)
    visitor = Visitor(app)
    signed_in(visitor)
    visitor.send("/tr/sign-out")
    return visitor


def signed_in(visitor: Visitor, password: str = PASSWORD, expect: int = 303) -> str:
    form = visitor.open("/tr/sign-in").form("/sign-in")
    return visitor.send("/tr/sign-in", form, email=EMAIL, password=password, expect=expect).response.get_data(
        as_text=True
    )


def attack(places: int, each: int) -> tuple[int, int]:
    """Wrong passwords from so many places; answers how many were tried and how many refused unread."""
    tried = refused = 0
    for place, _number in product(range(places), range(each)):
        with db.work():
            try:
                service.sign_in(EMAIL, "wrong password", place=f"10.0.0.{place}", agent="x")
            except TooMany:
                refused += 1
            except RuleBroken:
                tried += 1
    return tried, refused


def test_of_500_wrong_passwords_from_one_place_ten_are_tried(app: Flask, owner: Visitor) -> None:
    assert attack(1, 500) == (10, 490)
    signed_in(owner)


def test_500_wrong_passwords_from_fifty_places_end_at_300_and_the_owner_comes_in(app: Flask, owner: Visitor) -> None:
    assert attack(50, 10) == (300, 200)
    signed_in(owner)


def test_on_a_new_device_the_owner_comes_in_with_a_new_password(app: Flask, owner: Visitor) -> None:
    attack(50, 10)
    fresh = Visitor(app)
    page = signed_in(fresh, expect=429)
    assert "Çok sayıda yanlış parola yazıldı." in page
    assert "/tr/password" in page
    fresh.send("/tr/password", fresh.open("/tr/password").form("/password"), email=EMAIL)
    link = link_of(newest("accounts/reset"))
    fresh.send(link, fresh.open(link).form("/m/"), password="quite-another-one")
    signed_in(fresh, "quite-another-one")


def test_a_known_browser_is_limited_too(owner: Visitor) -> None:
    for _ in range(10):
        signed_in(owner, "wrong password", expect=422)
    assert "Çok sayıda" in signed_in(owner, expect=429)


def test_the_browser_of_one_person_is_a_stranger_to_another(app: Flask, owner: Visitor) -> None:
    with db.transaction():
        a_person(email="baska@demo.example", password=PASSWORD)
    for number in range(11):
        form = owner.open("/tr/sign-in").form("/sign-in")
        expect = 422 if number < 10 else 429
        owner.send("/tr/sign-in", form, email="baska@demo.example", password="wrong password", expect=expect)
    signed_in(owner)
