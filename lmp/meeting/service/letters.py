"""What participants are told: a half day that moved, a roster that was corrected."""

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from lmp.access import Actor
from lmp.accounts.models import Person
from lmp.core import addresses, db, mail
from lmp.enrolment.models import Enrolment
from lmp.enrolment.rules import SEATED
from lmp.meeting.models import Attendance, HalfDay
from lmp.meeting.rules import When


def tell_changed(half: HalfDay, *, before: When, room_before: str, bring_before: str, by: Actor) -> None:
    """Mail everybody with a place, and the trainer, when the day, the time, the room or what to bring has changed."""
    if (half.when, half.room, half.bring) == (before, room_before, bring_before):
        return
    people = (
        select(Enrolment.id, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.run_id == half.run_id, Enrolment.state.in_(SEATED))
        .options(lazyload(Person.school), lazyload(Person.branch))
        .order_by(Enrolment.id)
    )
    moved = half.when != before
    for enrolment_id, person in db.session().execute(people):
        address = addresses.to("journey.run", lang=person.lang, enrolment_id=enrolment_id)
        _tell(half, person, before if moved else None, address)
    if half.trainer is not None and half.trainer.id != by.id:
        address = addresses.to("meeting.timetable", lang=half.trainer.lang, run_id=half.run_id)
        _tell(half, half.trainer, before if moved else None, address)


def _tell(half: HalfDay, person: Person, before: When | None, address: str) -> None:
    mail.queue(
        "meeting/changed",
        to=(person.name, person.email),
        lang=person.lang,
        name=person.name,
        course=half.run.course.title,
        half=half,
        before=before,
        venue=half.run.venue,
        address=address,
    )


def tell_corrected(half: HalfDay, attendance: Attendance, enrolment: Enrolment) -> None:
    """Mail the teacher what the roster says now, and why."""
    person = enrolment.person
    mail.queue(
        "meeting/corrected",
        to=(person.name, person.email),
        lang=person.lang,
        name=person.name,
        course=half.run.course.title,
        half=half,
        mark=attendance.mark.value,
        excuse=attendance.excuse.value if attendance.excuse else "",
        why=attendance.corrected_why,
        address=addresses.to("journey.run", lang=person.lang, enrolment_id=enrolment.id),
    )
