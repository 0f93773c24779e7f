"""Reading one person's way through everything; nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from lmp.access import Action, Actor, Duty, Role, require
from lmp.certificate import service as certificate
from lmp.certificate.service import Standing
from lmp.content.models import Course, CourseVersion
from lmp.core import clock, db
from lmp.core.errors import NotFound
from lmp.enrolment.models import Enrolment, EnrolmentState, Run, RunDuty, RunState
from lmp.journey import rules
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
    found = (
        select(Enrolment).join(Run, Run.id == Enrolment.run_id).where(Enrolment.person_id == person_id).options(*_LEAN)
    )
    return list(db.session().scalars(found.order_by(Run.starts_on.desc(), Enrolment.id)).unique())


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
    waiting: tuple[Enrolment, ...]
    certificates: tuple[certificate.Held, ...]


def teacher_today(person_id: UUID) -> TeacherToday:
    """What comes next, what is due, and what waits for others."""
    all_of_them, today = enrolments(person_id), clock.today()
    begun = [one for one in all_of_them if one.state in RUNNING and one.run.starts_on <= today]
    found = certificate.standings(begun)
    return TeacherToday(
        running=tuple((standing, tuple(tasks_of(standing, today))) for standing in found),
        coming=tuple(one for one in all_of_them if one.state in RUNNING and one.run.starts_on > today),
        waiting=tuple(one for one in all_of_them if one.state in WAITING),
        certificates=tuple(certificate.held_by(person_id, 3)),
    )


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


@dataclass(frozen=True)
class RunNews:
    """What a run needs from its staff today."""

    run: Run
    without_company: int
    late_writers: int
    waiting_company: int
    ready: int


def run_news(actor: Actor) -> list[RunNews]:
    """The runs one looks after that have begun and are open, with what they need; a fixed number of queries."""
    runs = _runs_looked_after(actor)
    today = clock.today()
    begun = [run for run in runs if run.starts_on <= today]
    by_run: dict[UUID, list[Standing]] = {run.id: [] for run in begun}
    in_batches = certificate.waiting_people(list(by_run))
    people = [one for one in certificate.candidates_of(list(by_run)) if one.id not in in_batches]
    for standing in certificate.standings(people):
        by_run[standing.enrolment.run_id].append(standing)
    return [_news(run, by_run[run.id], today) for run in begun]


def _news(run: Run, standings: Sequence[Standing], today: date) -> RunNews:
    needs_company = [one for one in standings if one.policy.strands.workplace and one.placement is None]
    return RunNews(
        run,
        without_company=len(needs_company),
        late_writers=sum(_is_late(one, today) for one in standings),
        waiting_company=sum(one.evidence.days_waiting for one in standings),
        ready=sum(one.is_ready for one in standings),
    )


def _is_late(standing: Standing, today: date) -> bool:
    """Somebody at a company who has written nothing for three days and more."""
    placement = standing.placement
    if placement is None or not placement.starts_on <= today <= placement.ends_on:
        return False
    last = max((day.on for day in standing.days), default=placement.starts_on)
    return today - last > rules.LATE_AFTER


def _runs_looked_after(actor: Actor) -> list[Run]:
    """Open runs of the actor's centres, and those they train."""
    centres = [UUID(scope) for scope in actor.scopes(Role.CENTRE_ADMINISTRATOR)]
    trained = select(RunDuty.run_id).where(RunDuty.person_id == actor.id, RunDuty.duty == Duty.TRAINER)
    found = select(Run).where(Run.state == RunState.OPEN)
    if not actor.has(Role.NETWORK_ADMINISTRATOR):
        found = found.where(Run.centre_id.in_(centres) | Run.id.in_(trained))
    return list(db.session().scalars(found.order_by(Run.starts_on)).unique())
