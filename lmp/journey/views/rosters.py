"""Rosters on Bugün: those of today, and earlier ones that nobody has closed."""

from flask import url_for

from lmp.core import clock
from lmp.core.messages import N_, Message
from lmp.journey.views.cards import Row
from lmp.meeting import service as meeting
from lmp.meeting.models import HalfDay
from lmp.meeting.rules import ClockTime
from lmp.web import pages


def waiting_rosters() -> list[Row]:
    """The rosters that wait for this trainer, the oldest first."""
    return [_row(half) for half in meeting.today_for(pages.actor())]


def _row(half: HalfDay) -> Row:
    is_today = half.on == clock.today()
    return Row(
        Message(N_("Roster: %(title)s"), title=half.title),
        url_for("meeting.roster", half_day_id=half.id),
        [half.run.course.title, *([] if is_today else [half.on]), hours_of(half), *filter(None, (half.room,))],
        half.on,
        "due" if is_today else "alert",
        Message(N_("Today")) if is_today else Message(N_("Roster is not closed")),
        Message(N_("Open the roster")),
    )


def hours_of(half: HalfDay) -> Message:
    """When a half day begins and ends."""
    return Message(N_("%(starts)s to %(ends)s"), starts=ClockTime(half.starts), ends=ClockTime(half.ends))
