"""What may be written into the work log, by when, and how the plan's days fall on the days of a placement."""

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lmp.accounts import rules as addresses
from lmp.accounts.rules import Limit
from lmp.core import clock
from lmp.core.errors import Conflict, RuleBroken
from lmp.core.messages import N_, Message

#: The most net minutes of one day that count, unless a run says otherwise.
DAILY_LIMIT = 480
#: Days after which only the centre can open a day that was never written.
LATE_AFTER = 3
#: The teacher is reminded of a week that nobody at the company has answered for so many days,
WAITS_TOO_LONG = 3
#: and of an empty log after so many working days.
MISSING_DAYS = 2
MOST_PHOTOS = 4
#: Days for which the mentor's link is good.
LINK_DAYS = 14
#: How often a week's mail may be sent again.
MAILS_AGAIN = Limit(count=3, window=timedelta(days=1))
LONGEST_REFLECTION = 600
LONGEST_WORK = 200
LONGEST_REASON = 300
LONGEST_WHY = 600
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Term:
    """What the rules must know of a placement: its days, and the day of the safety briefing."""

    starts_on: date
    ends_on: date
    briefed_on: date | None


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day as a teacher writes it down; on a day away there are no times and no tasks."""

    on: date
    is_present: bool
    starts: time | None
    ends: time | None
    break_minutes: int
    tasks: tuple[str, ...]
    other_work: str
    reflection: str
    reason: str


def interval(on: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """The moments between two wall times; an end that is not after the start is on the next day (night shift)."""
    last = on if ends > starts else on + _ONE_DAY
    return clock.wall(on, starts), clock.wall(last, ends)


def net_minutes(on: date, starts: time, ends: time, break_minutes: int) -> int:
    """The minutes of a day without its break; negative when the break is longer than the day."""
    first, last = interval(on, starts, ends)
    return (last - first) // timedelta(minutes=1) - break_minutes


def counted(day: Day) -> int:
    """The minutes a day counts: none on a day away."""
    if not day.is_present or day.starts is None or day.ends is None:
        return 0
    return net_minutes(day.on, day.starts, day.ends, day.break_minutes)


def check_can_begin(on: date, term: Term, *, today: date, centre: object) -> None:
    """Whether a day that was never written may be written now. Raises RuleBroken; `centre` is whom to ask."""
    _check_within(on, term)
    if on > today:
        raise RuleBroken(Message(N_("This day has not come yet. Write it on the day itself or after it.")), "on")
    if (today - on).days > LATE_AFTER:
        raise RuleBroken(
            Message(
                N_(
                    "A day that is more than %(days)s days old can only be opened by the centre coordinator. "
                    "Ask your centre: %(centre)s."
                ),
                days=LATE_AFTER,
                centre=centre,
            ),
            "on",
        )


def check_can_be_opened(on: date, term: Term, *, today: date) -> None:
    """Whether the centre may open a late day for its teacher. Raises RuleBroken."""
    _check_within(on, term)
    if on > today:
        raise RuleBroken(Message(N_("This day has not come yet; the teacher can write it on the day itself.")), "on")


def _check_within(on: date, term: Term) -> None:
    """Inside the placement, and not before the safety briefing."""
    if not term.starts_on <= on <= term.ends_on:
        raise RuleBroken(
            Message(
                N_("The days at the company are from %(first)s to %(last)s. Choose one of them."),
                first=term.starts_on,
                last=term.ends_on,
            ),
            "on",
        )
    if term.briefed_on is None:
        raise RuleBroken(
            Message(
                N_("The safety briefing is not recorded yet. Days can be written once your centre has entered its day.")
            ),
            "on",
        )
    if on < term.briefed_on:
        raise RuleBroken(
            Message(N_("The safety briefing is on %(day)s. No day before it can be written."), day=term.briefed_on),
            "on",
        )


def check_day(day: Day, *, tasks: Container[str], special: object | None, limit: int = DAILY_LIMIT) -> None:
    """Whether what was written can be a day. `special` names why it is no ordinary working day. Raises RuleBroken."""
    _check_lengths(day)
    if not day.is_present:
        if not day.reason:
            raise RuleBroken(Message(N_("Write why you were not at the workplace.")), "away_why")
        return
    if special is not None and not day.reason:
        raise RuleBroken(Message(N_("This day is %(name)s. Write why you worked on it."), name=special), "reason")
    _check_work(day, tasks)
    _check_times(day, limit)
    if not day.reflection:
        raise RuleBroken(Message(N_("Write one sentence: what will you take to your class?")), "reflection")


def _check_lengths(day: Day) -> None:
    """Every text keeps its limit, in characters."""
    limits = (
        ("other_work", day.other_work, LONGEST_WORK),
        ("reflection", day.reflection, LONGEST_REFLECTION),
        (_reason_field(day), day.reason, LONGEST_REASON),
    )
    for field, text, limit in limits:
        check_length(text, limit, field)


def _reason_field(day: Day) -> str:
    """Where the form asks for the reason."""
    return "reason" if day.is_present else "away_why"


def check_length(text: str, limit: int, field: str) -> None:
    """A text of at most `limit` characters. Raises RuleBroken at its field."""
    if len(text) > limit:
        raise RuleBroken(
            Message(N_("Shorten this to %(limit)s characters; it has %(length)s now."), limit=limit, length=len(text)),
            field,
        )


def _check_work(day: Day, tasks: Container[str]) -> None:
    """At least one piece of work, and none that the plan does not know."""
    if not day.tasks and not day.other_work:
        raise RuleBroken(Message(N_("Choose at least one task, or write what else you did.")), "tasks")
    if any(task not in tasks for task in day.tasks):
        raise RuleBroken(Message(N_("One of the tasks is not in your plan. Choose from the tasks shown.")), "tasks")


def _check_times(day: Day, limit: int) -> None:
    """Both times are there, the break fits, and the day is not longer than counts."""
    if day.starts is None:
        raise RuleBroken(Message(N_("Write when you started, for example 8.30.")), "starts")
    if day.ends is None:
        raise RuleBroken(Message(N_("Write when you finished, for example 15.30.")), "ends")
    if day.starts == day.ends:
        raise RuleBroken(Message(N_("Start and end are the same. Correct one of them.")), "ends")
    if day.break_minutes < 0:
        raise RuleBroken(Message(N_("Write the break in minutes, for example 60.")), "break_minutes")
    minutes = counted(day)
    if minutes <= 0:
        raise RuleBroken(
            Message(N_("The break is as long as the day. Correct the break or the times.")), "break_minutes"
        )
    if minutes > limit:
        raise RuleBroken(
            Message(
                N_(
                    "One day counts for at most %(limit)s minutes without its break; these times make %(minutes)s. "
                    "Check start, end and break."
                ),
                limit=limit,
                minutes=minutes,
            ),
            "ends",
        )


def check_correction(day: Day, reason_before: str) -> None:
    """A confirmed day changes only with a reason of its own, which the company sees. Raises RuleBroken."""
    if not day.reason or day.reason == reason_before:
        raise RuleBroken(
            Message(N_("This day is confirmed. Write why it changes; the company confirms it again.")),
            _reason_field(day),
        )


def check_why(why: str) -> None:
    """Somebody who asks for a correction says what is to be corrected. Raises RuleBroken."""
    if not why:
        raise RuleBroken(Message(N_("Write what is to be corrected.")), "why")
    check_length(why, LONGEST_WHY, "why")


def check_photos(kept: int, added: int, *, allowed: bool) -> None:
    """How many photos a day may have, and whether any. Raises RuleBroken."""
    if added and not allowed:
        raise RuleBroken(Message(N_("No photos may be taken at this workplace.")), "photos")
    if kept + added > MOST_PHOTOS:
        raise RuleBroken(
            Message(N_("A day has at most %(most)s photos. Choose fewer or remove one."), most=MOST_PHOTOS), "photos"
        )


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A day somebody wants to send: is it written, and is it still with the teacher?"""

    is_written: bool
    is_with_teacher: bool


