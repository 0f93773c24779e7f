"""The course document: what it accepts, what must fit together in it, its bytes and its hash."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from lmp.content.document import CourseDocument, canonical, content_hash, findings, parity
from lmp.content.document.checks import findings_in
from lmp.content.document.tree import Node
from tests.content.samples import (
    MEDIA,
    Raw,
    changed,
    course,
    items,
    meeting,
    options,
    pairs,
    question,
    raw_course,
    text,
    unit,
)

HASHES = dict.fromkeys(MEDIA, "0" * 64)


def rules(document: CourseDocument) -> list[tuple[str, str]]:
    """Rule and place of every finding."""
    return [(finding.rule, ".".join(map(str, finding.path))) for finding in findings(document)]


def test_the_sample_course_is_sound() -> None:
    assert rules(course()) == []


def test_a_document_cannot_be_changed() -> None:
    document: Any = course()
    with pytest.raises(ValidationError):
        document.slug = "other"


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"format": 2},
        {"slug": "Örnek"},
        {"slug": "a--b"},
        {"fields": []},
        {"outcomes": []},
        {"shape": "party"},
        {"minutes": {"online": "90", "meeting": 0, "workplace": 3600, "practical": 120}},
        {"minutes": {"online": 90.5, "meeting": 0, "workplace": 3600, "practical": 120}},
        {"minutes": {"online": True, "meeting": 0, "workplace": 3600, "practical": 120}},
        {"title": {"tr": 5, "en": "x"}},
        {"title": {"tr": "x", "en": "x", "de": "x"}},
        {"units": [unit(blocks=[{"kind": "podcast", "id": "a"}])]},
        {"units": [unit(blocks=[{"kind": "image", "id": "a", "alt": text("a", "a"), "file": {"tr": "../a.svg"}}])]},
        {"units": [unit(blocks=[{"kind": "text", "id": "a", "body": text("a\n::: b", "a")}])]},
        {"units": [unit(questions=[question(1, "number", value=float("nan"))])]},
        {"units": [unit(questions=[question(1, "truefalse", correct="yes")])]},
        {"units": [unit(quiz={"draw": 1, "pass": 60, "attempts": 0})]},
        {"units": [unit(quiz={"draw": 1, "pass": 60, "review": "never"})]},
        {"test": {"per_outcome": 0}},
    ],
)
def test_a_document_of_the_wrong_form_is_refused(changes: Raw) -> None:
    with pytest.raises(ValidationError):
        CourseDocument.model_validate(raw_course(**changes))


def set_at(path: str, value: object) -> Callable[[Raw], None]:
    """A change that puts a value at a place written like units.0.key."""

    def change(raw: Raw) -> None:
        *way, last = path.split(".")
        place: object = raw
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]  # type: ignore[index]  # JSON walk
        place[int(last) if isinstance(place, list) else last] = value  # type: ignore[index]  # JSON walk

    return change


FIRST = "units.0.questions"


@pytest.mark.parametrize(
    ("path", "value", "rule", "place"),
    [
        ("units.0.blocks.6.id", "giris", "duplicate", "units.0.blocks.6.id"),
        (f"{FIRST}.2.key", "soru-1", "duplicate", f"{FIRST}.2.key"),
        (f"{FIRST}.5.pairs.1.id", "a", "duplicate", f"{FIRST}.5.pairs.1.id"),
        (f"{FIRST}.5.others.0.id", "a", "duplicate", f"{FIRST}.5.others.0.id"),
        (f"{FIRST}.5.pairs.2.left.en", "left A", "duplicate", f"{FIRST}.5.pairs.2.left.en"),
        (f"{FIRST}.5.others.0.text.tr", "Sağ a", "duplicate", f"{FIRST}.5.others.0.text.tr"),
        (f"{FIRST}.5.pairs", pairs(1), "pairs", f"{FIRST}.5.pairs"),
        (f"{FIRST}.5.pairs", pairs(10), "pairs", f"{FIRST}.5.pairs"),
        (f"{FIRST}.6.items", items(2), "items", f"{FIRST}.6.items"),
        (f"{FIRST}.6.items", items(11), "items", f"{FIRST}.6.items"),
        (f"{FIRST}.6.items.1.id", "a", "duplicate", f"{FIRST}.6.items.1.id"),
        (f"{FIRST}.6.items.1.text.en", "step 1", "duplicate", f"{FIRST}.6.items.1.text.en"),
        (f"{FIRST}.3.id", "00000000-0000-0000-0000-000000000001", "duplicate", f"{FIRST}.3.id"),
        (f"{FIRST}.0.options.2.id", "a", "duplicate", f"{FIRST}.0.options.2.id"),
        ("workplace.days.3.tasks.0.id", "g1-1", "duplicate", "workplace.days.3.tasks.0.id"),
        ("practical.criteria.4.id", "c1", "duplicate", "practical.criteria.4.id"),
        ("units.0.outcomes", ["o1", "o9"], "unknown-outcome", "units.0.outcomes.1"),
        (f"{FIRST}.0.outcome", "o9", "unknown-outcome", f"{FIRST}.0.outcome"),
        ("workplace.days.0.tasks.0.outcomes", ["o9"], "unknown-outcome", "workplace.days.0.tasks.0.outcomes.0"),
        ("practical.criteria.0.outcomes", ["o9"], "unknown-outcome", "practical.criteria.0.outcomes.0"),
        ("units.0.minutes", 91, "minutes", "minutes.online"),
        ("workplace.days.0.minutes", 300, "minutes", "minutes.workplace"),
        ("practical.minutes", 90, "minutes", "minutes.practical"),
        ("units.0.quiz.draw", 7, "quiz", "units.0.quiz.draw"),
        ("units.0.quiz", None, "quiz", "units.0"),
        ("units.0.blocks.5.ask", "soru-9", "unknown-question", "units.0.blocks.5.ask"),
        ("units.0.blocks.5.ask", "soru-2", "quiz-question", "units.0.blocks.5.ask"),
        (f"{FIRST}.0.options.0.correct", True, "options", f"{FIRST}.0.options"),
        (f"{FIRST}.0.options.1.correct", False, "options", f"{FIRST}.0.options"),
        (f"{FIRST}.1.options.1.correct", True, "options", f"{FIRST}.1.options"),
        ("practical.criteria.0.levels.2.points", 1, "levels", "practical.criteria.0.levels"),
        ("practical.criteria.0.levels.0.points", 9, "levels", "practical.criteria.0.levels"),
        ("practical", None, "practical", "policy.practical"),
        ("shape", "meeting", "shape", "shape"),
        ("workplace", None, "shape", "shape"),
        ("workplace.days.4.day", 6, "days", "workplace.days.4.day"),
        ("workplace.days.0.tasks.0.text.tr", "Uzun " * 9, "task-length", "workplace.days.0.tasks.0.text.tr"),
        ("policy.strands.meeting", 60, "policy", "policy.strands.meeting"),
        ("title.tr", "", "text-missing", "title.tr"),
        ("summary.en", " ", "translation-missing", "summary.en"),
        ("units.0.blocks.1.caption.en", "", "translation-missing", "units.0.blocks.1.caption.en"),
        (f"{FIRST}.4.accept.en", [], "translation-missing", f"{FIRST}.4.accept.en"),
        ("units.0.translation", None, "translation-unmarked", "units.0.translation"),
        ("units.0.blocks.0.body.tr", "Başka", "translation-stale", "units.0.blocks.0.translation"),
        (f"{FIRST}.0.prompt.tr", "Başka?", "translation-stale", f"{FIRST}.0.translation"),
        ("units.0.title.tr", "Başka", "translation-stale", "units.0.translation"),
        ("units.0.blocks.0.body.en", "<b>x</b>", "markdown-html", "units.0.blocks.0.body.en"),
        ("units.0.blocks.7.text.tr", "![x](y)", "markdown-image", "units.0.blocks.7.text.tr"),
        ("units.0.blocks.1.file.tr", "form.pdf", "wrong-media", "units.0.blocks.1.file.tr"),
        ("units.0.blocks.3.captions.en", "form.pdf", "wrong-media", "units.0.blocks.3.captions.en"),
    ],
)
def test_what_does_not_fit_together_is_found_where_it_stands(path: str, value: object, rule: str, place: str) -> None:
    assert (rule, place) in rules(changed(set_at(path, value)))


def test_a_broken_rule_is_told_once_and_alone() -> None:
    assert rules(changed(set_at("units.0.quiz.draw", 7))) == [("quiz", "units.0.quiz.draw")]


def test_a_check_question_that_no_block_asks_is_a_warning() -> None:
    found = [finding for finding in findings(changed(set_at(f"{FIRST}.1.use", "check"))) if finding.rule != "quiz"]
    assert [(finding.rule, finding.severity) for finding in found] == [("unused-question", "warning")]


def test_a_block_without_any_translation_is_named_once() -> None:
    missing = course(units=[unit(blocks=[{"kind": "text", "id": "a", "body": {"tr": "Yalnızca Türkçe"}}])])
    assert ("translation-missing", "units.0.blocks.0") in rules(missing)
    assert [rule for rule, _ in rules(missing)].count("translation-missing") == 1


def test_a_meeting_course_has_its_own_plan() -> None:
    minutes = {"online": 90, "meeting": 330, "workplace": 0, "practical": 120}
    policy = raw_course()["policy"] | {"strands": minutes}
    sound = raw_course(shape="meeting", minutes=minutes, policy=policy, meeting=meeting(), workplace=None)
    assert rules(course(**sound)) == []
    late = meeting()
    late["days"][0]["units"][1] |= {"start": "11:00", "end": "10:00"}
    assert [rule for rule, _ in rules(course(**sound | {"meeting": late}))] == ["minutes", "times", "times"]


def test_checks_survive_a_tree_in_which_everything_is_of_the_wrong_type() -> None:
    for wrong in (None, 5, "x", [], [5], {}, {"tr": 5}):
        findings_in(Node(wrong))
        for key in raw_course():
            findings_in(Node(raw_course(**{key: wrong})))


def test_a_course_written_in_english_first_is_checked_the_other_way_round() -> None:
    english = course(source="en")
    assert rules(english) == []
    raw = english.model_dump(mode="json")
    raw["units"][0]["blocks"][0]["body"]["en"] = "Changed"
    assert rules(CourseDocument.model_validate(raw)) == [("translation-stale", "units.0.blocks.0.translation")]


def test_parity_names_every_translated_thing_with_its_state() -> None:
    def change(raw: Raw) -> None:
        raw["units"][0]["blocks"][0]["body"]["tr"] = "Başka"
        raw["units"][0]["blocks"][1]["translation"]["state"] = "draft"
        raw["units"][0]["blocks"][2]["alt"]["en"] = ""

    states = {thing.path[2:]: state for thing, state in parity(changed(change))}
    assert len(states) == 1 + 8 + 7
    assert states[("blocks", 0)] == "stale"
    assert states[("blocks", 1)] == "draft"
    assert states[("blocks", 2)] == "missing"
    assert states[()] == "reviewed"


def test_canonical_bytes_are_sorted_compact_utf8() -> None:
    content = canonical(course())
    assert content.startswith('{"audience":{"en":"Teachers","tr":"Öğretmenler"},"centre":'.encode())
    assert CourseDocument.model_validate_json(content) == course()
    assert json.loads(content)["practical"]["pass"] == 70


def test_equal_documents_have_equal_bytes_however_they_were_typed() -> None:
    decomposed = course(title=text("O\u0308rnek  kurs", "Sample course\n"))
    assert canonical(decomposed) == canonical(course())
    zero = unit(questions=[question(1, "number", value=-0.0, use="both")], blocks=[], quiz={"draw": 1, "pass": 50})
    plain_zero = unit(questions=[question(1, "number", value=0, use="both")], blocks=[], quiz={"draw": 1, "pass": 50})
    assert canonical(course(units=[zero])) == canonical(course(units=[plain_zero]))


def test_the_hash_covers_the_document_and_the_media_it_names() -> None:
    one = content_hash(course(), HASHES)
    assert len(one) == 64
    assert content_hash(course(), HASHES | {"unused.png": "1" * 64}) == one
    assert content_hash(course(), HASHES | {"form.pdf": "1" * 64}) != one
    assert content_hash(course(licence="CC0"), HASHES) != one
    with pytest.raises(KeyError):
        content_hash(course(), {})


def test_units_and_questions_are_found_by_key() -> None:
    document = course(units=[unit(), unit("olcme", questions=[], blocks=[])])
    assert document.number_of(document.unit("olcme")) == 2
    assert document.unit("pano").question("soru-3").use == "both"
    with pytest.raises(KeyError):
        document.unit("yok")
    with pytest.raises(KeyError):
        document.unit("pano").question("yok")


def test_a_text_falls_back_to_the_other_language() -> None:
    title = course(title=text("Örnek", "")).title
    assert title.in_language("en") == "Örnek"
    assert title.get("en") == ""


def test_a_single_question_needs_two_options() -> None:
    alone = unit(questions=[question(1, "single", use="both", options=options(True))], quiz={"draw": 1, "pass": 50})
    assert ("options", "units.0.questions.0.options") in rules(course(units=[alone]))


def test_quiz_settings_that_are_left_out_leave_the_bytes_as_they_were() -> None:
    assert b"attempts" not in canonical(course())
    assert b'"test"' not in canonical(course())


@pytest.mark.parametrize(("per_outcome", "found"), [(1, []), (6, []), (7, [("test", "test.per_outcome")])])
def test_a_test_finds_enough_questions_for_an_outcome(per_outcome: int, found: list[tuple[str, str]]) -> None:
    assert rules(course(test={"per_outcome": per_outcome})) == found
