"""A teacher at the pages of one enrolment, prepared as a test needs it."""

from collections.abc import Callable
from uuid import UUID

from lmp.core import db
from lmp.enrolment.models import Enrolment
from lmp.learning.models import QuizAttempt
from tests.builders.learning import a_quiz, checks_answered, filled_in, quiz_taken, unit_proven
from tests.visitor import Page, Visitor

UNIT = "hazirlik"


class Study:
    """A teacher at the pages of one enrolment."""

    def __init__(self, visitor: Visitor, enrolment_id: UUID) -> None:
        """Sign in as the enrolment's teacher."""
        self.id = enrolment_id
        with db.reading() as session:
            self.visitor = visitor.sign_in(session.get_one(Enrolment, enrolment_id).person)

    def path(self, unit_key: str = UNIT, lang: str = "tr") -> str:
        """The address of a unit's page."""
        return f"/{lang}/training/{self.id}/unit/{unit_key}"

    def unit(self, unit_key: str = UNIT, lang: str = "tr") -> Page:
        """A unit's page."""
        return self.visitor.open(self.path(unit_key, lang))

    def answer(self, question_key: str, response: object, unit_key: str = UNIT, expect: int = 303) -> Page:
        """The form of a check filled in and sent."""
        action = f"{self.path(unit_key)}/check/{question_key}"
        form = self.unit(unit_key).form(action)
        return self.visitor.send(action, form, answer=response, expect=expect)

    def quiz(self, path: str = "") -> str:
        """The address of the only attempt, and what follows it."""
        with db.reading() as session:
            return f"/tr/quiz/{session.query(QuizAttempt.id).scalar()}{path}"


ACTS: dict[str, Callable[[Enrolment], object]] = {
    "unit_proven": lambda enrolment: unit_proven(enrolment, UNIT),
    "checks_answered": lambda enrolment: checks_answered(enrolment, UNIT),
    "quiz_taken": lambda enrolment: quiz_taken(enrolment, UNIT),
    "quiz_failed": lambda enrolment: quiz_taken(enrolment, UNIT, right=False),
    "a_quiz": lambda enrolment: a_quiz(enrolment, UNIT),
    "filled_in": lambda enrolment: filled_in(a_quiz(enrolment, UNIT)),
}


def prepared(study: Study, *acts: str) -> Study:
    """The teacher after some of the ACTS."""
    with db.transaction() as session:
        enrolment = session.get_one(Enrolment, study.id)
        for act in acts:
            ACTS[act](enrolment)
    return study
