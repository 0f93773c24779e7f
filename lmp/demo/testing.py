"""The days that degerlendirici has set for practical tests."""

from datetime import time

from lmp.demo.days import on
from lmp.demo.runs import Stage
from lmp.practical import service as practical

#: Working days from today to the tests, and how many people of the run have theirs then.
_AHEAD, _PEOPLE = 3, 3
_PLACE = "Atölye 2, Elektrik bloku (demo)"


def set_days(stage: Stage) -> None:
    """In the run that ends first, the first few know their day; the others wait for it."""
    assessor = stage.cast.actor("degerlendirici")
    with on(stage.calendar.back(1), 15):
        waiting = [one for one in practical.candidates(assessor) if one.open is None]
        if not waiting:
            return
        run = min((one.enrolment.run for one in waiting), key=lambda run: run.ends_on)
        chosen = [one.enrolment.id for one in practical.planned_in(run, by=assessor)][:_PEOPLE]
        practical.set_day(run, chosen, on=stage.calendar.ahead(_AHEAD), starts=time(9, 30), place=_PLACE, by=assessor)
