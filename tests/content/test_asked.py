"""A question as somebody sees it: as much of the truth as is due, and no more."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from lmp.content.arranged import Verdict
from lmp.content.asked import Asked, Control, Given, Response, Telling, asked, filled, in_words, right_answer
from lmp.content.document import AnyQuestion
from lmp.content.document.questions import Question
from lmp.core.errors import RuleBroken

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
MATCH = a_question(
    "matching",
    pairs=[{"id": one, "left": text(one.upper()), "right": text(f"sağ {one}")} for one in "abc"],
    others=[{"id": "x", "text": text("hiçbiri")}],
)
ORDER = a_question("ordering", items=[{"id": one, "text": text(one.upper())} for one in "abcd"])
RIGHT_MATCH = {"a": "a", "b": "b", "c": "c"}


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
        (MATCH, Control.MATCHING),
        (ORDER, Control.ORDERING),
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
        (NUMBER, "0,5\u00a0A", "0.5\u00a0A"),
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
    assert right_answer(a_question("number", value=1250, unit="W")).in_language("tr") == "1.250\u00a0W"
    assert right_answer(a_question("number", value=10)).in_language("tr") == "10"


def test_per_cent_and_degrees_stand_at_the_number_as_each_language_writes_them() -> None:
    share, angle = (
        right_answer(a_question("number", value=value, unit=unit)) for value, unit in ((1.88, "%"), (4.57, "°"))
    )
    assert (share.in_language("tr"), share.in_language("en")) == ("%1,88", "1.88%")
    assert (angle.in_language("tr"), angle.in_language("en")) == ("4,57°", "4.57°")


def test_an_answer_is_told_back_in_words() -> None:
    assert in_words(MULTIPLE, ["c", "a"]).in_language("tr") == "A; C"
    assert in_words(NUMBER, "0,4 A").in_language("tr") == "0,4 A"
    assert in_words(STATEMENT, "true").in_language("en") == "True"


# matching and ordering


def sent(shown: Asked, response: Response) -> list[str]:
    """What a form sends, row by row, for a response."""
    if isinstance(response, dict):
        values = {choice.id: choice.value for choice in shown.choices}
        return [values[response[row.id]] for row in shown.rows]
    return [str(list(response).index(row.id) + 1) for row in shown.rows]


@pytest.mark.parametrize("seed", [str(seed) for seed in range(20)])
@pytest.mark.parametrize(("question", "response"), [(MATCH, RIGHT_MATCH | {"c": "x"}), (ORDER, list("bdac"))])
def test_a_form_with_rows_says_what_was_chosen_whatever_the_lot(
    question: AnyQuestion, response: Response, seed: str
) -> None:
    shown = asked(question, seed=seed)
    assert shown.understood(sent(shown, response)) == response
    again = asked(question, seed=seed, given=Given(response, correct=False))
    assert [row.chosen for row in again.rows] == sent(shown, response)


def test_what_a_row_sends_gives_nothing_away() -> None:
    for question in (MATCH, ORDER):
        shown = asked(question, seed=SEED)
        assert [choice.value for choice in shown.choices] == [str(place) for place in range(1, len(shown.choices) + 1)]
        assert [row.id for row in shown.rows] != [choice.id for choice in shown.choices]
        assert not any(row.result or row.right or row.said for row in shown.rows)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        (MATCH, ["1", "", "2"]),
        (MATCH, ["1", "2"]),
        (MATCH, ["1", "2", "9"]),
        (ORDER, ["1", "2", "3", ""]),
        (ORDER, ["1", "1", "2", "3"]),
        (ORDER, ["0", "1", "2", "3"]),
    ],
)
def test_an_open_row_or_a_number_used_twice_is_asked_again_and_kept(question: AnyQuestion, values: list[str]) -> None:
    shown = asked(question, seed=SEED)
    with pytest.raises(RuleBroken) as refusal:
        shown.understood(values)
    assert refusal.value.field == "answer"
    kept = [row.chosen for row in filled(shown, values).rows]
    assert kept[: len(values)] == values


def test_a_check_tells_which_pairs_are_right_and_not_what_belongs_to_the_others() -> None:
    given = Given({"a": "a", "b": "c", "c": "x"}, correct=False)
    shown = asked(MATCH, seed=SEED, given=given, telling=Telling.VERDICT)
    assert [row.result for row in shown.rows] == [Verdict.RIGHT, Verdict.WRONG, Verdict.WRONG]
    assert (shown.parts, [row.right for row in shown.rows]) == ((1, 3), [None] * 3)


def test_the_truth_names_the_right_side_of_every_wrong_pair() -> None:
    given = Given({"a": "a", "b": "c", "c": "x"}, correct=False)
    shown = asked(MATCH, seed=SEED, given=given, telling=Telling.TRUTH)
    assert [row.right.in_language("tr") if row.right else None for row in shown.rows] == [None, "sağ b", "sağ c"]
    assert [row.said.in_language("tr") if row.said else None for row in shown.rows] == ["sağ a", "sağ c", "hiçbiri"]


def test_a_wrong_order_says_how_many_steps_follow_rightly_and_the_truth_shows_every_place() -> None:
    given = Given(list("bcda"), correct=False)
    told = asked(ORDER, seed=SEED, given=given, telling=Telling.VERDICT)
    assert (told.parts, {row.result for row in told.rows}) == ((2, 3), {Verdict.NONE})
    truth = asked(ORDER, seed=SEED, given=given, telling=Telling.TRUTH)
    assert [row.id for row in truth.rows] == list("abcd")
    assert [row.right.in_language("en") if row.right else None for row in truth.rows] == ["1", "2", "3", "4"]


def test_answers_in_rows_are_told_back_in_words() -> None:
    assert in_words(MATCH, RIGHT_MATCH | {"c": "x"}).in_language("tr") == "A → sağ a; B → sağ b; C → hiçbiri"
    assert in_words(ORDER, list("badc")).in_language("tr") == "1. B; 2. A; 3. D; 4. C"
    assert right_answer(ORDER).in_language("en") == "1. A (en); 2. B (en); 3. C (en); 4. D (en)"
