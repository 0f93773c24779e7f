"""Letting go in time: counted by one person, approved by another, carried out by the worker, and logged."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from lmp.access import Action, Actor, Facts, require, system
from lmp.audit import service as audit
from lmp.core import clock, db, jobs
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.personal import Erasure
from lmp.privacy.holdings import holdings, outdated
from lmp.privacy.models import Destruction
from lmp.privacy.service import erasing

JOB = "privacy.destroy"


def count_due(*, by: Actor) -> Destruction:
    """The dry run: what the rules would destroy today. Nothing is touched."""
    require(by, Action.DESTROY_DATA, Facts())
    if by.id is None:
        raise NotFound
    today = clock.today()
    made = Destruction(
        counted_at=clock.now(),
        counted_by_id=by.id,
        as_of=today,
        counts={holding.name: erasing.count(holding, which) for holding, which in _due(today)},
        destroyed={},
    )
    db.session().add(made)
    db.session().flush()
    audit.record(by, "privacy.counted_due", made, rows=sum(made.counts.values()))
    return made


def _due(today: Any) -> list[tuple[Any, Any]]:
    """Every holding with a rule, those that point to others first."""
    found = ((one, outdated(one, today)) for one in reversed(holdings()) if one.declared.erasure is not Erasure.KEEP)
    return [(holding, which) for holding, which in found if which is not None]


def rounds(limit: int = 50) -> list[Destruction]:
    """The log, the newest first."""
    found = select(Destruction).order_by(Destruction.counted_at.desc(), Destruction.id.desc()).limit(limit)
    return list(db.session().scalars(found).unique())


def get_round(destruction_id: UUID) -> Destruction:
    """One round. Raises NotFound."""
    found = db.session().get(Destruction, destruction_id)
    if found is None:
        raise NotFound
    return found


def approve(made: Destruction, *, by: Actor) -> None:
    """Let the worker destroy what was counted. Raises RuleBroken for the person who counted, or a second approval."""
    require(by, Action.DESTROY_DATA, Facts())
    if made.approved_at is not None:
        raise RuleBroken(Message(N_("This round is approved already.")))
    if made.counted_by_id == by.id:
        raise RuleBroken(Message(N_("You counted this round, so another administrator has to approve it.")))
    made.approved_at, made.approved_by_id = clock.now(), by.id
    jobs.queue(JOB, {"destruction": str(made.id)}, unique=f"{JOB}:{made.id}")
    audit.record(by, "privacy.approved_destruction", made)


def destroy(payload: dict[str, Any]) -> None:
    """The worker's job: carry out an approved round, all of it or nothing; a second run finds it done."""
    made = db.session().get_one(Destruction, UUID(payload["destruction"]))
    if made.done_at is not None or made.approved_at is None:
        return
    made.destroyed = {holding.name: erasing.erase(holding, which) for holding, which in _due(made.as_of)}
    made.done_at = clock.now()
    audit.record(system("retention"), "privacy.destroyed", made, rows=sum(made.destroyed.values()))
