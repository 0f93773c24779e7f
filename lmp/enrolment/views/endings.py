"""What the centre ends or moves: a run is cancelled, gets other dates, or one enrolment ends."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, require
from lmp.content import service as content
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, P_, Message
from lmp.enrolment import rules, service
from lmp.enrolment.forms import CancelForm, DatesForm, EndForm
from lmp.enrolment.models import EnrolmentState, RunState
from lmp.enrolment.views.blueprint import bp
from lmp.web import pages


@bp.route("/run/<uuid:run_id>/cancel", methods=["GET", "POST"])
@pages.needs(Action.OPEN_RUN)
def cancel_run(run_id: UUID) -> ResponseReturnValue:
    """Whom cancelling touches and what it ends, before it is done."""
    run = service.run(run_id)
    require(pages.actor(), Action.OPEN_RUN, run)
    form = CancelForm()
    if form.sent():
        try:
            people = service.ending.cancel_run(run, form.why(), by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            done = P_(
                "The run is cancelled; %(n)s person is told.",
                "The run is cancelled; %(n)s people are told.",
            )
            pages.notify("ok", Message(*done, n=people) if people else Message(N_("The run is cancelled.")))
            return redirect(url_for("enrolment.run", run_id=run.id), 303)
    elif run.state is not RunState.OPEN:
        return redirect(url_for("enrolment.run", run_id=run.id))
    touched = service.ending.touched(run)
    page = pages.render(
        "enrolment/cancel_run.html",
        form=form,
        run=run,
        people=sum(touched.values()),
        seated=sum(touched.get(state, 0) for state in rules.SEATED),
        offered=touched.get(EnrolmentState.OFFERED, 0),
        reserve=touched.get(EnrolmentState.RESERVE_LIST, 0),
        waiting=sum(touched.get(state, 0) for state in rules.UNDECIDED),
        begun=run.starts_on <= clock.today(),
    )
    return page, form.status


@bp.route("/run/<uuid:run_id>/dates", methods=["GET", "POST"])
@pages.needs(Action.OPEN_RUN)
def change_dates(run_id: UUID) -> ResponseReturnValue:
    """Other days for a run that has not begun."""
    run = service.run(run_id)
    require(pages.actor(), Action.OPEN_RUN, run)
    is_open = clock.today() <= run.apply_until_on
    form = DatesForm(data={"starts_on": run.starts_on, "ends_on": run.ends_on, "apply_until_on": run.apply_until_on})
    form.offer(applications_open=is_open)
    if form.sent():
        try:
            service.moving.change_dates(
                run,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                apply_until_on=form.apply_until_on.data if is_open else None,
                why=form.why(),
                by=pages.actor(),
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The run has new dates. Everybody in it is told.")))
            return redirect(url_for("enrolment.run", run_id=run.id), 303)
    elif run.state is not RunState.OPEN:
        return redirect(url_for("enrolment.run", run_id=run.id))
    page = pages.render(
        "enrolment/change_dates.html",
        form=form,
        run=run,
        people=sum(service.ending.touched(run).values()),
        begun=run.starts_on <= clock.today(),
        is_open=is_open,
        has_meetings=content.document(run.version).meeting is not None,
    )
    return page, form.status


@bp.route("/participant/<uuid:enrolment_id>/end", methods=["GET", "POST"])
@pages.needs(Action.END_ENROLMENT)
def end_enrolment(enrolment_id: UUID) -> ResponseReturnValue:
    """End one enrolment with a reason; the page says what becomes of the seat."""
    enrolment = service.enrolment(enrolment_id, pages.actor())
    require(pages.actor(), Action.END_ENROLMENT, enrolment)
    form = EndForm()
    if form.sent():
        try:
            service.ending.end_enrolment(enrolment, form.reason.data or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("Ended. %(name)s is told."), name=enrolment.person.name))
            return redirect(url_for("enrolment.run_participant", enrolment_id=enrolment.id), 303)
    elif enrolment.state in rules.ENDED:
        return redirect(url_for("enrolment.run_participant", enrolment_id=enrolment.id))
    page = pages.render(
        "enrolment/end_enrolment.html",
        form=form,
        enrolment=enrolment,
        run=enrolment.run,
        running=service.is_running(enrolment),
        holds=enrolment.state in rules.HOLDING,
    )
    return page, form.status
