"""Jobs run once for each cause, wait longer after each failure, and survive a worker that dies."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from lmp.core import clock, db, jobs
from lmp.core.jobs import Job, JobState


@pytest.fixture(autouse=True)
def _database(database_url: str) -> None:
    db.configure(database_url, durable=False)


def queued(name: str = "tests.note", unique: str | None = None, **payload: Any) -> None:
    with db.transaction():
        jobs.queue(name, payload, unique=unique)


def rows() -> list[Job]:
    with db.reading() as session:
        found = list(session.scalars(select(Job)))
        session.expunge_all()
        return found


def test_a_queued_job_runs_once() -> None:
    seen: list[Any] = []
    queued(what="a")
    assert jobs.run_all({"tests.note": seen.append}) == 1
    assert jobs.run_all({"tests.note": seen.append}) == 0
    assert seen == [{"what": "a"}]


def test_two_jobs_with_the_same_key_are_one() -> None:
    queued(unique="same")
    queued(unique="same")
    assert len(rows()) == 1


def test_a_job_that_is_rolled_back_never_runs() -> None:
    with db.work():
        jobs.queue("tests.note", {})
        db.session().flush()
    assert rows() == []


def test_a_failing_job_keeps_its_error_and_waits_longer_each_time() -> None:
    def fail(_payload: Any) -> None:
        raise ValueError("no such printer")

    queued()
    waits = []
    for _ in range(3):
        assert jobs.run_next({"tests.note": fail})
        job = rows()[0]
        assert "no such printer" in (job.error or "")
        waits.append(job.run_at - clock.now())
        with db.transaction() as session:
            session.execute(update(Job).values(run_at=clock.now()))
    assert waits[0] < waits[1] < waits[2]


def test_a_job_that_always_fails_is_given_up_and_reported_as_stuck() -> None:
    queued()
    for _ in range(jobs.MOST_ATTEMPTS):
        jobs.run_next({})
        with db.transaction() as session:
            session.execute(update(Job).values(run_at=clock.now()))
    assert rows()[0].state is JobState.DEAD
    with db.reading():
        assert jobs.stuck() == 1


def test_the_half_done_work_of_a_failed_job_is_undone() -> None:
    def half(_payload: Any) -> None:
        jobs.queue("tests.other", {})
        db.session().flush()
        raise ValueError

    queued()
    jobs.run_next({"tests.note": half})
    assert [job.name for job in rows()] == ["tests.note"]


def test_a_job_leased_by_a_dead_worker_is_taken_up_again() -> None:
    queued()
    with db.transaction() as session:
        session.execute(update(Job).values(lease_until=clock.now() + timedelta(minutes=1), attempts=1))
    assert not jobs.run_next({"tests.note": lambda _payload: None})
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert jobs.run_next({"tests.note": lambda _payload: None})


def test_old_jobs_are_forgotten() -> None:
    queued()
    jobs.run_all({"tests.note": lambda _payload: None})
    with clock.at(clock.now() + timedelta(days=8)), db.transaction():
        jobs.sweep()
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 0
