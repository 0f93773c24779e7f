"""Taking a confirmation back: the record of it stays, its minutes are reversed, and the day returns to the teacher."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CursorResult, update

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Conflict, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.enrolment import rules as enrolment_rules
from lmp.enrolment.models import RunState
from lmp.hours import service as hours
from lmp.workplace import afterwards, rules
from lmp.workplace.models import DayEntry, DayState, SentWeek, WithdrawnConfirmation
from lmp.workplace.service import letters
from lmp.workplace.service.days import SOURCE
from lmp.workplace.service.photos import is_as_sent
from lmp.workplace.service.weeks import Row, entries_of, rows_of

_LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Given:
    """The confirmations a week still holds, and what may become of them."""

    rows: tuple[Row, ...]
    #: The last day on which they can be taken back; None when there are none.
    last_day: date | None
    #: Why they cannot be taken back any more; None while they can.
    refused: Message | None


def given(week: SentWeek, *, by: Actor) -> Given:
    """The confirmed days of a week as its mentor sees them afterwards."""
    require(by, Action.CONFIRM_WEEK, week)
    found = [one for one in entries_of(week) if is_as_sent(week.entries, one) and one.state is DayState.CONFIRMED]
    if not found:
        return Given((), None, None)
    try:
        for entry in found:
            _check(week, entry)
    except RuleBroken as broken:
        return Given(rows_of(week.placement, found), None, broken.message)
    last = min(afterwards.last_day_to_take_back(_decided(entry)) for entry in found)
    return Given(rows_of(week.placement, found), last, None)


def _decided(entry: DayEntry) -> datetime:
    """When a confirmed day was confirmed."""
    return entry.decided_at or entry.saved_at


def _check(week: SentWeek, entry: DayEntry) -> None:
    """Whether one confirmation can be taken back today. Raises RuleBroken."""
    enrolment = week.placement.enrolment
    afterwards.check_taking_back(
        _decided(entry),
        today=clock.today(),
        takes_part=enrolment.run.state is RunState.OPEN and enrolment.state in enrolment_rules.SEATED,
        centre=enrolment.run.centre.name,
    )


def take_back_confirmation(week: SentWeek, entry_ids: Collection[UUID], why: str, *, by: Actor) -> list[DayEntry]:
    """Take the confirmation of some days of a week back; they return to the teacher with the mentor's words.

    What was confirmed stays on record, and its minutes are reversed in the ledger. Raises RuleBroken without days or
    words, after seven days, and once the result is recorded; Conflict when a day changed at this very moment.
    """
    require(by, Action.CONFIRM_WEEK, week)
    words = one_line(why, _LONGEST_TEXT)
    # Whoever issues a certificate or closes the run queues here too, so that both see what the other did.
    hours.queue_up(week.placement.enrolment.person_id)
    db.session().refresh(week.placement.enrolment, ["state"])
    db.session().refresh(week.placement.enrolment.run, ["state"])
    chosen = [one for one in entries_of(week) if one.id in set(entry_ids) and is_as_sent(week.entries, one)]
    confirmed = [one for one in chosen if one.state is DayState.CONFIRMED]
    if not confirmed:
        raise RuleBroken(Message(N_("Choose at least one day.")), "days")
    for entry in confirmed:
        _check(week, entry)
    rules.check_why(words)
    for entry in confirmed:
        _withdraw(week, entry, words, by)
    db.session().flush()
    letters.tell_taken_back(week, confirmed, words)
    return confirmed


def _withdraw(week: SentWeek, entry: DayEntry, why: str, by: Actor) -> None:
    """Record one withdrawal, reverse its minutes and return the day. Raises Conflict after a race."""
    db.session().add(
        WithdrawnConfirmation(
            entry_id=entry.id,
            version=entry.version,
            week_id=week.id,
            minutes=entry.minutes,
            confirmed_at=_decided(entry),
            confirmed_by=entry.decided_by,
            withdrawn_at=clock.now(),
            withdrawn_by=by.name,
            why=why,
        )
    )
    returned = db.session().execute(
        update(DayEntry)
        .where(DayEntry.id == entry.id, DayEntry.version == entry.version, DayEntry.state == DayState.CONFIRMED)
        .values(state=DayState.RETURNED, returned_why=why, decided_by=by.name, decided_at=clock.now())
    )
    if not isinstance(returned, CursorResult) or returned.rowcount != 1:
        raise Conflict(Message(N_("A day has changed at this very moment. Open the link again to see how it stands.")))
    hours.reverse(SOURCE, str(entry.id), entry.version)
    audit.record(
        by, "workplace.confirmation_taken_back", entry, week=str(week.id), version=entry.version,
        minutes=entry.minutes, why=why,
    )  # fmt: skip
