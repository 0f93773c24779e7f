"""Pages of half days: the staff's timetable, roster and sheets, the teacher's calendar file."""

from lmp.meeting.views import calendar, roster, timetable
from lmp.meeting.views.blueprint import bp

__all__ = ["bp", "calendar", "roster", "timetable"]
