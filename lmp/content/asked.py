"""A question as somebody sees it: its options in their order, what was chosen, and as much of the truth as is due."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypedDict

from lmp.content import arranged
from lmp.content.arranged import Choice, Row, Verdict
from lmp.content.document import (
    AnyQuestion,
    MatchingQuestion,
    MultipleQuestion,
    NumberQuestion,
    OrderingQuestion,
    SingleQuestion,
    TextQuestion,
    TrueFalseQuestion,
)
from lmp.content.marking import BadResponse, mark, option_order
from lmp.core import written
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message, Translated

#: An answer: the id of an option, several ids, "true" or "false", what was typed, ids in an order, or id → id of matches.
Response = str | list[str] | dict[str, str]
#: The name under which an answer's row keeps its response.
GIVEN = "given"
STATEMENT_OPTIONS = (("true", Message(N_("True"))), ("false", Message(N_("False"))))


class Control(StrEnum):
    """How an answer is given."""

    RADIO = "radio"
    CHECKBOX = "checkbox"
    NUMBER = "number"
    TEXT = "text"
    MATCHING = "matching"
    ORDERING = "ordering"


class Telling(StrEnum):
    """How much is told: nothing (in a quiz), whether the answer was right and why (a check), or the truth (at the end)."""

    NOTHING = "nothing"
    VERDICT = "verdict"
    TRUTH = "truth"


@dataclass(frozen=True)
class Given:
    """What somebody has answered: the newest response, whether it is correct, and every option ever chosen."""

    response: Response
    correct: bool
    ever_chosen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ShownOption:
    """One option of a choice; `result` and `why` are empty as long as they are not to be told."""

    value: str
    text: Translated
    is_chosen: bool
    result: Verdict
    why: Translated | None


@dataclass(frozen=True)
class Asked:
    """A question as the page shows it."""

    key: str
    control: Control
    prompt: Translated
    options: tuple[ShownOption, ...]
    #: What was typed into a field.
    typed: str
    #: The unit a number is meant in.
    unit: str
    verdict: Verdict
    explanation: Translated
    #: Only with the truth.
    right_answer: Translated | None
    #: The rows of a matching or ordering question, and what each of them offers.
    rows: tuple[Row, ...] = ()
    choices: tuple[Choice, ...] = ()
    #: Right parts and all parts of an answer in rows, once it is told.
    parts: tuple[int, int] | None = None

    def rows_in(self, lang: str) -> list[dict[str, str]]:
        """The rows in one language, as the design system's question takes them."""
        return [
            {
                "text": row.text.in_language(lang),
                "chosen": row.chosen,
                "said": row.said.in_language(lang) if row.said else "",
                "result": row.result.value,
                "right": row.right.in_language(lang) if row.right else "",
            }
            for row in self.rows
        ]

    def choices_in(self, lang: str) -> list[dict[str, str]]:
        """What every row offers, in one language."""
        return [{"value": choice.value, "text": choice.text.in_language(lang)} for choice in self.choices]

    def understood(self, values: Response) -> Response:
        """The response that a form's values stand for. Raises RuleBroken, at the form's field, when rows are left open."""
        if not self.rows:
            return values
        try:
            is_order = self.control is Control.ORDERING
            return arranged.understood(self.rows, self.choices, list(values), is_order=is_order)
        except BadResponse as bad:
            raise RuleBroken(bad.message, "answer") from None

    def options_in(self, lang: str) -> list[dict[str, object]]:
        """The options in one language, as the design system's question takes them."""
        return [
            {
                "value": option.value,
                "text": option.text.in_language(lang),
                "chosen": option.is_chosen,
                "result": option.result.value,
                "reason": option.why.in_language(lang) if option.why else "",
            }
            for option in self.options
        ]


@dataclass(frozen=True)
class _Choice:
    """One option as the document has it; the two of a statement have no reason."""

    value: str
    text: Translated
    is_correct: bool
    why: Translated | None = None


def control_of(question: AnyQuestion) -> Control:
    """How a question is answered."""
    match question:
        case MultipleQuestion():
            return Control.CHECKBOX
        case NumberQuestion():
            return Control.NUMBER
        case TextQuestion():
            return Control.TEXT
        case MatchingQuestion():
            return Control.MATCHING
        case OrderingQuestion():
            return Control.ORDERING
        case _:
            return Control.RADIO


def asked(question: AnyQuestion, *, seed: str, given: Given | None = None, telling: Telling = Telling.NOTHING) -> Asked:
    """A question for one person, its options in the order that the seed gives."""
    return Asked(
        key=question.key,
        control=control_of(question),
        prompt=question.prompt,
        options=tuple(_shown(choice, given, telling) for choice in _choices(question, seed)),
        typed=given.response if given is not None and isinstance(given.response, str) else "",
        unit=(question.unit or "") if isinstance(question, NumberQuestion) else "",
        verdict=_verdict(given, telling),
        explanation=question.explanation,
        right_answer=right_answer(question) if telling is Telling.TRUTH else None,
        **_arranged(question, seed, given, telling),
    )


class _Rows(TypedDict, total=False):
    """What only a question in rows has."""

    rows: tuple[Row, ...]
    choices: tuple[Choice, ...]
    parts: tuple[int, int] | None


