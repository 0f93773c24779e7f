"""Reading the log by weeks, and sending a week to the company."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CursorResult, bindparam, select, update
from sqlalchemy.orm import lazyload
from sqlalchemy.orm.attributes import set_committed_value

from lmp.access import Action, Actor, require
from lmp.accounts import service as accounts
from lmp.audit import service as audit
from lmp.content.document.plans import WorkplaceDay
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message, Translated
from lmp.workplace import afterwards, rules
from lmp.workplace.models import DayEntry, DayState, Placement, Presence, SentWeek, WithdrawnConfirmation
from lmp.workplace.service import letters
from lmp.workplace.service.days import check_can_begin, entries_between, is_written
from lmp.workplace.service.photos import Photo, photos_of
from lmp.workplace.service.placements import check_running, load
from lmp.workplace.service.plan import Plan, plan_of, term_of

_STATES = {
    DayState.DRAFT: "saved",
    DayState.SENT: "sent",
    DayState.CONFIRMED: "confirmed",
    DayState.RETURNED: "returned",
}


@dataclass(frozen=True)
class Withdrawn:
    """A confirmation that the company took back: given when and by whom, taken back when, and why."""

    confirmed_on: date
    confirmed_by: str
    withdrawn_on: date
    why: str


@dataclass(frozen=True)
class Row:
    """One day of the log as pages show it."""

    on: date
    #: Which working day of the placement it is.
    number: int | None
    planned: WorkplaceDay | None
    entry: DayEntry | None
    #: What was done: the plan's tasks, and the teacher's own words last.
    work: tuple[Translated | str, ...]
    photos: tuple[Photo, ...]
    #: Why the day cannot be begun now; None where it can, or is already.
    refused: Message | None
    #: Confirmations of this day that the company took back.
    withdrawn: tuple[Withdrawn, ...] = ()

    @property
    def is_taken_back(self) -> bool:
        """Whether the day is with the teacher because the company took its confirmation back."""
        return bool(self.withdrawn) and self.entry is not None and self.withdrawn[-1].why == self.entry.returned_why

    @property
    def state(self) -> str:
        """not_started, opened (by the centre, still empty), saved, sent, returned or confirmed."""
        if self.entry is None:
            return "not_started"
        return _STATES[self.entry.state] if is_written(self.entry) else "opened"

    @property
    def title(self) -> Translated | str | None:
        """What the day is called: its plan, else its first piece of work."""
        if self.planned is not None:
            return self.planned.title
        return self.work[0] if self.work else None

    @property
    def saved_at(self) -> datetime | None:
        """When the server got it, as the clock on the wall shows it."""
        return clock.local(self.entry.saved_at) if self.entry is not None else None

    @property
    def is_away(self) -> bool:
        """Whether the teacher was not at the workplace."""
        return self.entry is not None and self.entry.presence is Presence.ABSENT

    @property
    def minutes(self) -> int:
        """What the day counts."""
        return self.entry.minutes if self.entry is not None else 0


@dataclass(frozen=True)
class Week:
    """A week of a placement."""

    placement: Placement
    plan: Plan
    number: int
    count: int
    rows: tuple[Row, ...]
    #: Past days of a weekend on which nothing is written.
    weekend: tuple[date, ...]

    @property
    def minutes(self) -> int:
        """Minutes written, confirmed or not."""
        return sum(row.minutes for row in self.rows)

    @property
    def planned_minutes(self) -> int:
        """Minutes the plan has for this week."""
        return sum(row.planned.minutes for row in self.rows if row.planned)

    def row(self, on: date) -> Row:
        """The row of a day. Raises NotFound."""
        found = next((row for row in self.rows if row.on == on), None)
        if found is None:
            raise NotFound
        return found

    def in_state(self, *states: str) -> tuple[Row, ...]:
        """The rows in any of these states."""
        return tuple(row for row in self.rows if row.state in states)


def week(placement: Placement, number: int, *, with_day: date | None = None) -> Week:
    """A week of a placement; `with_day` is shown also on an empty weekend. Raises NotFound beyond its weeks."""
    term, today = term_of(placement), clock.today()
    days = rules.week_days(term, number)
    if not days:
        raise NotFound
    plan = plan_of(placement)
    entries = {entry.day: entry for entry in entries_between(placement.id, days[0], days[-1])}
    shown = rules.shown_days(days, entries, with_day if with_day in days and with_day else today)
    return Week(
        placement=placement,
        plan=plan,
        number=number,
        count=rules.weeks(term),
        rows=_rows(placement, plan, shown, entries),
        weekend=tuple(on for on in days if on not in shown and on <= today),
    )


def whole_log(placement: Placement) -> tuple[Plan, tuple[Row, ...]]:
    """Every written day of a placement, in order."""
    plan = plan_of(placement)
    entries = {entry.day: entry for entry in entries_between(placement.id, placement.starts_on, placement.ends_on)}
    return plan, _rows(placement, plan, tuple(entries), entries)


def rows_of(placement: Placement, entries: Collection[DayEntry]) -> tuple[Row, ...]:
    """Some days of a placement as pages show them."""
    by_day = {entry.day: entry for entry in entries}
    return _rows(placement, plan_of(placement), tuple(sorted(by_day)), by_day)


def day(placement: Placement, on: date) -> Row:
    """One day of a placement. Raises NotFound outside of it."""
    if not placement.starts_on <= on <= placement.ends_on:
        raise NotFound
    entries = {entry.day: entry for entry in entries_between(placement.id, on, on)}
    return _rows(placement, plan_of(placement), (on,), entries)[0]


def _rows(placement: Placement, plan: Plan, days: tuple[date, ...], entries: dict[date, DayEntry]) -> tuple[Row, ...]:
    """Days with their plan, entry and photos."""
    shown = [entries[on].id for on in days if on in entries]
    kept = _Kept(photos_of(shown), _withdrawn_of(shown))
    return tuple(_row(placement, plan, on, entries.get(on), kept) for on in days)


@dataclass(frozen=True)
class _Kept:
    """What is kept beside days, by the id of the day."""

    photos: dict[UUID, list[Photo]]
    withdrawn: dict[UUID, list[Withdrawn]]


def _withdrawn_of(entry_ids: Collection[UUID]) -> dict[UUID, list[Withdrawn]]:
    """The confirmations of some days that the company took back, the oldest first."""
    found: dict[UUID, list[Withdrawn]] = defaultdict(list)
    if entry_ids:
        wanted = select(WithdrawnConfirmation).where(WithdrawnConfirmation.entry_id.in_(entry_ids))
        for one in db.session().scalars(wanted.order_by(WithdrawnConfirmation.withdrawn_at)):
            given, back = clock.local(one.confirmed_at).date(), clock.local(one.withdrawn_at).date()
            found[one.entry_id].append(Withdrawn(given, one.confirmed_by, back, one.why))
    return found


def _row(placement: Placement, plan: Plan, on: date, entry: DayEntry | None, kept: _Kept) -> Row:
    """One day."""
    tasks = plan.tasks()
    done: list[Translated | str] = [tasks[task].text for task in entry.tasks if task in tasks] if entry else []
    if entry is not None and entry.other_work:
        done.append(entry.other_work)
    return Row(
        on=on,
        number=plan.number(on),
        planned=plan.day(on),
        entry=entry,
        work=tuple(done),
        photos=tuple(kept.photos[entry.id]) if entry else (),
        refused=_refusal(placement, on) if entry is None else None,
        withdrawn=tuple(kept.withdrawn[entry.id]) if entry else (),
    )


def _refusal(placement: Placement, on: date) -> Message | None:
    """Why a day cannot be begun now, or None."""
    try:
        check_can_begin(placement, on)
    except RuleBroken as broken:
        return broken.message
    return None


def send_week(placement: Placement, days: Collection[date], *, by: Actor) -> SentWeek:
    """Send written days to the mentor, who gets a one-time link by mail.

    Raises RuleBroken for a day that is not written, Conflict for one that is there already.
    """
    require(by, Action.WRITE_LOG, placement)
    check_running(placement)
    wanted = sorted(set(days))
    found = {entry.day: entry for entry in entries_between(placement.id, wanted[0], wanted[-1])} if wanted else {}
    rules.check_sending(
        wanted,
        {
            on: rules.Candidate(is_written=is_written(entry), is_with_teacher=entry.state is DayState.DRAFT)
            for on, entry in found.items()
        },
    )
    entries = [found[on] for on in wanted]
    for entry in entries:
        _mark_sent(entry)
    made = SentWeek(
        placement_id=placement.id,
        entries={str(entry.id): entry.version for entry in entries},
        mentor_name=placement.mentor.name,
        sent_at=clock.now(),
        mailed_at=clock.now(),
    )
    db.session().add(made)
    db.session().flush()
    letters.ask_mentor(made, entries)
    audit.record(by, "workplace.week_sent", made, days=[entry.day.isoformat() for entry in entries])
    return made


def _mark_sent(entry: DayEntry) -> None:
    """From the teacher to the company, once. Raises Conflict when it changed just now."""
    sent = db.session().execute(
        update(DayEntry)
        .where(DayEntry.id == entry.id, DayEntry.version == entry.version, DayEntry.state == DayState.DRAFT)
        .values(state=DayState.SENT, sent_at=clock.now())
    )
    if not isinstance(sent, CursorResult) or sent.rowcount != 1:
        raise Conflict(Message(N_("%(day)s was sent already. Open the page again to see where it is."), day=entry.day))


def sent_weeks(placement: Placement, days: Collection[date]) -> list[SentWeek]:
    """The weeks that wait for the company and hold any of these days."""
    return [
        found
        for found in letters.open_weeks(placement.id)
        if any(entry.day in days for entry in letters.undecided(found))
    ]


def send_again(week: SentWeek, *, by: Actor) -> None:
    """Mail the mentor a fresh link for a week that still waits; the earlier one dies. The teacher and the centre may.

    Raises Conflict when nothing waits or it was mailed within the hour, TooMany when it was mailed several times a day.
    """
    require(by, Action.ASK_MENTOR_AGAIN, week.placement)
    waiting = letters.undecided(week) if week.decided_at is None else []
    if not waiting:
        raise Conflict(
            Message(N_("Nothing waits for the company any more. Open the page again to see how the days stand."))
        )
    accounts.check_limit("mentor mail", str(week.id), rules.MAILS_AGAIN)
    afterwards.check_pause(week.mailed_at, clock.now())
    accounts.count_attempt("mentor mail", str(week.id), rules.MAILS_AGAIN)
    letters.ask_mentor(week, waiting)
    audit.record(by, "workplace.week_sent_again", week)


def entries_of(week: SentWeek) -> list[DayEntry]:
    """The entries of a sent week, changed since or not, in order."""
    return list(db.session().scalars(_ENTRIES, {"ids": [UUID(entry_id) for entry_id in week.entries]}))


_ENTRIES = (
    select(DayEntry)
    .where(DayEntry.id.in_(bindparam("ids", expanding=True)))
    .options(lazyload(DayEntry.placement))
    .order_by(DayEntry.day)
)


def get_week(week_id: UUID) -> SentWeek:
    """A sent week with its placement, for commands that ask for permission themselves. Raises NotFound."""
    found = db.session().get(SentWeek, week_id, options=[lazyload(SentWeek.placement)])
    if found is None:
        raise NotFound
    # Tied to the week, because the session forgets what nobody holds and would read it again, piece by piece.
    set_committed_value(found, "placement", load(found.placement_id))
    return found
