"""Runs as the public sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, select

from lmp.content.models import Course
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.enrolment.models import Run, RunState
from lmp.network.models import Centre, Province

#: So many runs stand on the page of a course.
MOST_OFFERS = 12


@dataclass(frozen=True)
class Offer:
    """A run as the public sees it: when, where, how many places, and whether one may apply."""

    id: UUID
    course_id: UUID
    slug: str
    title: Bilingual
    province: str
    school: str
    venue: Bilingual
    starts_on: date
    ends_on: date
    apply_from_on: date
    apply_until_on: date
    capacity: int
    taken: int

    @property
    def left(self) -> int:
        """Free places."""
        return self.capacity - self.taken

    @property
    def place(self) -> str:
        """Where, in a few words; the province first, because two hosts share a name."""
        return f"{self.province}, {self.school}"

    def is_open(self, today: date) -> bool:
        """Whether applications are taken on a day; both ends of the window are included."""
        return self.apply_from_on <= today <= self.apply_until_on

    def opens_later(self, today: date) -> bool:
        """Whether the first day to apply has not come."""
        return today < self.apply_from_on


_OFFERS: Select[*tuple[Any, ...]] = (
    select(
        Run.id,
        Run.course_id,
        Course.slug,
        Course.title,
        Province.name,
        Centre.short_name,
        Run.venue,
        Run.starts_on,
        Run.ends_on,
        Run.apply_from_on,
        Run.apply_until_on,
        Run.capacity,
        Run.seats_taken,
    )
    .join(Course, Course.id == Run.course_id)
    .join(Centre, Centre.id == Run.centre_id)
    .join(Province, Province.code == Centre.province_code)
    .order_by(Run.starts_on, Run.id)
)


def not_begun(today: date) -> ColumnElement[bool]:
    """Open runs whose first day has not passed."""
    return and_(Run.state == RunState.OPEN, Run.starts_on >= today)


def can_be_applied_for(today: date) -> ColumnElement[bool]:
    """Open runs that take applications today or on a later day."""
    return and_(not_begun(today), Run.apply_until_on >= today)


def takes_applications(today: date) -> ColumnElement[bool]:
    """Open runs that take applications today."""
    return and_(can_be_applied_for(today), Run.apply_from_on <= today)


def _offers(found: Select[*tuple[Any, ...]]) -> list[Offer]:
    return [_offer(row) for row in db.session().execute(found)]


def _offer(row: Row[*tuple[Any, ...]]) -> Offer:
    return Offer(*row)


def coming_offers(limit: int) -> list[Offer]:
    """The next runs one can still apply for, the nearest first."""
    return _offers(_OFFERS.where(can_be_applied_for(clock.today())).limit(limit))


def offers_of(course_id: UUID, most: int = MOST_OFFERS) -> list[Offer]:
    """The next runs of a course that have not begun, whether or not one can still apply; the calendar has the rest."""
    return _offers(_OFFERS.where(not_begun(clock.today()), Run.course_id == course_id).limit(most))


def nearest_offers(course_ids: Iterable[UUID]) -> dict[UUID, Offer]:
    """Course → its next run one can still apply for; courses without one are left out."""
    open_ones = and_(can_be_applied_for(clock.today()), Run.course_id.in_(list(course_ids)))
    first = select(Run.course_id, func.min(Run.starts_on).label("starts_on")).where(open_ones)
    first_days = first.group_by(Run.course_id).subquery("first_day")
    on_first_day = and_(first_days.c.course_id == Run.course_id, first_days.c.starts_on == Run.starts_on)
    nearest: dict[UUID, Offer] = {}
    for offer in _offers(_OFFERS.join(first_days, on_first_day).where(open_ones)):
        nearest.setdefault(offer.course_id, offer)
    return nearest


def offers_between(first: date, last: date) -> list[Offer]:
    """The runs that begin on these days, both ends included; cancelled ones are left out."""
    return _offers(_OFFERS.where(Run.state != RunState.CANCELLED, Run.starts_on >= first, Run.starts_on <= last))


def months_with_runs(first: date, last: date) -> list[tuple[int, int]]:
    """(year, month) of every month in which a run begins, in order."""
    found = select(Run.starts_on).where(Run.state != RunState.CANCELLED, Run.starts_on >= first, Run.starts_on <= last)
    days = db.session().scalars(found.distinct())
    return sorted({(day.year, day.month) for day in days})