def _arranged(question: AnyQuestion, seed: str, given: Given | None, telling: Telling) -> _Rows:
    """The rows of a matching or ordering question, nothing for other kinds."""
    if not isinstance(question, MatchingQuestion | OrderingQuestion):
        return {}
    response = given.response if given is not None and not isinstance(given.response, str) else None
    verdict, truth = telling is Telling.VERDICT, telling is Telling.TRUTH
    return {
        "rows": arranged.rows(question, seed, response, verdict=verdict, truth=truth),
        "choices": arranged.choices(question, seed),
        "parts": None if response is None or telling is Telling.NOTHING else _parts(question, response),
    }


def _parts(question: AnyQuestion, response: Response) -> tuple[int, int]:
    """How many parts of an answer in rows are right, of how many."""
    worth = mark(question, response)
    total = int(str(worth.detail["of"]))
    return round(worth.score * total), total


def filled(shown: Asked, response: Response | None) -> Asked:
    """The question with what somebody has just typed or chosen, before anything is saved."""
    if shown.rows:
        return replace(shown, rows=arranged.kept(shown.rows, list(response or [])), verdict=Verdict.NONE, parts=None)
    chosen = chosen_in(response) if response else frozenset()
    options = tuple(replace(option, is_chosen=option.value in chosen) for option in shown.options)
    return replace(shown, options=options, typed=response if isinstance(response, str) else "")


def _verdict(given: Given | None, telling: Telling) -> Verdict:
    """Whether the answer was right, where it is told."""
    if telling is Telling.NOTHING or given is None:
        return Verdict.NONE
    return Verdict.RIGHT if given.correct else Verdict.WRONG


def _shown(choice: _Choice, given: Given | None, telling: Telling) -> ShownOption:
    """One option with as much as is told about it; its reason belongs to whoever has chosen it."""
    chosen = given is not None and choice.value in chosen_in(given.response)
    has_chosen = given is not None and (chosen or choice.value in given.ever_chosen)
    result = Verdict.NONE
    if choice.is_correct and (telling is Telling.TRUTH or (given is not None and given.correct)):
        result = Verdict.RIGHT
    elif chosen and not choice.is_correct:
        result = Verdict.WRONG
    if telling is Telling.NOTHING:
        return ShownOption(choice.value, choice.text, chosen, Verdict.NONE, None)
    return ShownOption(choice.value, choice.text, chosen, result, choice.why if has_chosen else None)


def _choices(question: AnyQuestion, seed: str | None = None) -> Sequence[_Choice]:
    """The options of a choice in one person's order, without a seed in the document's; none where one types."""
    if isinstance(question, SingleQuestion | MultipleQuestion):
        ordered = option_order(question, seed) if seed is not None else question.options
        return [_Choice(option.id, option.text, option.correct, option.why) for option in ordered]
    if isinstance(question, TrueFalseQuestion):
        return [_Choice(value, text, (value == "true") is question.correct) for value, text in STATEMENT_OPTIONS]
    return []


def chosen_in(response: Response) -> frozenset[str]:
    """The options that a response to a choice holds."""
    return frozenset([response] if isinstance(response, str) else response)


@dataclass(frozen=True)
class _Several:
    """Wordings beside each other."""

    of: tuple[Translated, ...]

    def in_language(self, lang: str) -> str:
        """With semicolons between them, because an option may hold commas."""
        return "; ".join(words.in_language(lang) for words in self.of)


@dataclass(frozen=True)
class _Same:
    """Words as they were typed, the same in both languages."""

    text: str

    def in_language(self, _lang: str) -> str:
        """As they are."""
        return self.text


@dataclass(frozen=True)
class _Quantity:
    """A number with its unit."""

    value: float
    unit: str

    def in_language(self, lang: str) -> str:
        """As people of the language write it: 0,5 A."""
        return written.quantity(self.value, lang, self.unit)


@dataclass(frozen=True)
class _Accepted:
    """Accepted words: the first one of the reader's language stands for all."""

    tr: Sequence[str]
    en: Sequence[str]

    def in_language(self, lang: str) -> str:
        """The word an author would have written."""
        return next(iter((*self.en, *self.tr) if lang == "en" else (*self.tr, *self.en)), "")


def right_answer(question: AnyQuestion) -> Translated:
    """The right answer in words."""
    match question:
        case NumberQuestion():
            return _Quantity(question.value, question.unit or "")
        case TextQuestion():
            return _Accepted(question.accept.tr, question.accept.en)
        case MatchingQuestion() | OrderingQuestion():
            return in_words(question, arranged.right_arrangement(question))
        case _:
            return _Several(tuple(choice.text for choice in _choices(question) if choice.is_correct))


def in_words(question: AnyQuestion, response: Response) -> Translated:
    """What somebody answered, in words."""
    if isinstance(question, MatchingQuestion | OrderingQuestion):
        return _Several(() if isinstance(response, str) else arranged.in_words(question, response))
    choices = _choices(question)
    if not choices:
        return _Same(str(response))
    chosen = chosen_in(response)
    return _Several(tuple(choice.text for choice in choices if choice.value in chosen))
