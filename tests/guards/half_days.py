"""Half days for the guards' world: a run that meets, with the same people."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from lmp.accounts.models import Person
from lmp.core import clock
from tests.builders.accounts import acting
from tests.builders.enrolment import an_application
from tests.builders.meeting import a_meeting_run, halves, held


def half_days(people: Mapping[str, Person], staff: dict[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """One roster is closed, the others wait; answers what the addresses of half days need."""
    run = a_meeting_run(administrator=people["centre_administrator"], **staff)
    teacher = acting(people["teacher"])
    with clock.at(clock.wall(date(2026, 11, 23), time(12))):
        enrolment = an_application(run, teacher)
    held(halves(run)[0])
    return {
        "half_day_id": halves(run)[1].id,
        "run_id": {"": values["run_id"], "meeting.timetable": run.id, "meeting.sheet": run.id},
        "enrolment_id": {
            "": values["enrolment_id"],
            "meeting.correct": enrolment.id,
            "meeting.calendar": enrolment.id,
        },
    }
