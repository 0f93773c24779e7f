"""The page of a unit with its checks."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content.asked import filled
from lmp.core.errors import RuleBroken
from lmp.learning import service
from lmp.learning.forms import answer_form
from lmp.learning.views.blueprint import bp, lang, problems
from lmp.web import pages


@bp.get("/training/<uuid:enrolment_id>/unit")
@pages.needs(Action.STUDY)
def resume(enrolment_id: UUID) -> ResponseReturnValue:
    """Straight to where one left off."""
    enrolment = service.enrolment_to_study(enrolment_id, pages.actor())
    unit_key, anchor = service.resume(enrolment)
    return redirect(url_for("learning.unit", enrolment_id=enrolment_id, unit_key=unit_key, _anchor=anchor))


@bp.get("/training/<uuid:enrolment_id>/unit/<unit_key>")
@pages.needs(Action.STUDY)
def unit(enrolment_id: UUID, unit_key: str) -> ResponseReturnValue:
    """A unit with its texts, checks and state."""
    enrolment = service.enrolment_to_study(enrolment_id, pages.actor())
    return pages.render("learning/unit.html", page=service.unit_page(enrolment, unit_key, lang()), again=None)


@bp.post("/training/<uuid:enrolment_id>/unit/<unit_key>/check/<question_key>")
@pages.needs(Action.STUDY)
def check(enrolment_id: UUID, unit_key: str, question_key: str) -> ResponseReturnValue:
    """Save the answer to a check, then show the unit again at the place of the check."""
    enrolment = service.enrolment_to_study(enrolment_id, pages.actor())
    page = service.unit_page(enrolment, unit_key, lang())
    block_id, asked = page.check(question_key)
    form = answer_form(asked.control)
    if form.sent():
        try:
            service.answer_check(enrolment, unit_key, question_key, asked.understood(form.response()), by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            target = url_for("learning.unit", enrolment_id=enrolment_id, unit_key=unit_key, _anchor=block_id)
            return redirect(target, 303)
    again = {"id": block_id, "asked": filled(asked, form.response()), "problems": problems(form, block_id)}
    return pages.render("learning/unit.html", page=page, form=form, again=again), form.status
