"""What the pages of a quiz show: its start, one question after the other, all answers before the end, the result."""

from dataclasses import dataclass

from lmp.content.document import AnyQuestion, CourseDocument, Unit
from lmp.core.errors import NotFound
from lmp.core.messages import Translated
from lmp.enrolment.models import Enrolment
from lmp.learning import rules
from lmp.learning.asked import GIVEN, Asked, Given, Telling, asked, in_words
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.rules import Shown, UnitProgress
from lmp.learning.service.evidence import checks_right, evidence_of
from lmp.learning.service.quizzes import last_answers_in
from lmp.learning.service.study import check_readable, document_of, unit_of
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
    """An attempt as its pages show it."""

    attempt: QuizAttempt
    document: CourseDocument
    unit: Unit
    #: The unit's place in the course.
    number: int
    questions: list[QuizQuestion]

    @property
    def first_open(self) -> QuizQuestion | None:
        """The first question without an answer."""
        return next((question for question in self.questions if question.answer is None), None)

    @property
    def right(self) -> int:
        """How many answers are correct."""
        return sum(question.answer is not None and question.answer.correct for question in self.questions)

    @property
    def next_unit(self) -> Unit | None:
        """The unit after this one."""
        return self.document.units[self.number] if self.number < len(self.document.units) else None

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
        """Every question with the right answer, for the result."""
        return [(question, self.asked(question, Telling.TRUTH)) for question in self.questions]


def quiz_start(enrolment: Enrolment, unit_key: str) -> QuizStart:
    """What the start page says. Raises NotFound for a unit without a quiz, NotAllowed before the course begins."""
    check_readable(enrolment)
    document, unit = document_of(enrolment), unit_of(enrolment, unit_key)
    state = quiz_state(unit, evidence_of(enrolment.id).attempts_at(unit_key))
    if state is None:
        raise NotFound
    return QuizStart(enrolment, document, unit, document.number_of(unit), state)


def unit_after_quiz(attempt: QuizAttempt) -> UnitProgress:
    """How far the unit is with this attempt: a passed quiz leaves the checks that are still open."""
    unit = unit_of(attempt.enrolment, attempt.unit_key)
    right = checks_right(attempt.enrolment_id, unit.key)
    return rules.progress(unit, Shown(right, passed=bool(attempt.passed), begun=True))


def quiz_page(attempt: QuizAttempt) -> QuizPage:
    """An attempt with its questions and the newest answer to each."""
    document, unit = document_of(attempt.enrolment), unit_of(attempt.enrolment, attempt.unit_key)
    last = last_answers_in(attempt)
    questions = [
        QuizQuestion(number, unit.question(key), last.get(key)) for number, key in enumerate(attempt.question_keys, 1)
    ]
    return QuizPage(attempt, document, unit, document.number_of(unit), questions)
