"""A forgotten password: asking for the link, and the page behind it."""

from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from lmp.access import NOBODY
from lmp.accounts import service
from lmp.accounts.forms.registration import AskForm, PasswordForm
from lmp.accounts.models import OneTimeLink
from lmp.accounts.views import one_time
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.registration import MAILED_TO
from lmp.core.errors import Gone, RuleBroken, TooMany
from lmp.core.messages import N_, Message
from lmp.web import pages, signin
from lmp.web.language import current_language


@bp.route("/password", methods=["GET", "POST"])
@pages.public
def forgotten() -> ResponseReturnValue:
    """Ask for a way to a new password."""
    form = AskForm()
    if form.sent():
        try:
            service.reset.ask(
                form.email.data or "", lang=current_language(), place=request.remote_addr or "", by=NOBODY
            )
        except (RuleBroken, TooMany) as broken:
            form.show(broken)
        else:
            session[MAILED_TO] = form.email.data
            return redirect(url_for("accounts.reset_sent"), 303)
    return pages.render("accounts/forgotten.html", form=form), form.status


@bp.get("/password/sent")
@pages.public
def reset_sent() -> ResponseReturnValue:
    """The same answer for everybody: look at your mail."""
    return pages.render("accounts/reset_sent.html", email=session.get(MAILED_TO))


def follow(link: OneTimeLink, token: str) -> ResponseReturnValue:
    """The page behind the link: a new password, then everybody signs in afresh."""
    over = one_time.is_over(link, token)
    if over is not None:
        return over
    try:
        who = service.reset.open_person(link)
    except Gone as gone:
        return one_time.over(link, gone)
    form = PasswordForm()
    if form.sent():
        try:
            service.reset.choose(link, password=form.password.data or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            signin.end()
            pages.notify("ok", Message(N_("The password is changed. Sign in with the new one.")))
            there = current_app.make_response(redirect(url_for("accounts.sign_in"), 303))
            return signin.remember_browser(there, who.id)  # whoever reads the mailbox is not a stranger here
    return one_time.unkept(pages.render("accounts/new_password.html", form=form, email=who.email), form.status)
