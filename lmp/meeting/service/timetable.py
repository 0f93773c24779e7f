"""The timetable of a run: copied from the course's plan when the run opens, changed until a roster is closed."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, case, func, select, update
from sqlalchemy.orm import joinedload, lazyload

from lmp.access import Action, Actor, Duty, require
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.content import service as content
from lmp.content.document import MeetingDay
from lmp.content.models import Course
from lmp.core import clock, db, turkish
from lmp.core.db import Bilingual
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import normalise, one_line
from lmp.enrolment import rules as enrolment_rules
from lmp.enrolment.models import Enrolment, EnrolmentState, Run, RunDuty, RunState
from lmp.enrolment.rules import SEATED
from lmp.meeting import rules
from lmp.meeting.models import Attendance, HalfDay
from lmp.meeting.rules import Mark, Taken, When
from lmp.meeting.service import letters
from lmp.network import service as network
from lmp.network.models import DayKind, District, Province, School


def plan_run(run: Run, by: Actor) -> None:
    """Copy the half days of the course's plan into a run that opens, dated along its working days.

    A course without a meeting plan has none. Raises RuleBroken at the last day when the days do not fit into the run.
    """
    plan = content.document(run.version).meeting
    if plan is None:
        return
    days = [day for day in plan.days if day.units]
    calendar = _kinds(run.starts_on, run.ends_on)
    dates = rules.spread([_time(day.units[-1].end) for day in days], run.starts_on, run.ends_on, calendar)
    made = list(_half_days(run, zip(days, dates, strict=True)))
    db.session().add_all(made)
    db.session().flush()
    audit.record(by, "meeting.planned", run, half_days=len(made), days=[on.isoformat() for on in dates])


def _half_days(run: Run, dated: Iterable[tuple[MeetingDay, date]]) -> Iterable[HalfDay]:
    """The rows of a run's timetable, taught by the first trainer until somebody says otherwise."""
    trainer = next((duty.person_id for duty in run.duties if duty.duty is Duty.TRAINER), None)
    units = ((day, on, unit) for day, on in dated for unit in day.units)
    for number, (day, on, unit) in enumerate(units, 1):
        yield HalfDay(
            run_id=run.id,
            number=number,
            plan_day=day.day,
            title=Bilingual(unit.title.tr, unit.title.en),
            topic=Bilingual(unit.topic.tr, unit.topic.en),
            on=on,
            starts=_time(unit.start),
            ends=_time(unit.end),
            minutes=unit.minutes,
            trainer_id=trainer,
        )


def replan_run(run: Run, starts_on: date, ends_on: date, by: Actor) -> None:
    """Date the half days of a run anew, as the course plans them, for another first and last day.

    They stay the same half days, so that calendars move them; rooms were booked for the old days and are empty again.
    Raises RuleBroken at the last day when they do not fit, Conflict when a roster is closed.
    """
    plan = content.document(run.version).meeting
    if plan is None:
        return
    _hold_run(run.id)
    kept = {half.number: half for half in _of_run(run)}
    for half in kept.values():
        rules.check_still_open(closed=half.closed_at is not None)
    days = [day for day in plan.days if day.units]
    dates = rules.spread([_time(day.units[-1].end) for day in days], starts_on, ends_on, _kinds(starts_on, ends_on))
    for planned in _half_days(run, zip(days, dates, strict=True)):
        half = kept[planned.number]
        half.on, half.starts, half.ends, half.minutes = planned.on, planned.starts, planned.ends, planned.minutes
        half.room, half.reason, half.version = "", "", half.version + 1
    db.session().flush()
    audit.record(by, "meeting.replanned", run, half_days=len(kept), days=[on.isoformat() for on in dates])


def _of_run(run: Run) -> list[HalfDay]:
    """The half days of a run as they stand now."""
    found = select(HalfDay).where(HalfDay.run_id == run.id).options(lazyload(HalfDay.run))
    return list(db.session().scalars(found.execution_options(populate_existing=True)))


def _time(clock_text: str) -> time:
    """A time of the plan, written as 08:30."""
    return time.fromisoformat(clock_text)


def _kinds(first: date, last: date) -> dict[date, DayKind]:
    """The kinds of the calendar's days in a span."""
    return {on: day.kind for on, day in network.calendar_between(first, last).items()}


def half_days(run: Run, *, by: Actor) -> list[HalfDay]:
    """The timetable of a run for its staff, in the order in which it is held. Raises NotFound for others."""
    require(by, Action.SEE_ROSTER, run)
    found = select(HalfDay).where(HalfDay.run_id == run.id).options(lazyload(HalfDay.run))
    return list(db.session().scalars(found.order_by(HalfDay.on, HalfDay.starts, HalfDay.number)))


