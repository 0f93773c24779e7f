"""The demo's course that meets: published by its own centre, one run in its third day, the rosters of two days closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path

from lmp.access import Actor, Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.content import service as content
from lmp.content.models import CourseVersion
from lmp.core.db import Bilingual
from lmp.demo.course import FIRST_NOTE
from lmp.demo.days import Calendar, on
from lmp.demo.people import address_of, key_of
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, Run, RunKind
from lmp.meeting import service as meeting
from lmp.meeting.models import Excuse, HalfDay, Mark
from lmp.meeting.rules import Choice
from lmp.network import service as network
from lmp.network.models import Centre, School

SLUG = "mesleki-yabanci-dil"
CENTRE = "smm-ist-bist"
_ROOM, _BRING = "Dil sınıfı 2", "Alanınızdan İngilizce bir makine ya da alet kılavuzu"
#: The first of them can sign in.
TEACHERS = ("Nesrin", "Tolga", "Şermin", "Oğuz", "İclal", "Çetin", "Ülkü", "Rauf", "Asuman", "Volkan")
#: Whom the course invites: workshop teachers of these branches, and a language teacher among them.
_BRANCHES = (
    "Makine ve Tasarım Teknolojisi",
    "Elektrik-Elektronik Teknolojisi",
    "İngilizce",
    "Bilişim Teknolojileri",
    "Gıda Teknolojisi",
)
#: Half day → who was not there; everybody else was.
_AWAY: Mapping[int, Mapping[str, Choice]] = {
    1: {"Rauf": Choice(Mark.ABSENT)},
    2: {"Oğuz": Choice(Mark.EXCUSED, Excuse.DUTY), "Ülkü": Choice(Mark.ABSENT)},
    3: {"Çetin": Choice(Mark.EXCUSED, Excuse.REPORT)},
    4: {"Çetin": Choice(Mark.EXCUSED, Excuse.REPORT), "Rauf": Choice(Mark.ABSENT)},
}
_CORRECTED, _WHY = "Ülkü", "Çizelgede imzası var; yoklamada atlanmış."
#: So many working days of the run are over.
_HELD = 2


@dataclass(frozen=True)
class _Staff:
    """Who keeps the run."""

    trainer: Person
    reviewer: Person
    coordinator: Person
    assessor: Person


def tell(
    courses: Path, calendar: Calendar, trainer: Person, schools: Sequence[School], *, password: str, by: Actor
) -> None:
    """Everything about the course that meets, taught by `trainer`; nothing where its files are not there."""
    if not (courses / SLUG).is_dir():
        return
    starts_on, ends_on = calendar.back(_HELD), calendar.ahead(5)
    with on(starts_on - timedelta(days=60), 10):
        centre = network.centre(CENTRE)
        staff = _staff(trainer, centre, by)
        version = _publish(courses, staff)
    with on(starts_on - timedelta(days=40), 10):
        run = _open(staff, centre, starts_on, ends_on)
        people = _teachers(version, schools, password, by)
    with on(starts_on - timedelta(days=20), 20):
        seats = {name: enrolments.apply(run, motivation="", by=accounts.actor_of(who)) for name, who in people.items()}
    _hold(run, seats, accounts.actor_of(trainer), calendar.today)


def _staff(trainer: Person, centre: Centre, by: Actor) -> _Staff:
    """The centre's people; the trainer comes from another centre and teaches here too."""
    accounts.grant(trainer, Role.TRAINER, ScopeKind.CENTRE, str(centre.id), by=by)
    roles = {"inceleyen": Role.TRAINER, "koordinator": Role.CENTRE_ADMINISTRATOR, "degerlendirici": Role.ASSESSOR}
    names = {"inceleyen": "İnceleyen", "koordinator": "Koordinatör", "degerlendirici": "Değerlendirici"}
    made = {}
    for key, role in roles.items():
        made[key] = _add(f"{key}.basaksehir", f"Demo Başakşehir {names[key]}", by)
        accounts.grant(made[key], role, ScopeKind.CENTRE, str(centre.id), by=by)
    return _Staff(trainer, made["inceleyen"], made["koordinator"], made["degerlendirici"])


def _add(
    key: str, name: str, by: Actor, *, password: str | None = None, school: School | None = None, branch: str = ""
) -> Person:
    """An account of the demo."""
    return accounts.add_person(
        name=name,
        email=address_of(key),
        password=password,
        school_id=school.id if school else None,
        branch_id=network.branch(branch).id if branch else None,
        is_demo=True,
        by=by,
    )


def _publish(courses: Path, staff: _Staff) -> CourseVersion:
    """The course as its files are."""
    content.import_course(courses / SLUG, author=staff.trainer, by=accounts.actor_of(staff.trainer))
    return content.publish(content.draft(SLUG), by=accounts.actor_of(staff.reviewer), note=FIRST_NOTE)


def _open(staff: _Staff, centre: Centre, starts_on: date, ends_on: date) -> Run:
    """The run with a room and what to bring in every half day; applying takes the seat at once."""
    place = f"{centre.short_name}, {centre.district}/{centre.province.name}"
    run = enrolments.open_run(
        SLUG,
        starts_on=starts_on,
        ends_on=ends_on,
        apply_from_on=starts_on - timedelta(days=39),
        apply_until_on=starts_on - timedelta(days=10),
        capacity=12,
        kind=RunKind.LOCAL,
        chain=(),
        venue=Bilingual(place, place),
        trainers=[staff.trainer],
        assessors=[staff.assessor],
        by=accounts.actor_of(staff.coordinator),
    )
    trainer = accounts.actor_of(staff.trainer)
    for half in meeting.half_days(run, by=trainer):
        wanted = replace(meeting.details_of(half), room=_ROOM, bring=_BRING if half.starts < time(12) else "")
        meeting.change(half, wanted, version=half.version, by=trainer)
    return run


def _teachers(version: CourseVersion, schools: Sequence[School], password: str, by: Actor) -> dict[str, Person]:
    """Ten teachers, most of workshops and some of languages, as the course invites; the first can sign in."""
    open_to = {one.name for one in network.branches_of_fields([field.id for field in version.course.fields])}
    branches = [one for one in _BRANCHES if one in open_to]
    made = {}
    for number, name in enumerate(TEACHERS):
        secret = password if number == 0 else None
        school = schools[number % len(schools)]
        made[name] = _add(
            key_of(name), f"{name} Demo", by, password=secret, school=school, branch=branches[number % len(branches)]
        )
        accounts.grant(made[name], Role.TEACHER, ScopeKind.OWN, by=by)
    return made


def _hold(run: Run, seats: Mapping[str, Enrolment], trainer: Actor, today: date) -> None:
    """Mark and close what is over, and correct one roster on the day after."""
    for half in meeting.half_days(run, by=trainer):
        if half.on < today:
            _close(half, seats, trainer)
    second = next((half for half in meeting.half_days(run, by=trainer) if half.number == 2 and half.closed_at), None)
    if second is not None:
        with on(second.on + timedelta(days=1), 8):
            meeting.correct(second, seats[_CORRECTED].id, Choice(Mark.PRESENT), reason=_WHY, by=trainer)


def _close(half: HalfDay, seats: Mapping[str, Enrolment], trainer: Actor) -> None:
    """A roster, ten minutes after the half day is over."""
    with on(half.on, half.ends.hour, min(half.ends.minute + 10, 59)):
        away = {seats[name].id: choice for name, choice in _AWAY.get(half.number, {}).items()}
        meeting.mark(half, away, seen={}, rest_present=True, by=trainer)
        meeting.close(half, by=trainer)
