"""Half days for tests: the sample course as a course that meets, its runs, and rosters made through the real services.

The story: a run of three days begins on Monday 30 November 2026; today is Wednesday 2 December, half past two, unless the
test says otherwise. Each day has two half days, 9.00 to 12.00 and 13.00 to 16.00; the third day only the first.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path
from typing import Any

from lmp.access import Actor
from lmp.accounts.models import Person
from lmp.content import service as content
from lmp.content.files import format_course
from lmp.content.models import CourseVersion
from lmp.core import clock, db
from lmp.enrolment.models import Enrolment, Run
from lmp.meeting import service
from lmp.meeting.models import HalfDay, Mark
from lmp.meeting.rules import Choice
from tests.builders.accounts import a_centre, a_centre_administrator, a_teacher, a_trainer, acting
from tests.builders.content import BY, FIRST_NOTE, course_files, edit
from tests.builders.enrolment import NOBODY, a_run, a_seated_teacher

SLUG = "yuz-yuze-kurs"
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)
FRIDAY = date(2026, 12, 4)
PRESENT, ABSENT = Choice(Mark.PRESENT), Choice(Mark.ABSENT)
#: The minutes of the sample's timetable: five half days of three hours.
PLANNED = 900

_DAY = """- day: {day}
  title:
    tr: {day}. gün
    en: Day {day}
  units:
"""
_UNIT = """  - title:
      tr: {tr}
      en: {en}
    start: "{start}"
    end: "{end}"
    topic:
      tr: {tr} üzerine çalışma
      en: Work on {en}
"""
_PLAN = (
    (("Alet etiketlerini okuma", "reading labels"), ("Kılavuzda arama", "finding one's way in a manual")),
    (("Güvenlik uyarıları", "safety warnings"), ("Arıza bildirimi yazma", "writing a fault report")),
    (("Sınıfta kullanma", "using it in class"),),
)
_TIMES = (("09:00", "12:00"), ("13:00", "16:00"))


def meeting_plan() -> str:
    """The sample's meeting.yaml."""
    text = "days:\n"
    for day, units in enumerate(_PLAN, 1):
        text += _DAY.format(day=day)
        for (tr, en), (start, end) in zip(units, _TIMES, strict=False):
            text += _UNIT.format(tr=tr, en=en, start=start, end=end)
    return text


@contextmanager
def meeting_files(slug: str = SLUG, **values: str) -> Iterator[Path]:
    """The sample's files as a course that meets, in a folder of their own."""
    with course_files(slug, **values) as folder:
        (folder / "workplace.yaml").unlink()
        (folder / "meeting.yaml").write_text(meeting_plan(), encoding="utf-8")
        edit(
            folder / "course.yaml",
            ("shape: workplace", "shape: meeting"),
            (
                "minutes: {online: 90, meeting: 0, workplace: 1080,",
                f"minutes: {{online: 90, meeting: {PLANNED}, workplace: 0,",
            ),
            (
                "strands: {online: 90, meeting: 0, workplace: 1080,",
                f"strands: {{online: 90, meeting: {PLANNED}, workplace: 0,",
            ),
        )
        format_course(folder)
        yield folder


def a_meeting_course(slug: str = SLUG) -> CourseVersion:
    """The sample that meets, imported and published."""
    centre = a_centre()
    with meeting_files(slug) as folder:
        content.import_course(folder, author=a_trainer(centre, "Yazar Demo"), by=BY)
    return content.publish(content.draft(slug), by=acting(a_trainer(centre, "İnceleyen Demo")), note=FIRST_NOTE)


def a_meeting_run(
    version: CourseVersion | None = None, *, starts_on: date = MONDAY, days: int = 5, **values: Any
) -> Run:
    """A run of the sample that meets; opened a week before it begins."""
    version = version or a_meeting_course()
    administrator = acting(values.pop("administrator", None) or a_centre_administrator(version.course.centre))
    with clock.at(clock.wall(date(2026, 11, 20), time(12))):
        return a_run(version, starts_on=starts_on, days=days, chain=NOBODY, administrator=administrator, **values)


def participants(run: Run, names: Iterable[str] = ("Ayşe Demo", "Çağla Demo", "Ilgın Demo")) -> list[Enrolment]:
    """Teachers with a place in a run, who applied before it began."""
    people = [acting(a_teacher(name)) for name in names]
    with clock.at(clock.wall(date(2026, 11, 23), time(12))):
        return [a_seated_teacher(run, person) for person in people]


def the_trainer(run: Run) -> Person:
    """Whoever teaches the run."""
    return next(duty.person for duty in run.duties if duty.duty == "trainer")


def teaching(run: Run) -> Actor:
    """The run's trainer, acting."""
    return acting(the_trainer(run))


def halves(run: Run) -> list[HalfDay]:
    """The timetable of a run."""
    return service.half_days(run, by=teaching(run))


def marked(half: HalfDay, marks: dict[Enrolment, Choice], by: Actor | None = None, **values: Any) -> list[str]:
    """A roster with these marks, from a page that showed what is saved now."""
    seen = {line.enrolment_id: line.choice for line in service.roster(half)}
    choices = {one.id: choice for one, choice in marks.items()}
    return service.mark(half, choices, seen=seen, by=by or teaching(half.run), **values)


def held(half: HalfDay, marks: dict[Enrolment, Choice] | None = None) -> int:
    """A half day that is over: everybody was there but for these marks, and the roster is closed."""
    actor = teaching(half.run)
    with clock.at(clock.wall(half.on, time(17))):
        marked(half, marks or {}, by=actor, rest_present=True)
        return service.close(half, by=actor)


def again(half: HalfDay) -> HalfDay:
    """A half day of an earlier transaction, in this one."""
    found = db.session().get(HalfDay, half.id)
    assert found is not None, "the half day was never committed"
    return found
