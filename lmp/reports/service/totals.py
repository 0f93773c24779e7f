"""Keeping the totals: the running month again and again, the months before it in turn, everything on request."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select

from lmp.certificate.models import Certificate
from lmp.core import clock, db
from lmp.enrolment.models import EnrolmentMove
from lmp.hours.models import MinuteEntry
from lmp.reports import rules
from lmp.reports.models import Measure, ReportMonth, ReportTotal
from lmp.reports.service.evidence import Totals, count, count_people

#: So many months back are counted again in turn, one a time, because a late correction may reach them.
REACH = 24
_YEARLY = frozenset({Measure.PEOPLE})


@dataclass(frozen=True)
class Difference:
    """A total that is not what the evidence says."""

    month: date
    centre_id: UUID
    field_id: UUID
    measure: Measure
    key: int
    total: int
    counted: int


def refresh() -> None:
    """Count the running month and the one before again, and the older month that was counted longest ago.

    Where nothing was ever counted, everything is.
    """
    if db.session().scalar(select(ReportMonth.month).limit(1)) is None:
        rebuild()
        return
    now, month = clock.now(), rules.month_of(clock.today())
    before = rules.month_after(month, -1)
    wanted = [before, month]
    oldest = (
        select(ReportMonth.month)
        .where(ReportMonth.month < before, ReportMonth.month >= rules.month_after(month, -REACH))
        .order_by(ReportMonth.counted_at)
        .limit(1)
    )
    wanted += db.session().scalars(oldest)
    for one in wanted:
        _recount(one, now)
    for year in sorted({one.year for one in wanted}):
        _recount_people(year, now)


def rebuild() -> int:
    """Forget every total and count all months again; answers how many."""
    session, now = db.session(), clock.now()
    session.execute(delete(ReportTotal))
    session.execute(delete(ReportMonth))
    months = _months()
    for month in months:
        _recount(month, now)
    for year in sorted({month.year for month in months}):
        _recount_people(year, now)
    return len(months)


def check() -> list[Difference]:
    """Count every month again, up to the moment it was counted last, and compare."""
    found = []
    months = list(db.session().execute(select(ReportMonth.month, ReportMonth.counted_at).order_by(ReportMonth.month)))
    for month, counted_at in months:
        found += _differences(month, _kept(month, yearly=False), count(month, counted_at))
    for year in sorted({month.year for month, _counted_at in months}):
        counted_at = max(at for month, at in months if month.year == year)
        january = date(year, 1, 1)
        found += _differences(january, _kept(january, yearly=True), count_people(year, counted_at))
    return found


def _differences(month: date, kept: Totals, counted: Totals) -> list[Difference]:
    return [
        Difference(month, *place, total=kept[place], counted=counted[place])
        for place in sorted(kept.keys() | counted.keys(), key=str)
        if kept[place] != counted[place]
    ]


def _kept(month: date, *, yearly: bool) -> Totals:
    """The totals of a month as they stand."""
    rows = select(
        ReportTotal.centre_id, ReportTotal.field_id, ReportTotal.measure, ReportTotal.key, ReportTotal.n
    ).where(ReportTotal.month == month, _kind(yearly))
    return Totals({(row[0], row[1], row[2], row[3]): row[4] for row in db.session().execute(rows)})


def _kind(yearly: bool) -> ColumnElement[bool]:
    """The totals counted by year, or those counted by month."""
    return ReportTotal.measure.in_(_YEARLY) if yearly else ReportTotal.measure.not_in(_YEARLY)


def _recount(month: date, now: datetime) -> None:
    """Put a month's totals in the place of those that stand."""
    _replace(month, count(month, now), yearly=False)
    session = db.session()
    session.execute(delete(ReportMonth).where(ReportMonth.month == month))
    session.execute(insert(ReportMonth).values(month=month, counted_at=now))


def _recount_people(year: int, now: datetime) -> None:
    _replace(date(year, 1, 1), count_people(year, now), yearly=True)


def _replace(month: date, totals: Totals, *, yearly: bool) -> None:
    session = db.session()
    session.execute(delete(ReportTotal).where(ReportTotal.month == month, _kind(yearly)))
    rows = [
        {"centre_id": centre, "field_id": field, "month": month, "measure": measure, "key": key, "n": number}
        for (centre, field, measure, key), number in totals.items()
    ]
    if rows:
        session.execute(insert(ReportTotal), rows)


def _months() -> list[date]:
    """From the month of the first evidence to the running one."""
    columns = (EnrolmentMove.at, MinuteEntry.posted_at, Certificate.issued_at)
    firsts = [found for column in columns if (found := db.session().scalar(select(func.min(column)))) is not None]
    today = clock.today()
    return rules.months_between(min([clock.local(first).date() for first in firsts], default=today), today)
