"""What people answer to one question: how many chose each option, which wrong answers are typed, and what to do about it. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from lmp.content import marking
from lmp.content.asked import STATEMENT_OPTIONS, Response
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
from lmp.content.marking import BadResponse
from lmp.core import turkish
from lmp.core.messages import N_, Message, Translated
from lmp.learning.statistics import FEWEST, QuestionStatistics, Verdict

#: A wrong answer that was typed is shown only when so many people gave it: nobody is recognised by words that five share.
FEWEST_ALIKE = 5
MOST_WRONG = 8
#: A wrong option below this share tempts nobody; a wrong answer that was typed from this share on deserves a word.
UNCHOSEN, FREQUENT = 0.02, 0.1


@dataclass(frozen=True, slots=True)
class Given:
    """Answers that say the same: by how many people, how many they are, and the mean score of these people elsewhere."""

    response: Response
    answers: int
    elsewhere: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen, and the share of the answers that chose it; `elsewhere` is the mean score of who chose it, elsewhere."""

    id: str
    text: Translated
    correct: bool
    share: float
    elsewhere: float | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are the same in both languages."""

    words: str

    def in_language(self, _lang: str) -> str:
        """The words."""
        return self.words


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that somebody typed, kept with a point and shown as each language writes it."""

    digits: str

    def in_language(self, lang: str) -> str:
        """The number with the comma or the point of the language; beyond numbers people write, as it is."""
        whole, _, rest = self.digits.partition(".")
        return f"{whole},{rest}" if rest and lang == "tr" else self.digits


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer that several people typed, folded, and the share of all answers that say so."""

    words: Translated
    people: int
    share: float


def choices(question: AnyQuestion, given: Sequence[Given]) -> list[Choice]:
    """The share of each option; of a matching question the share of right rows, of an ordering one of steps in their place.

    Empty for questions whose answer is typed, and while there are fewer than FEWEST answers.
    """
    total = sum(one.answers for one in given)
    if total < FEWEST:
        return []
    return [
        Choice(
            id,
            text,
            correct,
            sum(one.answers for one in given if id in _picked(question, one.response)) / total,
            _elsewhere([one for one in given if id in _picked(question, one.response)]),
        )
        for id, text, correct in _options(question)
    ]


def _options(question: AnyQuestion) -> Iterator[tuple[str, Translated, bool]]:
    """What can be chosen, or got right, with its words."""
    if isinstance(question, SingleQuestion | MultipleQuestion):
        yield from ((option.id, option.text, option.correct) for option in question.options)
    elif isinstance(question, TrueFalseQuestion):
        yield from ((id, text, (id == "true") is question.correct) for id, text in STATEMENT_OPTIONS)
    elif isinstance(question, MatchingQuestion):
        yield from ((pair.id, pair.left, True) for pair in question.pairs)
    elif isinstance(question, OrderingQuestion):
        yield from ((item.id, item.text, True) for item in question.items)


def _picked(question: AnyQuestion, response: Response) -> frozenset[str]:
    """What an answer chose, or got right."""
    if isinstance(question, MatchingQuestion):
        return (
            frozenset(left for left, right in response.items() if left == right)
            if isinstance(response, Mapping)
            else _NOTHING
        )
    if isinstance(question, OrderingQuestion):
        right = [item.id for item in question.items]
        return frozenset(one for one, other in zip(response, right, strict=False) if one == other)
    return frozenset([response] if isinstance(response, str) else response)


_NOTHING: frozenset[str] = frozenset()


def _elsewhere(given: Iterable[Given]) -> float | None:
    """The mean score elsewhere of several groups together, or None where fewer than FEWEST_ALIKE answers have one."""
    known = [(one.answers, one.elsewhere) for one in given if one.elsewhere is not None]
    count = sum(answers for answers, _mean in known)
    return sum(answers * mean for answers, mean in known) / count if count >= FEWEST_ALIKE else None


def wrong_answers(question: AnyQuestion, typed: Iterable[tuple[UUID, Response]]) -> list[Wrong]:
    """The wrong answers that at least FEWEST_ALIKE people typed, the most frequent first; `typed` holds who typed what.

    What differs only in case, marks, blanks or the way a number is written counts as one answer.
    """
    if not isinstance(question, NumberQuestion | TextQuestion):
        return []
    people: dict[str, set[UUID]] = {}
    counted: Counter[str] = Counter()
    total = 0
    for person, response in typed:
        total += 1
        words = _folded(question, response)
        if words is not None:
            people.setdefault(words, set()).add(person)
            counted[words] += 1
    if total < FEWEST:
        return []
    alike = [words for words in counted if len(people[words]) >= FEWEST_ALIKE]
    ordered = sorted(alike, key=lambda words: (-counted[words], words))[:MOST_WRONG]
    shape = Figure if isinstance(question, NumberQuestion) else Words
    return [Wrong(shape(words), len(people[words]), counted[words] / total) for words in ordered]


def _folded(question: NumberQuestion | TextQuestion, response: Response) -> str | None:
    """A wrong answer in the one form it is counted under; None for a right one."""
    try:
        found = marking.mark(question, response)
    except BadResponse:
        return None
    if found.correct:
        return None
    readings = found.detail.get("readings")
    if isinstance(readings, list) and readings:
        return format(Decimal(str(readings[0])).normalize(), "f")
    return " ".join(turkish.fold(str(response)).split())


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence of advice; `about` are the words of the option or answer it speaks of."""

    message: Message
    about: Translated | None = None


