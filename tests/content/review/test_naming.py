"""What the things of a course are called where two of its states are compared."""

from typing import Any

import pytest

from lmp.content.differences import rows
from lmp.content.naming import LONGEST, Names, block_name, first_words
from lmp.core import messages

ASKED: dict[str, Any] = {"key": "akim", "prompt": {"tr": "Akım kaç amper?", "en": "How many amperes?"}}
UNIT: dict[str, Any] = {
    "key": "giris",
    "title": {"tr": "Giriş", "en": "Introduction"},
    "blocks": [
        {"id": "isinma", "kind": "text", "body": {"tr": "## Isınma\n\nKayıplar.", "en": "## Heat\n\nLosses."}},
        {"id": "soru", "kind": "question", "ask": "akim"},
    ],
    "questions": [ASKED],
}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (UNIT["blocks"][0], "text “Heat”"),
        ({"kind": "image", "alt": {"tr": "Pano", "en": "Panel"}}, "picture “Panel”"),
        ({"kind": "video", "title": {"tr": "Söküm", "en": "Taking apart"}}, "film “Taking apart”"),
        ({"kind": "file", "title": {"tr": "Form", "en": "Form"}}, "file “Form”"),
        ({"kind": "task", "title": {"tr": "Ölçün", "en": "Measure"}, "text": {}}, "task “Measure”"),
        ({"kind": "note", "title": {"tr": "Dikkat", "en": "Mind"}}, "note “Mind”"),
        ({"kind": "question", "ask": "akim"}, "question “How many amperes?”"),
        ({"kind": "text", "body": {"tr": "Yalnız Türkçe", "en": ""}}, "text “Yalnız Türkçe”"),
        ({"kind": "text", "body": {"tr": "", "en": ""}}, "block without words"),
        ({"kind": "question", "ask": "gone"}, "question without words"),
    ],
)
def test_a_block_is_called_by_its_first_words(block: dict[str, Any], expected: str) -> None:
    assert messages.text(block_name(block, {"akim": ASKED}), "en") == expected


def test_a_long_line_is_cut_between_words() -> None:
    name = first_words({"tr": "**Ölçü aletinin** kalibrasyonu " * 4, "en": ""}).tr
    assert (name.startswith("Ölçü aletinin kalibrasyonu"), name.endswith("…"), len(name) <= LONGEST + 1) == (
        True,
        True,
        True,
    )


def test_what_is_not_there_any_more_has_no_name() -> None:
    names = Names({"units": [UNIT]})
    assert messages.spoken(names.unit("giris"), "en") == "Introduction"
    assert messages.spoken(names.thing("giris", "question", "akim"), "en") == "question “How many amperes?”"
    assert (names.unit("eski"), names.thing("giris", "block", "eski"), names.thing("eski", "block", "x")) == (
        None,
        None,
        None,
    )


def test_texts_of_rows_are_named_by_their_rows_and_plans() -> None:
    before = {"options": [{"id": "a", "text": {"tr": "1", "en": "1"}}], "quiz": {"minutes": 5}, "unheard": 1}
    after = {"options": [{"id": "a", "text": {"tr": "2", "en": "1"}}], "quiz": {"minutes": 6}, "unheard": 2}
    assert [row.label.msgid for row in rows(before, after)] == [
        "Option",
        "Minutes for one try",
        "Other",
    ]


def test_values_and_outcomes_are_said_in_words() -> None:
    outcomes = {"olcer": {"tr": "Ölçer.", "en": "Measures."}, "kurar": {"tr": "Kurar.", "en": "Installs."}}
    before, after = {"use": "check", "outcomes": ["olcer"]}, {"use": "quiz", "outcomes": ["olcer", "kurar"]}
    use, turkish, english = rows(before, after, outcomes, outcomes)
    word = use.word("quiz")
    assert word is not None
    assert word.msgid == "In the quiz"
    assert [piece.text for piece in turkish.sides.after if piece.kind == "new"] == ["Kurar."]
    assert ([piece.text for piece in english.sides.after if piece.kind == "new"], english.word("yes")) == (
        ["Installs."],
        None,
    )


def test_an_order_of_keys_shows_no_keys() -> None:
    assert rows(["a", "b"], ["b", "a"]) == ()
