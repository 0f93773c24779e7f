"""Rosters: marking them as often as needed, closing them once, correcting single people afterwards."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, and_, or_, select, update
from sqlalchemy.orm import lazyload

from lmp.access import Action, Actor, require
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.core import clock, db, turkish
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.enrolment import rules as enrolment_rules
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, EnrolmentState
from lmp.enrolment.rules import SEATED
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.hours.rules import Counted, Interval
from lmp.meeting import rules
from lmp.meeting.models import Attendance, HalfDay
from lmp.meeting.rules import Choice, Mark
from lmp.meeting.service import letters
from lmp.network.models import School

#: What the ledger's entries name as their source.
SOURCE = Attendance.__tablename__


@dataclass(frozen=True)
class Line:
    """One person on a roster."""

    enrolment_id: UUID
    person_id: UUID
    name: str
    school: str
    #: Whether they hold a place; those who gave it up stay on a roster that has marked them.
    takes_part: bool
    choice: Choice | None = None
    #: False when they were there but the hours are counted elsewhere.
    counted: bool = True
    corrected_at: datetime | None = None
    corrected_by: str = ""
    corrected_why: str = ""


def roster(half: HalfDay) -> list[Line]:
    """Everybody of a half day by name in Turkish order: who holds a place, and who has a mark. One query."""
    holds = Enrolment.state.in_((*SEATED, EnrolmentState.CLOSED))
    found = (
        select(Enrolment.id, Enrolment.person_id, Person.name, School.name, holds, Attendance)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(School, School.id == Person.school_id)
        .outerjoin(Attendance, and_(Attendance.enrolment_id == Enrolment.id, Attendance.half_day_id == half.id))
        .where(Enrolment.run_id == half.run_id, or_(holds, Attendance.id.is_not(None)))
        .execution_options(populate_existing=True)
    )
    lines = [_line(*row) for row in db.session().execute(found)]
    return sorted(lines, key=lambda line: (turkish.sort_key(line.name), line.enrolment_id))


def _line(
    enrolment_id: UUID, person_id: UUID, name: str, school: str | None, holds: object, mark: Attendance | None
) -> Line:
    about = (enrolment_id, person_id, name, school or "", bool(holds))
    if mark is None:
        return Line(*about)
    corrected = (mark.corrected_at, mark.corrected_by, mark.corrected_why)
    return Line(*about, mark.choice, mark.counted, *corrected)


def mark(
    half: HalfDay,
    choices: Mapping[UUID, Choice],
    *,
    seen: Mapping[UUID, Choice | None],
    rest_present: bool = False,
    by: Actor,
) -> list[str]:
    """Save what somebody marked; `seen` is what their page showed, so that only their own marks are written.

    `rest_present` marks everybody who is still open as present. Answers the names of people whose marks were left out
    because they gave up their place meanwhile. Raises RuleBroken before the day, Conflict when the roster was closed or
    when another person marked somebody differently at the same time; then nothing is written.
    """
    require(by, Action.MARK_ROSTER, half)
    enrolment_rules.check_open(half.run.state)
    rules.check_can_mark(half.on, clock.today())
    _hold(half)
    lines = roster(half)
    by_id = {line.enrolment_id: line for line in lines}
    touched = {
        key: rules.check_choice(choice)
        for key, choice in choices.items()
        if key in by_id and choice != seen.get(key) and choice != by_id[key].choice
    }
    _check_nobody_else(half, [by_id[key] for key in touched if by_id[key].choice != seen.get(key)])
    if rest_present:
        rest = (line for line in lines if line.choice is None and line.takes_part)
        touched |= {line.enrolment_id: Choice(Mark.PRESENT) for line in rest if line.enrolment_id not in touched}
    kept = {key: choice for key, choice in touched.items() if by_id[key].takes_part}
    _write(half, kept, by_id, by)
    return [line.name for line in lines if line.enrolment_id in touched and line.enrolment_id not in kept]


def _hold(half: HalfDay) -> None:
    """Let in one who marks at a time, on both databases. Raises Conflict when the roster is closed."""
    held = db.session().execute(
        update(HalfDay)
        .where(HalfDay.id == half.id, HalfDay.closed_at.is_(None))
        .values(number=HalfDay.number)
        .execution_options(synchronize_session=False)
    )
    rules.check_still_open(closed=not isinstance(held, CursorResult) or held.rowcount != 1)


def _check_nobody_else(half: HalfDay, others: Sequence[Line]) -> None:
    """Raises Conflict naming the people whom somebody else marked differently while this page was open."""
    if others:
        raise Conflict(
            Message(
                N_(
                    "Somebody else marked %(names)s differently while this page was open. "
                    "Compare with your marks below, then save again."
                ),
                names=", ".join(line.name for line in others),
            )
        )


def _write(half: HalfDay, choices: Mapping[UUID, Choice], lines: Mapping[UUID, Line], by: Actor) -> None:
    """Insert or change the marks; the half day is held, so nobody writes between."""
    for key, choice in choices.items():
        values = {"mark": choice.mark, "excuse": choice.excuse, "marked_at": clock.now(), "marked_by": by.name}
        if lines[key].choice is None:
            db.session().add(Attendance(half_day_id=half.id, enrolment_id=key, **values))
        else:
            of = (Attendance.half_day_id == half.id, Attendance.enrolment_id == key)
            db.session().execute(
                update(Attendance).where(*of).values(**values).execution_options(synchronize_session=False)
            )
    db.session().flush()
    if choices:
        audit.record(by, "meeting.marked", half, marks={str(key): _plain(choice) for key, choice in choices.items()})


def _plain(choice: Choice | None) -> str:
    """A choice as the audit keeps it."""
    if choice is None:
        return ""
    return f"{choice.mark.value}:{choice.excuse.value}" if choice.excuse else choice.mark.value


@dataclass(frozen=True)
class Clash:
    """Somebody who was there, at a time that is counted already."""

    enrolment_id: UUID
    name: str
    interval: Interval

    @property
    def message(self) -> Message:
        """The sentence that names the person and the time."""
        return Message(
            N_("%(name)s: %(interval)s is counted already in another training or at the workplace."),
            name=self.name,
            interval=self.interval,
        )


class HoursTaken(RuleBroken):
    """The roster cannot be closed as it is: hours of some people are counted already."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        """Keep who it is about; the message is the first of the sentences."""
        super().__init__(clashes[0].message)
        self.clashes = tuple(clashes)


def close(half: HalfDay, *, without: Collection[UUID] = (), by: Actor) -> int:
    """Close a roster and post the minutes of everybody who was there, once; answers how many people.

    People in `without` stay marked as present but their hours, counted elsewhere, are not posted again. Raises RuleBroken
    before the end or while somebody has no mark, HoursTaken naming the people whose time is counted already, Conflict
    when the roster is closed by now; then nothing is posted.
    """
    require(by, Action.MARK_ROSTER, half)
    enrolment_rules.check_open(half.run.state)
    rules.check_can_close(half.ends_at, clock.now(), half.ends)
    with db.session().begin_nested():
        _shut(half, by)
        lines = [line for line in roster(half) if line.takes_part]
        rules.check_all_marked(sum(line.choice is None for line in lines))
        enrolments.begin(half.run, by=by)
        there = [line for line in lines if line.choice == Choice(Mark.PRESENT)]
        clashes = _post_all(half, there)
        if any(clash.enrolment_id not in without for clash in clashes):
            raise HoursTaken(clashes)
        _leave_out(half, [clash.enrolment_id for clash in clashes])
    db.session().refresh(half)
    counted = len(there) - len(clashes)
    audit.record(by, "meeting.closed", half, present=len(there), counted=counted, of=len(lines))
    return counted


def _shut(half: HalfDay, by: Actor) -> None:
    """Mark the half day as closed. Raises Conflict when it was closed or changed by somebody else."""
    shut = db.session().execute(
        update(HalfDay)
        .where(HalfDay.id == half.id, HalfDay.closed_at.is_(None), HalfDay.version == half.version)
        .values(closed_at=clock.now(), closed_by=by.name)
        .execution_options(synchronize_session=False)
    )
    if not isinstance(shut, CursorResult) or shut.rowcount != 1:
        raise Conflict(Message(N_("Somebody else closed or moved this half day meanwhile. Open the page again.")))


def _post_all(half: HalfDay, there: Sequence[Line]) -> list[Clash]:
    """Post the minutes of everybody who was there; answers those whose time is counted already.

    In the order of the people's ids: two closings that share people wait for each other in the same order.
    """
    ids = [line.enrolment_id for line in there]
    rows = select(Attendance, Enrolment).join(Enrolment, Enrolment.id == Attendance.enrolment_id)
    rows = rows.where(Attendance.half_day_id == half.id, Enrolment.id.in_(ids))
    rows = rows.options(lazyload(Enrolment.run), lazyload(Enrolment.person), lazyload(Enrolment.steps))
    names = {line.enrolment_id: line.name for line in there}
    clashes = []
    for attendance, enrolment in db.session().execute(rows.order_by(Enrolment.person_id)):
        try:
            _post(half, attendance, enrolment)
        except Counted as taken:
            clashes.append(Clash(enrolment.id, names[enrolment.id], taken.interval))
    return sorted(clashes, key=lambda clash: turkish.sort_key(clash.name))


def _post(half: HalfDay, attendance: Attendance, enrolment: Enrolment) -> None:
    """Put one person's half day into the ledger. Raises Counted."""
    hours.post(
        enrolment=enrolment,
        strand=Strand.MEETING,
        minutes=half.minutes,
        day=half.on,
        starts_at=half.starts_at,
        ends_at=half.ends_at,
        source_kind=SOURCE,
        source_id=str(attendance.id),
        source_version=attendance.version,
    )


