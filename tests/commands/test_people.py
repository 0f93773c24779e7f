"""People and roles from the command line."""

from pathlib import Path

import pytest

from tests.commands.conftest import Lmp

ADD = ("people", "add", "ayse@okul.example", "--name", "Ayşe Yıldız")


@pytest.fixture(autouse=True)
def _place(place: Path) -> None:
    """Every command here meets an empty place."""


def test_somebody_is_added_with_a_role_of_a_centre(lmp: Lmp) -> None:
    done = lmp(*ADD, "--role", "centre_administrator", "--centre", "smm-ank-cezeri")

    assert done.exit_code == 0, done.output
    assert "ayse@okul.example: invited; the link, which works once: http" in done.output
    assert "centre_administrator (centre " in lmp("people", "list").output


def test_a_role_that_needs_a_place_says_which(lmp: Lmp) -> None:
    lacking = lmp(*ADD, "--role", "trainer")

    assert lacking.exit_code == 1
    assert "needs --centre SLUG, one of:" in lacking.output
    assert "nothing" in lmp("people", "list").output


def test_a_role_is_given_once(lmp: Lmp) -> None:
    lmp(*ADD)

    first = lmp("people", "grant", "ayse@okul.example", "approver", "--province", "6")
    second = lmp("people", "grant", "ayse@okul.example", "approver", "--province", "6")

    assert "granted" in first.output
    assert "held already" in second.output


def test_nobody_with_that_address_is_told_what_to_do(lmp: Lmp) -> None:
    done = lmp("people", "grant", "kimse@okul.example", "teacher")

    assert done.exit_code == 1
    assert "lmp people add" in done.output


def test_an_address_in_use_is_refused(lmp: Lmp) -> None:
    lmp(*ADD)

    assert "already" in lmp(*ADD).output


def test_the_list_goes_on_after_an_address(lmp: Lmp) -> None:
    for name in ("a", "b", "c"):
        lmp("people", "add", f"{name}@okul.example", "--name", name.upper())

    listed = lmp("people", "list", "--after", "a@okul.example", "--limit", "1", "--json").output

    assert "b@okul.example" in listed
    assert "c@okul.example" not in listed
