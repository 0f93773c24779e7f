"""Thirty hands post the same hours of one person at once: one posting is accepted, on both databases."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask

from lmp.core import db
from lmp.core.errors import RuleBroken
from lmp.enrolment.models import Enrolment
from lmp.hours import service
from lmp.hours.models import LedgerHead, MinuteEntry, Strand
from tests.builders.enrolment import a_running_enrolment
from tests.races.hands import ROUNDS, at_once

HANDS = 30
DAY = date(2026, 12, 2)
MORNING = datetime(2026, 12, 2, 5, 30, tzinfo=UTC)


def _post(enrolment_id: UUID, *, source_id: str, starts_at: datetime) -> str:
    """Post an hour in a transaction of its own."""
    try:
        with db.transaction() as session:
            posted = service.post(
                enrolment=session.get_one(Enrolment, enrolment_id),
                strand=Strand.WORKPLACE,
                minutes=60,
                day=DAY,
                source_kind="day_entry",
                source_id=source_id,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=1),
            )
            return "accepted" if posted is not None else "known"
    except RuleBroken:
        return "refused"


@pytest.fixture
def enrolment_id(app: Flask) -> UUID:
    """A teacher whose ledger is empty: the very first postings race for its head, too."""
    with db.transaction():
        return a_running_enrolment().id


def post_with_thirty_hands(enrolment_id: UUID, source: str, apart: timedelta) -> Counter[str]:
    """Every hand posts an hour, each `apart` from the one before; {hand} in the source is the number of the hand."""

    def posting(hand: int) -> Callable[[], str]:
        return lambda: _post(enrolment_id, source_id=source.format(hand=hand), starts_at=MORNING + hand * apart)

    return at_once([posting(hand) for hand in range(HANDS)])


def _what_stands(enrolment_id: UUID) -> tuple[int, int]:
    """Entries and minutes."""
    with db.reading():
        return len(service.entries(enrolment_id)), service.sums(enrolment_id)[Strand.WORKPLACE]


@pytest.mark.parametrize("_round", ROUNDS)
def test_of_thirty_overlapping_intervals_one_is_accepted(enrolment_id: UUID, _round: int) -> None:
    outcomes = post_with_thirty_hands(enrolment_id, "day {hand}", timedelta(minutes=1))
    assert outcomes == {"accepted": 1, "refused": HANDS - 1}
    assert _what_stands(enrolment_id) == (1, 60)


@pytest.mark.parametrize("_round", ROUNDS)
def test_thirty_postings_of_one_source_count_once(enrolment_id: UUID, _round: int) -> None:
    outcomes = post_with_thirty_hands(enrolment_id, "one day", timedelta())
    assert outcomes == {"accepted": 1, "known": HANDS - 1}
    assert _what_stands(enrolment_id) == (1, 60)


@pytest.mark.parametrize("_round", ROUNDS)
def test_thirty_hours_one_after_the_other_are_all_accepted(enrolment_id: UUID, _round: int) -> None:
    outcomes = post_with_thirty_hands(enrolment_id, "hour {hand}", timedelta(hours=1))
    assert outcomes == {"accepted": HANDS}
    assert _what_stands(enrolment_id) == (HANDS, HANDS * 60)
    with db.reading() as session:
        assert service.check() == []
        assert session.query(LedgerHead.n).scalar() == HANDS
        assert session.query(MinuteEntry.person_id).distinct().count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_thirty_reversals_take_back_once(enrolment_id: UUID, _round: int) -> None:
    _post(enrolment_id, source_id="one day", starts_at=MORNING)

    def reverse() -> str:
        with db.transaction():
            return "reversed" if service.reverse("day_entry", "one day") is not None else "nothing"

    assert at_once([reverse] * HANDS) == {"reversed": 1, "nothing": HANDS - 1}
    assert _what_stands(enrolment_id) == (2, 0)
