"""A new course: its hours are spread so that they add up, and nothing is wrong with it but what is still to be written."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.content.document import findings
from lmp.content.document.course import Shape
from lmp.content.document.unwritten import RULE, WORD
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
    assert {one.rule for one in findings(made) if one.severity == "error"} == {RULE}
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