def _leave_out(half: HalfDay, enrolment_ids: Collection[UUID]) -> None:
    """Note whose presence was not counted."""
    if enrolment_ids:
        of = (Attendance.half_day_id == half.id, Attendance.enrolment_id.in_(enrolment_ids))
        db.session().execute(
            update(Attendance).where(*of).values(counted=False).execution_options(synchronize_session="fetch")
        )


def line(half: HalfDay, enrolment_id: UUID) -> Line:
    """One person of a roster. Raises NotFound."""
    found = next((one for one in roster(half) if one.enrolment_id == enrolment_id), None)
    if found is None:
        raise NotFound
    return found


def correct(half: HalfDay, enrolment_id: UUID, choice: Choice, *, reason: str, by: Actor) -> Attendance:
    """Correct one person after closing, with a reason: minutes that were posted are reversed, new ones are posted.

    Raises RuleBroken without a reason, without a change, for somebody who takes part no longer, or when the hours are
    counted elsewhere; Conflict while the roster is open. Corrections of one person follow one another.
    """
    require(by, Action.MARK_ROSTER, half)
    enrolment_rules.check_open(half.run.state)
    if half.closed_at is None:
        raise Conflict(Message(N_("The roster is still open. Mark the person there.")))
    enrolment = _taking_part(half, enrolment_id)
    wanted, why = rules.check_choice(choice), one_line(reason, rules.LONGEST_REASON)
    hours.queue_up(enrolment.person_id)
    kept = _attendance(half, enrolment_id)
    before = kept.choice if kept else None
    rules.check_correction(before, wanted, counted=kept is None or kept.counted, reason=why)
    changed = _rewrite(half, enrolment_id, kept, wanted, why, by)
    if kept is not None and before == Choice(Mark.PRESENT):
        hours.reverse(SOURCE, str(changed.id), changed.version - 1)
    if wanted.mark is Mark.PRESENT:
        _post_again(half, changed, enrolment)
    audit.record(
        by, "meeting.corrected", changed, half_day=str(half.id), before=_plain(before), after=_plain(wanted), why=why
    )
    letters.tell_corrected(half, changed, enrolment)
    return changed


