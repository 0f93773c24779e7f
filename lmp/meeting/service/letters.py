"""What participants are told: a half day that moved, a roster that was corrected."""

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from lmp.access import Actor
from lmp.accounts.models import Person
from lmp.core import addresses, clock, db
from lmp.core.addresses import Page
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment
from lmp.enrolment.rules import SEATED
from lmp.meeting.models import Attendance, HalfDay
from lmp.meeting.rules import When
from lmp.meeting.service.wording import where
from lmp.notice import service as notice


def tell_changed(half: HalfDay, *, before: When, room_before: str, bring_before: str, by: Actor) -> None:
    """Tell everybody with a place, and the trainer, when the day, the time, the room or what to bring has changed."""
    if (half.when, half.room, half.bring) == (before, room_before, bring_before):
        return
    people = (
        select(Enrolment.id, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.run_id == half.run_id, Enrolment.state.in_(SEATED))
        .options(lazyload(Person.school), lazyload(Person.branch))
        .order_by(Enrolment.id)
    )
    moved = before if half.when != before else None
    for enrolment_id, person in db.session().execute(people):
        _tell(half, person, moved, addresses.page("journey.run", enrolment_id=enrolment_id))
    if half.trainer is not None and half.trainer.id != by.id:
        _tell(half, half.trainer, moved, addresses.page("meeting.timetable", run_id=half.run_id))


def _tell(half: HalfDay, person: Person, before: When | None, page: Page) -> None:
    """Whoever comes on the old day comes in vain, so the nearer of the two days is the one that is due."""
    days = [half.on, *([before.on] if before else [])]
    notice.tell(
        "meeting.changed",
        person,
        "meeting/changed",
        page=page,
        topic=enrolments.topic(half.run),
        subject=half.id,
        due_on=min((on for on in days if on >= clock.today()), default=half.on),
        detail=where([half]),
        course=half.run.course.title,
        half=half,
        before=before,
        venue=half.run.venue,
    )


def tell_corrected(half: HalfDay, attendance: Attendance, enrolment: Enrolment) -> None:
    """Tell the teacher what the roster says now, and why."""
    notice.tell(
        "meeting.corrected",
        enrolment.person,
        "meeting/corrected",
        page=addresses.page("journey.run", enrolment_id=enrolment.id),
        topic=enrolments.topic(half.run),
        subject=half.id,
        detail=attendance.corrected_why,
        course=half.run.course.title,
        half=half,
        mark=attendance.mark.value,
        excuse=attendance.excuse.value if attendance.excuse else "",
        why=attendance.corrected_why,
    )
