"""What is true about half days and attendance: where a plan falls, what may change, when a roster is marked and closed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lmp.core import written
from lmp.core.errors import Conflict, RuleBroken
from lmp.core.messages import N_, P_, Message
from lmp.network.models import DayKind

#: On a half day of the calendar (arife, 28 Ekim) offices and schools close at this time.
NOON = time(13)
LONGEST_ROOM = 120
LONGEST_TITLE = 160
LONGEST_TOPIC = 1000
LONGEST_BRING = 300
LONGEST_REASON = 300
#: The longest a half day can be, in minutes.
MOST_MINUTES = 360


class Mark(StrEnum):
    """What the roster says about one person."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


class Excuse(StrEnum):
    """Why somebody is away with an excuse (mazeret); the policy says which of them count as absence."""

    REPORT = "report"
    LEAVE = "leave"
    DUTY = "duty"


@dataclass(frozen=True)
class Choice:
    """A mark with its excuse; an excuse belongs to an excused person and to nobody else."""

    mark: Mark
    excuse: Excuse | None = None


@dataclass(frozen=True)
class ClockTime:
    """A time of day in a sentence: 12.00 or 12:00."""

    at: time

    def in_language(self, lang: str) -> str:
        """The time as people of the language write it."""
        return written.time_of_day(self.at, lang)


@dataclass(frozen=True)
class When:
    """A half day by the clock on the wall."""

    on: date
    starts: time
    ends: time

    @property
    def minutes(self) -> int:
        """Its length."""
        return _minutes(self.ends) - _minutes(self.starts)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def spread(
    ends: Sequence[time], first: date, last: date, calendar: Mapping[date, DayKind], *, field: str = "ends_on"
) -> list[date]:
    """The dates of the planned days, in order; `ends` says when each of them is over.

    Weekends, holidays and administrative leave are passed over; a half day of the calendar takes only a day that is over
    at noon. Raises RuleBroken at `field` when the days do not fit.
    """
    open_days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found: list[date] = []
    for end in ends:
        after = found[-1] if found else first - timedelta(days=1)
        on = next((day for day in open_days if day > after and is_open(day, end, calendar.get(day))), None)
        if on is None:
            raise RuleBroken(
                Message(
                    N_(
                        "The course plans %(planned)s days face to face; only %(fit)s of them fit between the first and the "
                        "last day. Choose a later last day."
                    ),
                    planned=len(ends),
                    fit=len(found),
                ),
                field,
            )
        found.append(on)
    return found


def is_open(on: date, ends: time, kind: DayKind | None) -> bool:
    """Whether people work on a day until a time; breaks of the school year are when teachers learn."""
    if on.weekday() >= 5 or kind in (DayKind.HOLIDAY, DayKind.LEAVE):
        return False
    return kind is not DayKind.HALF_DAY or ends <= NOON


