"""What answers tell about a question: how easy it is, and whether those who know more answer it better. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from uuid import UUID

#: With fewer answers chance speaks louder than the question: at 30 the standard error of a share is at most 9 points in 100
#: (√(0.25/30)), and a correlation of 0.36 is the least that differs from nought at the usual 5 % level.
FEWEST = 30
#: Shares of the points beyond which a question tells little, and correlations below which it does not tell who knows more.
TOO_EASY, TOO_HARD, WEAK = 0.95, 0.3, 0.2
#: Below this a correlation is called reversed; slightly below nought it may be chance.
REVERSED = -0.1


@dataclass(frozen=True)
class Sums:
    """What the database adds up over the answers to a question.

    `answers` have `points` (each 0 to 1) together. The other sums run over those answers `beside` which the same try holds
    others: x is the score here, y the mean score of the others.
    """

    question_id: UUID
    answers: int
    points: float
    beside: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0


class Verdict(StrEnum):
    """What the figures say of a question. Where nearly everybody is right, the few who are not say nothing about it."""

    REVERSED = "reversed"
    HARD = "hard"
    EASY = "easy"
    WEAK = "weak"
    GOOD = "good"


@dataclass(frozen=True)
class QuestionStatistics:
    """`facility`: mean score, 0 (nobody) to 1 (everybody). `discrimination`: −1 to 1, None where scores do not differ."""

    question_id: UUID
    answers: int
    facility: float | None
    discrimination: float | None

    @property
    def verdict(self) -> Verdict | None:
        """What the figures say; None while there are too few answers."""
        if self.facility is None:
            return None
        if self.facility >= TOO_EASY:
            return Verdict.EASY
        if self.discrimination is not None and self.discrimination < REVERSED:
            return Verdict.REVERSED
        if self.facility < TOO_HARD:
            return Verdict.HARD
        return Verdict.WEAK if self.discrimination is not None and self.discrimination < WEAK else Verdict.GOOD


def of_sums(sums: Sums) -> QuestionStatistics:
    """Facility and discrimination of a question; None for both while it has fewer than FEWEST answers.

    Facility is the mean share of the points (the classical p value). Discrimination is the corrected item–total
    correlation: Pearson's r between the score of the question and the mean score of the other questions of the same try,
    so that a question is not correlated with itself (L. Crocker and J. Algina, Introduction to Classical and Modern Test
    Theory, 1986, ch. 14). The mean is taken because tries draw different questions. From about 0.2 on a question tells
    those who know more from those who know less; below nought something is wrong with it.
    """
    if sums.answers < FEWEST:
        return QuestionStatistics(sums.question_id, sums.answers, None, None)
    facility = min(1.0, max(0.0, sums.points / sums.answers))
    return QuestionStatistics(
        sums.question_id, sums.answers, facility, _correlation(sums) if sums.beside >= FEWEST else None
    )


def _correlation(sums: Sums) -> float | None:
    """Pearson's r from sums, or None where one side never changes."""
    n = sums.beside
    spread_x, spread_y = sums.xx - sums.x * sums.x / n, sums.yy - sums.y * sums.y / n
    if spread_x < 1e-9 * n or spread_y < 1e-9 * n:
        return None
    together = sums.xy - sums.x * sums.y / n
    return max(-1.0, min(1.0, together / sqrt(spread_x * spread_y)))
