"""What teachers are reminded of about their units."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from uuid import UUID

from sqlalchemy import select

from lmp.core import addresses, clock, db
from lmp.enrolment import rules as enrolment_rules
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Enrolment, Run, RunState
from lmp.learning import rules
from lmp.learning.models import Answer
from lmp.learning.service.evidence import units_progress
from lmp.notice.service import Due, Found, Reminder


def _untouched(day: date, after: UUID | None, limit: int) -> Found:
    """People whose run ends within a week, with open units and without an answer for a week."""
    wanted = (
        select(Enrolment)
        .join(Run, Run.id == Enrolment.run_id)
        .where(
            Run.state == RunState.OPEN,
            Run.starts_on <= day - timedelta(days=rules.UNTOUCHED_DAYS),
            Run.ends_on >= day,
            Run.ends_on <= day + timedelta(days=rules.NEAR_THE_END),
            Enrolment.state.in_(enrolment_rules.SEATED),
        )
    )
    if after is not None:
        wanted = wanted.where(Enrolment.id > after)
    found = list(db.session().scalars(wanted.order_by(Enrolment.id).limit(limit)).unique())
    busy = _answered(found, day)
    due = [_due(one, open_units) for one in found if one.id not in busy and (open_units := _open_units(one))]
    return Found(due, found[-1].id if len(found) == limit else None)


def _answered(enrolments: Sequence[Enrolment], day: date) -> set[UUID]:
    """Who has answered anything within the days before."""
    since = clock.wall(day - timedelta(days=rules.UNTOUCHED_DAYS), time())
    wanted = select(Answer.enrolment_id).where(
        Answer.enrolment_id.in_([one.id for one in enrolments]), Answer.at >= since
    )
    return set(db.session().scalars(wanted.distinct()))


def _open_units(enrolment: Enrolment) -> int:
    return sum(not unit.proven for unit in units_progress(enrolment))


def _due(enrolment: Enrolment, open_units: int) -> Due:
    return Due(
        subject_id=enrolment.id,
        interval="once",
        people=[enrolment.person],
        page=addresses.page("journey.run", enrolment_id=enrolment.id),
        topic=enrolment_service.topic(enrolment.run),
        due_on=enrolment.run.ends_on,
        values={"number": open_units, "ends_on": enrolment.run.ends_on, "title": enrolment.run.course.title},
    )


REMINDERS = (Reminder("units_untouched", "learning.untouched", "learning/untouched", _untouched),)
