"""What happens to a document when somebody adds, moves, copies, removes and writes blocks."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.content.document import CourseDocument, parity
from lmp.content.editing import Raw, TextsSuperseded, block_in, blocks, free_id, mark_of, marks, patches, unit_in
from lmp.content.files import readable_course
from lmp.core.errors import NotFound
from tests.builders.content import SAMPLE

UNIT = "hazirlik"


@pytest.fixture(scope="module")
def sample() -> CourseDocument:
    found = readable_course(SAMPLE)
    assert found is not None
    return found


@pytest.fixture
def document(sample: CourseDocument) -> Raw:
    return sample.model_dump(mode="json", exclude_none=True)


def _ids(document: Raw) -> list[str]:
    return [block["id"] for block in unit_in(document, UNIT)["blocks"]]


def _text(turkish: str = "Metin", english: str = "") -> Raw:
    return {"kind": "text", "body": {"tr": turkish, "en": english}}


def _states(document: Raw) -> dict[str, str]:
    found = parity(CourseDocument.model_validate(document))
    return {thing["id"].text or "": state for thing, state in found if thing.path[2:3] == ("blocks",)}


def test_a_new_block_stands_behind_the_one_that_was_named_at_the_beginning_or_at_the_end(document: Raw) -> None:
    before = _ids(document)
    names = [blocks.add(document, UNIT, _text(), after) for after in (before[0], "", None)]
    assert names == ["metin", "metin-2", "metin-3"]
    assert _ids(document) == ["metin-2", before[0], "metin", *before[1:], "metin-3"]


def test_a_block_moves_one_place_and_stays_at_either_end(document: Raw) -> None:
    first, second, *rest = _ids(document)
    blocks.move(document, UNIT, first, -1)
    assert _ids(document) == [first, second, *rest]
    blocks.move(document, UNIT, first, +1)
    assert _ids(document) == [second, first, *rest]
    blocks.move(document, UNIT, rest[-1], +1)
    assert _ids(document) == [second, first, *rest]


def test_a_copied_question_is_a_question_of_its_own_that_names_the_first(document: Raw) -> None:
    asked = next(block for block in unit_in(document, UNIT)["blocks"] if block["kind"] == "question")
    copied = block_in(document, UNIT, blocks.duplicate(document, UNIT, asked["id"]))
    questions = {question["key"]: question for question in unit_in(document, UNIT)["questions"]}
    old, new = questions[asked["ask"]], questions[copied["ask"]]
    assert new["id"] != old["id"]
    assert new["origin"] == old["id"]
    assert new["prompt"] == old["prompt"]
    CourseDocument.model_validate(document)


def test_a_block_that_somebody_removed_is_named_so(document: Raw) -> None:
    blocks.remove(document, UNIT, "kategori")
    with pytest.raises(NotFound):
        blocks.remove(document, UNIT, "kategori")


def test_writing_turkish_makes_exactly_its_english_twin_stale(document: Raw) -> None:
    before = _states(document)
    seen = {"body.tr": mark_of(block_in(document, UNIT, "kategori")["body"]["tr"])}
    blocks.write(document, UNIT, "kategori", {"body.tr": "Başka bir metin."}, seen)
    after = _states(document)
    assert {name for name in after if after[name] != before[name]} == {"kategori"}
    assert after["kategori"] == "stale"


def test_writing_english_makes_a_fresh_translation_that_nobody_has_reviewed(document: Raw) -> None:
    blocks.write(document, UNIT, "kategori", {"body.tr": "Başka.", "body.en": "Another."}, {})
    assert _states(document)["kategori"] == "draft"
    marks.mark_translation(block_in(document, UNIT, "kategori"), "tr", "reviewed")
    assert _states(document)["kategori"] == "reviewed"


def test_text_that_somebody_else_wrote_meanwhile_is_never_overwritten(document: Raw) -> None:
    name = "kategori"
    seen = {"body.tr": mark_of(block_in(document, UNIT, name)["body"]["tr"])}
    blocks.write(document, UNIT, name, {"body.tr": "Onlarınki"}, seen)
    held = copy.deepcopy(document)
    with pytest.raises(TextsSuperseded) as refused:
        blocks.write(document, UNIT, name, {"body.tr": "Benimki"}, seen)
    assert refused.value.texts == {"body.tr": ("Onlarınki", "Benimki")}
    assert document == held


def test_two_people_who_wrote_the_same_or_in_different_languages_do_not_disturb_each_other(document: Raw) -> None:
    name = "kategori"
    body = block_in(document, UNIT, name)["body"]
    seen = {"body.tr": mark_of(body["tr"]), "body.en": mark_of(body["en"])}
    blocks.write(document, UNIT, name, {"body.tr": "Aynı"}, seen)
    blocks.write(document, UNIT, name, {"body.tr": "Aynı"}, seen)
    blocks.write(document, UNIT, name, {"body.en": "The same"}, seen)
    assert block_in(document, UNIT, name)["body"] == {"tr": "Aynı", "en": "The same"}


@pytest.mark.parametrize(
    ("words", "name"),
    [("Işık ölçümü", "isik-olcumu"), ("  İĞNE 3,5 kV! ", "igne-3-5-kv"), ("Metin", "metin-3"), ("…", "x")],
)
def test_names_are_made_from_words(words: str, name: str) -> None:
    assert free_id(["metin", "metin-2"], words) == name


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.text("ab/~", max_size=3),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text("ab/~", max_size=2), inner, max_size=4),
    max_leaves=25,
)
DOCUMENTS = st.dictionaries(st.text("ab/~", max_size=2), JSONS, max_size=4)


@given(DOCUMENTS, DOCUMENTS)
def test_the_steps_between_two_states_lead_from_one_to_the_other_or_are_not_used(before: Raw, after: Raw) -> None:
    held = copy.deepcopy(before)
    patch = patches.difference(before, after)
    assert before == held
    assert patch is None or patches.apply(before, patch) == after
