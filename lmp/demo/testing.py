"""The days that degerlendirici has set for practical tests."""

from datetime import time

from lmp.demo.days import on
from lmp.demo.runs import Stage
from lmp.practical import service as practical

#: Working days from today to the tests, and how many people of the run have theirs then.
_AHEAD, _PEOPLE = 6, 3
_PLACE = "Atölye 2, Elektrik bloku (demo)"


def set_days(stage: Stage) -> None:
    """In the run of ogretmen, they and the first few know their day; the others wait for it."""
    assessor, teacher = stage.cast.actor("degerlendirici"), stage.cast.person("ogretmen")
    with on(stage.calendar.back(1), 15):
        run = next(
            (one.enrolment.run for one in practical.candidates(assessor) if one.enrolment.person_id == teacher.id), None
        )
        if run is None:
            return
        waiting = [one.enrolment for one in practical.planned_in(run, by=assessor)]
        waiting.sort(key=lambda one: one.person_id != teacher.id)
        chosen = [one.id for one in waiting[:_PEOPLE]]
        practical.set_day(run, chosen, on=stage.calendar.ahead(_AHEAD), starts=time(9, 30), place=_PLACE, by=assessor)
