"""The roster of a half day: marking it on a phone, closing it, correcting single people."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lmp.access import Action, require
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, P_, Message
from lmp.meeting import service
from lmp.meeting.forms import CorrectForm, RosterForm, written
from lmp.meeting.models import HalfDay
from lmp.meeting.service import HoursTaken
from lmp.meeting.views.blueprint import bp
from lmp.web import pages

SAVE, ALL, CLOSE = "save", "all", "close"


@bp.route("/half-day/<uuid:half_day_id>", methods=["GET", "POST"])
@pages.needs(Action.SEE_ROSTER)
def roster(half_day_id: UUID) -> ResponseReturnValue:
    """Everybody with three choices; saved as often as needed, closed when the half day is over."""
    half = service.half_day(half_day_id, by=pages.actor())
    # Read once, before anything is tried: what a refused attempt wrote is undone, so the page must not show it as saved.
    lines = service.roster(half)
    form = RosterForm(lines)
    if form.sent():
        try:
            return _done(half, form)
        except HoursTaken as taken:
            form.show_clashes(taken.clashes)
        except RuleBroken as broken:
            form.show(broken)
    return (
        pages.render(
            "meeting/roster.html",
            form=form,
            half=half,
            run=half.run,
            lines=lines,
            written=written,
            is_over=half.ends_at <= clock.now(),
            closed_at=clock.local(half.closed_at) if half.closed_at else None,
            has_come=half.on <= clock.today(),
            others=service.same_day(half),
        ),
        form.status,
    )


def _done(half: HalfDay, form: RosterForm) -> Response:
    """Save, then close where that was asked for; both or neither."""
    act = request.form.get("act", SAVE)
    gone = service.mark(half, form.choices(), seen=form.seen(), rest_present=act == ALL, by=pages.actor())
    if gone:
        pages.notify("warn", Message(N_("No longer in this run, left out: %(names)s."), names=", ".join(gone)))
    if act == CLOSE:
        counted = service.close(half, without=form.without(), by=pages.actor())
        done = P_(
            "The roster is closed. The minutes of %(n)s person are counted.",
            "The roster is closed. The minutes of %(n)s people are counted.",
        )
        pages.notify("ok", Message(*done, n=counted))
        return redirect(url_for("meeting.timetable", run_id=half.run_id), 303)
    pages.notify("ok", Message(N_("Saved.")))
    return redirect(url_for("meeting.roster", half_day_id=half.id), 303)


@bp.route("/half-day/<uuid:half_day_id>/participant/<uuid:enrolment_id>", methods=["GET", "POST"])
@pages.needs(Action.MARK_ROSTER)
def correct(half_day_id: UUID, enrolment_id: UUID) -> ResponseReturnValue:
    """What a closed roster should say about one person, with the reason."""
    half = service.half_day(half_day_id, by=pages.actor())
    require(pages.actor(), Action.MARK_ROSTER, half)
    line = service.line(half, enrolment_id)
    form = CorrectForm()
    if form.sent():
        try:
            service.correct(half, enrolment_id, form.choice(), reason=form.reason.data or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The roster is corrected. The teacher was told by e-mail.")))
            return redirect(url_for("meeting.roster", half_day_id=half.id), 303)
    return pages.render("meeting/correct.html", form=form, half=half, run=half.run, line=line), form.status
