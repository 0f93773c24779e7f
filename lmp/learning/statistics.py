"""What answers tell about a question: how easy it is, and whether those who know more answer it better. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from uuid import UUID

#: With fewer answers chance speaks louder than the question.
FEWEST = 30


@dataclass(frozen=True)
class Item:
    """One answer: the question, the try it belongs to, and its worth from 0 to 1."""

    question_id: UUID
    attempt_id: UUID
    score: float


@dataclass(frozen=True)
class QuestionStatistics:
    """`facility`: mean score, 0 (nobody) to 1 (everybody). `discrimination`: −1 to 1, None where scores do not differ."""

    question_id: UUID
    answers: int
    facility: float | None
    discrimination: float | None


def of_questions(items: Iterable[Item]) -> dict[UUID, QuestionStatistics]:
    """Facility and discrimination of every question; None for both while it has fewer than FEWEST answers.

    Facility is the mean share of the points (the classical p value). Discrimination is the corrected item–total
    correlation: Pearson's r between the score of the question and the mean score of the other questions of the same try,
    so that a question is not correlated with itself (L. Crocker and J. Algina, Introduction to Classical and Modern Test
    Theory, 1986, ch. 14). The mean is taken because tries draw different questions. From about 0.2 on a question tells
    those who know more from those who know less; below nought something is wrong with it.
    """
    tries: dict[UUID, list[Item]] = {}
    for item in items:
        tries.setdefault(item.attempt_id, []).append(item)
    pairs: dict[UUID, list[tuple[float, float | None]]] = {}
    for answers in tries.values():
        total = sum(item.score for item in answers)
        for item in answers:
            rest = (total - item.score) / (len(answers) - 1) if len(answers) > 1 else None
            pairs.setdefault(item.question_id, []).append((item.score, rest))
    return {question: _of_one(question, found) for question, found in pairs.items()}


def _of_one(question: UUID, found: Sequence[tuple[float, float | None]]) -> QuestionStatistics:
    """The statistics of one question."""
    if len(found) < FEWEST:
        return QuestionStatistics(question, len(found), None, None)
    facility = sum(score for score, _rest in found) / len(found)
    beside = [(score, rest) for score, rest in found if rest is not None]
    return QuestionStatistics(question, len(found), facility, correlation(beside) if len(beside) >= FEWEST else None)


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's r, or None where one side never changes."""
    count = len(pairs)
    mean_x, mean_y = sum(x for x, _ in pairs) / count, sum(y for _, y in pairs) / count
    spread_x = sum((x - mean_x) ** 2 for x, _ in pairs)
    spread_y = sum((y - mean_y) ** 2 for _, y in pairs)
    if spread_x < 1e-12 or spread_y < 1e-12:
        return None
    together = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    return max(-1.0, min(1.0, together / sqrt(spread_x * spread_y)))
