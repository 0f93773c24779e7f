"""Studying: units, check questions, quizzes and tests; the only writer of answers, attempts and extensions."""

from lmp.learning.gain import Moment, RunGain
from lmp.learning.rules import UnitProgress
from lmp.learning.service.checks import answer_check
from lmp.learning.service.course_tests import TestsPage, gains, tests_page
from lmp.learning.service.evidence import SOURCE, proven_units, resume, units_progress
from lmp.learning.service.extensions import ExtensionPage, enrolment_to_extend, extend, extension_page
from lmp.learning.service.question_statistics import chosen, question_statistics, typed_wrong
from lmp.learning.service.quiz_page import (
    QuizPage,
    QuizQuestion,
    QuizResult,
    QuizStart,
    quiz_page,
    quiz_result,
    quiz_start,
)
from lmp.learning.service.quizzes import (
    CLOSE_JOB,
    JOBS,
    attempt_to_take,
    end_quiz,
    save_quiz_answer,
    start_quiz,
    start_test,
)
from lmp.learning.service.reminders import REMINDERS
from lmp.learning.service.study import document_of, enrolment_to_study
from lmp.learning.service.unit_page import Check, QuizState, Section, UnitPage, unit_page
from lmp.learning.statistics import QuestionStatistics

__all__ = [
    "CLOSE_JOB",
    "JOBS",
    "REMINDERS",
    "SOURCE",
    "Check",
    "ExtensionPage",
    "Moment",
    "QuestionStatistics",
    "QuizPage",
    "QuizQuestion",
    "QuizResult",
    "QuizStart",
    "QuizState",
    "RunGain",
    "Section",
    "TestsPage",
    "UnitPage",
    "UnitProgress",
    "answer_check",
    "attempt_to_take",
    "chosen",
    "document_of",
    "end_quiz",
    "enrolment_to_extend",
    "enrolment_to_study",
    "extend",
    "extension_page",
    "gains",
    "proven_units",
    "question_statistics",
    "quiz_page",
    "quiz_result",
    "quiz_start",
    "resume",
    "save_quiz_answer",
    "start_quiz",
    "start_test",
    "tests_page",
    "typed_wrong",
    "unit_page",
    "units_progress",
]
