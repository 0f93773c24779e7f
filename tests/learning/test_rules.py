"""What proves a unit, where one goes on, when answers count, how a quiz is drawn and scored."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.content.document import Quiz, Unit
from lmp.core import messages
from lmp.core.errors import NotAllowed, RuleBroken
from lmp.learning import rules
from lmp.learning.rules import FOOT, NOTHING_SHOWN, Period, Shown

PERIOD = Period(date(2026, 11, 30), date(2026, 12, 11), grace_days=14)
TEXTS = {"tr": "x", "en": "x"}


def a_question(number: int, use: str = "both") -> dict[str, Any]:
    """A statement to judge, as it stands in a document."""
    return {
        "key": f"q{number}",
        "id": f"00000000-0000-4000-8000-{number:012}",
        "kind": "truefalse",
        "outcome": "o1",
        "use": use,
        "difficulty": 1,
        "prompt": TEXTS,
        "explanation": TEXTS,
        "correct": True,
    }


def a_unit(key: str = "bir", *, checks: int = 2, bank: int = 4, draw: int | None = 2) -> Unit:
    """A unit whose page asks the first questions of its bank."""
    asked = [{"id": f"c{number}", "kind": "question", "ask": f"q{number}"} for number in range(checks)]
    return Unit.model_validate(
        {
            "key": key,
            "title": TEXTS,
            "summary": TEXTS,
            "minutes": 45,
            "outcomes": ["o1"],
            "quiz": {"draw": draw, "pass": 60} if draw else None,
            "blocks": [{"id": "metin", "kind": "text", "body": TEXTS}, *asked],
            "questions": [a_question(number) for number in range(bank)],
        }
    )


def shown(*right: str, passed: bool = False) -> Shown:
    """What somebody has shown."""
    return Shown(frozenset(right), passed, begun=True)


# what proves a unit


def test_steps_are_the_checks_of_the_page_and_the_quiz() -> None:
    assert rules.progress(a_unit(), NOTHING_SHOWN).steps_total == 3
    assert rules.progress(a_unit(draw=None), NOTHING_SHOWN).steps_total == 2


@pytest.mark.parametrize(
    ("found", "steps", "proven"),
    [
        (NOTHING_SHOWN, 0, False),
        (shown("q0"), 1, False),
        (shown("q0", "q1"), 2, False),
        (shown(passed=True), 1, False),
        (shown("q0", passed=True), 2, False),
        (shown("q0", "q1", passed=True), 3, True),
    ],
)
def test_a_unit_is_proven_by_every_check_and_the_quiz(found: Shown, steps: int, proven: bool) -> None:
    progress = rules.progress(a_unit(), found)
    assert (progress.steps_done, progress.proven) == (steps, proven)


def test_answers_to_questions_the_page_does_not_ask_are_no_steps() -> None:
    assert rules.progress(a_unit(), shown("q2", "q3")).steps_done == 0


def test_a_unit_without_quiz_is_proven_by_its_checks() -> None:
    assert rules.progress(a_unit(draw=None), shown("q0", "q1")).proven


def test_a_unit_that_asks_nothing_is_never_proven_by_reading() -> None:
    progress = rules.progress(a_unit(checks=0, draw=None), shown(passed=True))
    assert (progress.steps_total, progress.proven) == (0, False)


def test_one_right_answer_is_enough_whatever_else_was_tried() -> None:
    answers = [("bir", "q0", False), ("bir", "q0", True), ("bir", "q0", False), ("iki", "q9", False)]
    found = rules.shown_by_unit(answers, [("iki", None), ("iki", False), ("uc", True), ("uc", False)])
    assert found["bir"] == shown("q0")
    assert found["iki"] == shown()
    assert found["uc"] == shown(passed=True)


# where one goes on


def test_somebody_new_begins_at_the_top_of_the_first_unit() -> None:
    assert rules.resume([a_unit("bir"), a_unit("iki")], {}) == ("bir", None)


@pytest.mark.parametrize(
    ("found", "place"),
    [
        (shown(), "c0"),
        (shown("q0"), "c1"),
        (shown("q1"), "c0"),
        (shown("q1", passed=True), "c0"),
        (shown("q0", "q1"), FOOT),
    ],
)
def test_one_goes_on_at_the_first_open_check_then_at_the_quiz(found: Shown, place: str) -> None:
    assert rules.resume([a_unit("bir"), a_unit("iki")], {"bir": found}) == ("bir", place)


def test_a_proven_unit_leads_to_the_next_one() -> None:
    done = shown("q0", "q1", passed=True)
    units = [a_unit("bir"), a_unit("iki"), a_unit("uc")]
    assert rules.resume(units, {"bir": done}) == ("iki", None)
    assert rules.resume(units, {"iki": done}) == ("bir", None)
    assert rules.resume(units, {"bir": done, "iki": done, "uc": done}) == ("uc", FOOT)


# when study is open


def test_before_the_first_day_the_refusal_says_from_when() -> None:
    with pytest.raises(NotAllowed) as refusal:
        rules.check_readable(PERIOD, date(2026, 11, 29), has_place=True)
    assert "30 November 2026" in messages.text(refusal.value.message, "en")
    rules.check_readable(PERIOD, date(2026, 11, 30), has_place=True)


def test_people_without_a_place_do_not_read() -> None:
    with pytest.raises(NotAllowed):
        rules.check_readable(PERIOD, date(2026, 12, 1), has_place=False)


def test_reading_stays_open_after_the_end() -> None:
    rules.check_readable(PERIOD, date(2031, 1, 1), has_place=True)


@pytest.mark.parametrize("today", [date(2026, 11, 30), date(2026, 12, 11), date(2026, 12, 25)])
def test_answers_count_until_the_last_day_of_grace(today: date) -> None:
    rules.check_answerable(PERIOD, today, is_closed=False)


def test_after_the_days_of_grace_the_refusal_says_until_when() -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.check_answerable(PERIOD, date(2026, 12, 26), is_closed=False)
    assert "25 December 2026" in messages.text(refusal.value.message, "en")


def test_a_closed_enrolment_takes_no_answers() -> None:
    with pytest.raises(RuleBroken):
        rules.check_answerable(PERIOD, date(2026, 12, 1), is_closed=True)


# the quiz


def test_the_same_seed_draws_the_same_questions() -> None:
    unit = a_unit(bank=10, draw=5)
    assert unit.quiz is not None
    assert rules.draw(unit, unit.quiz, seed=7) == rules.draw(unit, unit.quiz, seed=7)
    assert len({tuple(rules.draw(unit, unit.quiz, seed=seed)) for seed in range(20)}) > 10


@given(seed=st.integers(0, 2**31 - 1), draw=st.integers(1, 12), bank=st.integers(1, 10))
def test_a_quiz_draws_each_question_once_and_no_more_than_there_are(seed: int, draw: int, bank: int) -> None:
    keys = rules.draw(a_unit(checks=0, bank=bank), Quiz(draw=draw, pass_mark=60), seed=seed)
    assert len(keys) == len(set(keys)) == min(draw, bank)
    assert set(keys) <= {f"q{number}" for number in range(bank)}


@given(seed=st.integers(0, 2**31 - 1))
def test_a_new_try_asks_first_what_was_not_asked_before(seed: int) -> None:
    unit = a_unit(bank=6, draw=3)
    assert unit.quiz is not None
    first = rules.draw(unit, unit.quiz, seed=seed)
    second = rules.draw(unit, unit.quiz, seed=seed + 1, asked=first)
    assert set(first) | set(second) == {question.key for question in unit.questions}


def test_questions_of_the_page_only_are_not_drawn() -> None:
    unit = a_unit(checks=0, bank=3)
    only_checks = unit.model_copy(
        update={"questions": tuple(question.model_copy(update={"use": "check"}) for question in unit.questions)}
    )
    assert rules.draw(only_checks, Quiz(draw=2, pass_mark=60), seed=1) == []


@pytest.mark.parametrize(
    ("thousandths", "questions", "percent"),
    [
        ([1000, 1000], 2, 100),
        ([1000, 0], 2, 50),
        ([1000, 1000, 0], 3, 66),
        ([0, 0], 2, 0),
        ([500, 1000], 2, 75),
        ([], 2, 0),
    ],
)
def test_a_score_is_the_share_of_the_points_rounded_down(thousandths: list[int], questions: int, percent: int) -> None:
    assert rules.score(thousandths, questions) == percent


def test_the_pass_mark_is_reached_or_not() -> None:
    quiz = Quiz(draw=3, pass_mark=67)
    assert not rules.is_pass(quiz, rules.score([1000, 1000, 0], 3))
    assert rules.is_pass(quiz, 67)


def test_a_quiz_does_not_end_with_open_questions() -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.check_complete(["q0", "q1", "q2"], ["q1"])
    assert messages.text(refusal.value.message, "en").startswith("2 questions")
    rules.check_complete(["q0", "q1"], ["q1", "q0"])
