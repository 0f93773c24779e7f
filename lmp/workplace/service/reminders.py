"""What teachers are reminded of about their days at the workplace."""

from datetime import date, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from lmp.core import addresses, clock, db
from lmp.enrolment import rules as enrolment_rules
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Enrolment
from lmp.network import service as network
from lmp.notice.service import Due, Found, Reminder
from lmp.workplace import rules
from lmp.workplace.models import DayEntry, Placement, SentWeek

#: Far enough back to meet two working days behind the longest feast.
_LOOK_BACK = 21


def _waiting(day: date, after: UUID | None, limit: int) -> Found:
    """Weeks that nobody at the company has answered for three days."""
    sent_before = clock.wall(day - timedelta(days=rules.WAITS_TOO_LONG - 1), time())
    wanted = (
        select(SentWeek)
        .join(Placement, Placement.id == SentWeek.placement_id)
        .join(Enrolment, Enrolment.id == Placement.enrolment_id)
        .where(
            SentWeek.decided_at.is_(None),
            SentWeek.sent_at < sent_before,
            Enrolment.state.in_(enrolment_rules.SEATED),
        )
    )
    if after is not None:
        wanted = wanted.where(SentWeek.id > after)
    found = list(db.session().scalars(wanted.order_by(SentWeek.id).limit(limit)).unique())
    due = [
        Due(
            subject_id=week.id,
            interval="once",
            people=[week.placement.enrolment.person],
            page=addresses.page("workplace.log"),
            topic=enrolment_service.topic(week.placement.enrolment.run),
            values={"mentor": week.mentor_name, "company": week.placement.workplace.company.name},
        )
        for week in found
    ]
    return Found(due, found[-1].id if len(found) == limit else None)


def _missing(day: date, after: UUID | None, limit: int) -> Found:
    """Placements with nothing written on the last two working days."""
    first = day - timedelta(days=_LOOK_BACK)
    past = rules.working_days(first, day - timedelta(days=1), network.calendar_between(first, day))
    last = past[-rules.MISSING_DAYS :]
    if len(last) < rules.MISSING_DAYS:
        return Found([], None)
    wanted = (
        select(Placement)
        .join(Enrolment, Enrolment.id == Placement.enrolment_id)
        .where(
            Placement.starts_on <= last[0],
            Placement.ends_on >= last[-1],
            Enrolment.state.in_(enrolment_rules.SEATED),
        )
    )
    if after is not None:
        wanted = wanted.where(Placement.id > after)
    found = list(db.session().scalars(wanted.order_by(Placement.id).limit(limit)).unique())
    written = _written([one.id for one in found], last)
    due = [_missing_days(one, last) for one in found if one.id not in written]
    return Found(due, found[-1].id if len(found) == limit else None)


def _written(placement_ids: list[UUID], days: tuple[date, ...]) -> set[UUID]:
    """The placements with an entry on one of these days."""
    entries = select(DayEntry.placement_id).where(DayEntry.placement_id.in_(placement_ids), DayEntry.day.in_(days))
    return set(db.session().scalars(entries.options(lazyload("*"))))


def _missing_days(placement: Placement, days: tuple[date, ...]) -> Due:
    year, week, _ = days[-1].isocalendar()
    return Due(
        subject_id=placement.id,
        interval=f"{year}-{week}",
        people=[placement.enrolment.person],
        page=addresses.page("workplace.log"),
        topic=enrolment_service.topic(placement.enrolment.run),
        due_on=days[0] + timedelta(days=rules.LATE_AFTER),
        values={"days": days, "until_on": days[0] + timedelta(days=rules.LATE_AFTER)},
    )


REMINDERS = (
    Reminder("week_waits", "workplace.waiting", "workplace/week_waits", _waiting),
    Reminder("days_missing", "workplace.missing", "workplace/days_missing", _missing),
)
