"""What differs between two texts, who sat when, and what comes next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.content import rules, sittings, wording
from lmp.content.differences import rows
from lmp.content.rules import ReviewState, Standing, Step
from lmp.core.errors import RuleBroken

ANNE, BORA = UUID(int=1), UUID(int=2)


def _marked(side: tuple[wording.Piece, ...], kind: str) -> list[str]:
    return [piece.text for piece in side if piece.kind == kind]


def test_only_the_words_that_changed_are_marked() -> None:
    found = wording.compare("Tip A, en çok 6 mA sürdürür.\nAynı satır.", "Tip A, en çok 10 mA sürdürür.\nAynı satır.")
    assert (_marked(found.before, "gone"), _marked(found.after, "new")) == (["6"], ["10"])


def test_a_new_line_is_marked_and_the_others_are_not() -> None:
    found = wording.compare("Bir.\nİki.", "Bir.\nBir buçuk.\nİki.")
    assert _marked(found.before, "gone") == []
    assert _marked(found.after, "new") == ["Bir buçuk.\n"]


def test_a_passage_written_anew_is_marked_as_one() -> None:
    found = wording.compare("kırmızı elma ağaçta durur bugün", "masanın üstünde beş kalem var")
    assert _marked(found.before, "gone") == ["kırmızı elma ağaçta durur bugün"]
    assert _marked(found.after, "new") == ["masanın üstünde beş kalem var"]


def test_long_stretches_that_stay_are_left_out() -> None:
    long = " ".join(f"söz{number}" for number in range(200))
    found = wording.compare(f"eski {long} son", f"yeni {long} son")
    assert [piece.kind for piece in found.after] == ["new", "same", "gap"]
    assert sum(len(piece.text) for piece in found.after) < len(long)


def test_a_stretch_is_left_out_on_both_sides_alike() -> None:
    long = " ".join(f"söz{number}" for number in range(200))
    found = wording.compare(long, f"{long}\n\nYeni paragraf.")
    assert [piece.kind for piece in found.before] == ["gap", "same"]
    assert [piece.kind for piece in found.after] == ["gap", "same", "new"]


def test_a_passage_too_long_to_compare_is_shown_as_replaced() -> None:
    long = " ".join(f"söz{number}" for number in range(700))
    found = wording.compare(long, f"{long} son")
    assert _marked(found.after, "new") == [f"{long} son"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_each_side_holds_its_whole_text(before: str, after: str) -> None:
    found = wording.compare(before, after)
    if all(piece.kind != "gap" for piece in (*found.before, *found.after)):
        for side, text in ((found.before, before), (found.after, after)):
            assert "".join(piece.text for piece in side).split() == text.split()


@given(st.text(max_size=80))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    found = wording.compare(text, text)
    assert {piece.kind for piece in (*found.before, *found.after)} <= {"same"}


def test_the_texts_of_a_thing_are_named_and_the_mark_of_a_translation_is_not_among_them() -> None:
    before = {"body": {"tr": "Eski", "en": "Old"}, "translation": {"from": "0" * 12, "state": "draft"}}
    after = {"body": {"tr": "Yeni", "en": "Old"}, "translation": {"from": "1" * 12, "state": "draft"}}
    (found,) = rows(before, after)
    assert (found.label and found.label.msgid, found.lang) == ("Text", "tr")


def test_what_has_no_language_is_shown_once() -> None:
    (found,) = rows({"minutes": 10, "must": True}, {"minutes": 12, "must": True})
    assert (found.label and found.label.msgid, found.lang) == ("Minutes", None)
    assert _marked(found.sides.after, "new") == ["12"]


def test_options_are_told_apart_by_their_ids() -> None:
    before = {"options": [{"id": "a", "correct": True, "text": {"tr": "Evet", "en": "Yes"}}]}
    after = {"options": [{"id": "a", "correct": False, "text": {"tr": "Evet", "en": "Yes"}}]}
    (found,) = rows(before, after)
    assert (found.name, _marked(found.sides.before, "gone"), _marked(found.sides.after, "new")) == (
        "options.a",
        ["yes"],
        ["no"],
    )


def test_a_file_that_changed_shows_no_digits_of_its_hash() -> None:
    assert rows("0" * 64, "1" * 64) == ()


@dataclass(frozen=True)
class _Save:
    author_id: UUID | None
    saved_at: datetime

    @property
    def saved_on(self) -> date:
        return self.saved_at.date()


def _at(minutes: int, author: UUID = ANNE) -> _Save:
    return _Save(author, datetime(2026, 11, 20, 9, tzinfo=UTC) + timedelta(minutes=minutes))


def test_what_one_person_saves_without_a_pause_is_one_sitting() -> None:
    (day,) = sittings.days([_at(120), _at(40), _at(20), _at(10)])
    assert [len(sitting.rows) for sitting in day.sittings] == [1, 3]


def test_another_person_begins_another_sitting_and_another_day_another_list() -> None:
    found = sittings.days([_at(60 * 24), _at(12), _at(11, BORA), _at(10)])
    assert [[len(sitting.rows) for sitting in day.sittings] for day in found] == [[1], [1, 1, 1]]


@pytest.mark.parametrize(
    ("is_new", "review", "expected"),
    [
        (False, ReviewState.OPEN, Standing.PUBLISHED),
        (True, None, Standing.DRAFT),
        (True, ReviewState.OPEN, Standing.IN_REVIEW),
        (True, ReviewState.SENT_BACK, Standing.SENT_BACK),
        (True, ReviewState.WITHDRAWN, Standing.DRAFT),
        (True, ReviewState.APPROVED, Standing.DRAFT),
    ],
)
def test_where_a_course_stands(is_new: bool, review: ReviewState | None, expected: Standing) -> None:
    assert rules.standing(is_new=is_new, review=review) is expected


@pytest.mark.parametrize(
    ("standing", "may_write", "may_decide", "blocking", "expected"),
    [
        (Standing.DRAFT, True, False, 3, Step.WRITE),
        (Standing.DRAFT, True, True, 0, Step.ASK),
        (Standing.DRAFT, False, False, 0, Step.READ),
        (Standing.IN_REVIEW, True, True, 0, Step.DECIDE),
        (Standing.IN_REVIEW, True, False, 0, Step.WAIT),
        (Standing.SENT_BACK, True, False, 0, Step.REPAIR),
        (Standing.PUBLISHED, True, True, 0, Step.DONE),
    ],
)
def test_what_comes_next(standing: Standing, may_write: bool, may_decide: bool, blocking: int, expected: Step) -> None:
    assert rules.next_step(standing, may_write=may_write, may_decide=may_decide, blocking=blocking) is expected


def test_a_reason_is_asked_for_and_no_longer_than_a_page() -> None:
    with pytest.raises(RuleBroken) as missing:
        rules.check_words(" \n", "Write what has to be changed.", "words")
    assert missing.value.field == "words"
    with pytest.raises(RuleBroken):
        rules.check_words("x" * (rules.LONGEST_COMMENT + 1), "", "words")
    assert rules.check_words(" Tablo\r\neksik \u202e", "", "words") == "Tablo\neksik"
