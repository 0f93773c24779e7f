"""What a question's form shows and stands for: nothing changes that nobody changed, and bad input is named at its field."""

import copy
from functools import cache
from typing import Any

import pytest

from lmp.config import ROOT
from lmp.content.document import LANGS, QUESTION_KINDS
from lmp.content.editing import sheets
from lmp.content.editing.questions import blank
from lmp.content.editing.sheets import NoQuestion, Sheet, question_of, sheet_of, sheet_sent, sound
from lmp.content.files.reader import read
from lmp.content.files.template import template
from tests.content import samples
from tests.content.samples import Raw

COURSES = sorted(path.parent for path in (ROOT / "courses").glob("*/course.yaml"))


@cache
def _questions(folder: Any) -> list[Raw]:
    document = read(folder).document
    assert document is not None
    return [
        question.model_dump(mode="json", exclude_none=True) for unit in document.units for question in unit.questions
    ]


def sent_by_a_browser(sheet: Sheet) -> dict[str, list[str]]:
    """What a browser sends of a form as it stands: lines end as HTTP wants it, a field's first empty line is not sent."""
    form = {name: [text.removeprefix("\n").replace("\n", "\r\n")] for name, text in sheet.values.items()}
    return {**form, **{part: list(rows) for part, rows in sheet.rows.items()}, "right": sorted(sheet.right)}


