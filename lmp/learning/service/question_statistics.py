"""What the answers to the quizzes of one course version tell about its questions."""

from uuid import UUID

from sqlalchemy import select

from lmp.core import db
from lmp.learning import statistics
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.statistics import Item, QuestionStatistics


def question_statistics(version_hash: str) -> dict[UUID, QuestionStatistics]:
    """Facility and discrimination of every question that was answered in ended first tries at a version's quizzes and tests.

    Only first tries count: who tries again has read the right answers. Of several answers in a try the newest counts.
    """
    rows = (
        select(Answer.question_id, Answer.attempt_id, Answer.score_thousandths)
        .join(QuizAttempt, QuizAttempt.id == Answer.attempt_id)
        .where(Answer.version_hash == version_hash, QuizAttempt.ended_at.is_not(None), QuizAttempt.number == 1)
        .order_by(Answer.number)
    )
    newest: dict[tuple[UUID, UUID], Item] = {}
    for question_id, attempt_id, thousandths in db.session().execute(rows):
        if attempt_id is not None:
            newest[question_id, attempt_id] = Item(question_id, attempt_id, thousandths / 1000)
    return statistics.of_questions(newest.values())
