"""Acts on outcomes, units, plans and glossary, on the document alone."""

import copy

import pytest

from lmp.content.document import CourseDocument
from lmp.content.editing import Raw, Superseded, glossary, mark_of, outcomes, plans, unit_in, units
from lmp.content.files.template import template
from lmp.core import messages
from lmp.core.errors import RuleBroken
from tests.content.editing.test_forms import course


def test_every_use_of_an_outcome_is_found_and_can_be_replaced() -> None:
    document = course()
    before = outcomes.uses(document)
    assert all(before.values())
    outcomes.replace(document, "o1", "o2")
    after = outcomes.uses(document)
    assert not after["o1"]
    assert len(after["o2"].questions) == len(before["o1"].questions) + len(before["o2"].questions)
    assert set(after["o2"].units) == {*before["o1"].units, *before["o2"].units}
    CourseDocument.model_validate(document)


@pytest.mark.parametrize(("taken", "name"), [(set(), "o1"), ({"o1", "o9"}, "o10"), ({"o1", "x7", "o-3"}, "o2")])
def test_a_new_name_lies_behind_all_others(taken: set[str], name: str) -> None:
    assert outcomes.next_name("o", taken) == name


def test_a_copied_unit_is_a_unit_of_its_own() -> None:
    document = course()
    first = document["units"][0]
    key = units.duplicate(document, first["key"])
    made = unit_in(document, key)
    assert document["units"].index(made) == 1
    assert made["title"]["tr"] == f"{first['title']['tr']} (kopya)"
    assert [one["origin"] for one in made["questions"]] == [one["id"] for one in first["questions"]]
    asked = {block["ask"] for block in made["blocks"] if block["kind"] == "question"}
    assert asked <= {one["key"] for one in made["questions"]}
    CourseDocument.model_validate(document)


def test_a_unit_comes_back_where_it_stood() -> None:
    document = course()
    earlier = copy.deepcopy(document)
    key = document["units"][1]["key"]
    units.remove(document, key)
    units.bring_back(document, earlier, key)
    units.bring_back(document, earlier, key)
    assert document == earlier


def test_the_sums_of_the_parts_are_those_of_the_course() -> None:
    for name in ("gida", "mesleki-matematik"):
        document = course(name)
        assert all(document["minutes"][strand] == sum_ for strand, sum_ in plans.part_sums(document).items())


def test_a_plan_is_added_only_where_the_shape_asks_for_it() -> None:
    document = template("yeni-kurs", "online").model_dump(mode="json", exclude_none=True)
    for name in plans.PLANS:
        with pytest.raises(RuleBroken):
            plans.add_plan(document, name)
    document["shape"] = "meeting"
    plans.add_plan(document, "meeting")
    assert document["meeting"] == {"days": []}
    with pytest.raises(RuleBroken):
        plans.remove_plan(document, "meeting")
    document["workplace"] = {}
    plans.remove_plan(document, "workplace")
    assert "workplace" not in document


def _terms(*pairs: tuple[str, str]) -> Raw:
    return {"glossary": [{"term": {"tr": tr, "en": en}, "definition": {"tr": "", "en": ""}} for tr, en in pairs]}


def test_terms_stand_in_turkish_order_and_are_found_whatever_marks_are_typed() -> None:
    found = _terms(("çark", "wheel"), ("iz", "trace"), ("cıvata", "bolt"), ("ışın", "ray"), ("", "belt"))["glossary"]
    ordered = [one["term"]["tr"] or one["term"]["en"] for one in glossary.in_order(found)]
    assert ordered == ["belt", "cıvata", "çark", "ışın", "iz"]
    assert [one["term"]["tr"] for one in glossary.matching(found, "CIVATA")] == ["cıvata"]
    assert [one["term"]["tr"] for one in glossary.matching(found, "isin")] == ["ışın"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ampul;bulb\nbara ; busbar", [("ampul", "bulb"), ("bara", "busbar")]),
        ("Terim\tTerm\nampul\tbulb", [("ampul", "bulb")]),
        ("ampul\tbulb\tışık kaynağı\ta source of light\r\n\r\n", [("ampul", "bulb")]),
        ("ampul\tbulb\t\t", [("ampul", "bulb")]),
        ('"ampul ""E27"""\tbulb', [('ampul "E27"', "bulb")]),
        ("ampul\tbulb\nAmpul\tlamp", [("ampul", "bulb")]),
        ("şalter\tswitch", []),
        ("ampul", []),
        ("a\tb\tc", []),
        ("x" * 301 + "\tb", []),
        ("", []),
    ],
)
def test_tables_are_read_as_people_copy_them(text: str, words: list[tuple[str, str]]) -> None:
    table = glossary.read_table(text, _terms(("şalter", "switch")))
    assert [(one["term"]["tr"], one["term"]["en"]) for one in table.terms] == words
    assert all(messages.text(line.refused, "tr") for line in table.lines if line.refused)


def test_a_term_somebody_changed_or_removed_is_not_overwritten() -> None:
    document = _terms(("ampul", "bulb"), ("bara", "busbar"))
    mark = mark_of(document["glossary"][0])
    glossary.write(document, mark, _terms(("ampul", "light bulb"))["glossary"][0])
    for act in (glossary.remove, glossary.place_of):
        with pytest.raises(Superseded):
            act(document, mark)
    with pytest.raises(RuleBroken):
        glossary.add(document, _terms(("BARA".lower(), ""))["glossary"][0])
