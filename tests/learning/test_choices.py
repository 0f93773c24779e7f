"""What people answer to one question, and the advice that follows."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from lmp.content.document import AnyQuestion
from lmp.content.document.questions import Question
from lmp.learning import choices
from lmp.learning.choices import FEWEST_ALIKE, Given, Words, Wrong
from lmp.learning.statistics import FEWEST, QuestionStatistics

ID = UUID(int=7)
ADAPTER: TypeAdapter[AnyQuestion] = TypeAdapter(Question)


def question(kind: str, **more: object) -> AnyQuestion:
    text = {"tr": "Soru", "en": "Question"}
    base = {
        "key": "q",
        "id": str(ID),
        "outcome": "o1",
        "use": "both",
        "difficulty": 1,
        "prompt": text,
        "explanation": text,
    }
    return ADAPTER.validate_python({**base, "kind": kind, **more})


def said(words: str) -> dict[str, str]:
    return {"tr": words, "en": words}


OPTIONS = [{"id": one, "correct": one == "b", "text": said(one.upper())} for one in "abc"]
SINGLE = question("single", options=OPTIONS)
MULTIPLE = question("multiple", options=[{**OPTIONS[0], "correct": True}, *OPTIONS[1:]])
NUMBER = question("number", value=10, tolerance=0.1, unit="A")
TEXT = question("text", accept={"tr": ["ohm"], "en": ["ohm"]})


def shares(asked: AnyQuestion, *given_: Given) -> dict[str, float]:
    return {one.id: round(one.share, 2) for one in choices.choices(asked, given_)}


def test_of_a_hundred_answers_so_many_chose_each_option() -> None:
    assert shares(SINGLE, Given("a", 20), Given("b", 80)) == {"a": 0.2, "b": 0.8, "c": 0.0}
    assert shares(MULTIPLE, Given(["a", "b"], 60), Given(["c"], 40)) == {"a": 0.6, "b": 0.6, "c": 0.4}
    assert shares(question("truefalse", correct=False), Given("true", 25), Given("false", 75)) == {
        "true": 0.25,
        "false": 0.75,
    }


def test_rows_and_steps_tell_how_many_got_them_right() -> None:
    pairs = [{"id": one, "left": said(one), "right": said(one * 2)} for one in "ab"]
    matching = question("matching", pairs=pairs, others=[{"id": "x", "text": said("x")}])
    assert shares(matching, Given({"a": "a", "b": "x"}, 30), Given({"a": "b", "b": "b"}, 10)) == {"a": 0.75, "b": 0.25}
    ordering = question("ordering", items=[{"id": one, "text": said(one)} for one in "abc"])
    assert shares(ordering, Given(["a", "c", "b"], 40)) == {"a": 1.0, "b": 0.0, "c": 0.0}


def test_too_few_answers_say_nothing() -> None:
    assert choices.choices(SINGLE, [Given("a", FEWEST - 1)]) == []
    assert choices.wrong_answers(NUMBER, [(UUID(int=n), "5") for n in range(FEWEST - 1)]) == []


def typed(asked: AnyQuestion, *answers: tuple[str, int]) -> list[Wrong]:
    people = [words for words, number in answers for _one in range(number)]
    return choices.wrong_answers(asked, [(UUID(int=place), words) for place, words in enumerate(people)])


def test_wrong_answers_that_mean_the_same_are_counted_together() -> None:
    (wrong,) = typed(NUMBER, ("10", 25), ("2,5", 3), ("2,50 A", 1), ("2.5", 3))
    assert (wrong.words.in_language("tr"), wrong.words.in_language("en"), wrong.people) == ("2,5", "2.5", 7)
    found = typed(TEXT, ("Ohm", 20), ("VOLT", 4), ("volt ", 3), ("Watt", 5))
    assert [(one.words.in_language("tr"), one.people) for one in found] == [("volt", 7), ("watt", 5)]


def test_what_fewer_people_typed_is_never_shown() -> None:
    assert typed(TEXT, ("ohm", 40), ("Ayşe Yılmaz", FEWEST_ALIKE - 1)) == []
    one_person = [(UUID(int=1), "ayşe yılmaz")] * 20 + [(UUID(int=2), "ohm")] * 20
    assert choices.wrong_answers(TEXT, one_person) == []


@given(st.lists(st.tuples(st.integers(0, 9), st.text(min_size=1, max_size=3)), max_size=60))
def test_every_shown_answer_was_typed_by_enough_people(answers: list[tuple[int, str]]) -> None:
    for one in choices.wrong_answers(TEXT, [(UUID(int=person), words) for person, words in answers]):
        assert one.people >= FEWEST_ALIKE


def told(facility: float, discrimination: float | None, *given_: Given, asked: AnyQuestion = SINGLE) -> list[str]:
    found = QuestionStatistics(ID, 100, facility, discrimination)
    return [one.message.msgid.split()[0] for one in choices.advice(found, choices.choices(asked, given_), [])]


def test_a_good_question_gets_no_advice_and_one_with_few_answers_neither() -> None:
    assert told(0.6, 0.4, Given("a", 20), Given("b", 60), Given("c", 20)) == []
    assert choices.advice(QuestionStatistics(ID, 3, None, None), [], []) == []


def test_an_option_that_nobody_takes_is_named() -> None:
    found = QuestionStatistics(ID, 100, 0.7, 0.4)
    (one,) = choices.advice(found, choices.choices(SINGLE, [Given("a", 30), Given("b", 70)]), [])
    assert one.about is not None
    assert (one.about.in_language("tr"), "Hardly anybody" in one.message.msgid) == ("C", True)


def test_a_wrong_option_that_more_people_take_than_the_right_one_is_named() -> None:
    found = choices.advice(
        QuestionStatistics(ID, 100, 0.4, 0.3),
        choices.choices(SINGLE, [Given("a", 50), Given("b", 40), Given("c", 10)]),
        [],
    )
    assert ["More people choose" in one.message.msgid for one in found] == [True]


def test_a_wrong_option_of_those_who_do_well_elsewhere_is_named() -> None:
    given_ = [Given("a", 20, 0.9), Given("b", 60, 0.6), Given("c", 20, 0.3)]
    found = choices.advice(QuestionStatistics(ID, 100, 0.6, 0.3), choices.choices(SINGLE, given_), [])
    assert [(one.about.in_language("tr") if one.about else "") for one in found] == ["A"]


def test_a_wrong_answer_that_many_type_is_named() -> None:
    found = choices.advice(
        QuestionStatistics(ID, 100, 0.6, 0.3), [], [Wrong(Words("volt"), 20, 0.2), Wrong(Words("watt"), 5, 0.05)]
    )
    assert [(one.about.in_language("tr") if one.about else "") for one in found] == ["volt"]
