"""Centres in which something has waited too long, for those who look after all of them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, literal, select, union_all

from lmp.core import clock, db
from lmp.enrolment.models import ApprovalStep, Enrolment, Run, RunState
from lmp.journey.attention import Need, waits_for_approval
from lmp.journey.rules import COMPANY_STUCK_AFTER
from lmp.network.models import Centre
from lmp.workplace.models import Placement, SentWeek


@dataclass(frozen=True)
class Stuck:
    """A centre in which something has waited too long: overdue approvals, weeks that wait for a company."""

    slug: str
    name: str
    approvals: int = 0
    weeks: int = 0


def stuck_centres() -> list[Stuck]:
    """Centres with overdue approvals or weeks that a company has left for more than seven days, the fullest first."""
    late, slow = _stuck()
    numbers: dict[str, Counter[UUID]] = {Need.APPROVAL: Counter(), Need.COMPANY: Counter()}
    for row in db.session().execute(union_all(late, slow)):
        numbers[row[1]][row[0]] = row[2]
    ids = {*numbers[Need.APPROVAL], *numbers[Need.COMPANY]}
    centres = db.session().execute(
        select(Centre.id, Centre.slug, Centre.short_name).where(Centre.id.in_(ids)).order_by(Centre.sort_key)
    )
    found = [Stuck(row[1], row[2], numbers[Need.APPROVAL][row[0]], numbers[Need.COMPANY][row[0]]) for row in centres]
    return sorted(found, key=lambda one: -(one.approvals + one.weeks))


def _stuck() -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """Overdue approvals, and weeks that a company has left, by centre."""
    is_open = and_(Run.id == Enrolment.run_id, Run.state == RunState.OPEN)
    late = (
        select(Run.centre_id, literal(Need.APPROVAL.value), func.count())
        .select_from(ApprovalStep)
        .join(Enrolment, Enrolment.id == ApprovalStep.enrolment_id)
        .join(Run, is_open)
        .where(waits_for_approval(), ApprovalStep.due_on < clock.today())
    )
    slow = (
        select(Run.centre_id, literal(Need.COMPANY.value), func.count())
        .select_from(SentWeek)
        .join(Placement, Placement.id == SentWeek.placement_id)
        .join(Enrolment, Enrolment.id == Placement.enrolment_id)
        .join(Run, is_open)
        .where(SentWeek.decided_at.is_(None), SentWeek.sent_at < clock.now() - COMPANY_STUCK_AFTER)
    )
    return late.group_by(Run.centre_id), slow.group_by(Run.centre_id)
