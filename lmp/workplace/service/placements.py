"""Placing a teacher at a company, and finding placements."""

from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer, joinedload, lazyload
from sqlalchemy.orm.interfaces import LoaderOption

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.content.models import Course, CourseVersion
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import rules as enrolment_rules
from lmp.enrolment.models import Enrolment, Run
from lmp.network import service as network
from lmp.network.models import MentorContact, Workplace
from lmp.workplace import rules
from lmp.workplace.models import DayEntry, Placement
from lmp.workplace.service import letters
from lmp.workplace.service.plan import planned_days as days_of_the_course


def _whole() -> tuple[LoaderOption, ...]:
    """Load what every page of the log needs in one statement; the course document comes from its cache."""
    run = joinedload(Placement.enrolment).joinedload(Enrolment.run)
    return (
        joinedload(Placement.enrolment).joinedload(Enrolment.steps),
        run.joinedload(Run.course).lazyload(Course.fields),
        run.joinedload(Run.duties),
        run.joinedload(Run.version).options(
            defer(CourseVersion.document), defer(CourseVersion.media), lazyload(CourseVersion.course)
        ),
    )


_PLACEMENT: Select[Placement] = select(Placement).options(*_whole())
_ONE = _PLACEMENT.where(Placement.id == bindparam("placement_id"))
_OF_ENROLMENT = _PLACEMENT.where(Placement.enrolment_id == bindparam("enrolment_id"))


def get_placement(placement_id: UUID, *, viewer: Actor, to: Action = Action.SEE_LOG) -> Placement:
    """A placement for somebody who may read its log, or write it. Raises NotFound, or NotAllowed who may only read."""
    found = load(placement_id)
    require(viewer, to, found)
    return found


def load(placement_id: UUID) -> Placement:
    """A placement with all that belongs to it, for commands that ask for permission themselves. Raises NotFound."""
    found = db.session().scalars(_ONE, {"placement_id": placement_id}).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def placement_of(enrolment_id: UUID) -> Placement | None:
    """The placement of an enrolment, or None."""
    return db.session().scalars(_OF_ENROLMENT, {"enrolment_id": enrolment_id}).unique().one_or_none()


def placements_of(person_id: UUID) -> list[Placement]:
    """The placements of a teacher, the newest first."""
    mine = _PLACEMENT.join(Enrolment, Enrolment.id == Placement.enrolment_id).where(Enrolment.person_id == person_id)
    return list(db.session().scalars(mine.order_by(Placement.starts_on.desc(), Placement.id)).unique())


def place(
    enrolment: Enrolment,
    *,
    workplace_id: UUID,
    mentor_id: UUID,
    starts_on: date,
    ends_on: date,
    planned_days: int,
    day_starts: time,
    day_ends: time,
    break_minutes: int,
    briefed_on: date | None,
    by: Actor,
) -> Placement:
    """Place a teacher with a company, or change where and with whom they are; confirmations given so far stay.

    Raises RuleBroken for a teacher without a place in the run, a company of another centre, the teacher's own address
    as the mentor's, or days that cannot be.
    """
    require(by, Action.PLACE, enrolment)
    _check_has_place(enrolment)
    if not days_of_the_course(enrolment):
        raise RuleBroken(Message(N_("This course plans no days at a company.")))
    _, mentor = _company(enrolment, workplace_id, mentor_id)
    rules.check_mentor(mentor.email, enrolment.person.email)
    rules.check_placement(
        rules.Term(starts_on=starts_on, ends_on=ends_on, briefed_on=briefed_on),
        run=(enrolment.run.starts_on, enrolment.run.ends_on),
        planned_days=planned_days,
        working=len(rules.working_days(starts_on, ends_on, network.calendar_between(starts_on, ends_on))),
        hours=(day_starts, day_ends, break_minutes),
    )
    values: dict[str, Any] = {
        "workplace_id": workplace_id,
        "mentor_id": mentor_id,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "planned_days": planned_days,
        "day_starts": day_starts,
        "day_ends": day_ends,
        "break_minutes": break_minutes,
        "briefed_on": briefed_on,
    }
    kept = placement_of(enrolment.id)
    return _add(enrolment, values, by) if kept is None else _change(kept, values, by)


