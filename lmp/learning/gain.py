"""The test before and after a course: what it asks, when it is open, and what was gained. Pure; percentages from 0 to 100."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lmp.content import marking
from lmp.content.document import AnyQuestion, CourseDocument
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.learning.rules import Period

#: A run with fewer people who took both tests shows no averages: they would tell about single people.
FEWEST = 5
#: Below and from here on: the bands in which Hake (1998) put whole courses.
MEDIUM, HIGH = 0.3, 0.7


class Moment(StrEnum):
    """Before or after the course; stored where a quiz has its unit's key, which holds no star."""

    BEFORE = "*before"
    AFTER = "*after"

    @property
    def word(self) -> str:
        """As it stands in an address."""
        return self.value[1:]


class Standing(StrEnum):
    """How it is with one of the two tests for one person."""

    OPEN = "open"
    BEGUN = "begun"
    TAKEN = "taken"
    NOT_YET = "not_yet"
    MISSED = "missed"


def draw(document: CourseDocument, seed: str) -> list[str]:
    """The keys of the test's questions: so many for every outcome that has so many, in the order of the outcomes.

    The test after the course is drawn with the seed of the one before it: a gain between different questions would measure
    the questions.
    """
    if document.test is None:
        return []
    wanted = document.test.per_outcome
    bank = drawable(document)
    keys: list[str] = []
    for outcome in document.outcomes:
        found = marking.draw([one for one in bank.values() if one.outcome == outcome.id], wanted, seed)
        keys += [question.key for question in found] if len(found) == wanted else []
    return keys


def drawable(document: CourseDocument) -> dict[str, AnyQuestion]:
    """The questions of all units that a test may draw, by key."""
    return {one.key: one for unit in document.units for one in unit.questions if one.use != "check"}


def standing(
    moment: Moment,
    *,
    taken: bool,
    begun: bool,
    quiz_begun: bool,
    all_proven: bool,
    period: Period,
    today: date,
    is_closed: bool,
) -> Standing:
    """Whether a test is open. Before: until the first unit quiz, which tells right answers of the same questions. After: once
    every unit is proven, or from the last day of the run on. Nothing waits for either of them."""
    if taken:
        return Standing.TAKEN
    if is_closed or today > period.last_on:
        return Standing.MISSED
    if begun:
        return Standing.BEGUN
    if today < period.starts_on:
        return Standing.NOT_YET
    if moment is Moment.BEFORE:
        return Standing.MISSED if quiz_begun else Standing.OPEN
    return Standing.OPEN if all_proven or today >= period.ends_on else Standing.NOT_YET


def check_open(found: Standing, moment: Moment) -> None:
    """Raises RuleBroken with the reason why a test cannot be begun."""
    if found in (Standing.OPEN, Standing.BEGUN):
        return
    if found is Standing.TAKEN:
        raise RuleBroken(Message(N_("You have taken this test already.")))
    if moment is Moment.BEFORE:
        raise RuleBroken(Message(N_("The pre-test is taken before the first unit quiz. You can go on without it.")))
    raise RuleBroken(Message(N_("The post-test opens when every unit is completed, or on the last day of the course.")))


def normalised(before: float, after: float) -> float | None:
    """The share of what could still be learned that was learned: (after − before) / (100 − before).

    R. R. Hake, Interactive-engagement versus traditional methods, Am. J. Phys. 66 (1998) 64–74. Negative when somebody did
    worse. None when `before` is 100: there was nothing left to gain, so nothing can be said, not even nought.
    """
    return None if before >= 100 else (after - before) / (100 - before)


@dataclass(frozen=True)
class Pair:
    """One person's two scores."""

    person: str
    before: int
    after: int

    @property
    def gain(self) -> float | None:
        """Normalised; see `normalised`."""
        return normalised(self.before, self.after)


@dataclass(frozen=True)
class RunGain:
    """What a run gained; averages only where enough people took both tests."""

    pairs: tuple[Pair, ...]
    only_before: int
    only_after: int
    before: float | None
    after: float | None
    gain: float | None
    #: How many people lost, gained little, gained a middling share, gained much; those with a full score before are in none.
    bands: tuple[int, int, int, int]


def of_run(scores: Iterable[tuple[str, int | None, int | None]]) -> RunGain:
    """The gain of a run from each person's name and scores. The run's gain is that of its averages, as Hake has it."""
    found = list(scores)
    pairs = tuple(
        Pair(name, before, after) for name, before, after in found if before is not None and after is not None
    )
    enough = len(pairs) >= FEWEST
    before = sum(pair.before for pair in pairs) / len(pairs) if enough else None
    after = sum(pair.after for pair in pairs) / len(pairs) if enough else None
    return RunGain(
        pairs=pairs,
        only_before=sum(after is None and before is not None for _name, before, after in found),
        only_after=sum(before is None and after is not None for _name, before, after in found),
        before=before,
        after=after,
        gain=normalised(before, after) if before is not None and after is not None else None,
        bands=_bands(pairs),
    )


def _bands(pairs: Sequence[Pair]) -> tuple[int, int, int, int]:
    """How many pairs lie in each band."""
    gains = [pair.gain for pair in pairs if pair.gain is not None]
    return (
        sum(gain < 0 for gain in gains),
        sum(0 <= gain < MEDIUM for gain in gains),
        sum(MEDIUM <= gain < HIGH for gain in gains),
        sum(gain >= HIGH for gain in gains),
    )


def in_words(before: int, after: int) -> Message:
    """What two scores say to the person who has them."""
    gain = normalised(before, after)
    if gain is None:
        return Message(N_("You knew all of this before the course."))
    if gain < 0:
        return Message(N_("You scored lower after the course. Look at the units again."))
    if gain < MEDIUM:
        return Message(N_("You have gained a little."))
    return Message(N_("You have gained clearly.")) if gain < HIGH else Message(N_("You have gained a lot."))


def by_outcome(document: CourseDocument, thousandths: Mapping[str, int], keys: Sequence[str]) -> dict[str, int]:
    """Per cent reached for each outcome that the keys ask about; a question without an answer is worth nothing."""
    bank = drawable(document)
    asked: dict[str, list[int]] = {}
    for key in keys:
        if key in bank:
            asked.setdefault(bank[key].outcome, []).append(thousandths.get(key, 0))
    return {outcome: sum(points) // (len(points) * 10) for outcome, points in asked.items()}
