"""Accepting an invitation: the page behind its link."""

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.accounts import service
from lmp.accounts.forms.registration import AccountForm
from lmp.accounts.models import OneTimeLink
from lmp.accounts.views import one_time
from lmp.accounts.views.registration import begin_session, entered
from lmp.core.errors import RuleBroken
from lmp.web import pages


def follow(link: OneTimeLink, token: str) -> ResponseReturnValue:
    """Name and password open the account that is ready."""
    over = one_time.is_over(link, token)
    if over is not None:
        return over
    who = service.person(link.subject_id)
    form = AccountForm(data={"name": who.name})
    if form.sent():
        try:
            service.invitation.accept(link, by=pages.actor(), **entered(form))
        except RuleBroken as broken:
            form.show(broken)
        else:
            return begin_session(who, url_for("journey.today"))
    page = pages.render("accounts/new_account.html", form=form, email=who.email, invited=True)
    return one_time.unkept(page, form.status)
