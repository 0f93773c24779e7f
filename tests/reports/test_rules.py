"""Months, percentiles, and the numbers that must not be computed from the others."""

from collections import defaultdict
from datetime import date
from itertools import combinations_with_replacement, product
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmp.reports import rules
from lmp.reports.rules import FEWEST, Shown, Waited, begun_days, protect, waited


def test_a_period_is_a_year_or_the_last_twelve_months() -> None:
    today = date(2026, 2, 28)
    twelve = rules.period(None, [2026, 2025], today)
    assert (twelve.months[0], twelve.months[-1], len(twelve.months)) == (date(2025, 3, 1), date(2026, 2, 1), 12)
    assert rules.period("2025", [2026, 2025], today).months[-1] == date(2025, 12, 1)
    assert rules.period("1999", [2026], today) == twelve


def test_a_begun_day_counts_whole() -> None:
    assert [begun_days(seconds) for seconds in (-5, 0, 1, 86_400, 86_401, 10**9)] == [1, 1, 1, 1, 2, 90]


@pytest.mark.parametrize(
    ("days", "expected"),
    [({}, None), ({3: 1}, Waited(1, 3, 3)), ({1: 5, 2: 4, 9: 1}, Waited(10, 1, 2)), ({1: 1, 9: 1}, Waited(2, 1, 9))],
)
def test_half_and_nine_of_ten(days: dict[int, int], expected: Waited | None) -> None:
    assert waited(days) == expected


@given(st.dictionaries(st.integers(1, 90), st.integers(1, 1_000_000), min_size=1))
def test_percentiles_hold_for_what_they_say(days: dict[int, int]) -> None:
    found = waited(days)
    assert found is not None
    number = sum(days.values())
    for most, part in ((found.half, 0.5), (found.most, 0.9)):
        within = sum(n for day, n in days.items() if day <= most)
        before = sum(n for day, n in days.items() if day < most)
        assert within >= part * number > before


def test_a_small_group_is_never_shown() -> None:
    assert protect({"a": 3, "b": 30, "c": 40}, 73) == {"a": Shown(None, True), "b": Shown(None), "c": Shown(40)}


def test_large_groups_and_nought_are_shown() -> None:
    assert protect({"a": 0, "b": 5}, 5) == {"a": Shown(0), "b": Shown(5)}


def test_a_table_of_small_groups_only_is_not_shown() -> None:
    assert protect({"a": 1, "b": 4, "c": 1}, 6) is None
    assert protect({"a": 1}, 1) is None


def test_nobody_is_nothing() -> None:
    assert protect({}, 0) == {}


def test_whoever_knows_the_rule_and_subtracts_still_learns_no_small_number() -> None:
    """Every table of three groups and at most nineteen people: what looks the same must leave each small group open."""
    seen: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for cells in product(range(20), repeat=3):
        shown = protect(dict(enumerate(cells)), sum(cells))
        if shown is not None and sum(cells) < 20:
            seen[*shown.values(), sum(cells)].append(cells)
    for (*shown_cells, _total), tables in seen.items():
        for place, cell in enumerate(shown_cells):
            if isinstance(cell, Shown) and cell.few:
                assert len({table[place] for table in tables}) > 1, (shown_cells, tables)


@given(st.dictionaries(st.integers(0, 81), st.integers(0, 1_000_000), max_size=30))
def test_what_is_shown_is_true_and_never_small(cells: dict[int, int]) -> None:
    shown = protect(cells, sum(cells.values()))
    for key, value in (shown or {}).items():
        assert value.value in (None, cells[key])
        assert not (0 < cells[key] < FEWEST and not value.hidden)
        assert value.few == (0 < cells[key] < FEWEST)


#: One teacher of a made-up network: the province of their school, and the fields of each of their courses.
_PEOPLE = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.lists(st.sampled_from([(1,), (2,), (3,), (1, 2), (2, 3), (4,)]), min_size=1, max_size=2, unique=True),
    ),
    max_size=90,
)


def by_fields(courses: list[tuple[int, ...]]) -> tuple[int, ...]:
    """The line a teacher counts in, as the totals count it: the fields of their courses where these are the same."""
    return courses[0] if len(set(courses)) == 1 else ()


@settings(deadline=None)
@given(_PEOPLE)
def test_no_number_sum_or_difference_of_public_tables_singles_out_a_few(
    people: list[tuple[int, list[tuple[int, ...]]]],
) -> None:
    """Each number, what is left of everybody beside one or two of them, and what one group has more than another within it."""
    everybody = set(range(len(people)))
    if len(everybody) < FEWEST:
        return  # then neither table is shown, nor how many they are
    for line_of in (lambda one: one[0], lambda one: by_fields(one[1])):
        groups: dict[Any, set[int]] = defaultdict(set)
        for number, teacher in enumerate(people):
            groups[line_of(teacher)].add(number)
        shown = protect({key: len(group) for key, group in groups.items()}, len(everybody))
        if shown is None:
            continue
        public = [groups[key] for key, value in shown.items() if not value.hidden] + [everybody]
        for one, other in combinations_with_replacement(public, 2):
            for left in (one | other, everybody - one, everybody - (one | other)):
                assert not 0 < len(left) < FEWEST, (shown, left)
            if one < other or other < one:
                assert len(one ^ other) >= FEWEST, (shown, one ^ other)


def test_fields_that_overlap_would_give_a_few_away() -> None:
    """Why every teacher counts in one line only: 30 of a field and 33 altogether would single out three."""
    of_one, of_two = 30, 33
    assert protect({"one": of_one, "two": of_two}, 33) == {"one": Shown(30), "two": Shown(33)}
    alike = protect({"one and two": of_one, "two only": of_two - of_one}, 33)
    assert alike == {"one and two": Shown(None), "two only": Shown(None, True)}


def test_the_same_fields_are_the_same_group() -> None:
    one, two = uuid4(), uuid4()
    assert rules.group_of([one]) == one
    assert rules.group_of([one, two]) == rules.group_of([two, one]) != one
