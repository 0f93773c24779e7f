"""Which questions drafts and versions hold: written down when they are saved, so that no document is read to find one."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, tuple_

from lmp.access import Action, Actor, Role, require
from lmp.content import bank
from lmp.content.bank import Held, Standing
from lmp.content.editing import Raw
from lmp.content.models import BankQuestion, Course, CourseQuestion
from lmp.core import db
from lmp.core.db import Bilingual

DRAFT = 0


def note(course_id: UUID, after: Raw, *, before: Raw | None = None, number: int = DRAFT) -> None:
    """Write down the questions of a draft (or of version `number`) as it is `after`; nothing where they are as `before`.

    Without `before` it is looked up what is written down.
    """
    shared = set(map(id, before["units"])) & set(map(id, after["units"])) if before else set()
    there = set(bank.held_by(_without(before, shared))) if before else _written(course_id, number)
    wanted = set(bank.held_by(_without(after, shared)))
    gone = [(each.unit_key, each.question_key) for each in there - wanted]
    if gone:
        places = tuple_(CourseQuestion.unit_key, CourseQuestion.question_key)
        here = and_(CourseQuestion.course_id == course_id, CourseQuestion.number == number)
        db.session().execute(delete(CourseQuestion).where(here, places.in_(gone)))
    new = [{"course_id": course_id, "number": number, **asdict(each)} for each in wanted - there]
    if new:
        db.session().execute(insert(CourseQuestion), new)


def _without(document: Raw, shared: set[int]) -> Raw:
    """The units of a document that another one does not share."""
    return {"units": [unit for unit in document["units"] if id(unit) not in shared]}


def _written(course_id: UUID, number: int) -> set[Held]:
    """What is written down of a draft or a version."""
    rows = select(
        CourseQuestion.unit_key,
        CourseQuestion.question_key,
        CourseQuestion.question_id,
        CourseQuestion.origin,
        CourseQuestion.mark,
    ).where(CourseQuestion.course_id == course_id, CourseQuestion.number == number)
    return {Held(*row) for row in db.session().execute(rows)}


@dataclass(frozen=True, slots=True)
class Use:
    """A course that holds a question of the bank: where in its draft, if it is still there, and in which versions."""

    slug: str
    title: Bilingual
    #: (unit key, question key) of every place in the draft with how it stands to the bank's question.
    places: tuple[tuple[str, str, Standing], ...]
    versions: tuple[int, ...]


def _belongs(questions: Iterable[BankQuestion]) -> ColumnElement[bool]:
    """The rows that were copied from questions of the bank, that these were made from, or that share their origin."""
    ids = {one.id for one in questions} | {one.taken_from for one in questions}
    return or_(CourseQuestion.origin.in_(ids), CourseQuestion.question_id.in_(ids))


def uses(of: BankQuestion, viewer: Actor) -> list[Use]:
    """The courses that hold a question, in Turkish order; drafts only of its own centre, versions of every centre.

    Raises NotFound for whoever may not read the question.
    """
    require(viewer, Action.SEE_BANK, of)
    rows = db.session().execute(
        select(Course.slug, Course.title, CourseQuestion)
        .join(Course, Course.id == CourseQuestion.course_id)
        .where(_belongs([of]), _seen(of, viewer))
        .order_by(Course.sort_key_tr, Course.slug, CourseQuestion.number, CourseQuestion.question_key)
    )
    found: dict[str, tuple[Bilingual, list[CourseQuestion]]] = {}
    for slug, title, held in rows:
        found.setdefault(slug, (title, []))[1].append(held)
    return [Use(slug, title, _places(of, held), _versions(held)) for slug, (title, held) in found.items()]


def _seen(of: BankQuestion, viewer: Actor) -> ColumnElement[bool]:
    """Published versions, and the drafts that the viewer may see."""
    if viewer.has(Role.NETWORK_ADMINISTRATOR):
        return CourseQuestion.number >= DRAFT
    return or_(CourseQuestion.number > DRAFT, Course.centre_id == of.centre_id)


def _places(of: BankQuestion, held: Iterable[CourseQuestion]) -> tuple[tuple[str, str, Standing], ...]:
    return tuple(
        (one.unit_key, one.question_key, bank.standing(one.mark, of.mark, of.former))
        for one in held
        if one.number == DRAFT
    )


def _versions(held: Iterable[CourseQuestion]) -> tuple[int, ...]:
    return tuple(sorted({one.number for one in held if one.number != DRAFT}))


def courses_using(questions: list[BankQuestion]) -> dict[UUID, int]:
    """In how many drafts of their own centre questions of the bank stand; one query for all of them."""
    if not questions:
        return {}
    rows = db.session().execute(
        select(CourseQuestion.course_id, CourseQuestion.question_id, CourseQuestion.origin, Course.centre_id)
        .join(Course, Course.id == CourseQuestion.course_id)
        .where(CourseQuestion.number == DRAFT, _belongs(questions))
    )
    by_name: dict[UUID, set[tuple[UUID, UUID]]] = {}
    for course_id, question_id, origin, centre_id in rows:
        for name in filter(None, {question_id, origin}):
            by_name.setdefault(name, set()).add((course_id, centre_id))
    return {
        one.id: len(
            {
                course
                for name in (one.id, one.taken_from)
                for course, centre in by_name.get(name, ())
                if centre == one.centre_id
            }
        )
        for one in questions
    }
