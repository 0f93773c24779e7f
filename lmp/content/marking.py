"""Marks answers and draws quizzes: pure, deterministic, the same in twenty years."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from lmp.content.document import (
    AnyQuestion,
    Item,
    MatchingQuestion,
    MultipleQuestion,
    NumberQuestion,
    Option,
    OrderingQuestion,
    SingleQuestion,
    TextQuestion,
    TrueFalseQuestion,
)
from lmp.core import turkish, written
from lmp.core.errors import LmpError
from lmp.core.messages import N_, Message

LONGEST_ANSWER = 200
_ARTICLES = frozenset({"a", "an", "the", "bir"})
_NUMBER_THEN_UNIT = re.compile(r"(%?)\s*([+\-−]?\s*[0-9.,\s]*[0-9])\s*([^0-9]*.*)", re.DOTALL)


class BadResponse(LmpError):
    """An answer that cannot be marked because it is no answer; the person is asked again, nothing is counted."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What an answer is worth: `score` from 0 to 1; `detail` says why, in values that can be stored as JSON."""

    correct: bool
    score: float
    detail: dict[str, object] = field(default_factory=dict)


def mark(question: AnyQuestion, response: object) -> Marked:
    """Mark an answer. Raises BadResponse when it has not the form the question asks for."""
    match question:
        case SingleQuestion():
            return _mark_single(question, response)
        case MultipleQuestion():
            return _mark_multiple(question, response)
        case TrueFalseQuestion():
            return _mark_truefalse(question, response)
        case NumberQuestion():
            return _mark_number(question, _typed(response))
        case TextQuestion():
            return _mark_text(question, _typed(response))
        case MatchingQuestion():
            return _mark_matching(question, response)
        case OrderingQuestion():
            return _mark_ordering(question, response)


def _mark_single(question: SingleQuestion, response: object) -> Marked:
    """Right when the one correct option was chosen."""
    chosen = _chosen(question.options, [response])
    correct = all(option.correct for option in question.options if option.id in chosen)
    return Marked(correct, float(correct), {"chosen": chosen})


def _mark_multiple(question: MultipleQuestion, response: object) -> Marked:
    """Right only when exactly the correct options were chosen; the score takes wrong choices off right ones."""
    if not isinstance(response, list | tuple):
        raise BadResponse(Message(N_("Choose at least one answer.")))
    chosen = _chosen(question.options, list(response))
    right = [option.id for option in question.options if option.correct]
    hits = [option for option in chosen if option in right]
    wrong = [option for option in chosen if option not in right]
    score = max(0.0, (len(hits) - len(wrong)) / len(right)) if right else 0.0
    missed = [option for option in right if option not in chosen]
    return Marked(not wrong and not missed, score, {"chosen": chosen, "missed": missed, "wrong": wrong})


def _chosen(options: Sequence[Option], response: list[object]) -> list[str]:
    """The chosen options in the document's order."""
    known = {option.id for option in options}
    if not response or response in ([None], [""]):
        raise BadResponse(Message(N_("Choose at least one answer.")))
    if not all(isinstance(choice, str) and choice in known for choice in response):
        raise BadResponse(Message(N_("Choose one of the answers shown.")))
    return [option.id for option in options if option.id in response]


def _mark_truefalse(question: TrueFalseQuestion, response: object) -> Marked:
    """Right when the statement was judged as it is."""
    said = {"true": True, "false": False}.get(response) if isinstance(response, str) else response
    if not isinstance(said, bool):
        raise BadResponse(Message(N_("Choose one of the answers shown.")))
    correct = said is question.correct
    return Marked(correct, float(correct), {"chosen": said})


def _typed(response: object) -> str:
    """An answer that was typed, not empty and not endless."""
    if isinstance(response, int | float) and not isinstance(response, bool):
        response = str(response)
    if not isinstance(response, str) or not response.strip():
        raise BadResponse(Message(N_("Write your answer.")))
    if len(response) > LONGEST_ANSWER:
        raise BadResponse(
            Message(N_("The text is too long. Write at most %(limit)s characters."), limit=LONGEST_ANSWER)
        )
    return response.strip()


def _mark_number(question: NumberQuestion, response: str) -> Marked:
    """Right when any number the writing can mean lies within the tolerance."""
    found = _NUMBER_THEN_UNIT.fullmatch(response)
    readings = written.number_readings(found[2]) if found else ()
    if not found or not readings:
        raise BadResponse(Message(N_("Write a number, for example %(example)s."), example=0.5))
    unit = found[1] + found[3]
    if unit and _unit(unit) != _unit(question.unit or ""):
        raise BadResponse(_unit_message(question))
    tolerance = Decimal(str(question.tolerance))
    correct = any(abs(reading - Decimal(str(question.value))) <= tolerance for reading in readings)
    return Marked(correct, float(correct), {"readings": [str(reading) for reading in readings]})


