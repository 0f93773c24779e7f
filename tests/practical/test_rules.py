"""Scores and decisions of the practical test, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.core.errors import Conflict, RuleBroken
from lmp.practical import rules
from lmp.practical.rules import Item

ITEMS = [Item(f"c{n}", (0, 1, 2), must=n == 1) for n in range(1, 11)]
ALL_BEST = {item.id: 2 for item in ITEMS}


def test_all_best_levels_give_a_hundred_and_pass() -> None:
    found = rules.result(ITEMS, ALL_BEST, 70)
    assert (found.score, found.passed) == (100, True)


def test_a_failed_critical_step_fails_the_test_whatever_the_score() -> None:
    found = rules.result(ITEMS, {**ALL_BEST, "c1": 0}, 70)
    assert (found.score, found.failed_steps, found.passed) == (90, ("c1",), False)


def test_a_score_just_below_the_pass_mark_is_not_rounded_up() -> None:
    items = [Item(f"c{n}", (0, 1, 3), must=False) for n in range(1, 9)]
    levels = {item.id: 2 for item in items} | {"c1": 1, "c2": 1, "c3": 1, "c4": 0}
    assert rules.result(items, levels, 70).score == 62
    assert not rules.result(items, levels, 63).passed


def test_an_open_criterion_passes_nothing() -> None:
    found = rules.result(ITEMS, {key: value for key, value in ALL_BEST.items() if key != "c9"}, 70)
    assert found.open_items == ("c9",)
    assert not found.passed
    with pytest.raises(RuleBroken) as refused:
        rules.check_complete(found)
    assert refused.value.field == "c9"


@pytest.mark.parametrize("levels", [{"c99": 1}, {"c1": 3}, {"c1": -1}])
def test_unknown_criteria_and_levels_are_refused(levels: dict[str, int]) -> None:
    with pytest.raises(RuleBroken):
        rules.check_levels(ITEMS, levels)


def test_a_test_is_neither_in_the_future_nor_before_the_run() -> None:
    with pytest.raises(RuleBroken):
        rules.check_day(date(2026, 12, 2), date(2026, 12, 1), date(2026, 11, 1))
    with pytest.raises(RuleBroken):
        rules.check_day(date(2026, 10, 31), date(2026, 12, 1), date(2026, 11, 1))
    rules.check_day(date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 1))


def test_there_are_two_attempts_and_none_after_a_pass() -> None:
    assert rules.check_new_attempt([]) == 1
    assert rules.check_new_attempt([False]) == 2
    with pytest.raises(RuleBroken):
        rules.check_new_attempt([False, False])
    with pytest.raises(Conflict):
        rules.check_new_attempt([True])


def test_a_stale_window_is_noticed() -> None:
    with pytest.raises(Conflict):
        rules.check_version(1, 2)


@given(st.dictionaries(st.sampled_from([item.id for item in ITEMS]), st.integers(0, 2)))
def test_a_score_is_always_between_nothing_and_a_hundred(levels: dict[str, int]) -> None:
    found = rules.result(ITEMS, levels, 70)
    assert 0 <= found.score <= 100
    assert found.passed == (not found.open_items and not found.failed_steps and found.score >= 70)
