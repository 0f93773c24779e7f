"""A teacher's statement of minutes: what each entry came from, and where its source stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from lmp.access import Actor
from lmp.content import service as content
from lmp.content.models import Course, CourseVersion
from lmp.core import db
from lmp.core.keyed import Page
from lmp.core.messages import N_, Message
from lmp.enrolment.models import Enrolment, Run
from lmp.hours import statement as hours
from lmp.workplace.models import DayEntry

#: A page: endpoint and values.
Place = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Line:
    """An entry: its day, what it is for, its minutes (negative for what was taken back) and the balance after it."""

    day: date
    enrolment_id: UUID
    training: object
    source: Message
    strand: str
    minutes: int
    balance: int
    is_reversal: bool
    #: Where the source stands.
    place: Place


def trainings(person_id: UUID) -> list[tuple[UUID, object, date]]:
    """(enrolment, course title, first day) of every training of a person, the newest first."""
    found = (
        select(Enrolment.id, Course.title, Run.starts_on)
        .join(Run, Run.id == Enrolment.run_id)
        .join(Course, Course.id == Run.course_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Run.starts_on.desc(), Enrolment.id)
    )
    return [(row[0], row[1], row[2]) for row in db.session().execute(found)]


def page(actor: Actor, *, enrolment_id: UUID | None, at: str | None) -> Page[Line]:
    """One page of the actor's own statement."""
    found = hours.statement(_own(actor), enrolment_id=enrolment_id, at=at)
    return Page(list(_lines(found.rows)), found.next, found.previous)


def every(actor: Actor, *, enrolment_id: UUID | None) -> Iterator[Line]:
    """All of the actor's own statement."""
    return _lines(list(hours.every_line(_own(actor), enrolment_id=enrolment_id)))


def _own(actor: Actor) -> UUID:
    return actor.id or UUID(int=0)


def _lines(rows: list[Any]) -> Iterator[Line]:
    """The rows with their sources, in a fixed number of queries."""
    courses = _courses({row.enrolment_id for row in rows})
    days = _days(row.source_id for row in rows if row.source_kind == DayEntry.__tablename__)
    for row in rows:
        title, units = courses[row.enrolment_id]
        source, place = _source(row, units, days)
        yield Line(
            row.day, row.enrolment_id, title, source, row.strand, row.minutes, row.balance, row.is_reversal, place
        )


def _courses(enrolment_ids: set[UUID]) -> dict[UUID, tuple[object, dict[str, object]]]:
    """Enrolment → the title of its course and, by key, those of its units."""
    found = (
        select(Enrolment.id, CourseVersion)
        .join(Run, Run.id == Enrolment.run_id)
        .join(CourseVersion, CourseVersion.id == Run.version_id)
        .where(Enrolment.id.in_(enrolment_ids))
        .options(lazyload(CourseVersion.course))
    )
    documents = {key: content.document(version) for key, version in db.session().execute(found)}
    return {key: (one.title, {unit.key: unit.title for unit in one.units}) for key, one in documents.items()}


def _days(ids: Iterable[str]) -> dict[str, DayEntry]:
    wanted = [UUID(one) for one in ids]
    found = select(DayEntry).where(DayEntry.id.in_(wanted)).options(lazyload(DayEntry.placement))
    return {str(one.id): one for one in db.session().scalars(found)}


def _source(row: Any, units: dict[str, object], days: dict[str, DayEntry]) -> tuple[Message, Place]:
    """What an entry came from in words, and its page."""
    training: Place = ("journey.run", {"enrolment_id": row.enrolment_id})
    if row.source_kind == DayEntry.__tablename__ and row.source_id in days:
        entry = days[row.source_id]
        day: Place = ("workplace.day", {"placement_id": entry.placement_id, "on": entry.day.isoformat()})
        return Message(N_("Confirmed day at the workplace")), day
    if row.source_kind == "unit":
        key = row.source_id.partition(":")[2]
        unit: Place = ("learning.unit", {"enrolment_id": row.enrolment_id, "unit_key": key})
        return Message(N_("Unit: %(title)s"), title=units.get(key, key)), unit if key in units else training
    if row.source_kind == "practical_test":
        return Message(N_("Practical test")), training
    return Message(N_("Meeting")), training
