"""The test before and after a course: one person's page, and the beginning of either."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.core.errors import RuleBroken
from lmp.learning import service
from lmp.learning.forms import StartQuizForm
from lmp.learning.service import Moment
from lmp.learning.views.blueprint import bp
from lmp.learning.views.quiz import go_on
from lmp.web import pages


@bp.get("/training/<uuid:enrolment_id>/test")
@pages.needs(Action.STUDY)
def tests(enrolment_id: UUID) -> ResponseReturnValue:
    """Both tests of one person, and what each outcome says of before and after."""
    enrolment = service.enrolment_to_study(enrolment_id, pages.actor())
    return pages.render("learning/tests.html", page=service.tests_page(enrolment), form=StartQuizForm(formdata=None))


@bp.post("/training/<uuid:enrolment_id>/test/<any(before, after):moment>")
@pages.needs(Action.STUDY)
def start_test(enrolment_id: UUID, moment: str) -> ResponseReturnValue:
    """Begin one of the tests, or go on with it."""
    enrolment = service.enrolment_to_study(enrolment_id, pages.actor())
    form = StartQuizForm()
    if form.sent():
        try:
            return go_on(service.start_test(enrolment, Moment(f"*{moment}"), by=pages.actor()))
        except RuleBroken as broken:
            form.show(broken)
    return pages.render("learning/tests.html", page=service.tests_page(enrolment), form=form), form.status
