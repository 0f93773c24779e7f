"""What the ledger allows and how minutes are counted."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.core import messages
from lmp.core.errors import RuleBroken
from lmp.hours import rules
from lmp.hours.models import Strand
from lmp.hours.rules import Interval

START = datetime(2026, 12, 2, 5, 30, tzinfo=UTC)


def interval(starts: int, ends: int) -> Interval:
    """An interval in minutes after START."""
    return Interval(START + timedelta(minutes=starts), START + timedelta(minutes=ends))


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ((0, 60), (30, 90), True),
        ((0, 60), (0, 60), True),
        ((0, 60), (10, 20), True),
        ((0, 60), (60, 120), False),
        ((0, 60), (120, 180), False),
    ],
)
def test_intervals_overlap_only_when_they_share_time(
    one: tuple[int, int], other: tuple[int, int], shared: bool
) -> None:
    assert rules.overlaps(interval(*one), interval(*other)) is shared
    assert rules.overlaps(interval(*other), interval(*one)) is shared


@given(st.tuples(st.integers(0, 40), st.integers(1, 20)), st.tuples(st.integers(0, 40), st.integers(1, 20)))
def test_overlapping_is_sharing_at_least_one_minute(one: tuple[int, int], other: tuple[int, int]) -> None:
    minutes_of_one = set(range(one[0], one[0] + one[1]))
    minutes_of_other = set(range(other[0], other[0] + other[1]))
    shared = rules.overlaps(interval(one[0], sum(one)), interval(other[0], sum(other)))
    assert shared == bool(minutes_of_one & minutes_of_other)


def test_an_hour_that_is_taken_is_refused_and_the_refusal_names_it() -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.check_free(interval(30, 90), [interval(-60, 0), interval(0, 60)])
    assert refusal.value.field == "starts"
    assert "2 December 2026, 08:30–09:30" in messages.text(refusal.value.message, "en")


def test_an_hour_beside_taken_ones_is_free() -> None:
    rules.check_free(interval(60, 120), [interval(0, 60), interval(120, 180)])


def test_an_interval_is_written_on_the_clock_of_the_wall() -> None:
    assert interval(0, 480).in_language("tr") == "2 Aralık 2026, 08.30–16.30"


@pytest.mark.parametrize("minutes", [0, -1])
def test_only_positive_minutes_can_be_posted(minutes: int) -> None:
    with pytest.raises(ValueError, match="cannot be posted"):
        rules.check_length(minutes, None)


def test_minutes_fit_into_their_interval() -> None:
    rules.check_length(480, interval(0, 480))
    with pytest.raises(ValueError, match="do not fit"):
        rules.check_length(481, interval(0, 480))


def test_sums_name_every_strand_in_the_order_of_the_strands() -> None:
    posted = [(Strand.WORKPLACE, 360), (Strand.ONLINE, 180), (Strand.WORKPLACE, -360), (Strand.WORKPLACE, 400)]
    found = rules.sums(Strand, posted)
    assert list(found) == ["online", "meeting", "workplace", "practical"]
    assert list(found.values()) == [180, 0, 400, 0]


@pytest.mark.parametrize(
    ("minutes", "lesson_minutes", "hours"),
    [(4200, 40, "105.0"), (580, 40, "14.5"), (59, 60, "0.9"), (119, 60, "1.9"), (100, 45, "2.2"), (0, 40, "0.0")],
)
def test_lesson_hours_have_one_decimal_and_are_rounded_down(minutes: int, lesson_minutes: int, hours: str) -> None:
    assert rules.lesson_hours(minutes, lesson_minutes) == Decimal(hours)


@given(st.integers(0, 100_000), st.sampled_from([40, 45, 50, 60]))
def test_lesson_hours_never_say_more_than_was_earned(minutes: int, lesson_minutes: int) -> None:
    assert rules.lesson_hours(minutes, lesson_minutes) * lesson_minutes <= minutes
