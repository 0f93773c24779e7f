"""Who needs somebody in runs, found and counted by the database: who is behind, and what waits for whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Row,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import lazyload

from lmp.access import Actor, Duty, Role
from lmp.accounts.models import Person
from lmp.certificate import service as certificate
from lmp.certificate.models import Batch, BatchState
from lmp.certificate.rules import needed
from lmp.content.policy import CompletionPolicy, Strand
from lmp.core import clock, db
from lmp.enrolment.models import ApprovalStep, Enrolment, EnrolmentState, Run, RunDuty, RunState
from lmp.enrolment.rules import SEATED
from lmp.hours.models import MinuteEntry, MinuteTotal
from lmp.hours.models import Strand as LedgerStrand
from lmp.journey.rules import COMPANY_WAITS, LATE_AFTER, STUDY_AFTER
from lmp.learning import service as learning
from lmp.workplace.models import DayEntry, DayState, Placement, SentWeek


class Lag(StrEnum):
    """In what somebody is behind."""

    LOG = "log"
    STUDY = "study"


class Need(StrEnum):
    """What a run can need, each with the people who have to act."""

    BEHIND = "behind"
    UNPLACED = "unplaced"
    APPROVAL = "approval"
    COMPANY = "company"
    RETURNED = "returned"


@dataclass(frozen=True)
class Count:
    """How often something is needed in a run, by how many people, and how often of these for too long.

    `on` is the nearest deadline or the day it began, `at` the moment it began; where it has one.
    """

    number: int = 0
    people: int = 0
    late: int = 0
    on: date | None = None
    at: datetime | None = None

    def days(self, today: date) -> int:
        """For how many days the oldest one has waited."""
        return (today - clock.local(self.at).date()).days if self.at is not None else 0


Counts = Mapping[Need, Count]


@dataclass(frozen=True)
class Behind:
    """Somebody who has done nothing for too long, in what, and since when."""

    enrolment_id: UUID
    run_id: UUID
    name: str
    lag: Lag
    since: date


def runs_of(actor: Actor, role: Role) -> list[Run]:
    """The open runs one looks after in a role: those of one's centres, or those one trains; the first to begin first."""
    found = select(Run).where(Run.state == RunState.OPEN)
    if role is Role.TRAINER:
        named = select(RunDuty.run_id).where(RunDuty.person_id == actor.id, RunDuty.duty == Duty.TRAINER)
        found = found.where(Run.id.in_(named))
    else:
        found = found.where(Run.centre_id.in_([UUID(scope) for scope in actor.scopes(role)]))
    return list(db.session().scalars(found.order_by(Run.starts_on, Run.id)).unique())


def begun(runs: Sequence[Run]) -> list[Run]:
    """Those that have begun."""
    return [run for run in runs if run.starts_on <= clock.today()]


def _seated(runs: Sequence[Run]) -> ColumnElement[bool]:
    """People who take part in these runs."""
    return and_(Enrolment.run_id.in_([run.id for run in runs]), Enrolment.state.in_(SEATED))


def _asked(runs: Sequence[Run], *strands: Strand) -> ColumnElement[int]:
    """The minutes that the run of an enrolment needs in some strands."""
    policies = [(run.id, CompletionPolicy.model_validate(run.policy)) for run in runs]
    if not policies:
        return literal(0)
    minutes = [(run_id, sum(needed(policy, strand) for strand in strands)) for run_id, policy in policies]
    return case(*((Enrolment.run_id == run_id, number) for run_id, number in minutes), else_=0)


def _silent_log(runs: Sequence[Run], today: date) -> Select[*tuple[Any, ...]]:
    """People at a company whose last day was written more than three days ago, while days are left to write."""
    mine = DayEntry.placement_id == Placement.id
    last = select(func.max(DayEntry.day)).where(mine).correlate(Placement).scalar_subquery()
    written = select(func.count(DayEntry.id)).where(mine).correlate(Placement).scalar_subquery()
    since = func.coalesce(last, Placement.starts_on)
    return (
        select(
            Enrolment.id.label("enrolment_id"),
            Enrolment.run_id,
            literal(Lag.LOG.value).label("lag"),
            since.label("since"),
        )
        .join(Placement, Placement.enrolment_id == Enrolment.id)
        .where(
            _seated(runs),
            Placement.starts_on <= today,
            Placement.ends_on >= today,
            since < today - LATE_AFTER,
            written < Placement.planned_days,
        )
    )


def _silent_study(runs: Sequence[Run], today: date) -> Select[*tuple[Any, ...]]:
    """People with units left who have completed none for more than a week."""
    units = and_(MinuteEntry.enrolment_id == Enrolment.id, MinuteEntry.source_kind == learning.SOURCE)
    last = select(func.max(MinuteEntry.day)).where(units).correlate(Enrolment).scalar_subquery()
    since = func.coalesce(last, Run.starts_on)
    return (
        select(Enrolment.id, Enrolment.run_id, literal(Lag.STUDY.value), since)
        .join(Run, Run.id == Enrolment.run_id)
        .where(
            _seated(runs),
            since < today - STUDY_AFTER,
            _earned(LedgerStrand.ONLINE) < _asked(runs, "online"),
        )
    )


