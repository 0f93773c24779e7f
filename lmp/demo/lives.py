"""What one participant of a run has done so far, from the units to the practical test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from lmp.content import service as content
from lmp.demo import study, words
from lmp.demo.days import on
from lmp.demo.runs import Stage
from lmp.demo.work import PLANNED_DAYS, Log, keep_log, place
from lmp.enrolment.models import Enrolment
from lmp.practical import service as practical

TEST_STARTS = time(16, 0)


@dataclass(frozen=True)
class Life:
    """How far a participant is. Days are numbered along the run's working days, beginning with 0."""

    #: Units that are proven; with `begun` the one after them is half done.
    units: int = 3
    begun: bool = False
    #: The day on which the placement begins; None where no company is matched.
    first_day: int | None = 5
    log: Log = field(default_factory=Log)
    host: int = 0
    #: The days of the practical tests and whether they were passed.
    tests: tuple[tuple[int, bool], ...] = ()


def live(stage: Stage, enrolment: Enrolment, name: str, life: Life, days: Sequence[date], *, number: int = 0) -> None:
    """Let a participant do all this, along the run's working days."""
    _study(stage, enrolment, name, life, days, slips=number % 2)
    if life.first_day is not None:
        at_work = list(days[life.first_day : life.first_day + PLANNED_DAYS])
        coordinator = stage.cast.actor("koordinator")
        placement = place(enrolment, stage.hosts[life.host], at_work, on_day=days[0], by=coordinator)
        keep_log(placement, at_work, life.log, by=stage.cast.actor(name))
    for day, passed in life.tests:
        assess(stage, enrolment, days[day], passed=passed, number=number)


def _study(stage: Stage, enrolment: Enrolment, name: str, life: Life, days: Sequence[date], *, slips: int) -> None:
    """The units, one every other evening from the first day on."""
    units, teacher = content.document(enrolment.run.version).units, stage.cast.actor(name)
    for number, unit in enumerate(units[: life.units]):
        study.prove(enrolment, unit, days[2 * number], by=teacher, slips=slips)
    if life.begun:
        study.begin(enrolment, units[life.units], days[2 * life.units], by=teacher, checks=2, slips=1)


def assess(stage: Stage, enrolment: Enrolment, day: date, *, passed: bool, number: int = 0) -> None:
    """The practical test, observed after work by degerlendirici, who decides at once."""
    assessor = stage.cast.actor("degerlendirici")
    with on(day, 18, 10):
        test = practical.save(
            enrolment,
            levels=_levels(enrolment, passed=passed, number=number),
            on=day,
            starts=TEST_STARTS,
            remark=words.PASSED if passed else words.FAILED,
            version=0,
            by=assessor,
        )
        practical.decide(test, by=assessor)


def _levels(enrolment: Enrolment, *, passed: bool, number: int) -> Mapping[str, int]:
    """What was seen: the best level but in one or two criteria; who fails does so at the first critical step."""
    items = practical.items(practical.checklist(enrolment))
    seen = {item.id: len(item.points) - 1 for item in items}
    for place_in_list in range(1 + number % 3):
        seen[items[-1 - 2 * place_in_list].id] -= 1
    if not passed:
        seen[next(item.id for item in items if item.must)] = 0
    return seen