def check_when(when: When, run_starts_on: date, run_ends_on: date) -> None:
    """A half day lies in its run, ends after it began, and is no whole day. Raises RuleBroken at the field."""
    if not run_starts_on <= when.on <= run_ends_on:
        raise RuleBroken(
            Message(
                N_("The run lasts from %(first)s to %(last)s. Choose a day in it."),
                first=run_starts_on,
                last=run_ends_on,
            ),
            "on",
        )
    if when.minutes <= 0:
        raise RuleBroken(Message(N_("The end comes before the start. Check both times.")), "ends")
    if when.minutes > MOST_MINUTES:
        raise RuleBroken(
            Message(N_("A half day has at most %(most)s hours. Check both times."), most=MOST_MINUTES // 60), "ends"
        )


def check_reason(when: When, kind: DayKind | None, reason: str) -> None:
    """A half day on a day on which nobody works needs a reason. Raises RuleBroken."""
    if not reason and not is_open(when.on, when.ends, kind):
        raise RuleBroken(Message(N_("This is no working day. Write why you meet then.")), "reason")


@dataclass(frozen=True)
class Taken:
    """A half day that is planned already, and what it would clash with."""

    title: object
    when: When
    room: str = ""


def check_room_and_people(when: When, *, same_run: Iterable[Taken], same_room: Iterable[Taken]) -> None:
    """A run meets once at a time, and a room holds one meeting. Raises RuleBroken naming the other half day."""
    other = next((one for one in same_run if clash(one.when, when)), None)
    if other is not None:
        raise RuleBroken(Message(N_("“%(title)s” is planned at this time already."), title=other.title), "starts")
    other = next((one for one in same_room if clash(one.when, when)), None)
    if other is not None:
        raise RuleBroken(
            Message(
                N_("The room “%(room)s” is taken at this time by “%(title)s”."), room=other.room, title=other.title
            ),
            "room",
        )


def check_trainer_free(when: When, taken: Iterable[Taken]) -> None:
    """A trainer is in one place at a time. Raises RuleBroken naming the other half day."""
    other = next((one for one in taken if clash(one.when, when)), None)
    if other is not None:
        raise RuleBroken(Message(N_("This trainer teaches “%(title)s” at this time."), title=other.title), "trainer_id")


def clash(one: When, other: When) -> bool:
    """Whether two half days share any time; one may begin when the other ends."""
    return one.on == other.on and one.starts < other.ends and other.starts < one.ends


def check_still_open(*, closed: bool) -> None:
    """Raises Conflict for a half day whose roster is closed."""
    if closed:
        raise Conflict(
            Message(
                N_("The roster of this half day is closed. Correct single people instead; a correction has a reason.")
            )
        )


def check_can_mark(on: date, today: date) -> None:
    """A roster is marked from its day on. Raises RuleBroken."""
    if today < on:
        raise RuleBroken(Message(N_("This half day is on %(day)s. Mark the roster on that day."), day=on))


def check_can_close(ends_at: datetime, now: datetime, ends: time) -> None:
    """A roster is closed when the half day is over. Raises RuleBroken."""
    if now < ends_at:
        raise RuleBroken(
            Message(
                N_(
                    "This half day lasts until %(time)s. Your marks are safe when you save; close the roster afterwards."
                ),
                time=ClockTime(ends),
            )
        )


def check_all_marked(still_open: int) -> None:
    """Everybody has a mark before a roster is closed. Raises RuleBroken saying how many have none."""
    if still_open:
        pair = P_(
            "Mark everybody before you close the roster; %(n)s person is still open.",
            "Mark everybody before you close the roster; %(n)s people are still open.",
        )
        raise RuleBroken(Message(*pair, n=still_open))


def check_choice(choice: Choice) -> Choice:
    """An excused person has a kind of excuse, and only they. Raises RuleBroken."""
    if choice.mark is Mark.EXCUSED and choice.excuse is None:
        raise RuleBroken(Message(N_("Choose the kind of excuse.")), "excuse")
    return choice if choice.mark is Mark.EXCUSED else Choice(choice.mark)


def check_correction(before: Choice | None, after: Choice, *, counted: bool, reason: str) -> None:
    """A correction changes something and says why. Raises RuleBroken."""
    if not reason:
        raise RuleBroken(Message(N_("Write why the roster changes; the teacher reads this sentence.")), "reason")
    if before == after and counted:
        raise RuleBroken(Message(N_("The roster says this already. Choose what is right.")), "mark")


@dataclass(frozen=True)
class Attended:
    """What one half day means for one person; `ended` says whether its time is over."""

    minutes: int
    closed: bool
    ended: bool
    choice: Choice | None = None
    counted: bool = True

    @property
    def present(self) -> bool:
        """Whether its minutes count."""
        return self.closed and self.counted and self.choice is not None and self.choice.mark is Mark.PRESENT


@dataclass(frozen=True)
class Tally:
    """The half days of one person in one run, in minutes and numbers."""

    attended: int = 0
    planned: int = 0
    #: Minutes missed in closed half days, excused ones among them.
    missed: int = 0
    #: Of those, the minutes that the policy does not count as absence.
    excused: int = 0
    to_come: int = 0
    not_closed: int = 0
    minutes_ahead: int = 0


def tally(halves: Iterable[Attended], excused: Collection[str]) -> Tally:
    """Count the half days of one person; `excused` are the excuses that the policy leaves out of the absence."""
    every = list(halves)
    closed = [one for one in every if one.closed]
    missed = [one for one in closed if not one.present]
    ahead = [one for one in every if not one.closed]
    return Tally(
        attended=len(closed) - len(missed),
        planned=len(every),
        missed=sum(one.minutes for one in missed),
        excused=sum(one.minutes for one in missed if one.choice and one.choice.excuse and one.choice.excuse in excused),
        to_come=sum(not one.ended for one in ahead),
        not_closed=sum(one.ended for one in ahead),
        minutes_ahead=sum(one.minutes for one in ahead),
    )
