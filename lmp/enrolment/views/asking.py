"""Mailing an office the link to an application once more: by the teacher and by the run's staff."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, require
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import service
from lmp.enrolment.forms import AskOfficeForm
from lmp.enrolment.models import Enrolment
from lmp.enrolment.views.blueprint import bp
from lmp.web import pages


@bp.route("/enrolment/<uuid:enrolment_id>/office", methods=["GET", "POST"])
@pages.needs(Action.ASK_OFFICE_AGAIN)
def ask_office(enrolment_id: UUID) -> ResponseReturnValue:
    """Which office is asked, at which address, and the button that mails a new link."""
    enrolment = service.enrolment(enrolment_id, pages.actor())
    require(pages.actor(), Action.ASK_OFFICE_AGAIN, enrolment)
    form, back = AskOfficeForm(), _back(enrolment)
    if form.sent():
        try:
            asked = service.offices.ask_again(enrolment, by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("A new link was mailed to: %(office)s."), office=asked.name))
            return redirect(back, 303)
    page = pages.render(
        "enrolment/ask_office.html",
        form=form,
        enrolment=enrolment,
        run=enrolment.run,
        asking=service.offices.asking(enrolment),
        back=back,
    )
    return page, form.status


def _back(enrolment: Enrolment) -> str:
    """The page of the application, as its teacher or as the staff see it."""
    if enrolment.person_id == pages.actor().id:
        return url_for("journey.run", enrolment_id=enrolment.id)
    return url_for("enrolment.run_participant", enrolment_id=enrolment.id)
