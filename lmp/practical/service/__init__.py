"""What people can do with practical tests: set their day, save what was seen, decide once, look at the result."""

from lmp.practical.service.days import Planned, assessed_run, check_moved, days_of, planned_in, set_day
from lmp.practical.service.observing import (
    Candidate,
    candidates,
    checklist,
    decide,
    items,
    judged,
    open_test,
    results_of,
    save,
    test,
    tests_of,
    to_assess,
)
from lmp.practical.service.reminders import REMINDERS

__all__ = [
    "REMINDERS",
    "Candidate",
    "Planned",
    "assessed_run",
    "candidates",
    "check_moved",
    "checklist",
    "days_of",
    "decide",
    "items",
    "judged",
    "open_test",
    "planned_in",
    "results_of",
    "save",
    "set_day",
    "test",
    "tests_of",
    "to_assess",
]
