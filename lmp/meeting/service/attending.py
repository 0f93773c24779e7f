"""What teachers see of their meetings: their timetable with their attendance, what comes next, and the tally of evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import lazyload

from lmp.access import Action, Actor, require
from lmp.content.policy import CompletionPolicy
from lmp.core import clock, db
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment
from lmp.meeting import rules
from lmp.meeting.models import Attendance, HalfDay
from lmp.meeting.rules import Attended, Choice, Mark, Tally


@dataclass(frozen=True)
class OwnHalf:
    """One half day with what the roster says about one teacher; nothing before the roster is closed."""

    half: HalfDay
    attendance: Attendance | None

    @property
    def choice(self) -> Choice | None:
        """The mark, once the roster is closed; somebody who was left out is absent."""
        if self.half.closed_at is None:
            return None
        return self.attendance.choice if self.attendance else Choice(Mark.ABSENT)

    @property
    def counted(self) -> bool:
        """False when the teacher was there but the hours are counted elsewhere."""
        return self.attendance is None or self.attendance.counted

    @property
    def attended(self) -> Attended:
        """What it means for completion."""
        closed = self.half.closed_at is not None
        return Attended(self.half.minutes, closed, self.is_over, self.choice, self.counted)

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.half.ends_at <= clock.now()


def own_halves(of: Sequence[Enrolment]) -> dict[UUID, list[OwnHalf]]:
    """The timetables of several teachers with their attendance, in order, for runs that ask for meetings.

    One query, none where no run meets; asks nobody's permission.
    """
    found: dict[UUID, list[OwnHalf]] = {one.id: [] for one in of if one.run.policy["strands"]["meeting"]}
    if found:
        for enrolment_id, half, attendance in db.session().execute(_ROWS.where(Enrolment.id.in_(found))):
            found[enrolment_id].append(OwnHalf(half, attendance))
    return found


_ROWS = (
    select(Enrolment.id, HalfDay, Attendance)
    .join(HalfDay, HalfDay.run_id == Enrolment.run_id)
    .outerjoin(Attendance, and_(Attendance.half_day_id == HalfDay.id, Attendance.enrolment_id == Enrolment.id))
    .options(lazyload(HalfDay.run), lazyload(HalfDay.trainer))
    .order_by(HalfDay.on, HalfDay.starts, HalfDay.number)
)


def tally(halves: Sequence[OwnHalf], policy: CompletionPolicy) -> Tally:
    """What the half days of one teacher add up to, as the run's policy counts excuses."""
    return rules.tally([one.attended for one in halves], policy.excused or ())


def own_meetings(enrolment_id: UUID, *, by: Actor) -> tuple[Enrolment, list[OwnHalf]]:
    """A teacher's own enrolment with its half days, for their calendar. Raises NotFound for everybody else."""
    enrolment = enrolments.enrolment(enrolment_id)
    require(by, Action.SEE_MEETINGS, enrolment)
    return enrolment, own_halves([enrolment]).get(enrolment.id, [])
