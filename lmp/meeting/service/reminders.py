"""What people are reminded of about their half days: the day before, with place, hours and what to bring."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from lmp.accounts.models import Person
from lmp.core import addresses, db
from lmp.core.addresses import Page
from lmp.enrolment import rules as enrolment_rules
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, Run, RunState
from lmp.meeting.models import HalfDay
from lmp.meeting.service.wording import where
from lmp.notice.service import Due, Found, Reminder


def _participants(day: date, after: UUID | None, limit: int) -> Found:
    """People with a place in a run that meets tomorrow."""
    wanted = select(Enrolment).where(
        Enrolment.state.in_(enrolment_rules.SEATED),
        Enrolment.run_id.in_(select(HalfDay.run_id).where(HalfDay.on == day + timedelta(days=1))),
        Enrolment.run_id.in_(select(Run.id).where(Run.state == RunState.OPEN)),
    )
    if after is not None:
        wanted = wanted.where(Enrolment.id > after)
    found = list(db.session().scalars(wanted.order_by(Enrolment.id).limit(limit)).unique())
    halves = _halves({one.run_id for one in found}, day)
    due = [
        _due(one.id, [one.person], halves[one.run_id], addresses.page("journey.run", enrolment_id=one.id))
        for one in found
    ]
    return Found(due, found[-1].id if len(found) == limit else None)


def _trainers(day: date, after: UUID | None, limit: int) -> Found:
    """Trainers who meet a run tomorrow; one reminder a run, whatever the number of half days."""
    wanted = (
        select(Run.id)
        .where(Run.state == RunState.OPEN)
        .where(
            Run.id.in_(
                select(HalfDay.run_id).where(HalfDay.on == day + timedelta(days=1), HalfDay.trainer_id.is_not(None))
            )
        )
    )
    if after is not None:
        wanted = wanted.where(Run.id > after)
    found = list(db.session().scalars(wanted.order_by(Run.id).limit(limit)))
    due = [
        _due(run_id, [trainer], own, addresses.page("meeting.timetable", run_id=run_id))
        for run_id, halves in _halves(found, day).items()
        for trainer, own in _by_trainer(halves)
    ]
    return Found(due, found[-1] if len(found) == limit else None)


def _by_trainer(halves: Iterable[HalfDay]) -> list[tuple[Person, list[HalfDay]]]:
    """Who teaches which of these half days."""
    trainers: dict[UUID, tuple[Person, list[HalfDay]]] = {}
    for half in halves:
        if half.trainer is not None:
            trainers.setdefault(half.trainer.id, (half.trainer, []))[1].append(half)
    return list(trainers.values())


def _halves(run_ids: Iterable[UUID], day: date) -> dict[UUID, list[HalfDay]]:
    """Run → its half days of tomorrow, in order."""
    wanted = select(HalfDay).where(HalfDay.run_id.in_(list(run_ids)), HalfDay.on == day + timedelta(days=1))
    found: dict[UUID, list[HalfDay]] = {}
    for half in db.session().scalars(wanted.order_by(HalfDay.run_id, HalfDay.starts, HalfDay.number)).unique():
        found.setdefault(half.run_id, []).append(half)
    return found


def _due(subject_id: UUID, people: list[Person], halves: list[HalfDay], page: Page) -> Due:
    run = halves[0].run
    return Due(
        subject_id=subject_id,
        interval=halves[0].on.isoformat(),
        people=people,
        page=page,
        topic=enrolments.topic(run),
        due_on=halves[0].on,
        detail=where(halves),
        values={"course": run.course.title, "halves": halves, "venue": run.venue},
    )


REMINDERS = (
    Reminder("meeting_tomorrow", "meeting.tomorrow", "meeting/tomorrow", _participants),
    Reminder("teaching_tomorrow", "meeting.tomorrow", "meeting/tomorrow", _trainers),
)
