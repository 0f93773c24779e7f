"""The test before and after the course, taken by the people of two runs, so that a gain can be seen."""

from collections.abc import Sequence
from datetime import date

from lmp.access import Actor
from lmp.demo import study
from lmp.demo.days import on
from lmp.demo.runs import Stage
from lmp.enrolment.models import Enrolment
from lmp.learning import service as learning
from lmp.learning.service import Moment


def before(stage: Stage, enrolments: Sequence[Enrolment], day: date) -> None:
    """The pre-test on the first day; about half of it is right."""
    for number, enrolment in enumerate(enrolments):
        _take(enrolment, Moment.BEFORE, day, right=3 + number % 4, number=number, by=_actor(stage, enrolment))


def after(stage: Stage, enrolments: Sequence[Enrolment], day: date) -> None:
    """The post-test on the last day; most of it is right."""
    for number, enrolment in enumerate(enrolments):
        _take(enrolment, Moment.AFTER, day, right=6 + number % 5, number=number, by=_actor(stage, enrolment))


def _actor(stage: Stage, enrolment: Enrolment) -> Actor:
    """The teacher of an enrolment."""
    return stage.cast.actor(next(key for key, person in stage.cast.people.items() if person.id == enrolment.person_id))


def _take(enrolment: Enrolment, moment: Moment, day: date, *, right: int, number: int, by: Actor) -> None:
    """One test, with so many of ten answers right, not the same ones for everybody."""
    document = learning.document_of(enrolment)
    questions = {question.key: question for unit in document.units for question in unit.questions}
    with on(day, 17, 30):
        attempt = learning.start_test(enrolment, moment, by=by)
        for place, key in enumerate(attempt.question_keys):
            is_right = (place * 7 + number * 3) % 10 < right
            response = study.right(questions[key]) if is_right else study.wrong(questions[key])
            learning.save_quiz_answer(attempt, key, response, by=by)
        learning.end_quiz(attempt, by=by)
