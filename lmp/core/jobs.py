"""The job table: work that leaves after the commit, queued in the same transaction as the row it belongs to."""

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

import structlog
from sqlalchemy import CursorResult, Index, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from lmp.core import clock, db, logs, metrics
from lmp.core.ids import new_id
from lmp.core.personal import Impersonal

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
STUCK_AFTER = timedelta(minutes=15)

log = structlog.get_logger()
Handler = Callable[[dict[str, Any]], None]


class Failed(Protocol):
    """Told after a job of its name failed, in a transaction of its own."""

    def __call__(self, payload: dict[str, Any], error: str, *, given_up: bool) -> None:
        """Note the failure; `given_up` when the job will not be tried again."""


_on_failure: dict[str, Failed] = {}


def tell_failures(name: str, failed: Failed) -> None:
    """Let a feature know when its jobs fail; once per process."""
    _on_failure[name] = failed


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


class Job(db.Model):
    """One piece of work for the worker; it runs at least once and its effect must be the same when it runs twice."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_run_at", "state", "run_at"),)
    personal = Impersonal("payloads name rows by id only")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    payload: Mapped[dict[str, Any]]
    #: Two jobs with the same key are one job.
    unique_key: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[JobState] = mapped_column(db.Code(JobState, "job_state"), default=JobState.WAITING)
    run_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    queued_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def queue(name: str, payload: dict[str, Any], *, unique: str | None = None, run_at: datetime | None = None) -> None:
    """Queue a job in the running transaction; a second one with the same `unique` key is dropped."""
    session = db.session()
    now = clock.now()
    job = Job(name=name, payload=payload, unique_key=unique, run_at=run_at or now, queued_at=now)
    if unique is None:
        session.add(job)
        return
    try:
        with session.begin_nested():
            session.add(job)
    except IntegrityError:
        log.debug("job is queued already", name=name)


def is_known(unique: str) -> bool:
    """Whether a job with this key was queued before."""
    return db.session().scalar(select(Job.id).where(Job.unique_key == unique)) is not None


def _claim() -> UUID | None:
    """Lease the next due job to this worker; None when nothing is due."""
    with db.transaction() as session:
        now = clock.now()
        free = (Job.lease_until.is_(None)) | (Job.lease_until < now)
        due = (
            select(Job.id)
            .where(Job.state == JobState.WAITING, Job.run_at <= now, free)
            .order_by(Job.run_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        found = session.scalar(due)
        if found is None:
            return None
        claimed = session.execute(
            update(Job)
            .where(Job.id == found, Job.state == JobState.WAITING, free)
            .values(lease_until=now + LEASE, attempts=Job.attempts + 1)
        )
        return found if isinstance(claimed, CursorResult) and claimed.rowcount == 1 else None


def _finish(job_id: UUID, error: str | None) -> None:
    """Note how a run ended; after a failure wait longer each time, and give up after MOST_ATTEMPTS."""
    with db.transaction() as session:
        job = session.get_one(Job, job_id)
        job.lease_until = None
        job.error = error
        if error is None:
            job.state, job.ended_at = JobState.DONE, clock.now()
        elif job.attempts >= MOST_ATTEMPTS:
            job.state, job.ended_at = JobState.DEAD, clock.now()
        else:
            job.run_at = clock.now() + timedelta(seconds=5 * 3**job.attempts)
        if error is not None and job.name in _on_failure:
            _on_failure[job.name](job.payload, error, given_up=job.state is JobState.DEAD)


def run_next(handlers: Mapping[str, Handler]) -> bool:
    """Run one due job in a transaction of its own; False when nothing is due."""
    job_id = _claim()
    if job_id is None:
        return False
    error, name = None, ""
    try:
        with db.transaction() as session:
            job = session.get_one(Job, job_id)
            name = job.name
            handlers[name](job.payload)
    except Exception as failure:  # noqa: BLE001 - whatever a job raises is kept with the job and tried again
        error = "".join(traceback.format_exception_only(failure)).strip()[:2000]
        log.warning("job failed", job=str(job_id), name=name, error=logs.kinds(failure))
    _finish(job_id, error)
    metrics.job_run(name, went_well=error is None)
    return True


def run_all(handlers: Mapping[str, Handler], most: int = 10_000) -> int:
    """Run due jobs until none is left; answers how many ran."""
    return next((n for n in range(most) if not run_next(handlers)), most)


@dataclass(frozen=True)
class Backlog:
    """How many jobs of one name wait or were given up, and when the first of those that wait was due."""

    name: str
    waiting: int
    dead: int
    oldest_at: datetime | None


def backlog() -> list[Backlog]:
    """What is left to do, by name of job; done ones are not looked at."""
    is_waiting = Job.state == JobState.WAITING
    counted = (
        select(
            Job.name,
            func.count().filter(is_waiting),
            func.count().filter(~is_waiting),
            func.min(Job.run_at).filter(is_waiting),
        )
        .where(Job.state.in_([JobState.WAITING, JobState.DEAD]))
        .group_by(Job.name)
        .order_by(Job.name)
    )
    return [Backlog(*row) for row in db.session().execute(counted)]


def stuck() -> int:
    """How many jobs are dead, or due for longer than STUCK_AFTER without a worker taking them."""
    late = clock.now() - STUCK_AFTER
    waiting = (Job.state == JobState.WAITING) & (Job.run_at < late) & (Job.attempts == 0)
    return db.session().scalar(select(func.count()).select_from(Job).where((Job.state == JobState.DEAD) | waiting)) or 0


def sweep(keep: timedelta = timedelta(days=7)) -> None:
    """Forget jobs that ended well some time ago."""
    session = db.session()
    for job_id in session.scalars(
        select(Job.id).where(Job.state == JobState.DONE, Job.ended_at < clock.now() - keep).limit(1000)
    ):
        session.delete(session.get_one(Job, job_id))