def _earned(*strands: LedgerStrand) -> ColumnElement[int]:
    """The cached minutes of an enrolment in some strands."""
    mine = and_(MinuteTotal.enrolment_id == Enrolment.id, MinuteTotal.strand.in_(strands))
    total = func.coalesce(func.sum(MinuteTotal.minutes), 0)
    return select(total).where(mine).correlate(Enrolment).scalar_subquery()


def _lagging(runs: Sequence[Run], today: date) -> Subquery:
    """Everybody who is behind in runs that have begun; a person may stand there twice."""
    return union_all(_silent_log(runs, today), _silent_study(runs, today)).subquery()


def behind(runs: Sequence[Run], *, limit: int) -> list[Behind]:
    """Who is behind, those who are longest behind first; once a person, with the log before the units."""
    if not runs:
        return []
    lagging = _lagging(begun(runs), clock.today())
    in_log = case((lagging.c.lag == Lag.LOG.value, lagging.c.since))
    since = func.coalesce(func.min(in_log), func.min(lagging.c.since)).label("since")
    found = (
        select(lagging.c.enrolment_id, lagging.c.run_id, Person.name, func.min(lagging.c.lag), since)
        .join(Enrolment, Enrolment.id == lagging.c.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .group_by(lagging.c.enrolment_id, lagging.c.run_id, Person.name, Person.sort_key)
        .order_by(since, Person.sort_key, lagging.c.enrolment_id)
        .limit(limit)
    )
    return [Behind(row[0], row[1], row[2], Lag(row[3]), row[4]) for row in db.session().execute(found)]


def everybody_behind(run: Run) -> list[Behind]:
    """All who are behind in one run, in the order and with the lag of `behind`.

    Grouped and sorted here, which for a thousand people costs half of what the database takes for it.
    """
    lagging = _lagging(begun([run]), clock.today())
    found = (
        select(lagging.c.enrolment_id, lagging.c.lag, lagging.c.since, Person.name, Person.sort_key)
        .join(Enrolment, Enrolment.id == lagging.c.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
    )
    once: dict[UUID, Row[Any]] = {}
    for row in db.session().execute(found):
        if row.enrolment_id not in once or row.lag == Lag.LOG.value:
            once[row.enrolment_id] = row
    ordered = sorted(once.values(), key=lambda row: (row.since, row.sort_key, row.enrolment_id))
    return [Behind(row.enrolment_id, run.id, row.name, Lag(row.lag), row.since) for row in ordered]


def _unplaced() -> ColumnElement[bool]:
    """Nobody has matched a company with this enrolment."""
    return ~select(Placement.id).where(Placement.enrolment_id == Enrolment.id).exists()


def _has_days(state: DayState) -> ColumnElement[bool]:
    """Whether days of this enrolment's log are in a state."""
    mine = select(DayEntry.id).join(Placement, Placement.id == DayEntry.placement_id)
    return mine.where(Placement.enrolment_id == Enrolment.id, DayEntry.state == state).exists()


def narrowed(run: Run, need: Need) -> ColumnElement[bool]:
    """The enrolments of a run that need something, as a filter."""
    if need is Need.BEHIND:
        return Enrolment.id.in_(select(_lagging(begun([run]), clock.today()).c.enrolment_id))
    if need is Need.UNPLACED:
        return and_(_seated(_with_workplace([run])), _unplaced())
    if need is Need.APPROVAL:
        return Enrolment.state == EnrolmentState.IN_APPROVAL
    return _has_days(DayState.SENT if need is Need.COMPANY else DayState.RETURNED)


def _with_workplace(runs: Sequence[Run]) -> list[Run]:
    """Runs that have begun and in which people learn at a company."""
    return [run for run in begun(runs) if run.policy["strands"]["workplace"]]


_HOW_MANY, _PEOPLE = func.count(), func.count(func.distinct(Enrolment.id))
_NO_DAY, _NO_MOMENT = cast(null(), Date), cast(null(), db.Moment())


def _late(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


#: A run, what it needs, how many, of how many people, how many of them for too long, the day, the moment.
_Counting = Select[*tuple[Any, ...]]


def _counted(runs: Sequence[Run], *, with_behind: bool) -> CompoundSelect[*tuple[Any, ...]]:
    """Need by need and run by run in one statement."""
    return union_all(
        *([_count_behind(runs)] if with_behind else []),
        *(one.group_by(Enrolment.run_id) for one in (_unplaced_of(runs), _approvals(runs), _weeks(runs), _days(runs))),
    )


def _count_behind(runs: Sequence[Run]) -> _Counting:
    lagging = _lagging(begun(runs), clock.today())
    people, since = func.count(func.distinct(lagging.c.enrolment_id)), func.min(lagging.c.since)
    found = select(lagging.c.run_id, literal(Need.BEHIND.value), people, people, literal(0), since, _NO_MOMENT)
    return found.group_by(lagging.c.run_id)


def _unplaced_of(runs: Sequence[Run]) -> _Counting:
    found = select(Enrolment.run_id, literal(Need.UNPLACED.value), _HOW_MANY, _PEOPLE, literal(0), _NO_DAY, _NO_MOMENT)
    return found.where(_seated(_with_workplace(runs)), _unplaced())


def _approvals(runs: Sequence[Run]) -> _Counting:
    step = ApprovalStep
    overdue, first, oldest = _late(step.due_on < clock.today()), func.min(step.due_on), func.min(step.opened_at)
    return (
        select(Enrolment.run_id, literal(Need.APPROVAL.value), _HOW_MANY, _PEOPLE, overdue, first, oldest)
        .join(ApprovalStep, ApprovalStep.enrolment_id == Enrolment.id)
        .where(Enrolment.run_id.in_([run.id for run in runs]), waits_for_approval())
    )


def _weeks(runs: Sequence[Run]) -> _Counting:
    slow, oldest = _late(SentWeek.sent_at < clock.now() - COMPANY_WAITS), func.min(SentWeek.sent_at)
    return (
        select(Enrolment.run_id, literal(Need.COMPANY.value), _HOW_MANY, _PEOPLE, slow, _NO_DAY, oldest)
        .join(Placement, Placement.enrolment_id == Enrolment.id)
        .join(SentWeek, SentWeek.placement_id == Placement.id)
        .where(_seated(runs), SentWeek.decided_at.is_(None))
    )


def _days(runs: Sequence[Run]) -> _Counting:
    first, oldest = func.min(DayEntry.day), func.min(DayEntry.decided_at)
    return (
        select(Enrolment.run_id, literal(Need.RETURNED.value), _HOW_MANY, _PEOPLE, literal(0), first, oldest)
        .join(Placement, Placement.enrolment_id == Enrolment.id)
        .join(DayEntry, DayEntry.placement_id == Placement.id)
        .where(_seated(runs), DayEntry.state == DayState.RETURNED)
    )


def waits_for_approval() -> ColumnElement[bool]:
    """A step that was asked of an office and not answered, while its application stands; joined to Enrolment."""
    return and_(
        ApprovalStep.opened_at.is_not(None),
        ApprovalStep.decided_at.is_(None),
        Enrolment.state == EnrolmentState.IN_APPROVAL,
    )


def counts(runs: Sequence[Run], *, with_behind: bool = True) -> dict[UUID, Counts]:
    """What each run needs, in one query; what nobody needs is left out, and who is behind where that is known."""
    found: dict[UUID, dict[Need, Count]] = {run.id: {} for run in runs}
    if runs:
        for row in db.session().execute(_counted(runs, with_behind=with_behind)):
            found[row[0]][Need(row[1])] = Count(*row[2:])
    return dict(found)


def seated_in(runs: Sequence[Run]) -> dict[UUID, int]:
    """How many people take part in each run."""
    counted = select(Enrolment.run_id, func.count()).where(_seated(runs)).group_by(Enrolment.run_id)
    return {row[0]: row[1] for row in db.session().execute(counted)}


def batches(runs: Sequence[Run]) -> list[Batch]:
    """The batches of these runs, the oldest first."""
    found = select(Batch).where(Batch.run_id.in_([run.id for run in runs])).options(lazyload(Batch.run))
    return list(db.session().scalars(found.order_by(Batch.prepared_at, Batch.id)))


def ready(runs: Sequence[Run], made: Sequence[Batch]) -> Counter[UUID]:
    """How many people of each run are ready for a certificate and in no batch that waits.

    Only those whose minutes could suffice are looked at closely, so the cost follows the people who finish.
    """
    found = begun(runs)
    if not found:
        return Counter()
    enough = _earned(*LedgerStrand) >= _asked(found, "online", "workplace")
    waiting = {UUID(one) for batch in made if batch.state is BatchState.PREPARED for one in batch.enrolment_ids}
    people = certificate.candidates_of([run.id for run in found], among=enough)
    standings = certificate.standings([one for one in people if one.id not in waiting])
    return Counter(one.enrolment.run_id for one in standings if one.is_ready)


def returned(made: Sequence[Batch]) -> dict[UUID, Batch]:
    """Run → the batch its signatory sent back, where nothing was prepared since."""
    newest = {one.run_id: one for one in made}
    return {key: one for key, one in newest.items() if one.state is BatchState.RETURNED and one.reason}


def days_since(day: date) -> int:
    """Days from a day to today."""
    return (clock.today() - day) // timedelta(days=1)
