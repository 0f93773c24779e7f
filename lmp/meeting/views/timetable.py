"""The staff's timetable of a run, one half day to change, and the attendance sheet on paper."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Duty, require
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Run
from lmp.meeting import service
from lmp.meeting.forms import ChangeForm, change_values
from lmp.meeting.views.blueprint import bp
from lmp.web import pages

#: As many half days as signing cells fit beside the names on A4.
_COLUMNS = 6


def _run(run_id: UUID) -> Run:
    """A run for those who may see its rosters."""
    found = enrolments.run(run_id)
    require(pages.actor(), Action.SEE_ROSTER, found)
    return found


@bp.get("/run/<uuid:run_id>/timetable")
@pages.needs(Action.SEE_ROSTER)
def timetable(run_id: UUID) -> ResponseReturnValue:
    """The half days of a run, and which rosters wait."""
    run = _run(run_id)
    return pages.render(
        "meeting/timetable.html",
        run=run,
        halves=service.half_days(run, by=pages.actor()),
        counts=service.present_counts(run.id),
        now=clock.now(),
        today=clock.today(),
    )


@bp.route("/half-day/<uuid:half_day_id>/change", methods=["GET", "POST"])
@pages.needs(Action.KEEP_TIMETABLE)
def change(half_day_id: UUID) -> ResponseReturnValue:
    """Day, time, room, trainer and topic of a half day whose roster is open."""
    half = service.half_day(half_day_id, by=pages.actor())
    require(pages.actor(), Action.KEEP_TIMETABLE, half)
    form = ChangeForm(data=change_values(half))
    form.offer(duty.person for duty in half.run.duties if duty.duty is Duty.TRAINER)
    if form.sent():
        try:
            service.change(half, form.details(), version=form.seen_version(), by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify(
                "ok", Message(N_("The half day is saved. Participants are told by e-mail when they have to know."))
            )
            return redirect(url_for("meeting.timetable", run_id=half.run_id), 303)
    return pages.render("meeting/change.html", form=form, half=half, run=half.run), form.status


@bp.get("/run/<uuid:run_id>/attendance-sheet")
@pages.needs(Action.SEE_ROSTER)
def sheet(run_id: UUID) -> ResponseReturnValue:
    """The sheet that participants sign on paper: names beside at most six half days a page."""
    run = _run(run_id)
    halves = service.half_days(run, by=pages.actor())
    groups = [halves[first : first + _COLUMNS] for first in range(0, len(halves), _COLUMNS)]
    return pages.render("meeting/sheet.html", run=run, groups=groups, people=service.sheet_people(run))