def check_sending(wanted: Collection[date], found: Mapping[date, Candidate]) -> None:
    """Whether these days can go to the company together. Raises RuleBroken, or Conflict when one is there already."""
    if not wanted:
        raise RuleBroken(Message(N_("There is no day to send yet. Save at least one day first.")))
    for on in sorted(wanted):
        day = found.get(on)
        if day is None or not day.is_written:
            raise RuleBroken(Message(N_("%(day)s is not written yet. Save it first, then send the week."), day=on))
        if not day.is_with_teacher:
            raise Conflict(Message(N_("%(day)s was sent already. Open the page again to see where it is."), day=on))


def check_placement(
    term: Term, *, run: tuple[date, date], planned_days: int, working: int, hours: tuple[time, time, int]
) -> None:
    """Whether a placement can be: inside its run, with enough working days and a sensible day. Raises RuleBroken."""
    if term.ends_on < term.starts_on:
        raise RuleBroken(Message(N_("The last day is before the first. Correct one of them.")), "ends_on")
    if term.starts_on < run[0]:
        raise RuleBroken(
            Message(N_("The run begins on %(day)s. Choose a first day from then on."), day=run[0]), "starts_on"
        )
    if term.ends_on > run[1]:
        raise RuleBroken(Message(N_("The run ends on %(day)s. Choose a last day until then."), day=run[1]), "ends_on")
    if term.briefed_on is not None and term.briefed_on > term.ends_on:
        raise RuleBroken(
            Message(N_("The safety briefing would be after the last day. Correct its date.")), "briefed_on"
        )
    if planned_days < 1:
        raise RuleBroken(Message(N_("Plan at least one day.")), "planned_days")
    if planned_days > working:
        raise RuleBroken(
            Message(
                N_(
                    "There are %(working)s working days between these dates, but %(planned)s are planned. "
                    "Correct one of them."
                ),
                working=working,
                planned=planned_days,
            ),
            "planned_days",
        )
    _check_usual_hours(term.starts_on, *hours)


