"""What a unit's page shows to one teacher: the course's text from the cache, and their own answers from the database."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lmp.content import service as content
from lmp.content.arranged import Verdict
from lmp.content.asked import GIVEN, Asked, Given, Telling, asked, chosen_in
from lmp.content.document import CourseDocument, Lang, Unit
from lmp.content.render import RenderedBlock
from lmp.core.errors import LmpError, NotFound
from lmp.core.messages import Message
from lmp.enrolment.models import Enrolment
from lmp.learning import limits, rules
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.rules import UnitProgress
from lmp.learning.service.evidence import Evidence, evidence_of, progress_in
from lmp.learning.service.papers import Paper, extra_of, paper_of
from lmp.learning.service.study import check_answerable, check_readable, document_of, unit_of


@dataclass(frozen=True)
class Section:
    """A heading with the blocks below it, or a check; what stands on its own has no number."""

    number: str
    title: str
    blocks: list[RenderedBlock] = field(default_factory=list)


@dataclass(frozen=True)
class Check:
    """A check question with its place among those of the page."""

    number: int
    total: int
    asked: Asked


@dataclass(frozen=True)
class QuizState:
    """How far a teacher is with a unit's quiz."""

    draw: int
    pass_mark: int
    #: Tries that may still be begun and minutes of one try; None where there is no limit.
    left: int | None
    minutes: int | None
    ended: list[QuizAttempt]
    open: QuizAttempt | None
    is_passed: bool


@dataclass(frozen=True)
class UnitPage:
    """Everything on a unit's page."""

    enrolment: Enrolment
    document: CourseDocument
    unit: Unit
    number: int
    sections: list[Section]
    #: Block id → the check it asks.
    checks: dict[str, Check]
    quiz: QuizState | None
    units: list[UnitProgress]
    #: Why answers do not count any more, once they do not.
    refusal: Message | None

    @property
    def progress(self) -> UnitProgress:
        """How far the teacher is in this unit."""
        return self.units[self.number - 1]

    def picture_size(self, name: str) -> tuple[int, int] | None:
        """Width and height of a picture of this unit, None if unknown."""
        return content.picture_size(content.public_medium(self.enrolment.run.version.hash[:16], name))

    def check(self, question_key: str) -> tuple[str, Asked]:
        """The block that asks a question, and the question. Raises NotFound when this page does not ask it."""
        for block_id, check in self.checks.items():
            if check.asked.key == question_key:
                return block_id, check.asked
        raise NotFound

    @property
    def open_anchor(self) -> str | None:
        """The first place in the page that still waits for an answer."""
        right = {check.asked.key for check in self.checks.values() if check.asked.verdict is Verdict.RIGHT}
        return rules.open_anchor(self.unit, rules.Shown(frozenset(right), begun=True))

    @property
    def next_unit(self) -> UnitProgress | None:
        """The unit after this one."""
        return self.units[self.number] if self.number < len(self.units) else None


def unit_page(enrolment: Enrolment, unit_key: str, lang: Lang) -> UnitPage:
    """A unit as its teacher sees it. Raises NotFound for an unknown unit, NotAllowed before the course begins."""
    check_readable(enrolment)
    document, unit = document_of(enrolment), unit_of(enrolment, unit_key)
    evidence = evidence_of(enrolment.id)
    return UnitPage(
        enrolment=enrolment,
        document=document,
        unit=unit,
        number=document.number_of(unit),
        sections=sections(content.unit_blocks(enrolment.run.version, unit_key, lang), document.number_of(unit)),
        checks=_checks(enrolment, unit, evidence),
        quiz=quiz_state(paper_of(enrolment, unit_key), enrolment, evidence) if unit.quiz else None,
        units=progress_in(enrolment, evidence),
        refusal=_refusal(enrolment),
    )


def _refusal(enrolment: Enrolment) -> Message | None:
    """Why answers do not count, or None while they do."""
    try:
        check_answerable(enrolment)
    except LmpError as refused:
        return refused.message
    return None


def sections(blocks: Iterable[RenderedBlock], unit_number: int) -> list[Section]:
    """The blocks as the leaf numbers them in its margin: every heading and every check is one step."""
    found: list[Section] = []
    numbers = (f"{unit_number}.{count}" for count in itertools.count(1))
    for block in blocks:
        after_check = bool(found) and found[-1].blocks[-1].kind == "question"
        if block.number or block.kind == "question":
            found.append(Section(next(numbers), block.title))
        elif not found or after_check:
            found.append(Section("", ""))
        found[-1].blocks.append(block)
    return found


def _checks(enrolment: Enrolment, unit: Unit, evidence: Evidence) -> dict[str, Check]:
    """The checks of a page with what was answered; options stand in the same order whenever one teacher looks."""
    blocks = rules.checks(unit)
    last = evidence.last_answers(unit.key)
    return {
        block.id: Check(
            number,
            len(blocks),
            asked(
                unit.question(block.ask),
                seed=str(enrolment.id),
                given=_given(last.get(block.ask), evidence.answers),
                telling=Telling.VERDICT,
            ),
        )
        for number, block in enumerate(blocks, 1)
    }


def _given(last: Answer | None, answers: Sequence[Answer]) -> Given | None:
    """What was answered to a check, and every option that was tried on the way."""
    if last is None:
        return None
    tried = (chosen_in(answer.response[GIVEN]) for answer in answers if answer.question_key == last.question_key)
    return Given(last.response[GIVEN], last.correct, frozenset[str]().union(*tried))


def quiz_state(paper: Paper, enrolment: Enrolment, evidence: Evidence) -> QuizState:
    """How far somebody is with a unit's quiz."""
    attempts, extra = evidence.attempts_at(paper.key), extra_of(enrolment.id, paper)
    return QuizState(
        draw=paper.quiz.draw,
        pass_mark=paper.quiz.pass_mark,
        left=limits.attempts_left(paper.quiz, extra, len(attempts)),
        minutes=limits.minutes_allowed(paper.quiz, extra),
        ended=[attempt for attempt in attempts if attempt.ended_at is not None],
        open=next((attempt for attempt in attempts if attempt.ended_at is None), None),
        is_passed=any(attempt.passed for attempt in attempts),
    )
