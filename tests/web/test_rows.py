"""Rows of a form come and go, and whatever was typed stays typed."""

import pytest

from lmp.web.rows import Sheet, Typed, reshape, tokens


def _days(*titles: str) -> Typed:
    """A form with a day for each title, each with two tasks."""
    values: Typed = {"hazard": ["Gerilim"]}
    for place, title in enumerate(titles):
        row = f"days-{place}"
        values |= {f"{row}-key": [str(place)], f"{row}-title": [title]}
        for task in range(2):
            values |= {f"{row}-tasks-{task}-key": [f"t{task}"], f"{row}-tasks-{task}-text": [f"{title} {task}"]}
    return values | {"notes": ["Not"]}


def _titles(values: Typed) -> list[str]:
    return [values.get(f"days-{token}-title", ["(yeni)"])[0] for token in tokens(values, "days")]


def test_a_row_moves_with_everything_in_it() -> None:
    made = reshape(_days("a", "b", "c"), "up:days-2", {})
    assert (_titles(made.values), made.focus) == (["a", "c", "b"], "days-2")
    assert made.values == _days("a", "b", "c")
    assert _titles(reshape(made.values, "down:days-2", {}).values) == ["a", "b", "c"]


def test_a_row_at_either_end_stays() -> None:
    for act in ("up:days-0", "down:days-1"):
        assert list(reshape(_days("a", "b"), act, {}).values) == list(_days("a", "b"))


def test_a_new_row_comes_last_with_what_it_brings_and_a_name_nobody_has() -> None:
    made = reshape(_days("a", "b"), "add:days", {"days": {"tasks-0-key": [""]}})
    assert _titles(made.values) == ["a", "b", "(yeni)"]
    assert (made.values["days-2-key"], made.values["days-2-tasks-0-key"], made.focus) == ([""], [""], "days-2")
    inner = reshape(_days("a"), "add:days-0-tasks", {})
    assert tokens(inner.values, "days-0-tasks") == ["0", "1", "2"]


def test_a_copy_stands_behind_its_row_and_is_new_in_all_its_parts() -> None:
    made = reshape(_days("a", "b"), "copy:days-0", {})
    assert _titles(made.values) == ["a", "a", "b"]
    assert made.values["days-2-key"] == made.values["days-2-tasks-1-key"] == [""]
    assert made.values["days-2-tasks-1-text"] == ["a 1"]


def test_a_row_that_goes_can_be_brought_back_as_it_was() -> None:
    gone = reshape(_days("a", "b"), "remove:days-0", {}).values
    assert [(row.number, row.is_gone) for row in Sheet(gone).rows("days")] == [(0, True), (1, False)]
    assert Sheet(gone).called("days-0") == "a"
    assert reshape(gone, "keep:days-0", {}).values == _days("a", "b")


def test_an_empty_new_row_goes_at_once() -> None:
    added = reshape(_days("a"), "add:days", {}).values
    assert reshape(added, "remove:days-1", {}).values == _days("a")


@pytest.mark.parametrize(
    "act",
    [
        "",
        "up",
        "up:",
        "up:days",
        "up:days-9",
        "remove:days-0-tasks-7",
        "burn:days-0",
        "copy:-",
        "keep:x-1",
        "up:days-0-",
    ],
)
def test_what_no_button_asks_for_changes_nothing(act: str) -> None:
    assert reshape(_days("a", "b"), act, {}).values == _days("a", "b")


def test_rows_with_similar_names_are_told_apart() -> None:
    values = _days(*"abcdefghijkl")
    made = reshape(values, "remove:days-1", {}).values
    assert [row.is_gone for row in Sheet(made).rows("days")].count(True) == 1
    assert tokens({"days-1-2-key": [""], "days--key": [""], "days-x-key": [""]}, "days") == ["x"]
