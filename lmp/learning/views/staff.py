"""Pages for the people of a run and of a centre: more tries or time, what a run gained."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service as content
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import service as enrolments
from lmp.learning import service
from lmp.learning.forms import ExtendForm
from lmp.learning.views.blueprint import bp
from lmp.web import pages


@bp.route("/participant/<uuid:enrolment_id>/quiz", methods=["GET", "POST"])
@pages.needs(Action.EXTEND_QUIZ)
def extend(enrolment_id: UUID) -> ResponseReturnValue:
    """One participant's quizzes, and the form that gives more tries or time."""
    enrolment = service.enrolment_to_extend(enrolment_id, pages.actor())
    page = service.extension_page(enrolment)
    form = ExtendForm.of([line for line in page.quizzes if line.is_limited])
    if form.sent():
        try:
            service.extend(enrolment, form.unit.data, **form.added(), by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("Saved. The teacher gets a mail about it.")))
            return redirect(url_for("learning.extend", enrolment_id=enrolment_id), 303)
    return pages.render("learning/extend.html", page=page, form=form), form.status


@bp.get("/run/<uuid:run_id>/gain")
@pages.needs(Action.SEE_RUN)
def run_gain(run_id: UUID) -> ResponseReturnValue:
    """What a run gained between the test before and the test after the course."""
    run = enrolments.seen_run(run_id, pages.actor())
    if content.document(run.version).test is None:
        raise NotFound
    return pages.render("learning/run_gain.html", run=run, found=service.gains(run_id))
