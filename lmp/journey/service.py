"""Reading one person's way through everything; nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, lazyload

from lmp.access import Action, Actor, require
from lmp.certificate import service as certificate
from lmp.certificate.service import Standing
from lmp.content.models import Course, CourseVersion
from lmp.core import clock, db
from lmp.core.errors import NotFound
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Enrolment, EnrolmentState, Run, RunDuty
from lmp.journey import rules
from lmp.meeting.models import HalfDay
from lmp.network import service as network
from lmp.workplace.models import DayState
from lmp.workplace.rules import working_days

RUNNING = (EnrolmentState.MAIN_LIST, EnrolmentState.ACTIVE)
WAITING = (EnrolmentState.APPLIED, EnrolmentState.IN_APPROVAL, EnrolmentState.RESERVE_LIST, EnrolmentState.OFFERED)

_LEAN = (
    joinedload(Enrolment.run).options(
        joinedload(Run.course).options(lazyload(Course.fields), lazyload(Course.centre)),
        joinedload(Run.version).options(lazyload(CourseVersion.course)),
        joinedload(Run.duties).lazyload(RunDuty.person),
    ),
    joinedload(Enrolment.steps),
    lazyload(Enrolment.person),
)


def enrolments(person_id: UUID) -> list[Enrolment]:
    """All enrolments of a teacher in one query, the newest run first."""
    return list(db.session().scalars(_OF_PERSON, {"person_id": person_id}).unique())


_OF_PERSON = (
    select(Enrolment)
    .join(Run, Run.id == Enrolment.run_id)
    .where(Enrolment.person_id == bindparam("person_id"))
    .options(*_LEAN)
    .order_by(Run.starts_on.desc(), Enrolment.id)
)


def enrolment(enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """One enrolment for its teacher, or for those who look after it. Raises NotFound."""
    found = (
        db.session()
        .scalars(select(Enrolment).where(Enrolment.id == enrolment_id).options(*_LEAN))
        .unique()
        .one_or_none()
    )
    if found is None:
        raise NotFound
    require(by, Action.SEE_ENROLMENT, found)
    return found


@dataclass(frozen=True)
class TeacherToday:
    """What a teacher's first page needs."""

    running: tuple[tuple[Standing, tuple[rules.Task, ...]], ...]
    coming: tuple[Enrolment, ...]
    #: Places held for the teacher to accept, the most urgent first.
    offers: tuple[Enrolment, ...]
    waiting: tuple[Enrolment, ...]
    certificates: tuple[certificate.Held, ...]

    @property
    def meetings(self) -> list[tuple[UUID, HalfDay]]:
        """The next two half days face to face, each with its enrolment."""
        ahead = [
            (standing.enrolment.id, one.half)
            for standing, _tasks in self.running
            for one in standing.halves
            if not one.is_over
        ]
        return sorted(ahead, key=lambda one: one[1].starts_at)[:2]


def teacher_today(person_id: UUID) -> TeacherToday:
    """What comes next, what is due, and what waits for others."""
    all_of_them, today = enrolments(person_id), clock.today()
    begun = [one for one in all_of_them if one.state in RUNNING and one.run.starts_on <= today]
    found = certificate.standings(begun)
    offers = sorted((one for one in all_of_them if enrolment_service.offers.stands(one)), key=_ends)
    return TeacherToday(
        running=tuple((standing, tuple(tasks_of(standing, today))) for standing in found),
        coming=tuple(one for one in all_of_them if one.state in RUNNING and one.run.starts_on > today),
        offers=tuple(offers),
        waiting=tuple(one for one in all_of_them if one.state in WAITING and one not in offers),
        certificates=tuple(certificate.held_by(person_id, 3)),
    )


def _ends(offered: Enrolment) -> datetime:
    """Until when a place is held."""
    return offered.offer_until or clock.now()


def tasks_of(standing: Standing, today: date) -> list[rules.Task]:
    """The tasks of one running enrolment: the log first, then the next unit."""
    tasks = rules.log_tasks(_log_facts(standing, today), today) if standing.placement else []
    if standing.evidence.open_units:
        done = len(standing.unit_keys) - len(standing.open_unit_keys)
        tasks.append(rules.Task(rules.Kind.STUDY, standing.enrolment.run.ends_on, done + 1))
    return tasks


def _log_facts(standing: Standing, today: date) -> rules.LogFacts:
    placement = standing.placement
    if placement is None:
        raise NotFound
    planned: Sequence[date] = ()
    if placement.briefed_on is not None and placement.starts_on <= today <= placement.ends_on + rules.LATE_AFTER:
        calendar = network.calendar_between(placement.starts_on, placement.ends_on)
        planned = working_days(placement.starts_on, placement.ends_on, calendar)[: placement.planned_days]
    return rules.LogFacts(
        planned=planned,
        written={day.on for day in standing.days},
        returned=[day.on for day in standing.days if day.state is DayState.RETURNED],
        unsent=[day.on for day in standing.days if day.state is DayState.DRAFT],
    )
