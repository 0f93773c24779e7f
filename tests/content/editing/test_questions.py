"""Acts on the questions of a unit: what they do to its bank and to its page."""

import copy

import pytest

from lmp.content.document import CourseDocument, findings
from lmp.content.document.translation import state_of
from lmp.content.document.tree import Node
from lmp.content.editing import mark_of, question_in, questions, unit_in
from lmp.content.editing.questions import QuestionSuperseded
from lmp.content.files.tidy import with_marks
from lmp.core.errors import NotFound
from tests.content.samples import Raw, raw_course


def _course() -> Raw:
    return with_marks(CourseDocument.model_validate(raw_course())).model_dump(mode="json", exclude_none=True)


def _unit(document: Raw) -> str:
    return str(document["units"][0]["key"])


def _asked(document: Raw) -> list[str]:
    return [block["ask"] for block in document["units"][0]["blocks"] if block["kind"] == "question"]


def _keys(document: Raw) -> list[str]:
    return [question["key"] for question in document["units"][0]["questions"]]


def _new(use: str = "check", prompt: str = "") -> Raw:
    question = questions.blank("single", "o1", use)
    question["prompt"]["tr"] = prompt
    return question


def test_a_question_for_the_page_brings_its_block_behind_the_named_one() -> None:
    document = _course()
    first = document["units"][0]["blocks"][0]["id"]
    key = questions.add_question(
        document, _unit(document), _new(prompt="Hangi ölçü aletini önce denersiniz, neden?"), first
    )
    assert key == "hangi-olcu-aletini-once-denersiniz"
    assert document["units"][0]["blocks"][1] == {"kind": "question", "id": key, "ask": key}
    assert question_in(document, _unit(document), key)["id"]
    assert "translation" not in question_in(document, _unit(document), key)
    CourseDocument.model_validate(document)


def test_a_question_for_the_quiz_only_leaves_the_page_as_it_is() -> None:
    document = _course()
    before = copy.deepcopy(document["units"][0]["blocks"])
    key = questions.add_question(document, _unit(document), _new("quiz"), None)
    assert key == f"soru-{len(_keys(document))}"
    assert document["units"][0]["blocks"] == before


def test_two_questions_that_begin_alike_have_keys_and_ids_of_their_own() -> None:
    document = _course()
    keys = [questions.add_question(document, _unit(document), _new(prompt="Neden?"), None) for _ in range(2)]
    assert keys == ["neden", "neden-2"]
    assert len({question["id"] for question in document["units"][0]["questions"]}) == len(_keys(document))


def _first(document: Raw) -> Raw:
    return copy.deepcopy(document["units"][0]["questions"][0])


def test_writing_the_source_alone_turns_exactly_this_translation_stale() -> None:
    document = _course()
    made = _first(document)
    seen = mark_of(made)
    made["prompt"]["tr"] = "Anlamı değişen soru nedir?"
    questions.put_question(document, _unit(document), made["key"], made, seen)
    states = [state_of(Node(question), "tr") for question in document["units"][0]["questions"]]
    assert states == ["stale", *["reviewed"] * (len(states) - 1)]


def test_writing_the_translation_marks_it_as_made_from_the_source_of_now() -> None:
    document = _course()
    made = _first(document)
    seen = mark_of(made)
    made["prompt"] = {"tr": "Yeni soru", "en": "A new question"}
    questions.put_question(document, _unit(document), made["key"], made, seen)
    stored = question_in(document, _unit(document), made["key"])
    assert state_of(Node(stored), "tr") == "draft"
    questions.confirm_translation(stored, "tr")
    assert state_of(Node(stored), "tr") == "reviewed"


def test_a_question_that_somebody_else_changed_is_not_overwritten() -> None:
    document = _course()
    mine, theirs = _first(document), _first(document)
    seen = mark_of(mine)
    theirs["prompt"]["tr"] = "Onun sorusu"
    questions.put_question(document, _unit(document), mine["key"], theirs, seen)
    mine["prompt"]["tr"] = "Benim sorum"
    with pytest.raises(QuestionSuperseded) as refused:
        questions.put_question(document, _unit(document), mine["key"], mine, seen)
    assert refused.value.theirs["prompt"]["tr"] == "Onun sorusu"
    assert _first(document)["prompt"]["tr"] == "Onun sorusu"


def test_writing_the_same_twice_is_no_conflict() -> None:
    document = _course()
    made = _first(document)
    seen = mark_of(made)
    made["difficulty"] = 3
    for _ in range(2):
        questions.put_question(document, _unit(document), made["key"], copy.deepcopy(made), seen)
    assert _first(document)["difficulty"] == 3


def test_the_page_asks_a_question_exactly_as_long_as_its_use_says_so() -> None:
    document = _course()
    made = _first(document)
    for use, asked in (("quiz", 0), ("both", 1), ("check", 1), ("quiz", 0)):
        changed = {**_first(document), "use": use}
        questions.put_question(document, _unit(document), made["key"], changed, mark_of(_first(document)))
        assert _asked(document).count(made["key"]) == asked


def test_removing_a_question_takes_its_block_along_and_undoing_brings_both_back() -> None:
    document = _course()
    before = copy.deepcopy(document)
    key = _asked(document)[0]
    questions.remove_question(document, _unit(document), key)
    assert key not in _keys(document) + _asked(document)
    assert not [
        finding for finding in findings(CourseDocument.model_validate(document)) if finding.rule == "unknown-question"
    ]
    questions.restore_question(document, before, _unit(document), key)
    assert document == before
    questions.restore_question(document, before, _unit(document), key)
    assert document == before
    with pytest.raises(NotFound):
        questions.restore_question(document, before, _unit(document), "hic-olmadi")


def test_undoing_finds_a_place_when_the_block_before_has_gone_too() -> None:
    document = _course()
    before = copy.deepcopy(document)
    key = _asked(document)[0]
    questions.remove_question(document, _unit(document), key)
    document["units"][0]["blocks"].clear()
    questions.restore_question(document, before, _unit(document), key)
    assert _asked(document) == [key]


@pytest.mark.parametrize("use", ["check", "both", "quiz"])
def test_a_copy_of_a_question_stands_behind_it_with_an_id_of_its_own(use: str) -> None:
    document = _course()
    made = {**_first(document), "use": use}
    questions.put_question(document, _unit(document), made["key"], made, mark_of(_first(document)))
    key = questions.duplicate_question(document, _unit(document), made["key"])
    assert _keys(document)[:2] == [made["key"], key]
    copied = question_in(document, _unit(document), key)
    assert copied["id"] != made["id"]
    assert copied["origin"] == made["id"]
    assert (key in _asked(document)) is (use != "quiz")
    assert {**copied, "key": "", "id": "", "origin": ""} == {**_first(document), "key": "", "id": "", "origin": ""}
    CourseDocument.model_validate(document)


@pytest.mark.parametrize("act", [questions.remove_question, questions.duplicate_question])
def test_a_question_that_is_not_there_is_said_to_be_gone(act: object) -> None:
    with pytest.raises(NotFound):
        act(_course(), _unit(_course()), "yok")  # type: ignore[operator]
    assert unit_in(_course(), _unit(_course()))
