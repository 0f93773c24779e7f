"""How far placements are, for pages and rules of other features."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from lmp.core import db
from lmp.workplace.models import DayEntry, DayState, Placement


@dataclass(frozen=True)
class DaysProgress:
    """Days of a placement by state, and the minutes the company confirmed."""

    planned: int
    #: Saved by the teacher and not sent yet, or returned and being corrected.
    draft: int = 0
    sent: int = 0
    returned: int = 0
    confirmed: int = 0
    minutes_confirmed: int = 0


def days_progress(placement: Placement) -> DaysProgress:
    """How far one placement is."""
    return days_progress_of([placement.enrolment_id])[placement.enrolment_id]


def days_progress_of(enrolment_ids: Collection[UUID]) -> dict[UUID, DaysProgress]:
    """How far the placements of several enrolments are, in two queries; enrolments without a placement are left out."""
    wanted = Placement.enrolment_id.in_(list(enrolment_ids))
    planned = select(Placement.id, Placement.enrolment_id, Placement.planned_days).where(wanted)
    counted = (
        select(DayEntry.placement_id, DayEntry.state, func.count(), func.sum(DayEntry.minutes))
        .join(Placement, Placement.id == DayEntry.placement_id)
        .where(wanted)
        .group_by(DayEntry.placement_id, DayEntry.state)
    )
    states: dict[UUID, dict[DayState, tuple[int, int]]] = {}
    for placement_id, state, days, minutes in db.session().execute(counted):
        states.setdefault(placement_id, {})[state] = (days, minutes)
    return {
        enrolment_id: _progress(days, states.get(placement_id, {}))
        for placement_id, enrolment_id, days in db.session().execute(planned)
    }


def _progress(planned: int, states: dict[DayState, tuple[int, int]]) -> DaysProgress:
    """Counts by state in one value."""

    def days(state: DayState) -> int:
        return states.get(state, (0, 0))[0]

    return DaysProgress(
        planned=planned,
        draft=days(DayState.DRAFT),
        sent=days(DayState.SENT),
        returned=days(DayState.RETURNED),
        confirmed=days(DayState.CONFIRMED),
        minutes_confirmed=states.get(DayState.CONFIRMED, (0, 0))[1],
    )
