"""What people are reminded of about practical tests: the day before, with hour and place."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, select

from lmp.access import Duty
from lmp.core import addresses, db
from lmp.core.db import Bilingual
from lmp.enrolment import rules as enrolment_rules
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, Run, RunState
from lmp.notice.service import Due, Found, Reminder
from lmp.practical import rules
from lmp.practical.models import TestDay
from lmp.practical.service.observing import results_of
from lmp.practical.wording import where


def _tested(day: date, after: UUID | None, limit: int) -> Found:
    """People whose practical test is tomorrow and who have not passed meanwhile."""
    wanted = _tomorrow(day)
    if after is not None:
        wanted = wanted.where(TestDay.enrolment_id > after)
    found = list(db.session().scalars(wanted.order_by(TestDay.enrolment_id).limit(limit)).unique())
    due = [
        Due(
            subject_id=one.enrolment_id,
            interval=one.on.isoformat(),
            people=[one.enrolment.person],
            page=addresses.page("journey.run", enrolment_id=one.enrolment_id),
            topic=enrolments.topic(one.enrolment.run),
            due_on=one.on,
            detail=where(one),
            values={"course": one.enrolment.run.course.title, "day": one},
        )
        for one in _still_waiting(found)
    ]
    return Found(due, found[-1].enrolment_id if len(found) == limit else None)


def _assessors(day: date, after: UUID | None, limit: int) -> Found:
    """Assessors of the runs with tests tomorrow; one reminder a run."""
    wanted = select(Run).where(Run.id.in_(_tomorrow(day).with_only_columns(Enrolment.run_id)))
    if after is not None:
        wanted = wanted.where(Run.id > after)
    runs = list(db.session().scalars(wanted.order_by(Run.id).limit(limit)).unique())
    days: dict[UUID, list[TestDay]] = {}
    ordered = _tomorrow(day).where(Enrolment.run_id.in_([run.id for run in runs])).order_by(TestDay.starts)
    for one in _still_waiting(list(db.session().scalars(ordered).unique())):
        days.setdefault(one.enrolment.run_id, []).append(one)
    return Found(
        [_due(run, days[run.id]) for run in runs if run.id in days], runs[-1].id if len(runs) == limit else None
    )


def _due(run: Run, days: list[TestDay]) -> Due:
    names = ", ".join(one.enrolment.person.name for one in days)
    return Due(
        subject_id=run.id,
        interval=days[0].on.isoformat(),
        people=[duty.person for duty in run.duties if duty.duty is Duty.ASSESSOR],
        page=addresses.page("practical.tests"),
        topic=enrolments.topic(run),
        due_on=days[0].on,
        detail=Bilingual(names, names),
        values={"course": run.course.title, "days": days},
    )


def _tomorrow(day: date) -> Select[TestDay]:
    """The days set for tomorrow, of people who still take part in an open run."""
    return (
        select(TestDay)
        .join(Enrolment, Enrolment.id == TestDay.enrolment_id)
        .join(Run, Run.id == Enrolment.run_id)
        .where(
            TestDay.on == day + timedelta(days=1),
            Enrolment.state.in_(enrolment_rules.SEATED),
            Run.state == RunState.OPEN,
        )
    )


def _still_waiting(days: list[TestDay]) -> list[TestDay]:
    """Without those whose test was decided for good meanwhile."""
    done = results_of([one.enrolment_id for one in days])
    return [
        one
        for one in days
        if one.enrolment_id not in done
        or not rules.is_over(done[one.enrolment_id].attempt, passed=bool(done[one.enrolment_id].passed))
    ]


REMINDERS = (
    Reminder("test_tomorrow", "practical.tomorrow", "practical/tomorrow", _tested),
    Reminder("tests_tomorrow", "practical.tomorrow", "practical/tests_tomorrow", _assessors),
)