def half_day(half_day_id: UUID, *, by: Actor) -> HalfDay:
    """One half day for its staff. Raises NotFound for others."""
    found = db.session().get(HalfDay, half_day_id)
    if found is None:
        raise NotFound
    require(by, Action.SEE_ROSTER, found)
    return found


def same_day(half: HalfDay) -> list[HalfDay]:
    """The half days of a run on one day, in order: a trainer goes from one roster to the next."""
    found = select(HalfDay).where(HalfDay.run_id == half.run_id, HalfDay.on == half.on)
    found = found.options(lazyload(HalfDay.run), lazyload(HalfDay.trainer))
    return list(db.session().scalars(found.order_by(HalfDay.starts, HalfDay.number)))


def present_counts(run_id: UUID) -> dict[UUID, tuple[int, int]]:
    """Half day → (people marked as present, people marked); half days without a mark are left out."""
    there = func.sum(case((Attendance.mark == Mark.PRESENT, 1), else_=0))
    found = (
        select(Attendance.half_day_id, there, func.count())
        .join(HalfDay, HalfDay.id == Attendance.half_day_id)
        .where(HalfDay.run_id == run_id)
        .group_by(Attendance.half_day_id)
    )
    return {key: (int(present), marked) for key, present, marked in db.session().execute(found)}


@dataclass(frozen=True)
class Signer:
    """A line of the attendance sheet on paper."""

    name: str
    school: str
    place: str


def sheet_people(run: Run) -> list[Signer]:
    """Everybody with a place in a run, by name in Turkish order."""
    found = (
        select(Person.name, School.name, District.name, Province.name)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .outerjoin(School, School.id == Person.school_id)
        .outerjoin(District, District.id == School.district_id)
        .outerjoin(Province, Province.code == School.province_code)
        .where(Enrolment.run_id == run.id, Enrolment.state.in_((*SEATED, EnrolmentState.CLOSED)))
    )
    people = [
        Signer(name, school or "", "/".join(filter(None, (district, province))))
        for name, school, district, province in db.session().execute(found)
    ]
    return sorted(people, key=lambda one: turkish.sort_key(one.name))


def today_for(trainer: Actor) -> list[HalfDay]:
    """The half days whose rosters wait for this person: those of today, and earlier ones that are still open."""
    mine = select(RunDuty.run_id).where(RunDuty.person_id == trainer.id, RunDuty.duty == Duty.TRAINER)
    found = (
        select(HalfDay)
        .join(Run, Run.id == HalfDay.run_id)
        .where(
            HalfDay.run_id.in_(mine),
            HalfDay.on <= clock.today(),
            HalfDay.closed_at.is_(None),
            Run.state == RunState.OPEN,
        )
        .options(_LEAN_RUN, lazyload(HalfDay.trainer))
        .order_by(HalfDay.on, HalfDay.starts)
    )
    return list(db.session().scalars(found).unique())


#: The run with no more than its course and its place.
_LEAN_RUN = joinedload(HalfDay.run).options(
    joinedload(Run.course).options(lazyload(Course.fields), lazyload(Course.centre)),
    lazyload(Run.centre),
    lazyload(Run.duties),
)


@dataclass(frozen=True)
class Details:
    """What may change about a half day before its roster is closed."""

    on: date
    starts: time
    ends: time
    title: Bilingual
    topic: Bilingual
    room: str = ""
    bring: str = ""
    trainer_id: UUID | None = None
    #: Why it is held on a day on which nobody works.
    reason: str = ""

    @property
    def when(self) -> When:
        """The day and the times."""
        return When(self.on, self.starts, self.ends)


def details_of(half: HalfDay) -> Details:
    """A half day as it stands."""
    return Details(**{name.name: getattr(half, name.name) for name in fields(Details)})


def change(half: HalfDay, wanted: Details, *, version: int, by: Actor) -> HalfDay:
    """Change day, time, room, topic or trainer of a half day; participants are told when they have to know.

    Raises RuleBroken where something clashes or a reason is missing, Conflict when somebody else changed or closed it.
    """
    require(by, Action.KEEP_TIMETABLE, half)
    enrolment_rules.check_open(half.run.state)
    _hold_run(half.run_id)
    rules.check_still_open(closed=_is_closed(half.id))
    tidy = _tidy(wanted)
    rules.check_when(tidy.when, half.run.starts_on, half.run.ends_on)
    rules.check_reason(tidy.when, _kinds(tidy.on, tidy.on).get(tidy.on), tidy.reason)
    _check_trainer(half.run, tidy.trainer_id)
    _check_free(half, tidy)
    before = details_of(half)
    if before == tidy:
        return half
    _store(half, tidy, version)
    audit.record(by, "meeting.changed", half, before=_plain(before), after=_plain(tidy))
    letters.tell_changed(half, before=before.when, room_before=before.room, bring_before=before.bring, by=by)
    return half


