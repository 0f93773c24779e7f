"""Many hands on one roster: it is closed once, its minutes are posted once, and nobody's marks are lost."""

from collections.abc import Callable
from datetime import time
from uuid import UUID

import pytest
from flask import Flask

from lmp.access import Actor
from lmp.core import clock, db
from lmp.core.errors import Conflict
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.meeting import service
from lmp.meeting.models import HalfDay
from tests.builders.meeting import MONDAY, PRESENT, a_meeting_run, again, halves, marked, participants, teaching
from tests.races.hands import ROUNDS, at_once

HANDS = 10
NAMES = tuple(f"Kişi {number} Demo" for number in range(HANDS))


def at_six(act: Callable[[], str]) -> str:
    """An act on Monday evening, in a transaction of its own."""
    with clock.at(clock.wall(MONDAY, time(18))):
        try:
            with db.transaction():
                return act()
        except Conflict:
            return "conflict"


@pytest.fixture
def two_halves(app: Flask) -> tuple[HalfDay, HalfDay, list[Enrolment], Actor]:
    """Two half days of Monday with ten people, nobody marked."""
    with clock.at(clock.wall(MONDAY, time(18))), db.transaction():
        run = a_meeting_run()
        people = participants(run, NAMES)
        first, second = halves(run)[:2]
        return first, second, people, teaching(run)


def posted(people: list[Enrolment]) -> list[tuple[int, int]]:
    """Entries and minutes of everybody."""
    with db.reading():
        assert hours.check() == []
        return [(len(hours.entries(one.id)), hours.sums(one.id)[Strand.MEETING]) for one in people]


@pytest.mark.parametrize("_round", ROUNDS)
def test_ten_closings_at_once_post_once(
    two_halves: tuple[HalfDay, HalfDay, list[Enrolment], Actor], _round: int
) -> None:
    half, _second, people, actor = two_halves
    at_six(lambda: str(marked(again(half), {}, rest_present=True)))

    def close() -> str:
        return str(service.close(again(half), by=actor))

    outcomes = at_once([lambda: at_six(close)] * HANDS)
    assert outcomes == {str(HANDS): 1, "conflict": HANDS - 1}
    assert posted(people) == [(1, 180)] * HANDS


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_rosters_of_the_same_people_are_closed_at_once(
    two_halves: tuple[HalfDay, HalfDay, list[Enrolment], Actor], _round: int
) -> None:
    *both, people, actor = two_halves
    for half in both:
        at_six(lambda half=half: str(marked(again(half), {}, rest_present=True)))  # type: ignore[misc]  # bound at once
    acts = [lambda half=half: at_six(lambda: str(service.close(again(half), by=actor))) for half in both]
    assert at_once(acts) == {str(HANDS): 2}
    assert posted(people) == [(2, 360)] * HANDS


@pytest.mark.parametrize("_round", ROUNDS)
def test_ten_hands_that_mark_a_person_each_lose_no_mark(
    two_halves: tuple[HalfDay, HalfDay, list[Enrolment], Actor], _round: int
) -> None:
    half, _second, people, actor = two_halves

    def marking(enrolment_id: UUID) -> Callable[[], str]:
        def act() -> str:
            return str(service.mark(again(half), {enrolment_id: PRESENT}, seen={}, by=actor))

        return lambda: at_six(act)

    assert at_once([marking(one.id) for one in people]) == {"[]": HANDS}
    with db.reading():
        assert all(line.choice == PRESENT for line in service.roster(again(half)))
