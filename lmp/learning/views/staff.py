"""Pages for the people of a run and of a centre: more tries or time, what a run gained, what answers say of questions."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, require
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


@bp.get("/draft/<slug>/question")
@pages.needs(Action.SEE_DRAFT)
def question_statistics(slug: str) -> ResponseReturnValue:
    """What the answers say about the questions of a course's newest version."""
    draft = content.draft(slug)
    require(pages.actor(), Action.SEE_DRAFT, draft)
    version = content.find_current(draft.course_id)
    if version is None:
        raise NotFound
    document, found = content.document(version), service.question_statistics(version.hash)
    rows = [(question, found.get(question.id)) for unit in document.units for question in unit.questions]
    return pages.render(
        "learning/question_statistics.html",
        draft=draft,
        version=version,
        rows=[row for row in rows if row[0].use != "check"],
    )
