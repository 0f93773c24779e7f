"""The staff's pages: placing a teacher at a company, reading the log, opening a late day."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, require
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.ids import new_id, parse_id
from lmp.core.messages import N_, Message
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment
from lmp.network import service as network
from lmp.web import pages
from lmp.workplace import service, words
from lmp.workplace.forms import OpenDayForm, PlacementForm
from lmp.workplace.models import Placement
from lmp.workplace.views.blueprints import bp

#: Usual hours proposed for a first placement: the day's work and an hour's break from half past eight.
_USUAL_START = datetime(2000, 1, 1, 8, 30)  # noqa: DTZ001 - a wall time, not a moment
_USUAL_BREAK = 60
_USUAL_MINUTES = 360


@bp.route("/enrolment/<uuid:enrolment_id>/placement", methods=["GET", "POST"])
@pages.needs(Action.PLACE)
def place_enrolment(enrolment_id: UUID) -> ResponseReturnValue:
    """Where, with whom and when a teacher learns on the job; the same page changes it."""
    enrolment = enrolments.enrolment(enrolment_id, pages.actor())
    require(pages.actor(), Action.PLACE, enrolment)
    placement = service.placement_of(enrolment.id)
    form = PlacementForm(data=_kept(placement) if placement else _proposed(enrolment))
    form.offer(network.workplaces(enrolment.run.centre_id), network.mentor_contacts(enrolment.run.centre_id))
    if form.sent():
        try:
            service.place(enrolment, by=pages.actor(), **form.values())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The placement is saved. The teacher was told by e-mail.")))
            return redirect(url_for("workplace.place_enrolment", enrolment_id=enrolment_id), 303)
    return pages.render("workplace/placement.html", form=form, enrolment=enrolment, placement=placement), form.status


def _kept(placement: Placement) -> dict[str, Any]:
    """The placement as the form's first values."""
    names = ("starts_on", "ends_on", "planned_days", "day_starts", "day_ends", "break_minutes", "briefed_on")
    return {
        "workplace_id": str(placement.workplace_id),
        "mentor_id": str(placement.mentor_id),
        **{name: getattr(placement, name) for name in names},
    }


def _proposed(enrolment: Enrolment) -> dict[str, Any]:
    """What a first placement begins with: the plan's days, and a usual day as long as the plan's first one."""
    days = service.planned_days(enrolment)
    minutes = days[0].minutes if days else _USUAL_MINUTES
    return {
        "planned_days": len(days),
        "day_starts": _USUAL_START.time(),
        "day_ends": (_USUAL_START + timedelta(minutes=minutes + _USUAL_BREAK)).time(),
        "break_minutes": _USUAL_BREAK,
    }


@bp.route("/enrolment/<uuid:enrolment_id>/log", methods=["GET", "POST"])
@pages.needs(Action.SEE_LOG)
def staff_log(enrolment_id: UUID) -> ResponseReturnValue:
    """The whole log of one teacher, to read; the centre can open a late day here."""
    enrolment = enrolments.enrolment(enrolment_id, pages.actor())
    require(pages.actor(), Action.SEE_LOG, enrolment)
    placement = service.placement_of(enrolment.id)
    form = OpenDayForm()
    here = url_for("workplace.staff_log", enrolment_id=enrolment_id)
    again = parse_id(request.form.get("again"))
    if placement is not None and again is not None:
        try:
            _mail_again(placement, again)
        except RuleBroken as broken:
            form.show(broken)
        else:
            return redirect(here, 303)
    elif placement is not None and form.sent():
        try:
            service.allow_late(placement, form.on.data, reason=form.reason.data or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The day is open. The teacher can write it now.")))
            return redirect(here, 303)
    rows = service.whole_log(placement)[1] if placement else ()
    return (
        pages.render(
            "workplace/staff_log.html",
            form=form,
            words=words,
            enrolment=enrolment,
            placement=placement,
            rows=rows,
            sendings=[(one, new_id()) for one in service.sendings(placement, rows, by=pages.actor())]
            if placement
            else [],
            progress=service.days_progress(placement) if placement else None,
        ),
        form.status,
    )


def _mail_again(placement: Placement, week_id: UUID) -> None:
    """Mail the link of a week of this placement again. Raises what the service raises, NotFound for another's week."""
    week = service.get_week(week_id)
    if week.placement_id != placement.id:
        raise NotFound
    service.send_again(week, by=pages.actor())
    pages.notify("ok", Message(N_("The mail was sent again. It went to: %(mentor)s."), mentor=week.mentor_name))
