"""What people are reminded of about applications and first days."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lmp.access import Role
from lmp.accounts import service as accounts
from lmp.core import addresses, clock, db
from lmp.enrolment import offering, rules
from lmp.enrolment.models import ApprovalStep, Enrolment, EnrolmentState, Run, RunState
from lmp.enrolment.service import letters, offers, offices
from lmp.enrolment.words import Until
from lmp.notice.service import Due, Found, Reminder


def _decisions(day: date, after: UUID | None, limit: int) -> Found:
    """Steps whose last day is today or tomorrow and that nobody has decided."""
    wanted = (
        select(ApprovalStep)
        .join(Enrolment, Enrolment.id == ApprovalStep.enrolment_id)
        .where(
            ApprovalStep.decided_at.is_(None),
            ApprovalStep.due_on >= day,
            ApprovalStep.due_on <= day + timedelta(days=rules.DECISION_REMINDER),
            Enrolment.state == EnrolmentState.IN_APPROVAL,
        )
        .options(joinedload(ApprovalStep.enrolment))
    )
    if after is not None:
        wanted = wanted.where(ApprovalStep.id > after)
    found = list(db.session().scalars(wanted.order_by(ApprovalStep.id).limit(limit)).unique())
    return Found([_decision(step) for step in found], found[-1].id if len(found) == limit else None)


def _decision(step: ApprovalStep) -> Due:
    enrolment = step.enrolment
    holders = accounts.holders(Role.APPROVER, step.scope_kind, step.scope, about=enrolment.person_id)
    return Due(
        subject_id=step.id,
        interval="once",
        people=holders,
        without_account=partial(offices.remind, step) if not holders else None,
        page=addresses.page("enrolment.application", step_id=step.id),
        topic=letters.topic(enrolment.run),
        due_on=step.due_on,
        values={"teacher": enrolment.person.name, "until_on": step.due_on, **letters.about(enrolment.run)},
    )


def _starts(day: date, after: UUID | None, limit: int) -> Found:
    """People of the main list whose run begins in seven days or tomorrow."""
    wanted = (
        select(Enrolment)
        .join(Run, Run.id == Enrolment.run_id)
        .where(
            Run.state == RunState.OPEN,
            Run.starts_on.in_([day + timedelta(days=number) for number in rules.START_REMINDERS]),
            Enrolment.state.in_(rules.SEATED),
        )
    )
    if after is not None:
        wanted = wanted.where(Enrolment.id > after)
    found = list(db.session().scalars(wanted.order_by(Enrolment.id).limit(limit)).unique())
    return Found([_start(one, day) for one in found], found[-1].id if len(found) == limit else None)


def _start(enrolment: Enrolment, day: date) -> Due:
    days = (enrolment.run.starts_on - day).days
    return Due(
        subject_id=enrolment.id,
        interval=f"{days}:{enrolment.run.starts_on}",  # a run that was moved begins anew
        people=[enrolment.person],
        page=addresses.page("journey.run", enrolment_id=enrolment.id),
        topic=letters.topic(enrolment.run),
        due_on=enrolment.run.starts_on,
        values={"days": days, **letters.about(enrolment.run)},
    )


def _offers(day: date, after: UUID | None, limit: int) -> Found:
    """Offers of yesterday or before whose time ends today or tomorrow, and that wait for an answer."""
    now = clock.now()
    wanted = select(Enrolment).where(
        Enrolment.offer_until > now,
        Enrolment.offer_until <= clock.end_of(day + timedelta(days=1)),
        Enrolment.offered_at <= now - offering.REMINDER_AFTER,
    )
    if after is not None:
        wanted = wanted.where(Enrolment.id > after)
    found = list(db.session().scalars(wanted.order_by(Enrolment.id).limit(limit)).unique())
    due = [_offer(one, offers.until(one)) for one in found]
    return Found(due, found[-1].id if len(found) == limit else None)


def _offer(enrolment: Enrolment, until: Until | None) -> Due:
    return Due(
        subject_id=enrolment.id,
        interval=until.at.isoformat() if until else "",
        people=[enrolment.person],
        page=addresses.page("enrolment.offer", enrolment_id=enrolment.id),
        topic=letters.topic(enrolment.run),
        due_on=until.at.date() if until else None,
        values={"until": until, **letters.about(enrolment.run)},
    )


REMINDERS = (
    Reminder("application_due", "application.decide", "enrolment/decide_soon", _decisions),
    Reminder("offer_ends", "place.offered", "enrolment/offer_ends_soon", _offers),
    Reminder("run_starts", "run.starts", "enrolment/starts_soon", _starts),
)
