"""What the mentor does with a sent week: confirm it, ask for corrections, or say that it is not theirs."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import CursorResult, update

from lmp.access import Action, Actor, require
from lmp.accounts import service as accounts
from lmp.accounts.models import OneTimeLink
from lmp.audit import service as audit
from lmp.core import clock, db, messages
from lmp.core.errors import Conflict, Gone, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.workplace import rules
from lmp.workplace.models import DayEntry, DayState, SentWeek
from lmp.workplace.service import letters
from lmp.workplace.service.days import SOURCE
from lmp.workplace.service.photos import is_as_sent
from lmp.workplace.service.weeks import Row, entries_of, rows_of

_LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Asked:
    """What a mentor is asked: the days to decide, and those already given back for correction."""

    week: SentWeek
    rows: tuple[Row, ...]
    returned: tuple[Row, ...]

    @property
    def minutes(self) -> int:
        """The minutes to confirm."""
        return sum(row.minutes for row in self.rows)

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day to confirm."""
        return self.rows[0].on, self.rows[-1].on


def asked(week: SentWeek, *, by: Actor) -> Asked:
    """The days of a sent week as its mentor sees them; `rows` is empty when nothing is left to decide."""
    require(by, Action.CONFIRM_WEEK, week)
    found = [entry for entry in entries_of(week) if is_as_sent(week.entries, entry)]
    rows = rows_of(week.placement, [entry for entry in found if entry.state in (DayState.SENT, DayState.RETURNED)])
    return Asked(
        week,
        rows=tuple(row for row in rows if row.state == "sent"),
        returned=tuple(row for row in rows if row.state == "returned"),
    )


def outcome(week: SentWeek) -> dict[DayState, int]:
    """How many days of a week are confirmed and returned, as far as they have not changed since."""
    states = [entry.state for entry in entries_of(week) if is_as_sent(week.entries, entry)]
    return {state: states.count(state) for state in (DayState.CONFIRMED, DayState.RETURNED)}


def confirm(week: SentWeek, link: OneTimeLink, *, by: Actor) -> list[DayEntry]:
    """Confirm every day that was not returned and post its minutes; the link is used up. Answers the confirmed days.

    A day whose hours are counted elsewhere goes back to the teacher with the reason. Raises Gone when the link was used
    or the week taken back, Conflict when a day changed at this very moment; then nothing is confirmed.
    """
    require(by, Action.CONFIRM_WEEK, week)
    accounts.spend_link(link)
    waiting = letters.undecided(week)
    if not waiting:
        raise Gone(
            Message(N_("The teacher took this week back to change it. A new message with a new link will come."))
        )
    for entry in waiting:
        _confirm_day(week, entry, by)
    week.decided_at = clock.now()
    db.session().flush()
    confirmed = [entry for entry in waiting if entry.state is DayState.CONFIRMED]
    returned = [entry for entry in waiting if entry.state is DayState.RETURNED]
    letters.tell_confirmed(week, confirmed, returned)
    if confirmed:
        letters.send_receipt(week, confirmed)
    audit.record(
        by,
        "workplace.confirmed",
        week,
        days=[entry.day.isoformat() for entry in confirmed],
        returned=[entry.day.isoformat() for entry in returned],
    )
    return confirmed


def _confirm_day(week: SentWeek, entry: DayEntry, by: Actor) -> None:
    """Post a day's minutes and mark it; hours that are counted already send it back instead."""
    try:
        _post(week, entry)
    except RuleBroken as taken:
        lang = week.placement.enrolment.person.lang
        _decide(entry, DayState.RETURNED, why=messages.text(taken.message, lang), by="")
    else:
        _decide(entry, DayState.CONFIRMED, why="", by=by.name)


def _post(week: SentWeek, entry: DayEntry) -> None:
    """Put a day's minutes into the ledger, with the interval they lie in; a day away has none."""
    if entry.starts is None or entry.ends is None:
        return
    starts_at, ends_at = rules.interval(entry.day, entry.starts, entry.ends)
    hours.post(
        enrolment=week.placement.enrolment,
        strand=Strand.WORKPLACE,
        minutes=entry.minutes,
        day=entry.day,
        starts_at=starts_at,
        ends_at=ends_at,
        source_kind=SOURCE,
        source_id=str(entry.id),
        source_version=entry.version,
    )


def _decide(entry: DayEntry, state: DayState, *, why: str, by: str) -> None:
    """Mark a day that still waits in the version that was read. Raises Conflict when it does not any more."""
    decided = db.session().execute(
        update(DayEntry)
        .where(DayEntry.id == entry.id, DayEntry.version == entry.version, DayEntry.state == DayState.SENT)
        .values(state=state, returned_why=why, decided_by=by, decided_at=clock.now())
    )
    if not isinstance(decided, CursorResult) or decided.rowcount != 1:
        raise Conflict(
            Message(N_("A day has changed at this very moment. Open the link again to see what is to be confirmed."))
        )


def ask_correction(week: SentWeek, entry_id: UUID, why: str, link: OneTimeLink, *, by: Actor) -> DayEntry:
    """Give a day back to the teacher with the mentor's words; the link is used up when no day is left undecided.

    Asking twice for the same day changes nothing. Raises RuleBroken without words, Gone when the week was taken back.
    """
    require(by, Action.CONFIRM_WEEK, week)
    words = one_line(why, _LONGEST_TEXT)
    rules.check_why(words)
    entry = next((found for found in entries_of(week) if found.id == entry_id), None)
    if entry is None:
        raise NotFound
    if not is_as_sent(week.entries, entry) or entry.state in (DayState.DRAFT, DayState.CONFIRMED):
        raise Gone(
            Message(N_("The teacher took this week back to change it. A new message with a new link will come."))
        )
    if entry.state is DayState.RETURNED:
        return entry
    _decide(entry, DayState.RETURNED, why=words, by=by.name)
    if not letters.undecided(week):
        accounts.spend_link(link)
        week.decided_at = clock.now()
    letters.tell_returned(week, entry)
    audit.record(by, "workplace.day_returned", entry, week=str(week.id), why=words)
    return entry


def deny(week: SentWeek, *, by: Actor) -> None:
    """The bearer of the link is not the mentor: the link dies, the days go back, centre and teacher are told."""
    require(by, Action.CONFIRM_WEEK, week)
    ended = db.session().execute(
        update(SentWeek).where(SentWeek.id == week.id, SentWeek.decided_at.is_(None)).values(decided_at=clock.now())
    )
    if not isinstance(ended, CursorResult) or ended.rowcount != 1:
        return
    letters.take_back(week)
    letters.tell_denied(week)
    audit.record(by, "workplace.mentor_denied", week, mentor=week.mentor_name)


def note_opened(week: SentWeek, link: OneTimeLink, *, by: Actor) -> None:
    """The mentor's page says that it is open in a browser; the first time is kept."""
    require(by, Action.CONFIRM_WEEK, week)
    if accounts.note_opened(link):
        audit.record(by, "workplace.link_opened", week)
