"""A question as somebody sees it: as much of the truth as is due, and no more."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from lmp.content.document import AnyQuestion
from lmp.content.document.questions import Question
from lmp.learning.asked import Asked, Control, Given, Telling, Verdict, asked, filled, in_words, right_answer

SEED = "7"


def text(word: str) -> dict[str, str]:
    """A bilingual text."""
    return {"tr": word, "en": f"{word} (en)"}


def a_question(kind: str, **values: Any) -> AnyQuestion:
    """A question of a kind."""
    made = {
        "key": "soru",
        "id": "2bdf9329-0e09-4a98-809f-5b064a88d318",
        "kind": kind,
        "outcome": "o1",
        "use": "both",
        "difficulty": 1,
        "prompt": text("Hangisi?"),
        "explanation": text("Çünkü"),
    }
    adapter: TypeAdapter[AnyQuestion] = TypeAdapter(Question)
    return adapter.validate_python(made | values)


def a_choice(kind: str, *right: str) -> AnyQuestion:
    """A choice of a, b, c; each has a reason."""
    options = [
        {"id": one, "correct": one in right, "text": text(one.upper()), "why": text(f"neden {one}")} for one in "abc"
    ]
    return a_question(kind, options=options)


SINGLE = a_choice("single", "b")
MULTIPLE = a_choice("multiple", "a", "b")
STATEMENT = a_question("truefalse", correct=False)
NUMBER = a_question("number", value=0.5, tolerance=0.01, unit="A")
WORDS = a_question("text", accept={"tr": ["kaçak akım rölesi", "RCD"], "en": ["RCD"]})


def results(shown: Asked) -> dict[str, Verdict]:
    """What is said about each option."""
    return {option.value: option.result for option in shown.options if option.result}


def reasons(shown: Asked) -> set[str]:
    """The options whose reason is shown."""
    return {option.value for option in shown.options if option.why is not None}


@pytest.mark.parametrize(
    ("question", "control"),
    [
        (SINGLE, Control.RADIO),
        (STATEMENT, Control.RADIO),
        (MULTIPLE, Control.CHECKBOX),
        (NUMBER, Control.NUMBER),
        (WORDS, Control.TEXT),
    ],
)
def test_each_kind_has_its_way_of_answering(question: AnyQuestion, control: Control) -> None:
    assert asked(question, seed=SEED).control is control


def test_one_person_sees_one_order_and_people_differ() -> None:
    orders = {tuple(option.value for option in asked(SINGLE, seed=str(seed)).options) for seed in range(30)}
    again = [tuple(option.value for option in asked(SINGLE, seed=SEED).options) for _ in range(3)]
    assert len(set(again)) == 1
    assert len(orders) == 6


def test_an_unanswered_question_tells_nothing() -> None:
    shown = asked(SINGLE, seed=SEED, telling=Telling.VERDICT)
    assert (results(shown), reasons(shown), shown.verdict, shown.right_answer) == ({}, set(), Verdict.NONE, None)


def test_in_a_quiz_an_answer_is_kept_and_nothing_is_told() -> None:
    shown = asked(SINGLE, seed=SEED, given=Given("a", correct=False))
    assert [option.value for option in shown.options if option.is_chosen] == ["a"]
    assert (results(shown), reasons(shown), shown.verdict) == ({}, set(), Verdict.NONE)


def test_a_wrong_answer_to_a_check_tells_why_and_not_what_is_right() -> None:
    shown = asked(SINGLE, seed=SEED, given=Given("a", correct=False), telling=Telling.VERDICT)
    assert shown.verdict is Verdict.WRONG
    assert results(shown) == {"a": Verdict.WRONG}
    assert reasons(shown) == {"a"}
    assert shown.right_answer is None


def test_a_right_answer_keeps_the_reasons_of_what_was_tried_before() -> None:
    given = Given("b", correct=True, ever_chosen=frozenset({"a", "b"}))
    shown = asked(SINGLE, seed=SEED, given=given, telling=Telling.VERDICT)
    assert shown.verdict is Verdict.RIGHT
    assert results(shown) == {"b": Verdict.RIGHT}
    assert reasons(shown) == {"a", "b"}


def test_a_choice_of_several_that_misses_one_does_not_tell_which() -> None:
    shown = asked(MULTIPLE, seed=SEED, given=Given(["a"], correct=False), telling=Telling.VERDICT)
    assert (shown.verdict, results(shown)) == (Verdict.WRONG, {})


def test_the_truth_names_every_right_option_and_the_wrong_choice() -> None:
    shown = asked(MULTIPLE, seed=SEED, given=Given(["a", "c"], correct=False), telling=Telling.TRUTH)
    assert results(shown) == {"a": Verdict.RIGHT, "b": Verdict.RIGHT, "c": Verdict.WRONG}


def test_what_was_typed_stays_in_the_field() -> None:
    assert asked(NUMBER, seed=SEED, given=Given("0,4 A", correct=False)).typed == "0,4 A"
    assert filled(asked(WORDS, seed=SEED), "röle").typed == "röle"
    assert [one.value for one in filled(asked(SINGLE, seed=SEED), "c").options if one.is_chosen] == ["c"]
    assert not any(one.is_chosen for one in filled(asked(SINGLE, seed=SEED), "").options)


@pytest.mark.parametrize(
    ("question", "turkish", "english"),
    [
        (SINGLE, "B", "B (en)"),
        (MULTIPLE, "A; B", "A (en); B (en)"),
        (NUMBER, "0,5 A", "0.5 A"),
        (WORDS, "kaçak akım rölesi", "RCD"),
        (STATEMENT, None, "False"),
    ],
)
def test_the_right_answer_is_said_in_the_readers_language(
    question: AnyQuestion, turkish: str | None, english: str
) -> None:
    assert right_answer(question).in_language("en") == english
    if turkish is not None:
        assert right_answer(question).in_language("tr") == turkish


def test_whole_numbers_are_written_without_decimals() -> None:
    assert right_answer(a_question("number", value=1250, unit="W")).in_language("tr") == "1.250 W"
    assert right_answer(a_question("number", value=10)).in_language("tr") == "10"


def test_an_answer_is_told_back_in_words() -> None:
    assert in_words(MULTIPLE, ["c", "a"]).in_language("tr") == "A; C"
    assert in_words(NUMBER, "0,4 A").in_language("tr") == "0,4 A"
    assert in_words(STATEMENT, "true").in_language("en") == "True"
