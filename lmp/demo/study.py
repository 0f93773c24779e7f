"""How the demo's teachers study: they answer what the course asks, mostly right."""

from datetime import date

from lmp.access import Actor
from lmp.content.arranged import right_arrangement
from lmp.content.asked import Response
from lmp.content.document import (
    AnyQuestion,
    MatchingQuestion,
    MultipleQuestion,
    NumberQuestion,
    OrderingQuestion,
    SingleQuestion,
    TextQuestion,
    TrueFalseQuestion,
    Unit,
)
from lmp.demo.days import on
from lmp.enrolment.models import Enrolment
from lmp.learning import rules
from lmp.learning import service as learning


def right(question: AnyQuestion) -> Response:
    """An answer that is correct."""
    match question:
        case SingleQuestion():
            return next(option.id for option in question.options if option.correct)
        case MultipleQuestion():
            return [option.id for option in question.options if option.correct]
        case TrueFalseQuestion():
            return str(question.correct).lower()
        case NumberQuestion():
            return _as_typed(question.value)
        case TextQuestion():
            return question.accept.tr[0]
        case MatchingQuestion() | OrderingQuestion():
            return right_arrangement(question)


def _as_typed(value: float) -> str:
    """A number as a Turkish teacher types it."""
    return f"{value:g}".replace(".", ",")


def wrong(question: AnyQuestion) -> Response:
    """An answer that somebody might give by mistake."""
    match question:
        case SingleQuestion():
            return next(option.id for option in question.options if not option.correct)
        case MultipleQuestion():
            return [next(option.id for option in question.options if not option.correct)]
        case TrueFalseQuestion():
            return str(not question.correct).lower()
        case NumberQuestion():
            return _as_typed(question.value + 2 * question.tolerance + 1)
        case TextQuestion():
            return "?"
        case MatchingQuestion():
            ids = [pair.id for pair in question.pairs]
            return dict(zip(ids, [ids[1], ids[0], *ids[2:]], strict=True))
        case OrderingQuestion():
            return [item.id for item in reversed(question.items)]


def prove(enrolment: Enrolment, unit: Unit, day: date, *, by: Actor, slips: int = 0) -> None:
    """Complete a unit in one evening; the first `slips` checks are answered wrongly before they are answered right."""
    with on(day, 20):
        begin(enrolment, unit, day, by=by, checks=len(rules.checks(unit)), slips=slips)
        attempt = learning.start_quiz(enrolment, unit.key, by=by)
        for number, key in enumerate(attempt.question_keys):
            question = unit.question(key)
            learning.save_quiz_answer(attempt, key, wrong(question) if number < slips else right(question), by=by)
        learning.end_quiz(attempt, by=by)


def begin(enrolment: Enrolment, unit: Unit, day: date, *, by: Actor, checks: int, slips: int = 0) -> None:
    """Answer the first checks of a unit."""
    with on(day, 20):
        for number, block in enumerate(rules.checks(unit)[:checks]):
            question = unit.question(block.ask)
            if number < slips:
                learning.answer_check(enrolment, unit.key, question.key, wrong(question), by=by)
            learning.answer_check(enrolment, unit.key, question.key, right(question), by=by)
