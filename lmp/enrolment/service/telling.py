"""Telling everybody of a run that it is cancelled or moved: once, each in their language, some at a time."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from lmp.access import Duty
from lmp.core import addresses, db, jobs
from lmp.core.db import Bilingual
from lmp.core.ids import new_id, parse_id
from lmp.enrolment import rules
from lmp.enrolment.models import Enrolment, EnrolmentMove, EnrolmentState, Run
from lmp.enrolment.service import letters

JOB = "enrolment.tell_change"
BATCH = 100


def queue_cancelled(run: Run) -> None:
    """Let the worker tell everybody whom cancelling the run ended."""
    _queue({"run": str(run.id), "change": str(run.id), "before": None, "after": ""})


def queue_moved(run: Run, before: rules.Dates, why: Bilingual) -> None:
    """Let the worker tell everybody who has not ended that the run has other days."""
    days = [before.starts_on.isoformat(), before.ends_on.isoformat()]
    _queue({"run": str(run.id), "change": str(new_id()), "before": days, "why": [why.tr, why.en], "after": ""})


def _queue(payload: dict[str, Any]) -> None:
    jobs.queue(JOB, payload, unique=f"{JOB}:{payload['change']}:{payload['after']}")


def tell(payload: dict[str, Any]) -> None:
    """The worker's job: tell the next people, and queue a job for those after them. It may run twice."""
    run, after = db.session().get_one(Run, UUID(payload["run"])), parse_id(payload["after"])
    wanted = _cancelled(run) if payload["before"] is None else _going_on(run)
    if after is not None:
        wanted = wanted.where(Enrolment.id > after)
    else:
        _tell_staff(run, payload)
    found = list(db.session().scalars(wanted.order_by(Enrolment.id).limit(BATCH)).unique())
    for one in found:
        page = addresses.page("journey.run", enrolment_id=one.id)
        letters.run_changed(run, one.person, page, once=payload["change"], subject=one.id, **_said(run, payload))
    if len(found) == BATCH:
        _queue({**payload, "after": str(found[-1].id)})


def _cancelled(run: Run) -> Select[Enrolment]:
    """Those who were cancelled with the run, not those who had ended before."""
    moved = select(EnrolmentMove.enrolment_id).where(
        EnrolmentMove.to_state == EnrolmentState.CANCELLED, EnrolmentMove.at >= run.closed_at
    )
    return select(Enrolment).where(Enrolment.run_id == run.id, Enrolment.id.in_(moved))


def _going_on(run: Run) -> Select[Enrolment]:
    return select(Enrolment).where(Enrolment.run_id == run.id, Enrolment.state.not_in(rules.ENDED))


def _tell_staff(run: Run, payload: dict[str, Any]) -> None:
    """Whoever trains or assesses in the run keeps these days free."""
    pages = {
        Duty.TRAINER: addresses.page("enrolment.run", run_id=run.id),
        Duty.ASSESSOR: addresses.page("practical.tests"),
    }
    for one in run.duties:
        if one.duty in pages:
            said = _said(run, payload)
            letters.run_changed(run, one.person, pages[one.duty], once=payload["change"], subject=run.id, **said)


def _said(run: Run, payload: dict[str, Any]) -> dict[str, Any]:
    """What the mail says: the days before, where the run was moved, and why."""
    if payload["before"] is None:
        return {"before": None, "why": run.cancelled_why}
    first, last = (date.fromisoformat(day) for day in payload["before"])
    return {"before": (first, last), "why": Bilingual(*payload["why"])}
