"""Marking one answer and writing it down with everything that is needed to mark it again in ten years."""

from lmp.content import marking
from lmp.content.asked import GIVEN, Response
from lmp.content.document import AnyQuestion
from lmp.content.marking import BadResponse, Marked
from lmp.core import clock, db
from lmp.core.errors import RuleBroken
from lmp.enrolment.models import Enrolment
from lmp.learning.models import Answer, QuizAttempt


def marked(question: AnyQuestion, response: Response) -> Marked:
    """What an answer is worth. Raises RuleBroken, at the form's field, for what is no answer to the question."""
    try:
        return marking.mark(question, response)
    except BadResponse as bad:
        raise RuleBroken(bad.message, "answer") from None


def save(
    enrolment: Enrolment,
    unit_key: str,
    question: AnyQuestion,
    response: Response,
    worth: Marked,
    *,
    number: int,
    attempt: QuizAttempt | None = None,
) -> Answer:
    """Add an answer to a check, or to a question of a quiz attempt."""
    answer = Answer(
        enrolment_id=enrolment.id,
        unit_key=unit_key,
        question_key=question.key,
        question_id=question.id,
        version_hash=enrolment.run.version.hash,
        attempt_id=attempt.id if attempt else None,
        number=number,
        response={GIVEN: response},
        correct=worth.correct,
        score_thousandths=round(worth.score * 1000),
        at=clock.now(),
    )
    db.session().add(answer)
    db.session().flush()
    return answer
