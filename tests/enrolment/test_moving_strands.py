"""A run is moved with what hangs on it: half days are planned anew, placements and tests stay inside."""

from datetime import date, time, timedelta

import pytest

from lmp.core import clock
from lmp.core.db import Bilingual
from lmp.core.errors import RuleBroken
from lmp.enrolment import service
from lmp.enrolment.models import Run
from lmp.meeting import service as meeting
from lmp.practical import service as practical
from tests.builders.accounts import a_centre_administrator, acting, an_assessor
from tests.builders.enrolment import NOBODY, a_run, a_seated_teacher
from tests.builders.meeting import a_meeting_run, halves
from tests.builders.workplace import a_placement

pytestmark = pytest.mark.usefixtures("database")
WHY = Bilingual("Salon boş değil.", "The room is taken.")


def move(run: Run, first: date, last: date) -> None:
    by = acting(a_centre_administrator(run.centre))
    service.moving.change_dates(run, starts_on=first, ends_on=last, apply_until_on=run.apply_until_on, why=WHY, by=by)


def test_half_days_are_planned_anew_stay_the_same_half_days_and_lose_their_rooms() -> None:
    with clock.at(clock.wall(date(2026, 11, 20), time(12))):
        run = a_meeting_run()
        before = {half.id: (half.on, half.version) for half in halves(run)}
        for half in halves(run):
            half.room = "B-204"
        later = run.starts_on + timedelta(days=7)
        move(run, later, run.ends_on + timedelta(days=7))
        after = halves(run)
        assert {half.id for half in after} == set(before)
        assert [half.on for half in after] == [before[half.id][0] + timedelta(days=7) for half in after]
        assert {half.room for half in after} == {""}
        assert all(half.version == before[half.id][1] + 1 for half in after)


def test_a_run_is_not_moved_to_days_into_which_its_plan_does_not_fit() -> None:
    with clock.at(clock.wall(date(2026, 11, 20), time(12))):
        run = a_meeting_run()
        with pytest.raises(RuleBroken, match="days face to face") as broken:
            move(run, run.starts_on + timedelta(days=7), run.starts_on + timedelta(days=7))
        assert broken.value.field == "ends_on"
        assert meeting.half_days(run, by=acting(a_centre_administrator(run.centre)))[0].on == run.starts_on


def test_a_placement_outside_the_new_days_is_named() -> None:
    run = a_run(chain=NOBODY, days=26)
    one = a_seated_teacher(run)
    monday = run.starts_on + timedelta(days=-run.starts_on.weekday() % 7)
    a_placement(one, starts_on=monday, ends_on=monday + timedelta(days=11), planned_days=5, briefed_on=None)
    with pytest.raises(RuleBroken, match="matched") as broken:
        move(run, monday + timedelta(days=3), run.ends_on + timedelta(days=14))
    assert broken.value.field == "starts_on"
    assert broken.value.message.values["name"] == one.person.name
    move(run, run.starts_on, run.ends_on + timedelta(days=14))  # longer days hold it


def test_a_practical_test_before_the_new_first_day_is_named() -> None:
    assessor = an_assessor()
    run = a_run(chain=NOBODY, assessors=[assessor])
    one = a_seated_teacher(run)
    on = run.starts_on + timedelta(days=1)
    practical.set_day(run, [one.id], on=on, starts=time(9), place="Atölye 1", by=acting(assessor))
    with pytest.raises(RuleBroken, match="practical test") as broken:
        move(run, run.starts_on + timedelta(days=2), run.ends_on + timedelta(days=2))
    assert broken.value.field == "starts_on"
