"""Marking answers and drawing quizzes."""

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from lmp.content.document import AnyQuestion, MatchingQuestion, MultipleQuestion, OrderingQuestion, SingleQuestion
from lmp.content.document.questions import Question
from lmp.content.marking import BadResponse, Marked, answer_order, draw, item_order, mark, option_order
from tests.content.samples import items, options, pairs, question, questions

_QUESTION: TypeAdapter[AnyQuestion] = TypeAdapter(Question)


def made(kind: str, number: int = 1, **answer: Any) -> AnyQuestion:
    """A question of one kind."""
    return _QUESTION.validate_python(question(number, kind, **answer))


SINGLE = made("single", options=options(False, True, False))
MULTIPLE = made("multiple", options=options(True, False, True, False))
STATEMENT = made("truefalse", correct=False)
CURRENT = made("number", value=32, tolerance=0.5, unit="A")
WORDS = made("text", accept={"tr": ["kaçak akım rölesi", "RCD"], "en": ["residual-current device"]})


def test_one_choice_is_right_or_wrong() -> None:
    assert mark(SINGLE, "b") == Marked(True, 1.0, {"chosen": ["b"]})
    assert mark(SINGLE, "a") == Marked(False, 0.0, {"chosen": ["a"]})


@pytest.mark.parametrize(
    ("chosen", "correct", "score"),
    [
        (["a", "c"], True, 1.0),
        (["c", "a"], True, 1.0),
        (["a"], False, 0.5),
        (["a", "b"], False, 0.0),
        (["a", "c", "b"], False, 0.5),
        (["a", "b", "c", "d"], False, 0.0),
        (["b", "d"], False, 0.0),
    ],
)
def test_several_choices_are_right_together_only_and_guessing_everything_earns_nothing(
    chosen: list[str], correct: bool, score: float
) -> None:
    marked = mark(MULTIPLE, chosen)
    assert (marked.correct, marked.score) == (correct, score)


def test_several_choices_say_what_was_missed_and_what_was_wrong() -> None:
    assert mark(MULTIPLE, ["b", "a"]).detail == {"chosen": ["a", "b"], "missed": ["c"], "wrong": ["b"]}


def test_a_statement_is_judged() -> None:
    assert mark(STATEMENT, False).correct
    assert mark(STATEMENT, "false").correct
    assert not mark(STATEMENT, "true").correct


@pytest.mark.parametrize(
    "response",
    ["32", "32,0", "32.5", "31,5", " 32 ", "32 A", "32A", "32 a", "+32", 32, 32.4, "32,000", "0032"],
)
def test_a_number_within_its_tolerance_is_right_in_every_writing(response: object) -> None:
    assert mark(CURRENT, response).correct


@pytest.mark.parametrize("response", ["31,4", "32,51", "-32", "320", "3,2", "0", "32.000,9"])
def test_a_number_outside_its_tolerance_is_wrong(response: str) -> None:
    assert mark(CURRENT, response).score == 0.0


def test_a_number_that_can_be_read_in_two_ways_counts_when_either_is_right() -> None:
    millimetres = made("number", value=1.234, tolerance=0)
    assert mark(millimetres, "1.234").correct
    assert mark(made("number", value=1234, tolerance=0), "1.234").correct
    assert mark(millimetres, "1.234").detail == {"readings": ["1234", "1.234"]}


def test_a_tolerance_is_exact_in_decimals() -> None:
    assert mark(made("number", value=0.1, tolerance=0.2), "0,3").correct
    assert not mark(made("number", value=0.1, tolerance=0.2), "0,3001").correct


@pytest.mark.parametrize(
    ("unit", "response"),
    [
        ("%", "%87"),
        ("%", "87 %"),
        ("Ω", "87 \u2126"),
        ("mm²", "87 mm2"),
        ("µF", "87 μF"),
        ("°C", "87°C"),
        ("m/s", "87 m / s"),
    ],
)
def test_units_are_recognised_in_their_usual_writings(unit: str, response: str) -> None:
    assert mark(made("number", value=87, tolerance=0, unit=unit), response).correct


