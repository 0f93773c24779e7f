"""The demo's course that meets: a run in its third day, two days of rosters closed, one of them corrected."""

from pathlib import Path

import pytest
from sqlalchemy import select

from lmp.accounts import service as accounts
from lmp.core import db
from lmp.demo import meeting as story
from lmp.demo import places
from lmp.demo.days import read_calendar
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Run
from lmp.hours import service as hours
from lmp.meeting import service as meeting
from tests.builders.accounts import BY, a_trainer
from tests.builders.meeting import meeting_files

pytestmark = pytest.mark.usefixtures("database")


def told(courses: Path) -> list[Run]:
    """The story over these course files; answers the runs."""
    story.tell(courses, read_calendar(), a_trainer(), places.make_schools(BY), password="demo-demo-demo", by=BY)
    return list(db.session().scalars(select(Run)).unique())


def test_two_days_are_held_and_the_others_are_to_come() -> None:
    with meeting_files(story.SLUG, centre=story.CENTRE, field="mesleki-yabanci-dil") as folder:
        (run,) = told(folder.parent)
    trainer = next(accounts.actor_of(duty.person) for duty in run.duties if duty.duty == "trainer")
    halves = meeting.half_days(run, by=trainer)
    today = read_calendar().today
    assert [half.closed_at is not None for half in halves] == [half.on < today for half in halves]
    assert sum(half.closed_at is not None for half in halves) == 4
    assert {half.room for half in halves} == {"Dil sınıfı 2"}
    assert len(meeting.roster(halves[0])) == len(story.TEACHERS)
    assert any(line.corrected_why for line in meeting.roster(halves[1]))
    branches = {one.person.branch.name for one in enrolments.enrolments_in(run.id) if one.person.branch}
    assert {"Makine ve Tasarım Teknolojisi", "İngilizce"} <= branches
    assert hours.check() == []


def test_without_its_files_nothing_happens(tmp_path: Path) -> None:
    assert told(tmp_path) == []
