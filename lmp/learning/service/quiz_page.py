"""What the pages of a try show: its start, one question after the other, all answers before the end, the result."""

from dataclasses import dataclass
from datetime import datetime

from lmp.content.asked import GIVEN, Asked, Given, Telling, asked, in_words
from lmp.content.document import AnyQuestion, CourseDocument, Unit
from lmp.core import clock
from lmp.core.errors import NotFound
from lmp.core.messages import Message, Translated
from lmp.enrolment.models import Enrolment
from lmp.learning import limits, rules
from lmp.learning.gain import Moment
from lmp.learning.limits import Extra
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.rules import UnitProgress
from lmp.learning.service.evidence import evidence_of
from lmp.learning.service.papers import Paper, extra_of, paper_of
from lmp.learning.service.quizzes import last_answers_in
from lmp.learning.service.study import check_readable, document_of, is_closed, unit_of
from lmp.learning.service.unit_page import QuizState, quiz_state


@dataclass(frozen=True)
class QuizStart:
    """The page before an attempt."""

    enrolment: Enrolment
    document: CourseDocument
    unit: Unit
    number: int
    quiz: QuizState


@dataclass(frozen=True)
class QuizQuestion:
    """A drawn question with the newest answer to it."""

    number: int
    question: AnyQuestion
    answer: Answer | None

    @property
    def answer_in_words(self) -> Translated | None:
        """What was answered."""
        return in_words(self.question, self.answer.response[GIVEN]) if self.answer else None


@dataclass(frozen=True)
class QuizPage:
    """A try as its pages show it."""

    attempt: QuizAttempt
    paper: Paper
    questions: list[QuizQuestion]
    #: What a trainer has added.
    extra: Extra
    #: When the time ends, None without a limit; and the moment at which the page was made.
    until: datetime | None
    now: datetime

    @property
    def unit(self) -> Unit | None:
        """The unit, None for the course's test."""
        return self.paper.unit

    @property
    def number(self) -> int:
        """The unit's place in the course, 0 for the course's test."""
        return self.paper.document.number_of(self.unit) if self.unit else 0

    @property
    def is_over(self) -> bool:
        """Whether the time has ended."""
        return limits.is_over(self.until, self.now)

    @property
    def seconds_left(self) -> int:
        """Whole seconds until the time ends."""
        return max(0, int((self.until - self.now).total_seconds())) if self.until is not None else 0

    @property
    def first_open(self) -> QuizQuestion | None:
        """The first question without an answer."""
        return next((question for question in self.questions if question.answer is None), None)

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(question.answer is not None for question in self.questions)

    @property
    def right(self) -> int:
        """How many answers are correct."""
        return sum(question.answer is not None and question.answer.correct for question in self.questions)

    @property
    def next_unit(self) -> Unit | None:
        """The unit after this one."""
        units = self.paper.document.units
        return units[self.number] if self.unit and self.number < len(units) else None

    def question(self, number: int) -> QuizQuestion:
        """A question by its place in the quiz. Raises NotFound."""
        if not 1 <= number <= len(self.questions):
            raise NotFound
        return self.questions[number - 1]

    def open_after(self, number: int) -> QuizQuestion | None:
        """The next question without an answer, looking on from one and then from the first."""
        later = (question for question in self.questions[number:] if question.answer is None)
        return next(later, self.first_open)

    def asked(self, question: QuizQuestion, telling: Telling = Telling.NOTHING) -> Asked:
        """A question with its options in the order of this attempt."""
        answer = question.answer
        given = Given(answer.response[GIVEN], answer.correct) if answer else None
        return asked(question.question, seed=str(self.attempt.seed), given=given, telling=telling)

    def with_truth(self) -> list[tuple[QuizQuestion, Asked]]:
        """Every question with the right answer, for the review."""
        return [(question, self.asked(question, Telling.TRUTH)) for question in self.questions]


@dataclass(frozen=True)
class QuizResult:
    """What follows a try: how far the unit is, how many tries are left, and the review or why it is still shut."""

    progress: UnitProgress | None
    left: int | None
    shut: Message | None


def quiz_start(enrolment: Enrolment, unit_key: str) -> QuizStart:
    """What the start page says. Raises NotFound for a unit without a quiz, NotAllowed before the course begins."""
    check_readable(enrolment)
    document, unit = document_of(enrolment), unit_of(enrolment, unit_key)
    state = quiz_state(paper_of(enrolment, unit_key), enrolment, evidence_of(enrolment.id))
    return QuizStart(enrolment, document, unit, document.number_of(unit), state)


def quiz_result(page: QuizPage) -> QuizResult:
    """What follows an ended try; the pre-test tells what is right once the post-test is taken or answers count no more."""
    attempt, paper = page.attempt, page.paper
    enrolment, evidence = attempt.enrolment, evidence_of(attempt.enrolment_id)
    closed = is_closed(enrolment)
    if paper.unit is None:
        after = any(one.ended_at is not None for one in evidence.attempts_at(Moment.AFTER))
        is_open = after or closed or paper.moment is Moment.AFTER
        return QuizResult(None, 0, None if is_open else limits.PRE_TEST_REVIEW)
    tries = evidence.attempts_at(paper.key)
    left = limits.attempts_left(paper.quiz, page.extra, len(tries))
    passed = any(one.passed for one in tries)
    is_open = limits.opens_review(paper.quiz, passed=passed, left=left, is_closed=closed)
    progress = rules.progress(paper.unit, evidence.shown().get(paper.key, rules.NOTHING_SHOWN))
    return QuizResult(progress, left, None if is_open else limits.review_sentence(paper.quiz))


def quiz_page(attempt: QuizAttempt) -> QuizPage:
    """An attempt with its questions and the newest answer to each."""
    paper = paper_of(attempt.enrolment, attempt.unit_key)
    last = last_answers_in(attempt)
    questions = [
        QuizQuestion(number, paper.bank[key], last.get(key)) for number, key in enumerate(attempt.question_keys, 1)
    ]
    extra = extra_of(attempt.enrolment_id, paper)
    return QuizPage(attempt, paper, questions, extra, paper.deadline(attempt, extra), clock.now())
