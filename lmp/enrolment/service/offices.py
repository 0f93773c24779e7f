"""Asking an office in which nobody has an account: by a link for one application, mailed again and reminded of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update

from lmp.access import Action, Actor, Role, require, system
from lmp.accounts import service as accounts
from lmp.audit import service as audit
from lmp.core import addresses, clock, db, mail
from lmp.core.errors import Conflict
from lmp.core.messages import N_, Message
from lmp.enrolment import rules
from lmp.enrolment.models import ApprovalStep, Enrolment, RunState
from lmp.enrolment.service import letters, seats
from lmp.enrolment.service.lists import open_step
from lmp.enrolment.words import Until
from lmp.network import service as network
from lmp.network.service import Office

#: Purpose of the link for an office.
OFFICE = "office"
_BY = system("enrolment")
_FIRST, _REMINDED = "enrolment.office_asked", "enrolment.office_reminded"


@dataclass(frozen=True)
class Asking:
    """How the office that an application waits for is asked by mail; moments by the clock on the wall."""

    step: ApprovalStep
    office: Office
    mailed_at: datetime | None
    #: From when it may be mailed again; None: at once.
    pause_until: datetime | None


def ask(step: ApprovalStep) -> None:
    """Ask the office of a step for which nobody with an account decides; nothing where no address is known."""
    office = _office(step)
    if office is not None and office.email and _claim(step, ApprovalStep.office_mailed_at.is_(None)):
        _mail(step, office, _BY, _FIRST)


def remind(step: ApprovalStep) -> None:
    """Remind the office of a step with a new link; once, however often it is called."""
    office = _office(step)
    if office is None or not office.email or step.office_reminded_at is not None:
        return
    if _claim(step, ApprovalStep.office_reminded_at.is_(None), office_reminded_at=clock.now()):
        _mail(step, office, _BY, _REMINDED)


def asking(enrolment: Enrolment) -> Asking | None:
    """How the office an application waits for is asked; None when it waits for nobody, or for people with accounts."""
    step = open_step(enrolment) if enrolment.run.state is RunState.OPEN else None
    office = _office(step) if step is not None else None
    if step is None or office is None:
        return None
    mailed, pause = step.office_mailed_at, rules.pause_until(step.office_mailed_at, clock.now())
    return Asking(step, office, clock.local(mailed) if mailed else None, clock.local(pause) if pause else None)


def ask_again(enrolment: Enrolment, *, by: Actor) -> Office:
    """Mail the office a fresh link; the earlier one dies. Answers which office was asked.

    Raises Conflict when no office is waited for, its address is unknown, or it was mailed less than a pause ago.
    """
    require(by, Action.ASK_OFFICE_AGAIN, enrolment)
    found = asking(enrolment)
    if found is None or not found.office.email:
        raise Conflict(Message(N_("No office waits for a link any more. Open the page again to see how it stands.")))
    if found.pause_until is not None:
        raise Conflict(
            Message(
                N_("The link was mailed not long ago; it can be mailed again after %(again)s."),
                again=Until(found.pause_until),
            )
        )
    before = found.step.office_mailed_at
    if not _claim(found.step, ApprovalStep.office_mailed_at.is_not_distinct_from(before)):
        raise rules.Changed
    _mail(found.step, found.office, by, "enrolment.office_asked_again")
    return found.office


def _office(step: ApprovalStep) -> Office | None:
    """The office to be asked by mail; None where somebody with an account decides.

    The teacher's own address counts as none: nobody approves their own.
    """
    if accounts.holders(Role.APPROVER, step.scope_kind, step.scope):
        return None
    office = network.office(step.scope_kind, step.scope)
    return Office(office.name, "") if office.email.lower() == step.enrolment.person.email else office


def _claim(step: ApprovalStep, still: Any, **more: datetime) -> bool:
    """Note that the office is mailed now, if nobody else did meanwhile."""
    waiting = update(ApprovalStep).where(ApprovalStep.id == step.id, ApprovalStep.decided_at.is_(None), still)
    made = seats.changes(waiting.values(office_mailed_at=clock.now(), **more))
    db.session().expire(step, ["office_mailed_at", "office_reminded_at"])
    return bool(made)


def _mail(step: ApprovalStep, office: Office, by: Actor, act: str) -> None:
    """A new link for this application only; any earlier one ends."""
    enrolment = step.enrolment
    accounts.end_links(OFFICE, step.id)
    token = accounts.make_link(OFFICE, step.id, bound_to={}, bearer_name=office.name, days_valid=rules.LONGEST_WAIT)
    mail.queue(
        "enrolment/remind_office" if act == _REMINDED else "enrolment/asked_office",
        to=(office.name, office.email),
        lang="tr",
        office=office.name,
        teacher=enrolment.person.name,
        until_on=step.due_on,
        address=addresses.link(token),
        again=act != _FIRST,
        **letters.about(enrolment.run),
    )
    audit.record(by, act, enrolment, step=str(step.id))
