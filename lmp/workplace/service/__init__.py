"""Placements, their days, and the weeks that the company confirms."""

from lmp.workplace.service.confirming import Asked, ask_correction, asked, confirm, deny, note_opened, outcome
from lmp.workplace.service.days import allow_late, find_entry, is_written, save_day
from lmp.workplace.service.letting_go import check_moved, let_go
from lmp.workplace.service.photos import Photo, open_photo, open_sent_photo
from lmp.workplace.service.placements import ask_at_new_address, get_placement, place, placement_of, placements_of
from lmp.workplace.service.plan import Plan, plan_of, planned_days, term_of
from lmp.workplace.service.progress import DaysProgress, days_progress, days_progress_of
from lmp.workplace.service.reminders import REMINDERS
from lmp.workplace.service.sendings import Post, Sending, pause_until, sendings
from lmp.workplace.service.taking_back import Given, given, take_back_confirmation
from lmp.workplace.service.weeks import Row, Week, day, get_week, send_again, send_week, sent_weeks, week, whole_log

__all__ = [
    "REMINDERS",
    "Asked",
    "DaysProgress",
    "Given",
    "Photo",
    "Plan",
    "Post",
    "Row",
    "Sending",
    "Week",
    "allow_late",
    "ask_at_new_address",
    "ask_correction",
    "asked",
    "check_moved",
    "confirm",
    "day",
    "days_progress",
    "days_progress_of",
    "deny",
    "find_entry",
    "get_placement",
    "get_week",
    "given",
    "is_written",
    "let_go",
    "note_opened",
    "open_photo",
    "open_sent_photo",
    "outcome",
    "pause_until",
    "place",
    "placement_of",
    "placements_of",
    "plan_of",
    "planned_days",
    "save_day",
    "send_again",
    "send_week",
    "sendings",
    "sent_weeks",
    "take_back_confirmation",
    "term_of",
    "week",
    "whole_log",
]
