"""Messages of a run: the staff's archive, writing with a preview, and what a participant was written."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, require
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import P_, Message
from lmp.enrolment import rules, service, words
from lmp.enrolment.forms import MessageForm
from lmp.enrolment.models import Run
from lmp.enrolment.views.blueprint import bp
from lmp.web import pages

CHECK, SEND, CHANGE = "check", "send", "_change"


@bp.get("/run/<uuid:run_id>/message")
@pages.needs(Action.SEE_RUN)
def messages(run_id: UUID) -> ResponseReturnValue:
    """What was written to the participants of a run."""
    run = service.seen_run(run_id, pages.actor())
    found = service.messages.messages_of_run(run, pages.actor())
    return pages.render(
        "enrolment/messages.html",
        run=run,
        messages=found,
        audiences={**words.AUDIENCES, rules.Audience.ONE: words.ONE_READER},
        **_shown(),
    )


def _shown() -> dict[str, object]:
    """What templates need to show a text in its own language."""
    return {
        "local": clock.local,
        "said_in": service.messages.said_in,
        "paragraphs": service.messages.paragraphs,
    }


@bp.route("/run/<uuid:run_id>/message/new", methods=["GET", "POST"])
@pages.needs(Action.WRITE_TO_RUN)
def write_message(run_id: UUID) -> ResponseReturnValue:
    """Write, look at it as its readers will see it, then send."""
    run = service.run(run_id)
    require(pages.actor(), Action.WRITE_TO_RUN, run)
    form = MessageForm(data={"audience": request.args.get("to", rules.Audience.MAIN.value)})
    form.offer([(str(enrolment_id), name) for enrolment_id, name in service.names(run, pages.actor())])
    if not form.sent() or CHANGE in request.form:
        return _page(form, run, checked=False), form.status
    try:
        draft = service.messages.tidy(form.draft())
        readers = service.messages.count_readers(run, draft)
        if form.step.data != SEND:
            return _page(form, run, checked=True, draft=draft, readers=readers)
        made = service.messages.send(run, draft, by=pages.actor())
    except RuleBroken as broken:
        form.show(broken)
        return _page(form, run, checked=False), form.status
    told = P_("The message goes to %(n)s participant.", "The message goes to %(n)s participants.")
    pages.notify("ok", Message(*told, n=made.readers))
    return redirect(url_for("enrolment.messages", run_id=run.id), 303)


def _page(form: MessageForm, run: Run, *, checked: bool, **values: object) -> str:
    """The message before or after its preview."""
    form.step.data = SEND if checked else CHECK
    template = "enrolment/check_message.html" if checked else "enrolment/write_message.html"
    return pages.render(template, form=form, run=run, **_shown(), **values)


@bp.get("/enrolment/<uuid:enrolment_id>/message")
@pages.needs(Action.SEE_ENROLMENT)
def messages_to_me(enrolment_id: UUID) -> ResponseReturnValue:
    """What a participant was written."""
    enrolment = service.enrolment(enrolment_id, pages.actor())
    found = service.messages.messages_to(enrolment, pages.actor())
    return pages.render("enrolment/my_messages.html", enrolment=enrolment, messages=found, **_shown())