def _hold_run(run_id: UUID) -> None:
    """Lock a run's half days, so that two changes made at once see each other, on both databases."""
    hold = update(HalfDay).where(HalfDay.run_id == run_id).values(number=HalfDay.number)
    db.session().execute(hold.execution_options(synchronize_session=False))


def _is_closed(half_day_id: UUID) -> bool:
    """Whether a roster is closed by now, whatever this session has read before."""
    return db.session().scalar(select(HalfDay.closed_at).where(HalfDay.id == half_day_id)) is not None


def _tidy(wanted: Details) -> Details:
    """Texts in one line and of the right length; without a Turkish title a half day has no name. Raises RuleBroken."""
    title = _both(wanted.title, rules.LONGEST_TITLE)
    if not title.tr:
        raise RuleBroken(Message(N_("Write what this half day is about.")), "title_tr")
    topic = Bilingual(_text(wanted.topic.tr), _text(wanted.topic.en))
    return Details(
        on=wanted.on,
        starts=wanted.starts,
        ends=wanted.ends,
        title=Bilingual(title.tr, title.en or title.tr),
        topic=Bilingual(topic.tr, topic.en or topic.tr),
        room=one_line(wanted.room, rules.LONGEST_ROOM),
        bring=one_line(wanted.bring, rules.LONGEST_BRING),
        trainer_id=wanted.trainer_id,
        reason=one_line(wanted.reason, rules.LONGEST_REASON),
    )


def _both(text: Bilingual, longest: int) -> Bilingual:
    return Bilingual(one_line(text.tr, longest), one_line(text.en, longest))


def _text(text: str) -> str:
    return normalise(text).strip()[: rules.LONGEST_TOPIC]


def _check_trainer(run: Run, trainer_id: UUID | None) -> None:
    """Only trainers of the run teach in it. Raises RuleBroken."""
    if trainer_id is not None and (Duty.TRAINER, trainer_id) not in run.access_facts().duties:
        raise RuleBroken(Message(N_("Choose one of the trainers of this run.")), "trainer_id")


def _check_free(half: HalfDay, wanted: Details) -> None:
    """Nothing else of the run, in the room or of the trainer lies at this time. Raises RuleBroken naming it."""
    that_day = HalfDay.on == wanted.on
    here = [one for one in _taken(that_day & (Run.centre_id == half.run.centre_id)) if one[0] != half.id]
    room = turkish.fold(wanted.room)
    rules.check_room_and_people(
        wanted.when,
        same_run=[taken for _id, run_id, taken in here if run_id == half.run_id],
        same_room=[taken for _id, _run, taken in here if room and turkish.fold(taken.room) == room],
    )
    if wanted.trainer_id is not None:
        busy = _taken(that_day & (HalfDay.trainer_id == wanted.trainer_id))
        rules.check_trainer_free(wanted.when, [taken for other, _run, taken in busy if other != half.id])


def _taken(where: ColumnElement[bool]) -> list[tuple[UUID, UUID, Taken]]:
    """Half days of open runs: (id, run, what they take)."""
    found = select(HalfDay).join(Run, Run.id == HalfDay.run_id).where(where, Run.state == RunState.OPEN)
    rows = db.session().scalars(found.options(lazyload(HalfDay.run), lazyload(HalfDay.trainer)))
    return [(one.id, one.run_id, Taken(one.title, one.when, one.room)) for one in rows]


def _store(half: HalfDay, wanted: Details, version: int) -> None:
    """Write over the very version the page showed. Raises Conflict when it is another one by now."""
    values: dict[str, Any] = {name.name: getattr(wanted, name.name) for name in fields(Details)}
    title, topic = values.pop("title"), values.pop("topic")
    stored = db.session().execute(
        update(HalfDay)
        .where(HalfDay.id == half.id, HalfDay.version == version, HalfDay.closed_at.is_(None))
        .values(
            **values,
            title_tr=title.tr,
            title_en=title.en,
            topic_tr=topic.tr,
            topic_en=topic.en,
            minutes=wanted.when.minutes,
            version=HalfDay.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    if not isinstance(stored, CursorResult) or stored.rowcount != 1:
        raise Conflict(
            Message(
                N_(
                    "Somebody else changed this half day meanwhile. Your values are kept below; compare, then save again."
                )
            )
        )
    db.session().refresh(half)


def _plain(of: Details) -> dict[str, str]:
    """What the audit record keeps."""
    return {name.name: str(getattr(of, name.name)) for name in fields(Details)}