def _check_has_place(enrolment: Enrolment) -> None:
    """Only somebody who takes part, or will from the first day on."""
    if enrolment.state not in enrolment_rules.SEATED:
        raise RuleBroken(Message(N_("Only a teacher on the main list can be placed at a company.")))


def _company(enrolment: Enrolment, workplace_id: UUID, mentor_id: UUID) -> tuple[Workplace, MentorContact]:
    """The workplace and the mentor, both of one company that the run's centre works with. Raises RuleBroken."""
    where, mentor = db.session().get(Workplace, workplace_id), db.session().get(MentorContact, mentor_id)
    if where is None or where.company.centre_id != enrolment.run.centre_id:
        raise RuleBroken(Message(N_("Choose a workplace that your centre works with.")), "workplace_id")
    if mentor is None or mentor.company_id != where.company_id:
        raise RuleBroken(
            Message(N_("Choose a mentor of the same company: %(company)s."), company=where.company.name), "mentor_id"
        )
    return where, mentor


def _add(enrolment: Enrolment, values: dict[str, Any], by: Actor) -> Placement:
    """The first placement of an enrolment; there is only one."""
    made = Placement(enrolment_id=enrolment.id, **values)
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise Conflict(
            Message(N_("Somebody else has just placed this teacher. Open the page again to see where."))
        ) from None
    audit.record(by, "workplace.placed", made, **_plain(values))
    placed = load(made.id)
    letters.tell_placed(placed, changed=False)
    return placed


def _change(placement: Placement, values: dict[str, Any], by: Actor) -> Placement:
    """Another company, mentor or time; a new mentor gets the weeks that still wait."""
    changed = {name: value for name, value in values.items() if getattr(placement, name) != value}
    if not changed:
        return placement
    _check_days_fit(placement, values["starts_on"], values["ends_on"])
    for name, value in changed.items():
        setattr(placement, name, value)
    db.session().flush()
    db.session().expire(placement, ["workplace", "mentor"])
    audit.record(by, "workplace.placement_changed", placement, **_plain(changed))
    if "mentor_id" in changed:
        _ask_anew(placement)
    letters.tell_placed(placement, changed=True)
    return placement


def _check_days_fit(placement: Placement, starts_on: date, ends_on: date) -> None:
    """Days that were written stay inside the placement. Raises RuleBroken."""
    first, last = (
        db.session()
        .execute(select(func.min(DayEntry.day), func.max(DayEntry.day)).where(DayEntry.placement_id == placement.id))
        .one()
    )
    if first is not None and starts_on > first:
        raise RuleBroken(
            Message(N_("%(day)s is written in the log already. Let the placement include it."), day=first), "starts_on"
        )
    if last is not None and ends_on < last:
        raise RuleBroken(
            Message(N_("%(day)s is written in the log already. Let the placement include it."), day=last), "ends_on"
        )


def _ask_anew(placement: Placement) -> int:
    """Weeks that the former mentor has not decided go to the new one; the old links die. Answers how many weeks."""
    asked = 0
    for week in letters.open_weeks(placement.id):
        waiting = letters.undecided(week)
        if waiting:
            week.mentor_name = placement.mentor.name
            letters.ask_mentor(week, waiting)
            asked += 1
    return asked


def ask_at_new_address(mentor: MentorContact) -> int:
    """A mentor has another address: links at the old one die, and weeks that wait are sent to the new one.

    Answers how many weeks were sent. Raises RuleBroken when the address is that of a teacher who learns with this mentor.
    """
    found = list(db.session().scalars(_PLACEMENT.where(Placement.mentor_id == mentor.id)).unique())
    for placement in found:
        if placement.enrolment.state in enrolment_rules.SEATED:
            rules.check_mentor(mentor.email, placement.enrolment.person.email, field="email")
    letters.end_every_link([placement.id for placement in found])
    return sum(_ask_anew(placement) for placement in found)


def check_running(placement: Placement) -> None:
    """The log is written while the teacher takes part. Raises RuleBroken."""
    enrolment = placement.enrolment
    if not enrolment_rules.is_running(enrolment.state, enrolment.run.starts_on, clock.today()):
        raise RuleBroken(Message(N_("This training is not running, so its log can only be read.")))


def _plain(values: dict[str, Any]) -> dict[str, str]:
    """Values as the audit record keeps them."""
    return {name: str(value) for name, value in values.items()}
