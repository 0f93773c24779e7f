"""An approver's pages: what waits for them, and one application."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Actor
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import service
from lmp.enrolment.forms import DecisionForm
from lmp.enrolment.models import ApprovalStep
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
        try:
            approve = decide_with(form, step, pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            done = (
                Message(N_("The application is approved.")) if approve else Message(N_("The application is refused."))
            )
            pages.notify("ok", done)
            return redirect(url_for("enrolment.applications"), 303)
    return decision_page(step, form, pages.actor())


def decide_with(form: DecisionForm, step: ApprovalStep, by: Actor) -> bool:
    """Decide as the form says; whether it was an approval. Raises what the service raises."""
    approve = bool(form.decision.data == APPROVE)
    declared = service.Declared(form.declared.data) if form.declared.data in set(service.Declared) else None
    service.decide(
        step, approve=approve, reason=form.reason.data or "", declared=declared or service.Declared.RIGHT, by=by
    )
    return approve


def decision_page(step: ApprovalStep, form: DecisionForm, by: Actor, *, office: bool = False) -> tuple[str, int]:
    """Who wants to attend what, and the decision or its form; `office`: without the places of an account."""
    if form.declared.data is None:
        form.declared.data = service.Declared.RIGHT.value
    page = pages.render(
        "enrolment/application.html",
        form=form,
        step=step,
        office=office,
        confirms=service.confirms_declared(step),
        is_open=service.is_open(step),
        on_behalf=service.on_behalf_of([step], by).get(step.id),
        state=service.state_in_words(step.enrolment, service.reserve_rank(step.enrolment)),
        mark=service.state_mark(step.enrolment),
        days_away=service.days_away(step.enrolment.run),
        today=clock.today(),
    )
    return page, form.status
