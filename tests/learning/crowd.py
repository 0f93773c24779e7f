"""Answers of many: ended first tries of one teacher under invented quizzes, written straight into the tables."""

from collections.abc import Mapping, Sequence

from lmp.content import marking
from lmp.content import service as content
from lmp.content.asked import GIVEN, Response
from lmp.content.marking import Marked
from lmp.core import clock, db
from lmp.core.ids import new_id
from lmp.enrolment.models import Enrolment
from lmp.learning.models import Answer, QuizAttempt

Answers = Mapping[str, Response]


def tries(enrolments: Sequence[Enrolment], papers: Sequence[Answers], *, ended: bool = True, number: int = 1) -> None:
    """One try for each paper (question key → response), given to the enrolments in turn."""
    version = enrolments[0].run.version
    bank = {question.key: question for unit in content.document(version).units for question in unit.questions}
    before = db.session().query(QuizAttempt).count()
    for place, paper in enumerate(papers):
        enrolment = enrolments[place % len(enrolments)]
        now = clock.now()
        attempt = QuizAttempt(
            id=new_id(),
            enrolment_id=enrolment.id,
            unit_key=f"crowd-{before + place}",
            number=number,
            seed=1,
            question_keys=list(paper),
            started_at=now,
            ended_at=now if ended else None,
        )
        db.session().add(attempt)
        db.session().flush()
        for key, response in paper.items():
            _answer(attempt, enrolment, bank[key].id, key, response, marking.mark(bank[key], response))
    db.session().flush()


def _answer(
    attempt: QuizAttempt, enrolment: Enrolment, question: object, key: str, said: Response, worth: Marked
) -> None:
    db.session().add(
        Answer(
            enrolment_id=enrolment.id,
            unit_key=attempt.unit_key,
            question_key=key,
            question_id=question,
            version_hash=enrolment.run.version.hash,
            attempt_id=attempt.id,
            number=1,
            response={GIVEN: said},
            correct=worth.correct,
            score_thousandths=round(worth.score * 1000),
            at=clock.now(),
        )
    )
