"""Looking at enrolments: one, a teacher's, a run's; their states in words and their stories."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select

from lmp.access import Action, Actor, require
from lmp.accounts.models import Person
from lmp.core import clock, db, keyed, turkish
from lmp.core.errors import NotFound
from lmp.core.keyed import Page
from lmp.core.messages import Message
from lmp.enrolment import rules, words
from lmp.enrolment.models import (
    ApprovalStep,
    Enrolment,
    EnrolmentMove,
    EnrolmentState,
    Run,
    enrolments_seen_by,
)
from lmp.enrolment.service import seats
from lmp.network.models import Province, School

_S = EnrolmentState


def enrolment(enrolment_id: UUID, viewer: Actor | None = None) -> Enrolment:
    """An enrolment for a viewer who may see it; without one for callers who ask for another act themselves.

    Raises NotFound.
    """
    found = db.session().get(Enrolment, enrolment_id)
    if found is None:
        raise NotFound
    if viewer is not None:
        require(viewer, Action.SEE_ENROLMENT, found)
    return found


def enrolments_of(person_id: UUID) -> list[Enrolment]:
    """A teacher's enrolments, the newest run first."""
    found = select(Enrolment).join(Run, Run.id == Enrolment.run_id).where(Enrolment.person_id == person_id)
    return list(db.session().scalars(found.order_by(Run.starts_on.desc(), Enrolment.id.desc())).unique())


def enrolments_in(run_id: UUID) -> list[Enrolment]:
    """Everybody who has ever applied to a run, by name in Turkish order."""
    found = db.session().scalars(select(Enrolment).where(Enrolment.run_id == run_id)).unique()
    return sorted(found, key=lambda enrolment: (turkish.sort_key(enrolment.person.name), enrolment.id))


def moves(enrolment: Enrolment) -> list[EnrolmentMove]:
    """Every move of an enrolment, oldest first."""
    found = select(EnrolmentMove).where(EnrolmentMove.enrolment_id == enrolment.id)
    return list(db.session().scalars(found.order_by(EnrolmentMove.at, EnrolmentMove.id)))


def open_step(enrolment: Enrolment) -> ApprovalStep | None:
    """The step that is waited for, if one is."""
    if enrolment.state is not _S.IN_APPROVAL:
        return None
    return next((step for step in enrolment.steps if step.opened_at is not None and step.decided_at is None), None)


def timeline(enrolment: Enrolment) -> list[words.Event]:
    """What has happened to an application and what it waits for, oldest first, by the clock on the wall."""
    events = words.timeline(moves(enrolment), enrolment.steps, waiting=enrolment.state is _S.IN_APPROVAL)
    events = [_with_run(event, enrolment.run) for event in events]
    return [replace(event, at=clock.local(event.at)) if event.at else event for event in events]


def _with_run(event: words.Event, run: Run) -> words.Event:
    """An end that came with the whole run is called so, and says why in both languages."""
    if event.title is not words.ENDED_BY_CENTRE or event.reason != run.cancelled_why.tr:
        return event
    return replace(event, title=words.RUN_CANCELLED, reason=run.cancelled_why)


def is_running(enrolment: Enrolment) -> bool:
    """Whether the teacher takes part today."""
    return rules.is_running(enrolment.state, enrolment.run.starts_on, clock.today())


def state_in_words(enrolment: Enrolment, reserve_rank: int | None = None) -> Message:
    """The state of an enrolment at this moment; `reserve_rank` comes from `ranks` or `reserve_rank`."""
    step = open_step(enrolment)
    return words.state_in_words(
        enrolment.state,
        level=step.scope_kind if step else None,
        reserve_rank=reserve_rank,
        running=is_running(enrolment),
    )


def state_mark(enrolment: Enrolment) -> str:
    """The key of the mark that stands beside the state in words."""
    return words.mark_of(enrolment.state, running=is_running(enrolment))


@dataclass(frozen=True, kw_only=True)
class Participant:
    """One line of a run's desk."""

    enrolment_id: UUID
    name: str
    school: str
    province: str
    state: EnrolmentState
    words: Message
    mark: str
    running: bool
    #: The office whose approval is waited for, and until when.
    office: str
    due_on: date | None
    is_late: bool
    #: Until when a place is held for them, by the clock on the wall.
    offer_until: datetime | None


