"""The figures of one run, counted from its evidence when the page is asked for: a run has a few dozen people."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lmp.access import Actor
from lmp.accounts.models import Person
from lmp.certificate import service as certificate
from lmp.certificate.models import Certificate
from lmp.content.policy import STRANDS, CompletionPolicy
from lmp.core import clock, db
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import ApprovalStep, Enrolment, EnrolmentState, Run
from lmp.enrolment.rules import SEATED
from lmp.hours.models import MinuteEntry, Strand
from lmp.meeting.models import Attendance, HalfDay
from lmp.meeting.rules import Choice
from lmp.network.models import Province, School
from lmp.reports import rules
from lmp.reports.models import Measure
from lmp.reports.rules import Waited
from lmp.reports.service.evidence import ready_and_issued
from lmp.workplace.models import DayEntry, DayState, Placement, Presence

_WITH_SEAT = SEATED | {EnrolmentState.CLOSED}


@dataclass(frozen=True)
class RunFigures:
    """What a run's page of figures shows."""

    run: Run
    applied: int
    seated: int
    studying: int
    ready: int
    certified: int
    planned: Mapping[Strand, int]
    earned: Mapping[Strand, int]
    #: Monday of a week → minutes earned up to its end, from the first week on.
    weeks: Sequence[tuple[date, int]]
    #: Tenths of the planned time → people who have earned so much; 10 is all of it.
    shares: Mapping[int, int]
    #: Days away → people with a company.
    absent: Mapping[int, int]
    log_days: int
    #: Place among reports.rules.MARKS → marks of closed rosters, one a person and half day.
    attendance: Mapping[int, int]
    provinces: Sequence[tuple[str, int]]
    waits: Mapping[Measure, Waited | None]


@dataclass(frozen=True)
class _Member:
    """Somebody who applied."""

    id: UUID
    state: EnrolmentState
    province: str | None


def run_figures(run_id: UUID, *, by: Actor) -> RunFigures:
    """The figures of a run for its staff. Raises NotFound for everybody else."""
    run = enrolments.seen_run(run_id, by)
    members = _members(run)
    seated = {one.id for one in members if one.state in _WITH_SEAT}
    entries = _entries(run)
    people = dict.fromkeys(seated, 0)
    for entry in entries:
        if entry.enrolment_id in people:
            people[entry.enrolment_id] += entry.minutes
    policy = CompletionPolicy.model_validate(run.policy)
    planned = {Strand(strand): policy.strands.of(strand) for strand in STRANDS}
    certified = _certified(run)
    days = _log_days(run)
    return RunFigures(
        run=run,
        applied=sum(one.state is not EnrolmentState.DRAFT for one in members),
        seated=len(seated),
        studying=sum(minutes > 0 for minutes in people.values()),
        ready=sum(one.is_ready for one in certificate.standings(certificate.candidates(run))),
        certified=certified,
        planned={strand: minutes * len(seated) for strand, minutes in planned.items()},
        earned={strand: sum(one.minutes for one in entries if one.strand is strand) for strand in Strand},
        weeks=_weeks(run, entries),
        shares=_shares(people.values(), sum(planned.values())),
        absent=_absent(days),
        log_days=sum(one.state is DayState.CONFIRMED for one in days if one.state is not None),
        attendance=_attendance(run) if planned[Strand.MEETING] else {},
        provinces=_provinces(members, seated),
        waits=_waited(run, days),
    )


def _members(run: Run) -> list[_Member]:
    rows = (
        select(Enrolment.id, Enrolment.state, Province.name)
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(School, School.id == Person.school_id)
        .outerjoin(Province, Province.code == School.province_code)
        .where(Enrolment.run_id == run.id)
        .order_by(Province.sort_key)
    )
    return [_Member(*row) for row in db.session().execute(rows)]


def _entries(run: Run) -> Sequence[Any]:
    """The ledger of the run: enrolment, strand, minutes, day."""
    rows = (
        select(MinuteEntry.enrolment_id, MinuteEntry.strand, MinuteEntry.minutes, MinuteEntry.day)
        .join(Enrolment, Enrolment.id == MinuteEntry.enrolment_id)
        .where(Enrolment.run_id == run.id)
    )
    return db.session().execute(rows).all()


