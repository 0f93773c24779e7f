"""A teacher's pages: applying to a run and withdrawing."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lmp.access import Action, require
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.core import clock
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import rules, service
from lmp.enrolment.forms import ApplyForm, WithdrawForm
from lmp.enrolment.models import Enrolment, EnrolmentState, Run
from lmp.enrolment.views.blueprint import bp
from lmp.web import pages

CHECK, SEND, CHANGE = "check", "send", "_change"


def _viewer() -> Person:
    """The signed-in teacher."""
    found = pages.viewer()
    if found is None:
        raise NotFound
    return accounts.person(found.person_id)


@bp.route("/run/<uuid:run_id>/apply", methods=["GET", "POST"])
@pages.needs(Action.APPLY)
def apply(run_id: UUID) -> ResponseReturnValue:
    """What applying means, then the answers once more, then the application."""
    run, person = service.run_with_version(run_id), _viewer()
    earlier = service.find_enrolment(run.id, person.id)
    if earlier is not None and earlier.state is not EnrolmentState.WITHDRAWN and request.method == "GET":
        return redirect(url_for("journey.run", enrolment_id=earlier.id))
    obstacle = service.obstacle(run, person, earlier)
    if obstacle is not None and request.method == "GET":
        return pages.render("enrolment/not_now.html", run=run, person=person, obstacle=obstacle)
    form = ApplyForm()
    if not form.sent():
        return _page(form, run, person, checked=form.step.data == SEND and form.status == 200), form.status
    if form.step.data != SEND or CHANGE in request.form:
        return _page(form, run, person, checked=form.step.data != SEND)
    try:
        made = service.apply(run, motivation=form.motivation.data or "", by=pages.actor())
    except RuleBroken as broken:
        form.show(broken)
        return _page(form, run, person, checked=True), form.status
    return _done(made)


def _page(form: ApplyForm, run: Run, person: Person, *, checked: bool) -> str:
    """The application before or after its answers are checked."""
    form.step.data = SEND if checked else CHECK
    return pages.render(
        "enrolment/check_application.html" if checked else "enrolment/apply.html",
        form=form,
        run=run,
        person=person,
        approvals=service.approvals_needed(run, person) if person.school or not run.chain else [],
        days_away=service.days_away(run),
        places_left=service.places_left(run),
    )


def _done(enrolment: Enrolment) -> Response:
    """Lead to the page of the application and say what has happened."""
    sentences = {
        EnrolmentState.MAIN_LIST: Message(N_("You have a place in this run.")),
        EnrolmentState.RESERVE_LIST: Message(N_("All places are taken. You are on the reserve list.")),
    }
    pages.notify("ok", sentences.get(enrolment.state, Message(N_("Your application was sent."))))
    return redirect(url_for("journey.run", enrolment_id=enrolment.id), 303)


@bp.route("/enrolment/<uuid:enrolment_id>/withdraw", methods=["GET", "POST"])
@pages.needs(Action.WITHDRAW)
def withdraw(enrolment_id: UUID) -> ResponseReturnValue:
    """Say what giving up means before it is done."""
    enrolment = service.enrolment(enrolment_id, pages.actor())
    require(pages.actor(), Action.WITHDRAW, enrolment)
    rules.check_move(enrolment.state, EnrolmentState.WITHDRAWN)
    form = WithdrawForm()
    if form.sent():
        try:
            service.withdraw(enrolment, reason=form.reason.data or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("You have withdrawn.")))
            return redirect(url_for("journey.run", enrolment_id=enrolment.id), 303)
    page = pages.render(
        "enrolment/withdraw.html",
        form=form,
        enrolment=enrolment,
        running=service.is_running(enrolment),
        can_return=clock.today() <= enrolment.run.apply_until_on,
    )
    return page, form.status
