"""The numbers that are public: people with a certificate by field and province of a year, small groups hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from lmp.content.models import CourseField
from lmp.core import db
from lmp.network import service as network
from lmp.network.models import Field, Province
from lmp.reports import rules
from lmp.reports.models import ALL_PROVINCES, EVERY, SEVERAL_FIELDS, Measure, ReportMonth, ReportTotal
from lmp.reports.rules import Shown


@dataclass(frozen=True)
class PublicYear:
    """The numbers of one year as they may stand in public; no table where it would give small groups away."""

    year: int
    total: Shown
    #: Fields that courses have together, each person in one line; no field: certificates of courses with different ones.
    fields: Sequence[tuple[Sequence[Field], Shown]] | None
    provinces: Mapping[int, Shown] | None
    names: Mapping[int, str]
    counted_at: datetime | None


def public_year(year: int) -> PublicYear:
    """What everybody may know about a year; nothing but that they are few where they are few altogether."""
    by_field, by_province, total = _counted(year)
    few = 0 < total < rules.FEWEST
    fields = None if few else rules.protect(by_field, total)
    counted = select(func.max(ReportMonth.counted_at)).where(
        ReportMonth.month.between(date(year, 1, 1), date(year, 12, 1))
    )
    names = select(Province.code, Province.name).order_by(Province.sort_key)
    return PublicYear(
        year=year,
        total=Shown(None, few) if few else Shown(total),
        fields=None if fields is None else _named(fields),
        provinces=None if few else rules.protect(by_province, total),
        names={row.code: row.name for row in db.session().execute(names)},
        counted_at=db.session().scalar(counted),
    )


def _named(shown: Mapping[UUID, Shown]) -> list[tuple[Sequence[Field], Shown]]:
    """Fields in Turkish order, those of several courses last."""
    fields = network.fields()
    known = {one.id: number for number, one in enumerate(fields)}
    of_courses: dict[UUID, list[int]] = {}
    for course, field in db.session().execute(select(CourseField.course_id, CourseField.field_id)):
        of_courses.setdefault(course, []).append(known[field])
    groups = {rules.group_of([fields[one].id for one in places]): sorted(places) for places in of_courses.values()}
    ordered = sorted((key for key in shown if key in groups), key=lambda key: groups[key])
    found: list[tuple[Sequence[Field], Shown]] = [([fields[one] for one in groups[key]], shown[key]) for key in ordered]
    return [*found, *(((), value) for key, value in shown.items() if key not in groups)]


def _counted(year: int) -> tuple[dict[UUID, int], dict[int, int], int]:
    """People by group of fields (EVERY: different ones), by province, and altogether: one query over a few rows."""
    rows = select(ReportTotal.field_id, ReportTotal.key, ReportTotal.n).where(
        ReportTotal.centre_id == EVERY,
        ReportTotal.month == date(year, 1, 1),
        ReportTotal.measure == Measure.PEOPLE,
    )
    by_field: dict[UUID, int] = {}
    by_province: dict[int, int] = {}
    total = 0
    for field_id, key, number in db.session().execute(rows):
        if field_id != EVERY:
            by_field[field_id] = number
        elif key == ALL_PROVINCES:
            total = number
        elif key == SEVERAL_FIELDS:
            by_field[EVERY] = number
        else:
            by_province[key] = number
    return by_field, by_province, total