def _check_usual_hours(on: date, starts: time, ends: time, break_minutes: int) -> None:
    """The usual day is longer than its break and not longer than counts."""
    minutes = net_minutes(on, starts, ends, break_minutes) if starts != ends else 0
    if break_minutes < 0 or minutes <= 0:
        raise RuleBroken(
            Message(N_("The break is as long as the day. Correct the break or the times.")), "break_minutes"
        )
    if minutes > DAILY_LIMIT:
        raise RuleBroken(
            Message(N_("A usual day has at most %(limit)s minutes without its break."), limit=DAILY_LIMIT), "day_ends"
        )


def check_mentor(mentor_email: str, teacher_email: str, field: str = "mentor_id") -> None:
    """A mentor can be written to, and nobody confirms their own days. Raises RuleBroken at `field`."""
    try:
        reachable = addresses.address(mentor_email)
    except RuleBroken:
        raise RuleBroken(
            Message(
                N_("This mentor has no usable e-mail address. Choose somebody else, or have the record corrected.")
            ),
            field,
        ) from None
    if reachable == addresses.address(teacher_email):
        raise RuleBroken(Message(N_("The mentor has the teacher's own e-mail address. Choose somebody else.")), field)


def is_weekend(on: date) -> bool:
    """Saturday or Sunday."""
    return on.weekday() >= 5


def working_days(first: date, last: date, calendar: Container[date]) -> tuple[date, ...]:
    """The days from `first` to `last` that are neither on a weekend nor in the dated calendar."""
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(on for on in every if not is_weekend(on) and on not in calendar)


def week_number(first: date, on: date) -> int:
    """The week of a placement a day lies in; the first one holds the placement's first day, weeks begin on Monday."""
    return (_monday(on) - _monday(first)).days // 7 + 1


def week_days(term: Term, number: int) -> tuple[date, ...]:
    """The days of a week, Monday to Sunday, that lie within the placement; none for a week it does not have."""
    if not 1 <= number <= weeks(term):
        return ()
    monday = _monday(term.starts_on) + timedelta(weeks=number - 1)
    days = (monday + timedelta(days=n) for n in range(7))
    return tuple(on for on in days if term.starts_on <= on <= term.ends_on)


def weeks(term: Term) -> int:
    """How many weeks a placement touches."""
    return week_number(term.starts_on, term.ends_on)


def current_week(term: Term, today: date) -> int:
    """The week to show first: today's, or the nearest one before or after the placement."""
    return week_number(term.starts_on, min(max(today, term.starts_on), term.ends_on))


def shown_days(days: Sequence[date], written: Container[date], today: date) -> tuple[date, ...]:
    """Which days of a week are shown: weekends only when something is written on them or they are today."""
    return tuple(on for on in days if not is_weekend(on) or on in written or on == today)


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
