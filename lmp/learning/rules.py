"""What proves a unit, how far somebody is, where to go on, when study is open, and how a quiz is drawn and scored."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lmp.content import marking
from lmp.content.document import QuestionBlock, Quiz, Text, Unit
from lmp.core.errors import NotAllowed, RuleBroken
from lmp.core.messages import N_, P_, Message

#: The foot of a unit's page, where its quiz begins and the next unit follows.
FOOT = "unit-end"
#: Near the end of a run people are reminded of open units they have not touched for so many days.
NEAR_THE_END = 7
UNTOUCHED_DAYS = 7


@dataclass(frozen=True)
class Shown:
    """What a teacher has shown in one unit: the checks answered correctly at least once, and a quiz passed."""

    right: frozenset[str] = frozenset()
    passed: bool = False
    begun: bool = False


NOTHING_SHOWN = Shown()


@dataclass(frozen=True)
class UnitProgress:
    """How far a teacher is in one unit, counted in steps: each check is one, the quiz is one."""

    key: str
    title: Text
    minutes: int
    steps_done: int
    steps_total: int
    begun: bool
    proven: bool


@dataclass(frozen=True)
class Period:
    """The days of a run, and the days of grace after it in which answers still count."""

    starts_on: date
    ends_on: date
    grace_days: int

    @property
    def last_on(self) -> date:
        """The last day on which an answer counts."""
        return self.ends_on + timedelta(days=self.grace_days)


def check_readable(period: Period, today: date, *, has_place: bool) -> None:
    """Units are open to people with a place from the first day on. Raises NotAllowed, saying from when."""
    if not has_place:
        raise NotAllowed(Message(N_("You have no place in this course, so its units are closed to you.")))
    if today < period.starts_on:
        raise NotAllowed(Message(N_("The units open on %(day)s, the first day of the course."), day=period.starts_on))


def check_answerable(period: Period, today: date, *, is_closed: bool) -> None:
    """Answers count until the days of grace are over or the run is closed. Raises RuleBroken."""
    if today > period.last_on:
        raise RuleBroken(
            Message(N_("Answers counted until %(day)s. You can still read the units."), day=period.last_on)
        )
    if is_closed:
        raise RuleBroken(Message(N_("This course is closed. You can still read the units.")))


def checks(unit: Unit) -> tuple[QuestionBlock, ...]:
    """The check questions of a unit's page, in reading order."""
    return tuple(block for block in unit.blocks if isinstance(block, QuestionBlock))


def shown_by_unit(
    answers: Iterable[tuple[str, str, bool]], attempts: Iterable[tuple[str, bool | None]]
) -> dict[str, Shown]:
    """What was shown unit by unit, from answers to checks (unit, question, correct) and quiz attempts (unit, passed)."""
    right: dict[str, set[str]] = {}
    passed: dict[str, bool] = {}
    for unit, question, correct in answers:
        right.setdefault(unit, set()).update({question} if correct else ())
    for unit, has_passed in attempts:
        passed[unit] = passed.get(unit, False) or bool(has_passed)
    return {
        unit: Shown(frozenset(right.get(unit, ())), passed.get(unit, False), begun=True)
        for unit in right.keys() | passed.keys()
    }


def check_block(unit: Unit, question_key: str) -> QuestionBlock | None:
    """The block that asks a question in the unit's page, or None."""
    return next((block for block in checks(unit) if block.ask == question_key), None)


def progress(unit: Unit, shown: Shown) -> UnitProgress:
    """How far somebody is in a unit. A unit that asks nothing proves nothing: reading alone earns no minutes."""
    right = sum(block.ask in shown.right for block in checks(unit))
    quizzes = int(unit.quiz is not None)
    done, total = right + int(shown.passed) * quizzes, len(checks(unit)) + quizzes
    return UnitProgress(unit.key, unit.title, unit.minutes, done, total, shown.begun, proven=done == total > 0)


def resume(units: Sequence[Unit], shown: Mapping[str, Shown]) -> tuple[str, str | None]:
    """Where to go on: the first unproven unit and the anchor in it (None: its top); the last unit's end at last."""
    for unit in units:
        found = shown.get(unit.key, NOTHING_SHOWN)
        if not progress(unit, found).proven:
            return unit.key, open_anchor(unit, found)
    return units[-1].key, FOOT


def open_anchor(unit: Unit, shown: Shown) -> str | None:
    """The first open check of a unit's page, else its foot with the quiz; None where nothing is answered yet."""
    if not shown.begun:
        return None
    return next((block.id for block in checks(unit) if block.ask not in shown.right), FOOT)


def draw(unit: Unit, quiz: Quiz, *, seed: int, asked: Iterable[str] = ()) -> list[str]:
    """The keys of the questions for one attempt: those that `asked` (earlier attempts) holds least often come first."""
    lots = [question.key for question in marking.draw(unit.questions, len(unit.questions), str(seed))]
    times = Counter(asked)
    chosen = set(sorted(lots, key=lambda key: times[key])[: quiz.draw])
    return [key for key in lots if key in chosen]


def score(thousandths: Iterable[int], questions: int) -> int:
    """Per cent of the points of an attempt, rounded down: a pass mark is reached or it is not."""
    return sum(thousandths) // (questions * 10)


def is_pass(quiz: Quiz, percent: int) -> bool:
    """Whether a score reaches the pass mark of the unit's quiz."""
    return percent >= quiz.pass_mark


def check_complete(questions: Iterable[str], answered: Iterable[str]) -> None:
    """A quiz ends when every question has an answer. Raises RuleBroken with the number of open ones."""
    missing = len(set(questions) - set(answered))
    if missing:
        raise RuleBroken(
            Message(
                *P_(
                    "%(n)s question has no answer yet. Answer it, then end the quiz.",
                    "%(n)s questions have no answer yet. Answer them, then end the quiz.",
                ),
                n=missing,
            )
        )
