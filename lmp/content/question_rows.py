"""The questions of a course as one list: where each stands, who asks it, how far it is; searched, filtered, put in order. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lmp.content.bank import Standing
from lmp.content.document import LANGS, AnyQuestion, CourseDocument, Finding, Label, QuestionBlock, Text, Unit
from lmp.content.document.translation import State, state_of, texts_of, words_in
from lmp.content.document.tree import Node
from lmp.core import turkish


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question of a course; `standing` is None for a question that the bank of the centre does not have."""

    unit_key: str
    unit_number: int
    unit_title: Label
    question: AnyQuestion
    outcome_number: int
    outcome: Text | None
    #: The block that asks it in its unit, or None.
    block: str | None
    in_quiz: bool
    in_test: bool
    translation: State
    findings: int
    words: frozenset[str]
    bank_id: UUID | None = None
    standing: Standing | None = None

    @property
    def key(self) -> str:
        """Its key in the unit."""
        return self.question.key

    @property
    def prompt(self) -> Text:
        """What it asks."""
        return self.question.prompt


def rows(
    document: CourseDocument, findings: Iterable[Finding], in_bank: Mapping[str, tuple[UUID, Standing]]
) -> list[QuestionRow]:
    """Every question of a course in reading order; `in_bank` holds what the bank has by the question's key."""
    counted = Counter(one.path[:4] for one in findings if len(one.path) >= 4 and one.path[2] == "questions")
    outcomes = {one.id: (number, one.text) for number, one in enumerate(document.outcomes, 1)}
    found = []
    for number, unit in enumerate(document.units):
        asked = {block.ask: block.id for block in unit.blocks if isinstance(block, QuestionBlock)}
        for place, question in enumerate(unit.questions):
            outcome_number, outcome = outcomes.get(question.outcome, (0, None))
            node = Node(question.model_dump(mode="json", exclude_none=True))
            bank_id, standing = in_bank.get(question.key, (None, None))
            found.append(
                QuestionRow(
                    unit_key=unit.key,
                    unit_number=number + 1,
                    unit_title=unit.title,
                    question=question,
                    outcome_number=outcome_number,
                    outcome=outcome,
                    block=asked.get(question.key),
                    in_quiz=_is_drawn(question, unit),
                    in_test=document.test is not None and question.use != "check",
                    translation=state_of(node, document.source),
                    findings=counted["units", number, "questions", place],
                    words=_words(node),
                    bank_id=bank_id,
                    standing=standing,
                )
            )
    return found


def _is_drawn(question: AnyQuestion, unit: Unit) -> bool:
    """Whether the quiz of its unit can draw it."""
    return unit.quiz is not None and question.use != "check"


def _words(question: Node) -> frozenset[str]:
    """Every folded word of a question in both languages."""
    texts = texts_of(question).values()
    return frozenset(word for text in texts for lang in LANGS for word in turkish.words(words_in(text, lang)))


_VALUES: Mapping[str, Callable[[QuestionRow], str]] = {
    "unit": lambda row: row.unit_key,
    "outcome": lambda row: row.question.outcome,
    "difficulty": lambda row: str(row.question.difficulty),
    "kind": lambda row: row.question.kind,
    "use": lambda row: row.question.use,
    "translation": lambda row: row.translation,
    "bank": lambda row: row.standing or "none",
}


def narrowed(found: Sequence[QuestionRow], query: str, chosen: Mapping[str, str]) -> list[QuestionRow]:
    """What a search and filters leave: every typed word begins some word of the question."""
    wanted = turkish.words(query)
    return [
        row
        for row in found
        if all(value(row) == chosen[name] for name, value in _VALUES.items() if name in chosen)
        and all(any(word.startswith(typed) for word in row.words) for typed in wanted)
    ]


_ORDERS: Mapping[str, Callable[[QuestionRow], Any]] = {
    "easy": lambda row: row.question.difficulty,
    "hard": lambda row: -row.question.difficulty,
    "findings": lambda row: -row.findings,
    "words": lambda row: turkish.sort_key(row.prompt.tr or row.prompt.en),
}


def ordered(found: Sequence[QuestionRow], order: str | None) -> list[QuestionRow]:
    """The rows in one of the orders, within it in reading order; without one in reading order."""
    return sorted(found, key=_ORDERS[order]) if order else list(found)
