"""The day of a practical test: set by an assessor of the run for the people who wait, and told to them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import lazyload

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.core import addresses, clock, db, turkish
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, Run
from lmp.enrolment.rules import SEATED
from lmp.notice import service as notice
from lmp.practical import rules
from lmp.practical.models import TestDay
from lmp.practical.service.observing import checklist, results_of
from lmp.practical.wording import where


@dataclass(frozen=True)
class Planned:
    """Somebody who waits for the practical test, with its day where one is set."""

    enrolment: Enrolment
    day: TestDay | None


def assessed_run(run_id: UUID, *, by: Actor) -> Run:
    """A run for its assessors. Raises NotFound for everybody else."""
    found = db.session().get(Run, run_id)
    if found is None:
        raise NotFound
    require(by, Action.ASSESS, found)
    return found


def days_of(enrolment_ids: Iterable[UUID]) -> dict[UUID, TestDay]:
    """Enrolment → the day of its practical test, where one is set."""
    wanted = list(enrolment_ids)
    if not wanted:
        return {}
    found = select(TestDay).where(TestDay.enrolment_id.in_(wanted)).options(lazyload(TestDay.enrolment))
    return {one.enrolment_id: one for one in db.session().scalars(found)}


def planned_in(run: Run, *, by: Actor) -> list[Planned]:
    """The people of a run who have not passed yet and are not oneself, by name in Turkish order."""
    require(by, Action.ASSESS, run)
    wanted = select(Enrolment).where(
        Enrolment.run_id == run.id, Enrolment.state.in_(SEATED), Enrolment.person_id != by.id
    )
    people = list(db.session().scalars(wanted).unique())
    done, days = results_of([one.id for one in people]), days_of([one.id for one in people])
    waiting = [
        one
        for one in people
        if one.id not in done or not rules.is_over(done[one.id].attempt, passed=bool(done[one.id].passed))
    ]
    waiting.sort(key=lambda one: turkish.sort_key(one.person.name))
    return [Planned(one, days.get(one.id)) for one in waiting]


def set_day(run: Run, chosen: Collection[UUID], *, on: date, starts: time, place: str, by: Actor) -> int:
    """Set day, hour and place for these people; each for whom it changes is told. Answers how many that were.

    Raises RuleBroken at the field that does not fit, Conflict when another assessor sets the first day at the same time.
    """
    require(by, Action.ASSESS, run)
    waiting = [one for one in planned_in(run, by=by) if one.enrolment.id in chosen]
    if not waiting:
        raise RuleBroken(Message(N_("Choose the people whose test is on this day.")), "people")
    rules.check_planned(on, clock.today(), run.starts_on)
    tidy = one_line(place, rules.LONGEST_PLACE)
    if not tidy:
        raise RuleBroken(Message(N_("Write where the test is held.")), "place")
    changed = [one for one in waiting if not _is_same(one.day, on, starts, tidy)]
    for one in changed:
        day = _store(one, on, starts, tidy, by)
        audit.record(by, "practical.day_set", one.enrolment, on=on.isoformat(), starts=starts.isoformat(), place=tidy)
        _tell(one.enrolment, day, moved=one.day is not None)
    return len(changed)


def _is_same(kept: TestDay | None, on: date, starts: time, place: str) -> bool:
    return kept is not None and (kept.on, kept.starts, kept.place) == (on, starts, place)


def _store(one: Planned, on: date, starts: time, place: str, by: Actor) -> TestDay:
    """Write over the day that is set, or the first one. Raises Conflict."""
    made = one.day or TestDay(enrolment_id=one.enrolment.id)
    made.on, made.starts, made.place, made.set_by, made.set_at = on, starts, place, by.name, clock.now()
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise Conflict(
            Message(
                N_("Another assessor has set the day of %(name)s meanwhile. Open the page again."),
                name=one.enrolment.person.name,
            )
        ) from None
    return made


def _tell(enrolment: Enrolment, day: TestDay, *, moved: bool) -> None:
    run = enrolment.run
    notice.tell(
        "practical.day",
        enrolment.person,
        "practical/day_set",
        page=addresses.page("journey.run", enrolment_id=enrolment.id),
        topic=enrolments.topic(run),
        subject=enrolment.id,
        due_on=day.on,
        detail=where(day),
        course=run.course.title,
        day=day,
        moved=moved,
        minutes=checklist(enrolment).minutes,
    )


def check_moved(run: Run, starts_on: date, _ends_on: date, _by: Actor) -> None:
    """A practical test lies in its run or after it. Raises RuleBroken naming one that would come before the first day."""
    early = (
        select(TestDay)
        .join(Enrolment, Enrolment.id == TestDay.enrolment_id)
        .where(Enrolment.run_id == run.id, Enrolment.state.in_(SEATED), TestDay.on < starts_on)
        .order_by(TestDay.on, TestDay.enrolment_id)
    )
    found = db.session().scalars(early.limit(1)).unique().one_or_none()
    if found is not None:
        raise RuleBroken(
            Message(
                N_("The practical test of %(name)s is set on %(day)s. Ask an assessor to set a later day first."),
                name=found.enrolment.person.name,
                day=found.on,
            ),
            "starts_on",
        )
