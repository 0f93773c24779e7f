"""An approver's pages: what waits for them, and one application."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import service
from lmp.enrolment.forms import DecisionForm
from lmp.enrolment.views.blueprint import bp
from lmp.web import pages

APPROVE = "approve"


@bp.get("/application")
@pages.needs(Action.SEE_APPLICATION)
def applications() -> ResponseReturnValue:
    """What waits for this approver, the most urgent first."""
    steps = service.queue_of(pages.actor())
    return pages.render(
        "enrolment/applications.html",
        steps=steps,
        on_behalf=service.on_behalf_of(steps, pages.actor()),
        today=clock.today(),
    )


@bp.route("/application/<uuid:step_id>", methods=["GET", "POST"])
@pages.needs(Action.SEE_APPLICATION)
def application(step_id: UUID) -> ResponseReturnValue:
    """Who wants to attend what, how long they are away, and the decision."""
    step = service.step(step_id, pages.actor())
    form = DecisionForm()
    if form.sent():
        approve = form.decision.data == APPROVE
        try:
            service.decide(step, approve=approve, reason=form.reason.data or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            done = (
                Message(N_("The application is approved.")) if approve else Message(N_("The application is refused."))
            )
            pages.notify("ok", done)
            return redirect(url_for("enrolment.applications"), 303)
    page = pages.render(
        "enrolment/application.html",
        form=form,
        step=step,
        is_open=service.is_open(step),
        on_behalf=service.on_behalf_of([step], pages.actor()).get(step.id),
        state=service.state_in_words(step.enrolment, service.reserve_rank(step.enrolment)),
        mark=service.state_mark(step.enrolment),
        days_away=service.days_away(step.enrolment.run),
        today=clock.today(),
    )
    return page, form.status
