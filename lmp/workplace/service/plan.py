"""The plan of a placement: the course's days laid on the placement's working days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lmp.content import service as content
from lmp.content.document.plans import Task, WorkplaceDay
from lmp.core.messages import N_, Message, Translated
from lmp.enrolment.models import Enrolment
from lmp.network import service as network
from lmp.network.models import CalendarDay
from lmp.workplace import rules
from lmp.workplace.models import Placement

_SATURDAY = Message(N_("Saturday"))
_SUNDAY = Message(N_("Sunday"))


@dataclass(frozen=True)
class Plan:
    """What is planned, on which days, and which days are no ordinary working days."""

    days: tuple[WorkplaceDay, ...]
    working: tuple[date, ...]
    calendar: Mapping[date, CalendarDay]
    photos_allowed: bool
    planned_days: int

    def number(self, on: date) -> int | None:
        """Which working day of the placement this is, beginning with one; None for any other day."""
        return self.working.index(on) + 1 if on in self.working else None

    def day(self, on: date) -> WorkplaceDay | None:
        """What is planned for a day; the n-th working day has the n-th day of the plan."""
        number = self.number(on)
        return (
            self.days[number - 1] if number is not None and number <= min(len(self.days), self.planned_days) else None
        )

    def tasks(self) -> dict[str, Task]:
        """Every task of the plan by its id."""
        return {task.id: task for day in self.days for task in day.tasks}

    def special(self, on: date) -> Translated | None:
        """Why a day is no ordinary working day, in words; None when it is one."""
        if on in self.calendar:
            return self.calendar[on].name
        if rules.is_weekend(on):
            return _SATURDAY if on.weekday() == 5 else _SUNDAY
        return None


def plan_of(placement: Placement) -> Plan:
    """The plan of a placement, from its run's course version and the dated calendar."""
    document = content.document(placement.enrolment.run.version)
    calendar = network.calendar_between(placement.starts_on, placement.ends_on)
    planned = document.workplace
    return Plan(
        days=planned.days if planned else (),
        working=rules.working_days(placement.starts_on, placement.ends_on, calendar),
        calendar=calendar,
        photos_allowed=bool(planned and planned.photos and placement.workplace.photos_allowed),
        planned_days=placement.planned_days,
    )


def term_of(placement: Placement) -> rules.Term:
    """The days of a placement as the rules know them."""
    return rules.Term(starts_on=placement.starts_on, ends_on=placement.ends_on, briefed_on=placement.briefed_on)


def planned_days(enrolment: Enrolment) -> tuple[WorkplaceDay, ...]:
    """The days at the company that an enrolment's course plans; none for a course without any."""
    planned = content.document(enrolment.run.version).workplace
    return planned.days if planned else ()
