"""Half days of a run, their rosters, and what teachers see of them."""

from lmp.meeting.service.attending import OwnHalf, own_halves, own_meetings, tally
from lmp.meeting.service.reminders import REMINDERS
from lmp.meeting.service.roster import Clash, HoursTaken, Line, close, correct, line, mark, roster
from lmp.meeting.service.timetable import (
    Details,
    change,
    details_of,
    half_day,
    half_days,
    plan_run,
    present_counts,
    replan_run,
    same_day,
    sheet_people,
    today_for,
)

__all__ = [
    "REMINDERS",
    "Clash",
    "Details",
    "HoursTaken",
    "Line",
    "OwnHalf",
    "change",
    "close",
    "correct",
    "details_of",
    "half_day",
    "half_days",
    "line",
    "mark",
    "own_halves",
    "own_meetings",
    "plan_run",
    "present_counts",
    "replan_run",
    "roster",
    "same_day",
    "sheet_people",
    "tally",
    "today_for",
]
