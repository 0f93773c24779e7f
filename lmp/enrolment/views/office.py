"""The page behind the link that was mailed to an office: one application and its decision, without an account.

Its pages are kept nowhere: whoever uses the browser next must not find them.
"""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.accounts import service as accounts
from lmp.accounts.models import OneTimeLink
from lmp.core import clock
from lmp.core.errors import Gone, NotAllowed, RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import service
from lmp.enrolment.forms import DecisionForm
from lmp.enrolment.models import ApprovalStep
from lmp.enrolment.views.approvals import decide_with, decision_page
from lmp.web import pages
from lmp.web.language import current_language


def office_page(link: OneTimeLink, token: str) -> ResponseReturnValue:
    """The application the office was asked about; decided or over, it says so."""
    by = accounts.link_actor(link)
    step, form = service.step(link.subject_id, by), DecisionForm()
    _refuse_the_teacher(step)
    if service.is_open(step):
        try:
            accounts.check_open(link)
        except Gone as over:
            return _over(link, over)
        if form.sent():
            try:
                decide_with(form, step, by)
            except RuleBroken as broken:
                form.show(broken)
            else:
                return redirect(url_for("links.follow", token=token, lang=current_language()), 303)
    page, status = decision_page(step, form, by, office=True)
    return page, status, {"Cache-Control": "no-store"}


def _over(link: OneTimeLink, over: Gone) -> ResponseReturnValue:
    """The page of a link that does nothing any more; it says so when a newer one took its place."""
    newer = accounts.newer_link(link)
    page = pages.render(
        "enrolment/office_link_over.html",
        message=over.message,
        newer_at=clock.local(newer.made_at) if newer is not None else None,
    )
    return page, over.status, {"Cache-Control": "no-store"}


def _refuse_the_teacher(step: ApprovalStep) -> None:
    """Nobody decides about themselves in the browser in which they are signed in. Raises NotAllowed."""
    viewer = pages.viewer()
    if viewer is not None and viewer.person_id == step.enrolment.person_id:
        raise NotAllowed(Message(N_("This is your own application; somebody else decides about it.")))


#: Purpose of a one-time link → its page.
link_pages = {service.OFFICE: office_page}
