"""Studying: units, check questions and quizzes; the only writer of answers and attempts."""

from lmp.learning.rules import UnitProgress
from lmp.learning.service.checks import answer_check
from lmp.learning.service.evidence import SOURCE, proven_units, resume, units_progress
from lmp.learning.service.quiz_page import QuizPage, QuizQuestion, QuizStart, quiz_page, quiz_start, unit_after_quiz
from lmp.learning.service.quizzes import attempt_to_take, end_quiz, save_quiz_answer, start_quiz
from lmp.learning.service.reminders import REMINDERS
from lmp.learning.service.study import document_of, enrolment_to_study
from lmp.learning.service.unit_page import Check, QuizState, Section, UnitPage, unit_page

__all__ = [
    "REMINDERS",
    "SOURCE",
    "Check",
    "QuizPage",
    "QuizQuestion",
    "QuizStart",
    "QuizState",
    "Section",
    "UnitPage",
    "UnitProgress",
    "answer_check",
    "attempt_to_take",
    "document_of",
    "end_quiz",
    "enrolment_to_study",
    "proven_units",
    "quiz_page",
    "quiz_start",
    "resume",
    "save_quiz_answer",
    "start_quiz",
    "unit_after_quiz",
    "unit_page",
    "units_progress",
]