def _certified(run: Run) -> int:
    """First certificates of the run."""
    rows = select(func.count()).where(Certificate.run_id == run.id, Certificate.replaces_id.is_(None))
    return db.session().scalar(rows) or 0


def _weeks(run: Run, entries: Sequence[Any]) -> list[tuple[date, int]]:
    """Minutes earned up to the end of each week, from the first week to the last one that has begun."""
    if not entries:
        return []
    by_week: Counter[date] = Counter()
    for entry in entries:
        by_week[entry.day - timedelta(days=entry.day.weekday())] += entry.minutes
    monday = min(*by_week, run.starts_on - timedelta(days=run.starts_on.weekday()))
    last = max(*by_week, min(clock.today(), run.ends_on))
    found, so_far = [], 0
    while monday <= last:
        so_far += by_week[monday]
        found.append((monday, so_far))
        monday += timedelta(days=7)
    return found


def _shares(minutes: Any, planned: int) -> dict[int, int]:
    """People by tenths of the planned time, rounded down; those beyond the plan count as having all of it."""
    found = Counter(min(10 * one // planned, 10) if planned else 0 for one in minutes)
    return {tenth: found[tenth] for tenth in range(11)}


def _log_days(run: Run) -> Sequence[Any]:
    """The run's placements with their days: placement, presence, state, sent and decided; none where no day is written."""
    rows = (
        select(
            Placement.id.label("placement"), DayEntry.presence, DayEntry.state, DayEntry.sent_at, DayEntry.decided_at
        )
        .select_from(Placement)
        .join(Enrolment, Enrolment.id == Placement.enrolment_id)
        .outerjoin(DayEntry, DayEntry.placement_id == Placement.id)
        .where(Enrolment.run_id == run.id)
    )
    return db.session().execute(rows).all()


def _attendance(run: Run) -> dict[int, int]:
    """The marks of the run's closed rosters, as corrected."""
    marks = (
        select(Attendance.mark, Attendance.excuse, func.count())
        .join(HalfDay, HalfDay.id == Attendance.half_day_id)
        .where(HalfDay.run_id == run.id, HalfDay.closed_at.is_not(None))
        .group_by(Attendance.mark, Attendance.excuse)
    )
    rows = db.session().execute(marks)
    return {rules.MARKS.index(Choice(mark, excuse)): number for mark, excuse, number in rows}


def _absent(days: Sequence[Any]) -> dict[int, int]:
    """How many people were away for how many confirmed days."""
    away: Counter[UUID] = Counter()
    for day in days:
        away[day.placement] += day.state is DayState.CONFIRMED and day.presence is Presence.ABSENT
    found = Counter(away.values())
    return {number: found[number] for number in range(max(found, default=-1) + 1)}


def _provinces(members: Sequence[_Member], seated: set[UUID]) -> list[tuple[str, int]]:
    """People with a seat by the province of their school, in Turkish order; those without one last."""
    found = Counter(one.province or "" for one in members if one.id in seated)
    return sorted(found.items(), key=lambda pair: pair[0] == "")


def _waited(run: Run, days: Sequence[Any]) -> dict[Measure, Waited | None]:
    """How long decisions, confirmations and certificates of this run took."""
    steps = (
        select(ApprovalStep.opened_at, ApprovalStep.decided_at)
        .join(Enrolment, Enrolment.id == ApprovalStep.enrolment_id)
        .where(Enrolment.run_id == run.id, ApprovalStep.decided_at.is_not(None))
    )
    issued = ready_and_issued().where(Run.id == run.id)
    confirmed = [(day.sent_at, day.decided_at) for day in days if day.state is DayState.CONFIRMED]
    session = db.session()
    return {
        Measure.WAIT_APPROVAL: _percentiles(session.execute(steps)),
        Measure.WAIT_COMPANY: _percentiles(confirmed),
        Measure.WAIT_CERTIFICATE: _percentiles((row[2], row[3]) for row in session.execute(issued)),
    }


def _percentiles(pairs: Any) -> Waited | None:
    """Median and ninth decile of pairs of moments."""
    return rules.waited(
        Counter(
            rules.begun_days((ended - began).total_seconds())
            for began, ended in pairs
            if began is not None and ended is not None
        )
    )