def _through_the_form(question: Raw, lang: str) -> Raw:
    return question_of(sheet_sent(question["kind"], sent_by_a_browser(sheet_of(question, lang))), question, lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("folder", COURSES, ids=lambda path: path.name)
def test_a_form_sent_back_as_it_was_shown_changes_no_question_of_any_course(folder: Any, lang: str) -> None:
    for question in _questions(folder):
        assert _through_the_form(question, lang) == question


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("question", samples.questions(), ids=lambda question: str(question["kind"]))
def test_a_form_sent_back_as_it_was_shown_changes_no_kind_of_question(question: Raw, lang: str) -> None:
    stored = sound(question)
    assert _through_the_form(stored, lang) == stored


def test_every_kind_is_among_the_questions_that_come_back_unchanged() -> None:
    assert {question["kind"] for folder in COURSES for question in _questions(folder)} == set(QUESTION_KINDS)


def test_texts_still_to_be_written_are_empty_fields_with_a_hint_and_stay_when_left_empty() -> None:
    raw = template("yeni-kurs", "online").model_dump(mode="json", exclude_none=True)
    for question in raw["units"][0]["questions"]:
        sheet = sheet_of(question, "tr")
        assert (sheet.get("prompt.tr"), sheet.get("explanation.en")) == ("", "")
        hints = sheets.hints_of(question)
        assert hints["explanation.tr"] == "cevabın nedeni"
        assert _through_the_form(question, "tr") == question
        written = question_of(_changed(sheet, **{"prompt.tr": "Hangisi?"}), question, "tr")
        assert written["prompt"] == {"tr": "Hangisi?", "en": question["prompt"]["en"]}


def _changed(sheet: Sheet, **values: str) -> Sheet:
    return Sheet(sheet.kind, {**sheet.values, **values}, sheet.rows, sheet.right)


def _question(kind: str) -> Raw:
    return sound(next(question for question in samples.questions() if question["kind"] == kind))


@pytest.mark.parametrize(
    ("typed", "lang", "value"),
    [
        ("0,5", "tr", 0.5),
        ("0.5", "tr", 0.5),
        ("1.234,5", "tr", 1234.5),
        ("1,234.5", "en", 1234.5),
        ("1.234", "tr", 1234.0),
        ("1.234", "en", 1.234),
        ("-3", "tr", -3.0),
        (" 12 ", "en", 12.0),
    ],
)
def test_numbers_are_written_with_comma_or_point(typed: str, lang: str, value: float) -> None:
    question = _question("number")
    assert question_of(_changed(sheet_of(question, lang), value=typed), question, lang)["value"] == value


@pytest.mark.parametrize("value", [1.44, 1234.5, 1.234, 0.000001, 1e21, -0.25, 32.0])
@pytest.mark.parametrize("lang", LANGS)
def test_a_number_that_is_shown_is_read_back_as_it_was(value: float, lang: str) -> None:
    assert _through_the_form({**_question("number"), "value": value}, lang)["value"] == value


@pytest.mark.parametrize(
    ("kind", "values", "where"),
    [
        ("number", {"value": "on iki"}, "value"),
        ("number", {"value": ""}, "value"),
        ("number", {"tolerance": "-1"}, "tolerance"),
        ("number", {"tolerance": "biraz"}, "tolerance"),
        ("number", {"unit": "x" * 301}, "unit"),
        ("single", {"outcome": ""}, "outcome"),
        ("single", {"difficulty": "9"}, "difficulty"),
        ("single", {"use": "nowhere"}, "use"),
        ("single", {"prompt.tr": "x" * 60_001}, "prompt.tr"),
        ("matching", {"pairs.b.right.en": "x" * 301}, "pairs.b.right.en"),
        ("ordering", {"items.c.text.tr": "x" * 301}, "items.c.text.tr"),
        ("text", {"accept.en": "x" * 301}, "accept.en"),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(kind: str, values: dict[str, str], where: str) -> None:
    question = _question(kind)
    with pytest.raises(NoQuestion) as refused:
        question_of(_changed(sheet_of(question, "tr"), **values), question, "tr")
    assert list(refused.value.problems) == [where]


def test_a_statement_is_true_or_false() -> None:
    question = blank("truefalse", "o1", "quiz")
    with pytest.raises(NoQuestion) as refused:
        question_of(sheet_of(question, "tr"), question, "tr")
    assert list(refused.value.problems) == ["right"]
    said = Sheet("truefalse", sheet_of(question, "tr").values, {}, frozenset({"false"}))
    assert question_of(said, question, "tr")["correct"] is False


@pytest.mark.parametrize("kind", [kind for kind in QUESTION_KINDS if kind not in ("truefalse", "number")])
def test_a_new_question_may_be_saved_before_anything_is_written(kind: str) -> None:
    question = blank(kind, "o1", "check")
    made = question_of(sheet_of(question, "tr"), question, "tr")
    assert (made["kind"], made["prompt"]) == (kind, {"tr": "", "en": ""})
    assert not {"key", "id"} & set(made)


def test_a_new_row_gets_the_first_letter_behind_all_that_were_ever_used() -> None:
    sheet = sheet_of(_question("single"), "tr")
    assert sheet.rows["options"] == ("a", "b", "c")
    assert sheet.with_row("options", ()).rows["options"] == ("a", "b", "c", "d")
    assert sheet.without_row("options", "c").with_row("options", ("a", "b", "c")).rows["options"] == ("a", "b", "d")
    assert sheets.next_id("abcdefghijklmnopqrstuvwxyz") == "z1"
    assert sheets.next_id(["e1", "e2"]) == "a"


def test_pairs_and_what_fits_none_share_their_letters() -> None:
    sheet = sheet_of({**_question("matching"), "others": []}, "tr")
    assert sheet.with_row("others", ()).rows == {"pairs": ("a", "b", "c"), "others": ("d",)}


def test_rows_move_up_and_down_and_keep_their_ids() -> None:
    question = _question("ordering")
    sheet = sheet_of(question, "tr").moved("items", "a", 1)
    assert sheet.rows["items"] == ("b", "a", "c", "d")
    assert sheet.moved("items", "b", -1).rows["items"] == ("b", "a", "c", "d")
    assert sheet.moved("items", "z", -1).rows["items"] == ("b", "a", "c", "d")
    made = question_of(sheet, question, "tr")
    assert [(item["id"], item["text"]["tr"]) for item in made["items"]][:2] == [("b", "Adım 2"), ("a", "Adım 1")]


def test_a_reason_that_is_emptied_is_left_out() -> None:
    question = copy.deepcopy(_question("single"))
    question["options"][0]["why"] = {"tr": "Neden", "en": "Why"}
    emptied = _changed(sheet_of(question, "tr"), **{"options.a.why.tr": "", "options.a.why.en": ""})
    assert "why" not in question_of(emptied, question, "tr")["options"][0]


def test_a_reason_the_template_asks_for_goes_when_the_option_is_written_without_one() -> None:
    question = template("yeni-kurs", "online").model_dump(mode="json", exclude_none=True)["units"][0]["questions"][0]
    sheet = sheet_of(question, "tr")
    half = question_of(_changed(sheet, **{"options.a.text.tr": "CAT III"}), question, "tr")
    assert half["options"][0]["why"] == question["options"][0]["why"]
    option = {"options.a.text.tr": "CAT III", "options.a.text.en": "CAT III"}
    written = question_of(_changed(sheet, **option), question, "tr")
    assert "why" not in written["options"][0]
    assert written["options"][1] == question["options"][1]
    begun = question_of(_changed(sheet, **option, **{"options.a.why.tr": "Neden"}), question, "tr")
    assert begun["options"][0]["why"]["en"].startswith("TODO")


def test_accepted_answers_stand_one_a_line() -> None:
    question = _question("text")
    sheet = _changed(sheet_of(question, "tr"), **{"accept.tr": " röle \r\n\r\nRCD\r\n"})
    assert question_of(sheet, question, "tr")["accept"]["tr"] == ["röle", "RCD"]


def test_ids_that_no_form_of_ours_sends_are_left_out() -> None:
    sheet = sheet_sent("single", {"options": ["a", "../b", "a", "", "<b>", "x" * 90, "b"]})
    assert sheet.rows["options"] == ("a", "b")


def test_the_place_of_a_finding_leads_to_its_field() -> None:
    question = _question("single")
    assert sheets.field_of(question, ("options", 1, "text", "en")) == "options.b.text.en"
    assert sheets.field_of(question, ("options",)) == "options"
    assert sheets.field_of(_question("text"), ("accept", "tr", 0)) == "accept.tr"
    assert sheets.field_of(question, ()) == ""


def test_what_two_people_wrote_differently_is_named_and_can_be_taken_over() -> None:
    question = _question("single")
    other = copy.deepcopy(question)
    other["prompt"]["tr"] = "Başka bir soru"
    other["options"] = [*samples.options(True, False), *other["options"][2:]]
    other["options"].append({"id": "e", "correct": False, "text": {"tr": "Beşinci", "en": "Fifth"}})
    mine, theirs = sheet_of(question, "tr"), sheet_of(sound(other), "tr")
    assert set(sheets.differing(mine, theirs)) == {"prompt.tr", "options.e", "right"}
    taken = mine
    for name in sheets.differing(mine, theirs):
        taken = taken.taking(name, theirs)
    assert question_of(taken, question, "tr") == sound(other)