@pytest.mark.parametrize(
    "response",
    [
        *("Kaçak Akım Rölesi", "kacak akim rolesi", "KAÇAK AKIM RÖLESİ", "bir kaçak  akım rölesi", "kaçakakımrölesi"),
        *("rcd", "The residual current device", "residual-current device.", "a Residual Current Device"),
    ],
)
def test_words_are_compared_without_case_marks_blanks_and_articles(response: str) -> None:
    assert mark(WORDS, response).correct


@pytest.mark.parametrize("response", ["röle", "kaçak akım", "device residual current", "bir", "the"])
def test_other_words_are_wrong(response: str) -> None:
    assert mark(WORDS, response) == Marked(False, 0.0, {"matched": None})


def test_an_answer_of_signs_only_can_be_right() -> None:
    assert mark(made("text", accept={"tr": ["+"]}), " + ").correct
    assert not mark(made("text", accept={"tr": ["+"]}), "-").correct


@pytest.mark.parametrize(
    ("asked", "response"),
    [
        (SINGLE, ""),
        (SINGLE, None),
        (SINGLE, "z"),
        (SINGLE, ["b"]),
        (SINGLE, {"id": "b"}),
        (MULTIPLE, []),
        (MULTIPLE, "a"),
        (MULTIPLE, ["a", "z"]),
        (MULTIPLE, ["a", None]),
        (MULTIPLE, [["a"]]),
        (STATEMENT, "yes"),
        (STATEMENT, 0),
        (STATEMENT, None),
        (STATEMENT, []),
        (CURRENT, ""),
        (CURRENT, "many"),
        (CURRENT, "32 V"),
        (CURRENT, "3 2"),
        (CURRENT, True),
        (CURRENT, "9" * 300),
        (CURRENT, float("nan")),
        (made("number", value=1), "1 A"),
        (WORDS, " "),
        (WORDS, None),
        (WORDS, "x" * 201),
    ],
)
def test_what_is_no_answer_is_asked_again(asked: AnyQuestion, response: object) -> None:
    with pytest.raises(BadResponse):
        mark(asked, response)


def test_a_wrong_unit_is_answered_with_the_right_one() -> None:
    with pytest.raises(BadResponse) as refused:
        mark(CURRENT, "0,032 kA")
    assert refused.value.message.values == {"unit": "A"}


@given(
    st.sampled_from([SINGLE, MULTIPLE, STATEMENT, CURRENT, WORDS]),
    st.text(max_size=30) | st.lists(st.sampled_from("abcdz")),
)
def test_every_answer_is_marked_or_refused_and_can_be_stored(asked: AnyQuestion, response: object) -> None:
    try:
        marked = mark(asked, response)
    except BadResponse:
        return
    assert 0 <= marked.score <= 1
    assert marked.correct == (marked.score == 1)
    json.dumps(marked.detail)


BANK = [_QUESTION.validate_python(each) for each in questions()] + [
    made("truefalse", number, use="both", correct=True) for number in range(10, 20)
]


def test_the_same_seed_draws_the_same_questions_in_any_bank_order() -> None:
    drawn = draw(BANK, 5, "seed")
    assert drawn == draw(list(reversed(BANK)), 5, "seed")
    assert len({each.id for each in drawn}) == 5
    assert {tuple(each.key for each in draw(BANK, 5, str(seed))) for seed in range(20)} != {
        tuple(each.key for each in drawn)
    }


def test_a_draw_of_today_is_known_for_ever() -> None:
    assert [each.id.int for each in draw(BANK, 4, "2026")] == [15, 17, 14, 11]


def test_questions_of_the_page_are_never_drawn_and_a_draw_stops_at_the_end() -> None:
    assert {each.use for each in draw(BANK, 99, "x")} == {"quiz", "both"}
    assert len(draw(BANK, 99, "x")) == len(BANK) - 1


