"""Matching and ordering as somebody sees them: rows with a choice in each, named by their places so that nothing is given away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from lmp.content.document import Item, MatchingQuestion, OrderingQuestion
from lmp.content.marking import BadResponse, answer_order, item_order
from lmp.core.messages import N_, Message, Translated

Arranged = MatchingQuestion | OrderingQuestion
#: Left side → right side of a matching question, or the items of an ordering question in the order given.
Arrangement = dict[str, str] | list[str]


class Verdict(StrEnum):
    """What is said about an answer, an option or a row."""

    NONE = ""
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen in a row; `value` is what the form sends."""

    value: str
    id: str
    text: Translated


@dataclass(frozen=True)
class Row:
    """One row: what it asks, the value chosen in it, and as much of the truth as is due."""

    id: str
    text: Translated
    chosen: str = ""
    said: Translated | None = None
    result: Verdict = Verdict.NONE
    right: Translated | None = None


@dataclass(frozen=True)
class Number:
    """A place in an order, the same in both languages."""

    place: int

    def in_language(self, _lang: str) -> str:
        """As a figure."""
        return str(self.place)


@dataclass(frozen=True)
class Arrow:
    """Two wordings that belong together."""

    left: Translated
    right: Translated

    def in_language(self, lang: str) -> str:
        """With an arrow between them."""
        return f"{self.left.in_language(lang)} → {self.right.in_language(lang)}"


def choices(question: Arranged, seed: str) -> tuple[Choice, ...]:
    """What every row offers: the answers by lot, or the places from one on."""
    if isinstance(question, MatchingQuestion):
        mixed = answer_order(question, seed)
        return tuple(Choice(str(place), answer.id, answer.text) for place, answer in enumerate(mixed, 1))
    return tuple(Choice(str(place), str(place), Number(place)) for place in range(1, len(question.items) + 1))


def rows(question: Arranged, seed: str, given: Arrangement | None, *, verdict: bool, truth: bool) -> tuple[Row, ...]:
    """The rows of a question with what was answered; a verdict marks rows that stand alone, the truth adds what is right."""
    if isinstance(question, MatchingQuestion):
        return _pairs(question, seed, given if isinstance(given, dict) else {}, verdict=verdict or truth, truth=truth)
    return _items(question, seed, given if isinstance(given, list) else [], truth=truth)


def _pairs(
    question: MatchingQuestion, seed: str, given: dict[str, str], *, verdict: bool, truth: bool
) -> tuple[Row, ...]:
    """A row for each left side, in the document's order."""
    by_id = {choice.id: choice for choice in choices(question, seed)}
    found = []
    for pair in question.pairs:
        chosen = by_id.get(given.get(pair.id, ""))
        row = Row(pair.id, pair.left, chosen.value if chosen else "", chosen.text if chosen else None)
        found.append(_judged(row, given.get(pair.id) == pair.id, pair.right, verdict and chosen is not None, truth))
    return tuple(found)


def _items(question: OrderingQuestion, seed: str, given: list[str], *, truth: bool) -> tuple[Row, ...]:
    """A row for each item by lot; with the truth in the right order, which is easier to read and to learn."""
    right = {item.id: place for place, item in enumerate(question.items, 1)}
    places = {item: place for place, item in enumerate(given, 1)}
    found = []
    for item in question.items if truth else item_order(question, seed):
        place = places.get(item.id)
        row = Row(item.id, item.text, str(place or ""), Number(place) if place else None)
        found.append(_judged(row, place == right[item.id], Number(right[item.id]), truth and place is not None, truth))
    return tuple(found)


def _judged(row: Row, correct: bool, right: Translated, verdict: bool, truth: bool) -> Row:
    """A row with what may be told about it."""
    result = (Verdict.RIGHT if correct else Verdict.WRONG) if verdict else Verdict.NONE
    return replace(row, result=result, right=right if truth and not correct else None)


def kept(shown: Sequence[Row], values: Sequence[str]) -> tuple[Row, ...]:
    """The rows with what somebody has just chosen, before anything is saved."""
    return tuple(
        replace(row, chosen=value, said=None, result=Verdict.NONE)
        for row, value in zip(shown, [*values, *[""] * len(shown)], strict=False)
    )


def understood(
    shown: Sequence[Row], offered: Sequence[Choice], values: Sequence[str], *, is_order: bool
) -> Arrangement:
    """The response that a form's values, one a row, stand for. Raises BadResponse when a row is open or a number used twice."""
    by_value = {choice.value: choice.id for choice in offered}
    known = [by_value.get(value) for value in values]
    complete = len(values) == len(shown) and None not in known
    if is_order:
        if not complete or len(set(known)) != len(shown):
            raise BadResponse(Message(N_("Give every row its own number, from 1 to %(count)s."), count=len(shown)))
        order = sorted(zip(values, shown, strict=True), key=lambda one: int(one[0]))
        return [row.id for _value, row in order]
    if not complete:
        raise BadResponse(Message(N_("Choose an answer for every row.")))
    return {row.id: by_value[value] for row, value in zip(shown, values, strict=True)}


def in_words(question: Arranged, response: Arrangement) -> tuple[Translated, ...]:
    """What was answered, row by row: each left side with its answer, or the items in the order given."""
    if isinstance(question, MatchingQuestion):
        texts = {answer.id: answer.text for answer in question.answers}
        said = response if isinstance(response, dict) else {}
        return tuple(Arrow(pair.left, texts[said[pair.id]]) for pair in question.pairs if said.get(pair.id) in texts)
    items = {item.id: item for item in question.items}
    order = [items[one] for one in response if one in items]
    return tuple(_Numbered(place, item) for place, item in enumerate(order, 1))


@dataclass(frozen=True)
class _Numbered:
    """An item with its place before it."""

    place: int
    item: Item

    def in_language(self, lang: str) -> str:
        """As in a list."""
        return f"{self.place}. {self.item.text.in_language(lang)}"


def right_arrangement(question: Arranged) -> Arrangement:
    """The response that is right."""
    if isinstance(question, MatchingQuestion):
        return {pair.id: pair.id for pair in question.pairs}
    return [item.id for item in question.items]
