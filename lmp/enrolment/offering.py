"""What is true about a place that became free: how long it is held for somebody, and what silence means."""

from datetime import date, datetime, time, timedelta

from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment.rules import Changed, EnrolmentState

#: How long an offered place may be thought over unless the run says otherwise, and at most; in hours.
USUAL_HOURS, LONGEST_HOURS = 48, 336
#: With less time to answer a place is not offered: the first reserve moves up at once.
SHORTEST = timedelta(hours=2)
#: Nobody's time to answer ends in the night, but on the morning after it.
_NIGHT_BEGINS, _NIGHT_ENDS = time(20), time(9)
#: After so many offers without an answer the application ends; before, the person goes to the end of the reserve list.
SILENT_OFFERS = 2
#: A reminder comes only after the offer itself is so old.
REMINDER_AFTER = timedelta(hours=12)


def check_offer_hours(hours: int) -> None:
    """Raises RuleBroken unless a place is offered for a time in which people can answer; 0 moves them up at once."""
    least = SHORTEST // timedelta(hours=1)
    if hours and not least <= hours <= LONGEST_HOURS:
        raise RuleBroken(
            Message(
                N_("Write 0, or a number of hours between %(least)s and %(most)s."),
                least=least,
                most=LONGEST_HOURS,
            ),
            "offer_hours",
        )


def offer_until(hours: int, starts_on: date, now: datetime) -> datetime | None:
    """Until when a place offered now may be thought over; None where the first reserve moves up at once.

    Both are wall times. Near the first day it is half of the time that is left, so that the next reserve can still be
    asked; never past the beginning of that day.
    """
    begins = datetime.combine(starts_on, time(), now.tzinfo)
    length = min(timedelta(hours=hours), (begins - now) / 2)
    return _by_day(_full_hour(now + length), begins) if length >= SHORTEST else None


def _full_hour(moment: datetime) -> datetime:
    """The full hour at or after a wall time."""
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour if hour == moment else hour + timedelta(hours=1)


def _by_day(end: datetime, latest: datetime) -> datetime:
    """The morning after a night in which a time would end, where that is not too late."""
    if _NIGHT_ENDS <= end.time() <= _NIGHT_BEGINS:
        return end
    day = end.date() + timedelta(days=1 if end.time() > _NIGHT_BEGINS else 0)
    morning = datetime.combine(day, _NIGHT_ENDS, end.tzinfo)
    return morning if morning < latest else end


def after_silence(passed: int) -> EnrolmentState:
    """Where somebody goes who has let this many offers pass without an answer."""
    return EnrolmentState.RESERVE_LIST if passed < SILENT_OFFERS else EnrolmentState.WITHDRAWN


def check_chosen(*, waits: bool, reason: str) -> None:
    """A place is handed on to somebody of the reserve list, with a reason. Raises RuleBroken at the field to repair."""
    if not waits:
        raise RuleBroken(Message(N_("Choose somebody who is on the reserve list now.")), "chosen")
    if not reason:
        raise RuleBroken(Message(N_("Write why you take the offer back; the teacher reads this sentence.")), "reason")


def check_offered(state: EnrolmentState) -> None:
    """Only a place that is offered is accepted or taken back. Raises Changed."""
    if state is not EnrolmentState.OFFERED:
        raise Changed
