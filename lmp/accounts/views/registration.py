"""Registering: the address first, then the page behind the link that was sent to it."""

from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from lmp.access import NOBODY
from lmp.accounts import service
from lmp.accounts.forms.registration import AccountForm, AskForm
from lmp.accounts.models import OneTimeLink, Person
from lmp.accounts.views import one_time
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.onward import inside
from lmp.core.errors import RuleBroken, TooMany
from lmp.web import pages, signin
from lmp.web.language import current_language

MAILED_TO = "mailed_to"


@bp.route("/register", methods=["GET", "POST"])
@pages.public
def register() -> ResponseReturnValue:
    """Ask for an account by e-mail address."""
    if not service.registration.is_open():
        return pages.render("accounts/by_invitation.html"), 403 if request.method == "POST" else 200
    form = AskForm(data={"next": request.args.get("next")})
    if form.sent():
        try:
            service.registration.ask(
                form.email.data or "",
                lang=current_language(),
                onward=inside(form.next.data) or "",
                place=request.remote_addr or "",
                by=NOBODY,
            )
        except (RuleBroken, TooMany) as broken:
            form.show(broken)
        else:
            session[MAILED_TO] = form.email.data
            return redirect(url_for("accounts.registration_sent"), 303)
    return pages.render("accounts/register.html", form=form), form.status


@bp.get("/register/sent")
@pages.public
def registration_sent() -> ResponseReturnValue:
    """The same answer for everybody: look at your mail."""
    return pages.render("accounts/registration_sent.html", email=session.get(MAILED_TO))


def follow(link: OneTimeLink, token: str) -> ResponseReturnValue:
    """The page behind the link: name and password make the account."""
    over = one_time.is_over(link, token)
    if over is not None:
        return over
    form = AccountForm()
    if form.sent():
        try:
            who = service.registration.complete(link, by=pages.actor(), **entered(form))
        except RuleBroken as broken:
            form.show(broken)
        else:
            return begin_session(who, url_for("accounts.teaching", next=link.bound_to["onward"] or None, new=1))
    page = pages.render("accounts/new_account.html", form=form, email=link.bound_to["email"], invited=False)
    return one_time.unkept(page, form.status)


def entered(form: AccountForm) -> dict[str, str]:
    """Name and password as they were typed."""
    return {"name": form.name.data or "", "password": form.password.data or ""}


def begin_session(who: Person, onward: str, *, factor_given: bool = False) -> ResponseReturnValue:
    """Sign somebody in who has just proven who they are, and lead on."""
    signin.begin(service.open_session(who, agent=request.user_agent.string, factor_given=factor_given))
    return signin.remember_browser(current_app.make_response(redirect(onward, 303)), who.id)
