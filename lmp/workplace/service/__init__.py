"""Placements, their days, and the weeks that the company confirms."""

from lmp.workplace.service.confirming import Asked, ask_correction, asked, confirm, deny, outcome
from lmp.workplace.service.days import allow_late, find_entry, is_written, save_day
from lmp.workplace.service.photos import Photo, open_photo, open_sent_photo
from lmp.workplace.service.placements import ask_at_new_address, get_placement, place, placement_of, placements_of
from lmp.workplace.service.plan import Plan, plan_of, planned_days, term_of
from lmp.workplace.service.progress import DaysProgress, days_progress, days_progress_of
from lmp.workplace.service.reminders import REMINDERS
from lmp.workplace.service.weeks import Row, Week, day, get_week, send_again, send_week, sent_weeks, week, whole_log

__all__ = [
    "REMINDERS",
    "Asked",
    "DaysProgress",
    "Photo",
    "Plan",
    "Row",
    "Week",
    "allow_late",
    "ask_at_new_address",
    "ask_correction",
    "asked",
    "confirm",
    "day",
    "days_progress",
    "days_progress_of",
    "deny",
    "find_entry",
    "get_placement",
    "get_week",
    "is_written",
    "open_photo",
    "open_sent_photo",
    "outcome",
    "place",
    "placement_of",
    "placements_of",
    "plan_of",
    "planned_days",
    "save_day",
    "send_again",
    "send_week",
    "sent_weeks",
    "term_of",
    "week",
    "whole_log",
]