def participants(
    run: Run, viewer: Actor, *, narrowed: ColumnElement[bool] | None = None, at: str | None = None
) -> Page[Participant]:
    """A page of those who have applied to a run, as far as the viewer may see them and as a view narrows them.

    Late approvals come first, then Turkish order.
    """
    today, ranks = clock.today(), seats.ranks([run.id])
    on_time = case((ApprovalStep.due_on < today, 0), else_=1)
    wanted = _desk_rows(on_time).where(Enrolment.run_id == run.id, enrolments_seen_by(viewer))
    wanted = wanted.where(narrowed) if narrowed is not None else wanted
    order = (on_time, Person.sort_key, Enrolment.id)
    found = keyed.page(wanted, order, at, key_of=lambda row: (row.on_time, row.sort_key, row.id))
    return Page([_participant(row, run, ranks.get(row.id), today) for row in found.rows], found.next, found.previous)


def names(run: Run, viewer: Actor) -> list[tuple[UUID, str]]:
    """Everybody in a run whose enrolment has not ended, by name in Turkish order, as far as the viewer may see them."""
    found = (
        select(Enrolment.id, Person.name)
        .join(Run, Run.id == Enrolment.run_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.run_id == run.id, Enrolment.state.not_in(rules.ENDED), enrolments_seen_by(viewer))
    )
    rows = db.session().execute(found.order_by(Person.sort_key, Enrolment.id))
    return [(row[0], row[1]) for row in rows]


def numbers(run: Run) -> tuple[dict[EnrolmentState, int], int]:
    """How many people of a run are in each state, and for how many an approval is overdue; one query."""
    late = case((ApprovalStep.due_on < clock.today(), 1), else_=0)
    counted = (
        select(Enrolment.state, func.count(), func.sum(late))
        .outerjoin(ApprovalStep, _waited_for())
        .where(Enrolment.run_id == run.id)
        .group_by(Enrolment.state)
    )
    rows = [(state, number, overdue) for state, number, overdue in db.session().execute(counted)]
    return {state: number for state, number, _overdue in rows}, sum(overdue for _state, _number, overdue in rows)


def _waited_for() -> ColumnElement[bool]:
    """The step an application waits for; there is one at most."""
    return and_(
        ApprovalStep.enrolment_id == Enrolment.id,
        ApprovalStep.opened_at.is_not(None),
        ApprovalStep.decided_at.is_(None),
        Enrolment.state == _S.IN_APPROVAL,
    )


def _desk_rows(on_time: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    """What the desk shows of each enrolment, with the step it waits for."""
    return (
        select(
            Enrolment.id,
            Enrolment.state,
            Enrolment.offer_until,
            Person.name,
            Person.sort_key,
            School.name.label("school"),
            Province.name.label("province"),
            ApprovalStep.scope_kind.label("level"),
            ApprovalStep.scope_name.label("office"),
            ApprovalStep.due_on,
            on_time.label("on_time"),
        )
        .join(Run, Run.id == Enrolment.run_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(School, School.id == Person.school_id)
        .outerjoin(Province, Province.code == School.province_code)
        .outerjoin(ApprovalStep, _waited_for())
    )


def _participant(row: Row[*tuple[Any, ...]], run: Run, rank: int | None, today: date) -> Participant:
    """A row of the desk in words."""
    running = rules.is_running(row.state, run.starts_on, today)
    return Participant(
        enrolment_id=row.id,
        name=row.name,
        school=row.school or "",
        province=row.province or "",
        state=row.state,
        words=words.state_in_words(row.state, level=row.level, reserve_rank=rank, running=running),
        mark=words.mark_of(row.state, running=running),
        running=running,
        office=row.office or "",
        due_on=row.due_on,
        is_late=row.due_on is not None and row.due_on < today,
        offer_until=clock.local(row.offer_until) if row.offer_until is not None else None,
    )


@dataclass(frozen=True)
class Tally:
    """How many of a run wait for an approval, how many for a seat, and to how many one is offered."""

    in_approval: int = 0
    reserve: int = 0
    offered: int = 0


def tallies(run_ids: Sequence[UUID]) -> dict[UUID, Tally]:
    """Run → who waits in it, in one query for many runs."""
    counted_states = (_S.IN_APPROVAL, _S.RESERVE_LIST, _S.OFFERED)
    counted = (
        select(Enrolment.run_id, Enrolment.state, func.count())
        .where(Enrolment.run_id.in_(run_ids), Enrolment.state.in_(counted_states))
        .group_by(Enrolment.run_id, Enrolment.state)
    )
    numbers = {(run_id, state): number for run_id, state, number in db.session().execute(counted)}
    return {run_id: Tally(*(numbers.get((run_id, state), 0) for state in counted_states)) for run_id in run_ids}
