"""Counting one month of evidence, straight from the tables of the features below."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from lmp.accounts.models import Person
from lmp.certificate.models import Certificate
from lmp.content.models import CourseField
from lmp.core import clock, db
from lmp.enrolment.models import ApprovalStep, Enrolment, EnrolmentMove, EnrolmentState, Run
from lmp.hours.models import MinuteEntry, Strand
from lmp.meeting.models import Attendance, HalfDay
from lmp.meeting.rules import Choice
from lmp.network.models import School
from lmp.reports import rules
from lmp.reports.models import ALL_PROVINCES, EVERY, SEVERAL_FIELDS, Measure
from lmp.workplace.models import DayEntry, DayState, Placement, Presence

#: Centre, field, measure, key → number.
Totals = Counter[tuple[UUID, UUID, Measure, int]]
_Span = tuple[datetime, datetime]
_Where = tuple[UUID, UUID]
Rows = Select[*tuple[Any, ...]]

_STRANDS = {strand: place for place, strand in enumerate(Strand)}


def count(month: date, until: datetime) -> Totals:
    """Everything that fell into a month, up to (not including) a moment; sums of nought are left out."""
    starts, ends = clock.wall(month, time()), min(clock.wall(rules.month_after(month), time()), until)
    fields = _fields_of_courses()
    found: Totals = Counter()
    for where, measure, key, number in _events((starts, ends)):
        for centre in (where[0], EVERY):
            for field in (*fields.get(where[1], ()), EVERY):
                found[centre, field, measure, key] += number
    return Counter({place: number for place, number in found.items() if number})


def count_people(year: int, until: datetime) -> Totals:
    """People with a valid certificate issued in a year: each in one province, in one group of fields or in several, and altogether.

    Provinces and fields both add up to everybody, so that nothing can be learned of a group by subtracting those that
    overlap with it.
    """
    starts, ends = clock.wall(date(year, 1, 1), time()), min(clock.wall(date(year + 1, 1, 1), time()), until)
    province = func.coalesce(School.province_code, 0)
    people = func.count(func.distinct(Certificate.person_id))
    held = (
        Certificate.issued_at >= starts,
        Certificate.issued_at < ends,
        (Certificate.revoked_at.is_(None)) | (Certificate.revoked_at >= until),
    )
    found: Totals = Counter()
    session = db.session()
    everybody = session.scalar(select(people).where(*held)) or 0
    found[EVERY, EVERY, Measure.PEOPLE, ALL_PROVINCES] = everybody
    alike = _people_by_fields(held)
    for group, number in alike.items():
        found[EVERY, group, Measure.PEOPLE, ALL_PROVINCES] = number
    found[EVERY, EVERY, Measure.PEOPLE, SEVERAL_FIELDS] = everybody - alike.total()
    by_province = (
        select(province, people)
        .select_from(Certificate)
        .join(Person, Person.id == Certificate.person_id)
        .outerjoin(School, School.id == Person.school_id)
        .where(*held)
        .group_by(province)
    )
    for code, number in session.execute(by_province):
        found[EVERY, EVERY, Measure.PEOPLE, code] = number
    return Counter({place: number for place, number in found.items() if number})


def _people_by_fields(held: Sequence[ColumnElement[bool]]) -> Counter[UUID]:
    """Group of fields → people all of whose certificates (those that are `held`) are of courses with just these fields."""
    groups = {course: rules.group_of(fields) for course, fields in _fields_of_courses().items()}
    courses = select(Certificate.person_id, Run.course_id).join(Run, Run.id == Certificate.run_id).where(*held)
    of_person: dict[UUID, set[UUID | None]] = {}
    for person, course in db.session().execute(courses.distinct()):
        of_person.setdefault(person, set()).add(groups.get(course))
    return Counter(group for found in of_person.values() if len(found) == 1 and (group := next(iter(found))))


def _fields_of_courses() -> dict[UUID, list[UUID]]:
    """Course → its fields."""
    found: dict[UUID, list[UUID]] = {}
    for course, field in db.session().execute(select(CourseField.course_id, CourseField.field_id)):
        found.setdefault(course, []).append(field)
    return found


def _events(span: _Span) -> Iterator[tuple[_Where, Measure, int, int]]:
    """Every measure of a span of time, by centre, course and key."""
    yield from _moves(span)
    yield from _certificates(span)
    yield from _minutes(span)
    yield from _log_days(span)
    yield from _attendance(span)
    yield from _waits(span)


def _within(column: InstrumentedAttribute[Any], span: _Span) -> ColumnElement[bool]:
    return and_(column >= span[0], column < span[1])


def _rows(statement: Rows) -> Iterable[Any]:
    return db.session().execute(statement)


_PLACE = (Run.centre_id, Run.course_id)
_MOVED: dict[EnrolmentState, Measure] = {
    EnrolmentState.APPLIED: Measure.APPLIED,
    EnrolmentState.MAIN_LIST: Measure.SEATED,
}


def _moves(span: _Span) -> Iterator[tuple[_Where, Measure, int, int]]:
    """Applications, seats, and seats by the province of the teacher's school."""
    province_code = func.coalesce(School.province_code, 0)  # one value bound once: PostgreSQL compares by what is bound
    moved = (
        select(*_PLACE, EnrolmentMove.to_state, province_code, func.count())
        .select_from(EnrolmentMove)
        .join(Enrolment, Enrolment.id == EnrolmentMove.enrolment_id)
        .join(Run, Run.id == Enrolment.run_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(School, School.id == Person.school_id)
        .where(_within(EnrolmentMove.at, span), EnrolmentMove.to_state.in_(_MOVED))
        .group_by(*_PLACE, EnrolmentMove.to_state, province_code)
    )
    for centre, course, state, province, number in _rows(moved):
        yield (centre, course), _MOVED[state], 0, number
        if state is EnrolmentState.MAIN_LIST:
            yield (centre, course), Measure.PROVINCE, province, number


def _certificates(span: _Span) -> Iterator[tuple[_Where, Measure, int, int]]:
    """Certificates issued, the first ones among them, and those revoked."""
    is_first = case((Certificate.replaces_id.is_(None), 1), else_=0)
    joined = Run.id == Certificate.run_id
    issued = (
        select(*_PLACE, func.count(), func.sum(is_first))
        .join(Certificate, joined)
        .where(_within(Certificate.issued_at, span))
        .group_by(*_PLACE)
    )
    for centre, course, number, first in _rows(issued):
        yield (centre, course), Measure.ISSUED, 0, number
        yield (centre, course), Measure.CERTIFIED, 0, first
    revoked = (
        select(*_PLACE, func.count())
        .join(Certificate, joined)
        .where(_within(Certificate.revoked_at, span))
        .group_by(*_PLACE)
    )
    for centre, course, number in _rows(revoked):
        yield (centre, course), Measure.REVOKED, 0, number


def _minutes(span: _Span) -> Iterator[tuple[_Where, Measure, int, int]]:
    """Minutes posted to the ledger, less those taken back, by strand."""
    posted = (
        select(*_PLACE, MinuteEntry.strand, func.sum(MinuteEntry.minutes))
        .select_from(MinuteEntry)
        .join(Enrolment, Enrolment.id == MinuteEntry.enrolment_id)
        .join(Run, Run.id == Enrolment.run_id)
        .where(_within(MinuteEntry.posted_at, span))
        .group_by(*_PLACE, MinuteEntry.strand)
    )
    for centre, course, strand, number in _rows(posted):
        yield (centre, course), Measure.MINUTES, _STRANDS[strand], int(number)


def _confirmed(span: _Span, *columns: Any) -> Rows:
    """Days of the work log that a company confirmed in a span of time."""
    return (
        select(*_PLACE, *columns)
        .select_from(DayEntry)
        .join(Placement, Placement.id == DayEntry.placement_id)
        .join(Enrolment, Enrolment.id == Placement.enrolment_id)
        .join(Run, Run.id == Enrolment.run_id)
        .where(_within(DayEntry.decided_at, span), DayEntry.state == DayState.CONFIRMED)
    )


def _log_days(span: _Span) -> Iterator[tuple[_Where, Measure, int, int]]:
    """Confirmed days, and those of them on which the teacher was away."""
    for centre, course, presence, number in _rows(
        _confirmed(span, DayEntry.presence, func.count()).group_by(*_PLACE, DayEntry.presence)
    ):
        yield (centre, course), Measure.LOG_DAYS, int(presence is Presence.ABSENT), number


def _attendance(span: _Span) -> Iterator[tuple[_Where, Measure, int, int]]:
    """Marks of the rosters that were closed, as they stand now: corrections count."""
    marks = (
        select(*_PLACE, Attendance.mark, Attendance.excuse, func.count())
        .select_from(Attendance)
        .join(HalfDay, HalfDay.id == Attendance.half_day_id)
        .join(Run, Run.id == HalfDay.run_id)
        .where(_within(HalfDay.closed_at, span))
        .group_by(*_PLACE, Attendance.mark, Attendance.excuse)
    )
    for centre, course, mark, excuse, number in _rows(marks):
        yield (centre, course), Measure.ATTENDANCE, rules.MARKS.index(Choice(mark, excuse)), number


def _waits(span: _Span) -> Iterator[tuple[_Where, Measure, int, int]]:
    """How long decisions, confirmations and certificates took, case by case."""
    decided = (
        select(*_PLACE, ApprovalStep.opened_at, ApprovalStep.decided_at)
        .select_from(ApprovalStep)
        .join(Enrolment, Enrolment.id == ApprovalStep.enrolment_id)
        .join(Run, Run.id == Enrolment.run_id)
        .where(_within(ApprovalStep.decided_at, span), ApprovalStep.opened_at.is_not(None))
    )
    yield from _by_days(decided, Measure.WAIT_APPROVAL)
    sent = _confirmed(span, DayEntry.sent_at, DayEntry.decided_at).where(DayEntry.sent_at.is_not(None))
    yield from _by_days(sent, Measure.WAIT_COMPANY)
    yield from _by_days(ready_and_issued().where(_within(Certificate.issued_at, span)), Measure.WAIT_CERTIFICATE)


def ready_and_issued() -> Rows:
    """First certificates with the moment of the last minutes they rest on, and of their issuing, by centre and course."""
    last = (
        select(func.max(MinuteEntry.posted_at))
        .where(MinuteEntry.enrolment_id == Certificate.enrolment_id, MinuteEntry.posted_at <= Certificate.issued_at)
        .correlate(Certificate)
        .scalar_subquery()
    )
    return (
        select(*_PLACE, last, Certificate.issued_at)
        .join(Certificate, Run.id == Certificate.run_id)
        .where(Certificate.replaces_id.is_(None))
    )


def _by_days(statement: Rows, measure: Measure) -> Iterator[tuple[_Where, Measure, int, int]]:
    """Cases with their two moments, counted by the days between them."""
    found: Counter[tuple[UUID, UUID, int]] = Counter()
    for centre, course, began, ended in _rows(statement):
        if began is not None:
            found[centre, course, rules.begun_days((ended - began).total_seconds())] += 1
    for (centre, course, days), number in found.items():
        yield (centre, course), measure, days, number
