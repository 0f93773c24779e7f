"""Writing one answer down, marked, with everything that is needed to mark it again in ten years."""

from lmp.content import marking
from lmp.content.document import Unit
from lmp.core import clock, db
from lmp.enrolment.models import Enrolment
from lmp.learning.models import Answer, QuizAttempt


def save(
    enrolment: Enrolment,
    unit: Unit,
    question_key: str,
    marked: marking.Marked,
    *,
    number: int,
    attempt: QuizAttempt | None = None,
) -> Answer:
    """Add an answer to a check, or to a question of a quiz attempt."""
    answer = Answer(
        enrolment_id=enrolment.id,
        unit_key=unit.key,
        question_key=question_key,
        question_id=unit.question(question_key).id,
        version_hash=enrolment.run.version.hash,
        attempt_id=attempt.id if attempt else None,
        number=number,
        response=marked.response,
        correct=marked.correct,
        score_thousandths=marked.thousandths,
        at=clock.now(),
    )
    db.session().add(answer)
    db.session().flush()
    return answer