def _unit(text: str) -> str:
    """A unit as it is compared: Ω and µ in one spelling, mm2 like mm², no blanks, any case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _unit_message(question: NumberQuestion) -> Message:
    """What to write instead of another unit."""
    if question.unit:
        return Message(N_("Write the number in this unit: %(unit)s."), unit=question.unit)
    return Message(N_("Write the number only, without a unit."))


def _mark_text(question: TextQuestion, response: str) -> Marked:
    """Right when it is one of the accepted answers, whatever its case, marks, blanks and articles."""
    given = _bare(response)
    matched = next((word for word in (*question.accept.tr, *question.accept.en) if _bare(word) == given), None)
    return Marked(matched is not None, float(matched is not None), {"matched": matched})


def _bare(text: str) -> str:
    """A short answer as it is compared."""
    words = re.findall(r"[^\W_]+", turkish.fold(text))
    telling = [word for word in words if word not in _ARTICLES] or words
    return "".join(telling) or text.strip()


def _mark_matching(question: MatchingQuestion, response: object) -> Marked:
    """Right when every left side has its own right side; the score is the share of right pairs.

    Each pair is a small question of its own with the same weight, so the plain share says what somebody knows. Nothing is
    taken off for a wrong pair: a choice must be made in every row, and guessing earns 1/answers a row on average, which
    `others` (right sides that fit none) push down further.
    """
    known = {answer.id for answer in question.answers}
    if not isinstance(response, Mapping) or any(not response.get(pair.id) for pair in question.pairs):
        raise BadResponse(Message(N_("Choose an answer for every row.")))
    if set(response) != {pair.id for pair in question.pairs} or not set(response.values()) <= known:
        raise BadResponse(Message(N_("Choose one of the answers shown.")))
    hits = [pair.id for pair in question.pairs if response[pair.id] == pair.id]
    wrong = [pair.id for pair in question.pairs if pair.id not in hits]
    return Marked(
        not wrong, len(hits) / len(question.pairs), {"right": hits, "wrong": wrong, "of": len(question.pairs)}
    )


def _mark_ordering(question: OrderingQuestion, response: object) -> Marked:
    """Right when the order is; the score is the share of items that are followed by the item that follows them.

    Procedures are chains: what counts is what comes directly after what. Counting right positions instead would give
    nothing to somebody who begins one step late and then has the whole chain right. n items have n-1 such neighbours; the
    reversed order earns nothing, and a random one 1/n on average.
    """
    right = [item.id for item in question.items]
    if not isinstance(response, list | tuple) or sorted(map(str, response)) != sorted(right):
        raise BadResponse(Message(N_("Give every row its own number, from 1 to %(count)s."), count=len(right)))
    neighbours = set(pairwise(right))
    kept = sum(pair in neighbours for pair in pairwise(response))
    share = kept / len(neighbours) if neighbours else 1.0
    return Marked(list(response) == right, share, {"kept": kept, "of": len(neighbours)})


def draw(questions: Sequence[AnyQuestion], count: int, seed: str) -> list[AnyQuestion]:
    """`count` questions for a quiz, or all when there are fewer; the same seed draws the same ones for ever."""
    drawable = [question for question in questions if question.use != "check"]
    return sorted(drawable, key=lambda question: _lot(seed, str(question.id)))[:count]


def option_order(question: SingleQuestion | MultipleQuestion, seed: str) -> list[Option]:
    """The options in the order in which one person sees them."""
    return sorted(question.options, key=lambda option: _lot(seed, f"{question.id}:{option.id}"))


def answer_order(question: MatchingQuestion, seed: str) -> list[Item]:
    """The answers of a matching question in the order in which one person sees them, never beside their left sides."""
    return _mixed(question.answers, f"{seed}:{question.id}")


def item_order(question: OrderingQuestion, seed: str) -> list[Item]:
    """The items of an ordering question as one person sees them, never in their right order."""
    return _mixed(question.items, f"{seed}:{question.id}")


def _mixed(items: Sequence[Item], seed: str) -> list[Item]:
    """The items by lot; should the lot leave every one in its place, the other way round."""
    mixed = sorted(items, key=lambda item: _lot(seed, item.id))
    return mixed[::-1] if mixed == list(items) else mixed


def _lot(seed: str, name: str) -> bytes:
    """A lot that does not depend on the Python version, as the order of `random` would."""
    return hashlib.sha256(f"{seed}:{name}".encode()).digest()
