"""What the answers to the quizzes and tests of a course tell about its questions, added up by the database."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Float, and_, case, cast, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from lmp.content.asked import GIVEN, Response
from lmp.content.document import AnyQuestion, NumberQuestion, TextQuestion
from lmp.content.models import CourseQuestion, CourseVersion
from lmp.core import db
from lmp.learning import choices, statistics
from lmp.learning.choices import Choice, Given, Wrong
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.statistics import QuestionStatistics, Sums


def question_statistics(version: CourseVersion) -> dict[UUID, QuestionStatistics]:
    """Facility and discrimination of every question that was answered in ended first tries at quizzes and tests.

    Only first tries count: who tries again has read the right answers. Of several answers in a try the newest counts.
    Answers under earlier versions count as long as the question read then as it reads in this one.
    """
    counted = _counted(version)
    x = cast(counted.c.score, Float) / 1000
    others = counted.c.n - 1
    y = case((others > 0, (cast(counted.c.total - counted.c.score, Float) / 1000) / func.nullif(others, 0)))
    beside = case((others > 0, x))
    rows = select(
        counted.c.question_id,
        func.count(),
        func.sum(x),
        func.count(y),
        func.sum(beside),
        func.sum(y),
        func.sum(beside * beside),
        func.sum(y * y),
        func.sum(beside * y),
    ).group_by(counted.c.question_id)
    found = (Sums(id, answers, *(value or 0 for value in sums)) for id, answers, *sums in db.session().execute(rows))
    return {sums.question_id: statistics.of_sums(sums) for sums in found}


def _newest(version: CourseVersion, question_id: UUID | None) -> CTE:
    """The newest answer to each question in each ended first try under any version of the course.

    With a question only of the tries that hold an answer to it.
    """
    later, held, beside = aliased(Answer), aliased(CourseVersion), aliased(Answer)
    found = (
        select(
            Answer.question_id,
            Answer.version_hash,
            Answer.attempt_id,
            Answer.enrolment_id,
            Answer.response,
            Answer.score_thousandths.label("score"),
        )
        .join(QuizAttempt, QuizAttempt.id == Answer.attempt_id)
        .where(
            Answer.version_hash.in_(select(held.hash).where(held.course_id == version.course_id)),
            QuizAttempt.ended_at.is_not(None),
            QuizAttempt.number == 1,
            ~exists().where(
                later.enrolment_id == Answer.enrolment_id,
                later.question_key == Answer.question_key,
                later.attempt_id == Answer.attempt_id,
                later.number > Answer.number,
            ),
        )
    )
    if question_id is not None:
        found = found.where(Answer.attempt_id.in_(select(beside.attempt_id).where(beside.question_id == question_id)))
    return found.cte("newest")


def _counted(version: CourseVersion, question_id: UUID | None = None) -> CTE:
    """The answers that count, each with the points and the number of answers of its try."""
    newest = _newest(version, question_id)
    tries = (
        select(newest.c.attempt_id, func.sum(newest.c.score).label("total"), func.count().label("n"))
        .group_by(newest.c.attempt_id)
        .cte("tries")
    )
    rows = (
        select(newest, tries.c.total, tries.c.n)
        .join(tries, tries.c.attempt_id == newest.c.attempt_id)
        .where(_reads_alike(newest, version))
    )
    return (rows if question_id is None else rows.where(newest.c.question_id == question_id)).cte("counted")


def _reads_alike(newest: CTE, version: CourseVersion) -> ColumnElement[bool]:
    """Whether a question read, in the version it was answered under, as it reads in this one."""
    then, now, held = aliased(CourseQuestion), aliased(CourseQuestion), aliased(CourseVersion)
    pairs = db.session().execute(
        select(held.hash, then.question_id)
        .join(held, and_(held.course_id == then.course_id, held.number == then.number))
        .join(now, and_(now.course_id == then.course_id, now.question_id == then.question_id, now.mark == then.mark))
        .where(then.course_id == version.course_id, now.number == version.number, then.number > 0)
    )
    alike: dict[str, set[UUID]] = {}
    for hashed, question_id in pairs:
        alike.setdefault(hashed, set()).add(question_id)
    asked = [and_(newest.c.version_hash == hashed, newest.c.question_id.in_(ids)) for hashed, ids in alike.items()]
    return or_(false(), *asked)


def chosen(version: CourseVersion, question: AnyQuestion) -> list[Choice]:
    """How many of the answers that count chose each option of a question; see `choices.choices`."""
    if isinstance(question, NumberQuestion | TextQuestion):
        return []
    counted = _counted(version, question.id)
    others = cast(func.nullif(counted.c.n - 1, 0), Float)
    elsewhere = func.avg((counted.c.total - counted.c.score) / others / 1000)
    rows = db.session().execute(select(counted.c.response, func.count(), elsewhere).group_by(counted.c.response))
    return choices.choices(question, [Given(response[GIVEN], number, mean) for response, number, mean in rows])


def typed_wrong(version: CourseVersion, question: AnyQuestion) -> list[Wrong]:
    """The wrong answers that enough people typed; see `choices.wrong_answers`."""
    if not isinstance(question, NumberQuestion | TextQuestion):
        return []
    counted = _counted(version, question.id)
    rows = db.session().execute(select(counted.c.enrolment_id, counted.c.response))
    typed: Sequence[tuple[UUID, Response]] = [(enrolment, response[GIVEN]) for enrolment, response in rows]
    return choices.wrong_answers(question, typed)