_OF_VERDICTS: Mapping[Verdict, Message] = {
    Verdict.REVERSED: Message(
        N_(
            "People who do well elsewhere miss this question. Check which answer is marked as right, and whether the wording can be read in two ways."
        )
    ),
    Verdict.HARD: Message(
        N_("Few people answer this right. Check whether the unit teaches it, and whether the wording is clear.")
    ),
    Verdict.EASY: Message(
        N_("Nearly everybody answers this right, so it tells little. Make it harder, or ask it as a check in the unit.")
    ),
    Verdict.WEAK: Message(
        N_("The question hardly tells people who know more from people who know less. Look at the wrong options.")
    ),
}


def advice(found: QuestionStatistics, chosen: Sequence[Choice], wrong: Sequence[Wrong]) -> list[Advice]:
    """What an author should look at, in plain words; empty while there are too few answers, or when all is well."""
    if found.verdict is None:
        return []
    said = [Advice(_OF_VERDICTS[found.verdict])] if found.verdict in _OF_VERDICTS else []
    return [*said, *_about_options(chosen), *_about_typed(wrong)]


def _about_options(chosen: Sequence[Choice]) -> Iterator[Advice]:
    """Wrong options that nobody takes, that more people take than the right one, or that able people take."""
    right = [one for one in chosen if one.correct]
    for one in chosen:
        if one.correct:
            continue
        if one.share < UNCHOSEN:
            message = N_("Hardly anybody chooses this option. Put a mistake in its place that people really make.")
            yield Advice(Message(message), one.text)
        elif right and one.share > max(other.share for other in right):
            message = N_("More people choose this wrong option than the right one.")
            yield Advice(Message(message), one.text)
        elif len(right) == 1 and _abler(one, right[0]):
            message = N_(
                "People who do well elsewhere choose this wrong option. Check whether it is right in some cases."
            )
            yield Advice(Message(message), one.text)


def _abler(one: Choice, other: Choice) -> bool:
    """Whether those who chose one option do better elsewhere than those who chose the other."""
    return one.elsewhere is not None and other.elsewhere is not None and one.elsewhere > other.elsewhere


def _about_typed(wrong: Sequence[Wrong]) -> Iterator[Advice]:
    """Wrong answers that many people type."""
    for one in wrong:
        if one.share >= FREQUENT:
            message = N_(
                "Many people give this answer. Accept it if it may count as right; if not, say in the explanation why it is wrong."
            )
            yield Advice(Message(message), one.words)
