"""A new course: its hours are spread so that they add up, and nothing is wrong with it but what is still to be written."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.content import gate
from lmp.content.document import findings
from lmp.content.document.course import Shape
from lmp.content.document.unwritten import RULE, WORD, bracketed, readable, told_once, written
from lmp.content.files import template
from lmp.content.files.hours import FEWEST_HOURS, MOST_HOURS, spread
from lmp.content.files.template import Beginning

SHAPES: tuple[Shape, ...] = get_args(Shape)
_HOURS = st.integers(FEWEST_HOURS, MOST_HOURS)


def _begun(hours: int, shape: Shape) -> Beginning:
    return Beginning(
        title_tr="Kaynak", title_en="Welding", centre="smm-ank-cezeri", field="metal", spread=spread(hours, shape)
    )


@given(_HOURS, st.sampled_from(SHAPES))
def test_the_strands_add_up_to_the_hours_and_no_part_is_empty(hours: int, shape: Shape) -> None:
    found = spread(hours, shape)
    assert sum(found.strands.values()) == hours * 60
    assert len(found.units) >= 2
    parts = (*found.units, *found.workplace, *found.meeting, found.practical)
    assert all(part > 0 and part % 15 == 0 for part in parts)
    assert bool(found.workplace) == (shape == "workplace")
    assert bool(found.meeting) == (shape == "meeting")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("hours", [FEWEST_HOURS, 30, 66, MOST_HOURS])
def test_nothing_is_wrong_with_a_new_course_but_what_is_to_be_written(hours: int, shape: Shape) -> None:
    made = template("kaynak", shape, _begun(hours, shape))
    found = [*findings(made), *gate.examine(made, {})]
    assert {one.rule for one in found if one.severity == "error"} == {RULE}
    assert {one.rule for one in found} <= {RULE, "days", "reading-time"}
    assert (made.title.tr, made.title.en, made.centre, made.fields) == (
        "Kaynak",
        "Welding",
        "smm-ank-cezeri",
        ("metal",),
    )


def test_each_unit_has_its_own_names_and_hints() -> None:
    made = template("kaynak", "workplace", _begun(66, "workplace"))
    keys = [question.key for unit in made.units for question in unit.questions]
    assert len(set(keys)) == len(keys) == 5 * len(made.units)
    assert [unit.key for unit in made.units[:3]] == ["birinci", "ikinci", "ucuncu"]
    assert all(unit.title.tr.startswith(WORD) for unit in made.units)
    assert {day.minutes for day in made.workplace.days} <= set(range(300, 361)) if made.workplace else False


@pytest.mark.parametrize(
    ("text", "shown", "counted"),
    [
        ("TODO ünitenin adı", "[ünitenin adı]", ""),
        ("## TODO: başlık\n\nBir cümle.\n- TODO adım", "## [başlık]\n\nBir cümle.\n- [adım]", "\nBir cümle."),
        ("1. TODO", "1. […]", ""),
        ("Yapılacak: TODO listesi", "Yapılacak: TODO listesi", "Yapılacak: TODO listesi"),
        ("TODOS los días", "TODOS los días", "TODOS los días"),
    ],
)
def test_what_is_still_to_be_written_stands_in_brackets_and_is_not_counted(text: str, shown: str, counted: str) -> None:
    assert bracketed(text) == shown
    assert written(text) == counted


def test_a_document_without_such_a_text_stays_the_same_thing() -> None:
    whole = {"units": [{"title": {"tr": "Ölçme", "en": "Measuring"}, "minutes": 30}]}
    assert readable(whole) is whole
    begun = {"units": [*whole["units"], {"title": {"tr": "TODO adı", "en": "TODO name"}, "minutes": 30}]}
    assert readable(begun)["units"][1]["title"] == {"tr": "[adı]", "en": "[name]"}
    assert readable(begun)["units"][0] is whole["units"][0]


def test_a_text_that_neither_language_has_is_missing_once() -> None:
    made = template("kaynak", "online", _begun(30, "online"))
    found = findings(made)
    told = told_once(found)
    assert len(found) > len(told) > len(found) // 2
    assert [one.path for one in told if one.path[:1] == ("summary",)] == [("summary", "tr")]
    only_english = made.model_copy(update={"summary": made.summary.model_copy(update={"tr": "Bir cümle."})})
    assert ("summary", "en") in [one.path for one in told_once(findings(only_english))]
