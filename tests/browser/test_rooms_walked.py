"""Questions of every kind and the roster of a half day: with script, without it, and with the keyboard alone."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from lmp.accounts.service.people import hashed
from lmp.content import service as content
from lmp.content.document import Lang, Unit
from lmp.content.models import CourseVersion
from lmp.core import clock, db
from lmp.demo.course import SLUG
from lmp.demo.people import address_of
from lmp.meeting.models import Attendance, HalfDay, Mark
from tests.browser import studying
from tests.browser.conftest import PHONE, Site
from tests.browser.keyboard import Keys
from tests.browser.walker import Walker
from tests.builders.accounts import a_teacher
from tests.builders.enrolment import a_running_enrolment
from tests.demo.shared import PASSWORD


@dataclass(frozen=True)
class Way:
    """How somebody walks, and in which language."""

    lang: Lang
    kind: type[Walker] = Walker
    script: bool = True

    def walker(self, site: Site) -> Walker:
        """Somebody who walks so, with a phone."""
        walking = replace(site, kind=self.kind, options={} if self.script else {"java_script_enabled": False})
        return walking.walker(self.lang, size=PHONE)


#: Each of them has something of their own to do it with: a teacher, a half day.
WAYS = {
    "script": Way("tr"),
    "script-free": Way("tr", script=False),
    "script-free in English": Way("en", script=False),
    "keyboard": Way("tr", Keys),
}


def a_teacher_who_begins(name: str) -> tuple[str, UUID, Unit]:
    """A new teacher of the demo's course: their address, their enrolment, and the course's first unit."""
    with db.transaction() as session:
        newest = select(CourseVersion).join(CourseVersion.course).where(CourseVersion.course.has(slug=SLUG))
        version = session.scalars(newest.order_by(CourseVersion.number.desc()).limit(1)).unique().one()
        teacher = a_teacher(f"{name} Demo")
        teacher.password_hash = hashed(PASSWORD)
        enrolment = a_running_enrolment(version, teacher, begun_days_ago=0)
        return teacher.email, enrolment.id, content.document(version).units[0]


@pytest.mark.parametrize("way", WAYS)
def test_a_unit_with_questions_of_every_kind_is_answered_and_its_quiz_passed(walkers: Site, way: str) -> None:
    email, enrolment, unit = a_teacher_who_begins(way.title())
    assert {"matching", "ordering", "single"} <= {question.kind for question in unit.questions}
    teacher = WAYS[way].walker(walkers)
    teacher.sign_in(email, PASSWORD)
    teacher.open(f"/training/{enrolment}/unit/{unit.key}")
    studying.answer_checks(teacher, unit)
    studying.take_quiz(teacher, unit)
    teacher.reads(teacher.say("Unit completed"))
    assert teacher.troubles == []


def a_half_day_that_is_over(place: int) -> UUID:
    """One of the demo's half days whose roster is open, moved to a day of its own in the past."""
    with db.transaction() as session:
        began = (
            HalfDay.run_id == select(HalfDay.run_id).where(HalfDay.closed_at.is_not(None)).limit(1).scalar_subquery()
        )
        open_now = select(HalfDay).where(began, HalfDay.closed_at.is_(None), HalfDay.number == 10 - place)
        half = session.scalars(open_now).unique().one()
        half.on = clock.today() - timedelta(days=60 + place)
        return half.id


def marks_of(half_day: UUID) -> Counter[Mark]:
    """How many were marked how."""
    with db.reading() as session:
        return Counter(session.scalars(select(Attendance.mark).where(Attendance.half_day_id == half_day)))


@pytest.mark.parametrize("way", WAYS)
def test_a_trainer_marks_a_roster_and_closes_it(walkers: Site, way: str) -> None:
    half_day = a_half_day_that_is_over(list(WAYS).index(way))
    trainer = WAYS[way].walker(walkers)
    trainer.sign_in(address_of("egitimgorevlisi"), PASSWORD)
    trainer.open(f"/half-day/{half_day}")
    trainer.press("Mark the rest as present")
    everybody = trainer.page.locator(".roster-row")
    trainer.reads(_said(trainer, 10, 0, 0))
    assert everybody.count() == 10
    trainer.tick(everybody.nth(2).get_by_label(trainer.say("Absent"), exact=True))
    expect(everybody.nth(4).get_by_label(trainer.say("Kind of excuse"))).to_be_hidden()
    trainer.tick(everybody.nth(4).get_by_label(trainer.say("Excused"), exact=True))
    trainer.select(everybody.nth(4).get_by_label(trainer.say("Kind of excuse")), trainer.say("Medical report"))
    trainer.press("Save")
    trainer.reads(_said(trainer, 8, 1, 1))
    assert marks_of(half_day) == {Mark.PRESENT: 8, Mark.ABSENT: 1, Mark.EXCUSED: 1}
    trainer.press("Save and close the roster")
    trainer.reads(trainer.say("Roster closed"))
    assert trainer.troubles == []


def _said(trainer: Walker, present: int, absent: int, excused: int) -> str:
    """The sums above the roster when everybody is marked."""
    counts: dict[str, Any] = {"present": present, "absent": absent, "excused": excused, "open": 0}
    return trainer.say("Present %(present)s, absent %(absent)s, excused %(excused)s, not marked %(open)s", **counts)