def _taking_part(half: HalfDay, enrolment_id: UUID) -> Enrolment:
    """The enrolment of a roster's person who still takes part. Raises NotFound, RuleBroken."""
    found = enrolments.enrolment(enrolment_id)
    if found.run_id != half.run_id:
        raise NotFound
    if found.state not in SEATED:
        raise RuleBroken(
            Message(N_("%(name)s does not take part any more; the roster stays as it is."), name=found.person.name)
        )
    return found


def _attendance(half: HalfDay, enrolment_id: UUID) -> Attendance | None:
    """What the roster says about one person, read anew."""
    found = select(Attendance).where(Attendance.half_day_id == half.id, Attendance.enrolment_id == enrolment_id)
    return db.session().scalar(found.execution_options(populate_existing=True))


def _rewrite(
    half: HalfDay, enrolment_id: UUID, kept: Attendance | None, wanted: Choice, why: str, by: Actor
) -> Attendance:
    """The next version of a mark, or the first one of somebody whom the roster had missed."""
    values: dict[str, Any] = {
        "mark": wanted.mark,
        "excuse": wanted.excuse,
        "counted": True,
        "corrected_at": clock.now(),
        "corrected_by": by.name,
        "corrected_why": why,
    }
    if kept is None:
        kept = Attendance(
            half_day_id=half.id, enrolment_id=enrolment_id, marked_at=clock.now(), marked_by=by.name, **values
        )
        db.session().add(kept)
    else:
        for name, value in values.items():
            setattr(kept, name, value)
        kept.version += 1
    db.session().flush()
    return kept


def _post_again(half: HalfDay, attendance: Attendance, enrolment: Enrolment) -> None:
    """Post a corrected presence; hours that are counted elsewhere are said with the name. Raises RuleBroken."""
    try:
        _post(half, attendance, enrolment)
    except Counted as taken:
        raise RuleBroken(Clash(enrolment.id, enrolment.person.name, taken.interval).message, "mark") from None
