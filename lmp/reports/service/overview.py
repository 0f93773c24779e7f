"""Overviews of a centre and of the network, read from the totals: the same few queries however many people there are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import lazyload

from lmp.access import Action, Actor, Role, allows, require
from lmp.access import Facts as AccessFacts
from lmp.certificate.models import Certificate
from lmp.content.models import Course
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.enrolment.models import Run, RunState
from lmp.hours.models import Strand
from lmp.network import service as network
from lmp.network.models import Centre, Field, Province
from lmp.reports import rules
from lmp.reports.models import EVERY, Measure, ReportMonth, ReportTotal
from lmp.reports.rules import Period, Waited

#: Runs listed on a centre's page, the newest first.
MOST_RUNS = 50
_COMPARED = (Measure.APPLIED, Measure.SEATED, Measure.CERTIFIED)


@dataclass(frozen=True)
class Facts:
    """The totals of a period: by month, and over all of it."""

    period: Period
    by_month: Mapping[tuple[Measure, date], int]
    by_key: Mapping[tuple[Measure, int], int]
    #: Until when the newest month was counted; None where nothing was counted yet.
    counted_at: datetime | None

    def sum(self, measure: Measure) -> int:
        """All of a measure in the period."""
        return sum(number for (one, _key), number in self.by_key.items() if one is measure)

    def months(self, measure: Measure) -> list[tuple[date, int]]:
        """A measure month by month, up to the running one."""
        today = clock.today()
        return [(month, self.by_month.get((measure, month), 0)) for month in self.period.months if month <= today]

    def keys(self, measure: Measure) -> dict[int, int]:
        """A measure by its key."""
        return {key: number for (one, key), number in self.by_key.items() if one is measure}

    def minutes(self) -> dict[Strand, int]:
        """Minutes by strand, in the order of the strands."""
        return {strand: self.by_key.get((Measure.MINUTES, place), 0) for place, strand in enumerate(Strand)}

    def waited(self, measure: Measure) -> Waited | None:
        """Median and ninth decile of a kind of waiting."""
        return rules.waited(self.keys(measure))


@dataclass(frozen=True)
class Line:
    """A field, a centre or a run beside others of its kind, in the order of names or dates; never a ranking."""

    name: Bilingual | str
    applied: int
    seated: int
    certified: int
    slug: str = ""
    id: UUID | None = None
    span: tuple[date, date] | None = None
    capacity: int = 0


@dataclass(frozen=True)
class Overview:
    """Everything a page of figures shows."""

    facts: Facts
    provinces: Mapping[int, str]
    fields: Sequence[Line] = ()
    centres: Sequence[Line] = ()
    runs: Sequence[Line] = ()
    field: Field | None = None
    centre: Centre | None = None
    all_fields: Sequence[Field] = ()


def fields() -> list[Field]:
    """All fields, for the filter."""
    return network.fields()


def years() -> list[int]:
    """The calendar years that were counted, the newest first."""
    first = db.session().scalar(select(func.min(ReportMonth.month)))
    return list(range(clock.today().year, first.year - 1, -1)) if first is not None else []


def centres_seen(by: Actor) -> list[Centre]:
    """The centres whose figures an actor may see, in Turkish order."""
    if by.has(Role.NETWORK_ADMINISTRATOR):
        return network.centres()
    own = network.centres_of(by.scopes(Role.CENTRE_ADMINISTRATOR))
    return [one for one in own if allows(by, Action.SEE_CENTRE_REPORT, one)]


def centre_overview(slug: str, period: Period, field_slug: str | None, *, by: Actor) -> Overview:
    """The figures of one centre. Raises NotFound for everybody who does not look after it."""
    centre = network.centre(slug)
    require(by, Action.SEE_CENTRE_REPORT, centre)
    fields = network.fields_of_centre(centre.id)
    chosen = next((one for one in fields if one.slug == field_slug), None)
    return Overview(
        facts=_facts(period, centre.id, chosen.id if chosen else EVERY),
        provinces=_provinces(),
        fields=_by_field(period, centre.id, fields) if chosen is None else (),
        runs=_runs(period, centre.id),
        field=chosen,
        centre=centre,
        all_fields=fields,
    )


def network_overview(period: Period, field_slug: str | None, *, by: Actor) -> Overview:
    """The figures of the network. Raises NotFound for everybody but its administrators."""
    require(by, Action.SEE_NETWORK_REPORT, AccessFacts())
    fields = network.fields()
    chosen = next((one for one in fields if one.slug == field_slug), None)
    field_id = chosen.id if chosen else EVERY
    return Overview(
        facts=_facts(period, EVERY, field_id),
        provinces=_provinces(),
        fields=_by_field(period, EVERY, fields) if chosen is None else (),
        centres=_by_centre(period, field_id),
        field=chosen,
        all_fields=fields,
    )


def _facts(period: Period, centre_id: UUID, field_id: UUID) -> Facts:
    """The totals of a centre (or every) and a field (or every) in a period: two queries."""
    rows = select(ReportTotal.measure, ReportTotal.month, ReportTotal.key, ReportTotal.n).where(
        ReportTotal.centre_id == centre_id,
        ReportTotal.field_id == field_id,
        ReportTotal.month.between(period.first, period.last),
        ReportTotal.measure != Measure.PEOPLE,
    )
    by_month: Counter[tuple[Measure, date]] = Counter()
    by_key: Counter[tuple[Measure, int]] = Counter()
    for measure, month, key, number in db.session().execute(rows):
        by_month[measure, month] += number
        by_key[measure, key] += number
    counted = select(func.max(ReportMonth.counted_at)).where(ReportMonth.month.between(period.first, period.last))
    return Facts(period, by_month, by_key, db.session().scalar(counted))


def _provinces() -> dict[int, str]:
    rows = db.session().execute(select(Province.code, Province.name).order_by(Province.sort_key))
    return {row.code: row.name for row in rows}


def _compared(period: Period, by: Any, *where: Any) -> dict[UUID, dict[Measure, int]]:
    """Applications, seats and certificates beside each other, by a column."""
    rows = (
        select(by, ReportTotal.measure, func.sum(ReportTotal.n))
        .where(ReportTotal.month.between(period.first, period.last), ReportTotal.measure.in_(_COMPARED), *where)
        .group_by(by, ReportTotal.measure)
    )
    found: dict[UUID, dict[Measure, int]] = {}
    for one, measure, number in db.session().execute(rows):
        found.setdefault(one, {})[measure] = int(number)
    return found


def _line(name: Bilingual | str, slug: str, found: Mapping[Measure, int]) -> Line:
    applied, seated, certified = (found.get(measure, 0) for measure in _COMPARED)
    return Line(name, applied, seated, certified, slug)


def _by_field(period: Period, centre_id: UUID, fields: Sequence[Field]) -> list[Line]:
    """The fields in which anything happened."""
    found = _compared(period, ReportTotal.field_id, ReportTotal.centre_id == centre_id, ReportTotal.field_id != EVERY)
    return [_line(one.name, one.slug, found[one.id]) for one in fields if one.id in found]


def _by_centre(period: Period, field_id: UUID) -> list[Line]:
    """The centres in which anything happened."""
    found = _compared(period, ReportTotal.centre_id, ReportTotal.field_id == field_id, ReportTotal.centre_id != EVERY)
    return [_line(one.short_name, one.slug, found[one.id]) for one in network.centres() if one.id in found]


def _runs(period: Period, centre_id: UUID) -> list[Line]:
    """The centre's newest runs that were taught in the period, with their seats and certificates: two queries."""
    rows = (
        select(Run)
        .where(
            Run.centre_id == centre_id,
            Run.starts_on < rules.month_after(period.last),
            Run.ends_on >= period.first,
            Run.state != RunState.CANCELLED,
        )
        .options(lazyload(Run.centre), lazyload(Run.duties), lazyload(Run.course, Course.fields))
        .order_by(Run.starts_on.desc(), Run.id)
        .limit(MOST_RUNS)
    )
    runs = list(db.session().scalars(rows).unique())
    held = select(Certificate.run_id, func.count()).where(
        Certificate.run_id.in_([run.id for run in runs]), Certificate.replaces_id.is_(None)
    )
    certified = {row[0]: row[1] for row in db.session().execute(held.group_by(Certificate.run_id))}
    return [
        Line(
            run.course.title,
            0,
            run.seats_taken,
            certified.get(run.id, 0),
            id=run.id,
            span=(run.starts_on, run.ends_on),
            capacity=run.capacity,
        )
        for run in runs
    ]