def test_every_question_is_drawn_by_some_seed() -> None:
    seen = {each.id for seed in range(200) for each in draw(BANK, 2, str(seed))}
    assert seen == {each.id for each in BANK if each.use != "check"}


def test_options_are_shuffled_by_the_seed_and_none_is_lost() -> None:
    assert isinstance(SINGLE, SingleQuestion)
    assert isinstance(MULTIPLE, MultipleQuestion)
    orders = {"".join(option.id for option in option_order(MULTIPLE, str(seed))) for seed in range(100)}
    assert {"".join(sorted(order)) for order in orders} == {"abcd"}
    assert len(orders) > 10
    assert option_order(SINGLE, "x") == option_order(SINGLE, "x")


def test_two_questions_with_the_same_options_are_shuffled_apart() -> None:
    one, two = (made("single", number, options=options(True, False, False, False, False, False)) for number in (1, 2))
    assert isinstance(one, SingleQuestion)
    assert isinstance(two, SingleQuestion)
    assert (one.id, two.id) == (UUID(int=1), UUID(int=2))
    assert option_order(one, "x") != option_order(two, "x")


# matching and ordering

MATCH = MatchingQuestion.model_validate(question(8, "matching", pairs=pairs(4), others=items(1, "x")))
ORDER = OrderingQuestion.model_validate(question(9, "ordering", items=items(5)))


@pytest.mark.parametrize(
    ("said", "correct", "score"),
    [("abcd", True, 1.0), ("abdc", False, 0.5), ("bcda", False, 0.0), ("abcx", False, 0.75), ("aaaa", False, 0.25)],
)
def test_matching_is_worth_the_share_of_right_pairs(said: str, correct: bool, score: float) -> None:
    marked = mark(MATCH, dict(zip("abcd", said, strict=True)))
    assert (marked.correct, marked.score, marked.detail["of"]) == (correct, score, 4)


@pytest.mark.parametrize(
    ("said", "correct", "score"),
    [
        ("abcde", True, 1.0),
        ("edcba", False, 0.0),
        ("bcdea", False, 0.75),
        ("abced", False, 0.5),
        ("deabc", False, 0.75),
        ("acebd", False, 0.0),
    ],
)
def test_ordering_is_worth_the_share_of_items_followed_by_the_right_one(said: str, correct: bool, score: float) -> None:
    marked = mark(ORDER, list(said))
    assert (marked.correct, marked.score, marked.detail["of"]) == (correct, score, 4)


@pytest.mark.parametrize(
    "response", ["a", None, {}, {"a": "a"}, dict.fromkeys("abcd", "z"), dict.fromkeys("abcde", "a"), list("abcd")]
)
def test_an_open_or_foreign_match_is_no_answer(response: object) -> None:
    with pytest.raises(BadResponse):
        mark(MATCH, response)


@pytest.mark.parametrize("response", ["abcde", None, [], list("abcd"), list("aabcd"), list("abcdz"), {"a": "b"}])
def test_an_order_holds_every_item_once(response: object) -> None:
    with pytest.raises(BadResponse):
        mark(ORDER, response)


@given(st.text(max_size=8), st.integers(3, 10))
def test_nobody_sees_an_order_that_is_right_already(seed: str, count: int) -> None:
    order = OrderingQuestion.model_validate(question(9, "ordering", items=items(count)))
    shown = item_order(order, seed)
    assert shown != list(order.items)
    assert sorted(item.id for item in shown) == sorted(item.id for item in order.items)
    assert shown == item_order(order, seed)


@given(st.text(max_size=8))
def test_the_answers_of_a_match_do_not_stand_beside_their_rows(seed: str) -> None:
    assert answer_order(MATCH, seed) != list(MATCH.answers)
    assert {answer.id for answer in answer_order(MATCH, seed)} == set("abcdx")


@given(st.permutations("abcde"))
def test_only_the_right_order_is_worth_everything(said: list[str]) -> None:
    marked = mark(ORDER, said)
    assert marked.correct is (said == list("abcde"))
    assert (marked.score == 1.0) is marked.correct
