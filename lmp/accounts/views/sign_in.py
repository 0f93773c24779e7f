"""Signing in and out, and choosing the role to act in."""

from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import service
from lmp.accounts.forms.sign_in import SignInForm
from lmp.accounts.models import Person
from lmp.accounts.service import act_as, passkeys
from lmp.accounts.views import kept
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.onward import inside
from lmp.core.errors import RuleBroken, TooMany
from lmp.core.messages import N_, Message
from lmp.web import pages, signin


@bp.route("/sign-in", methods=["GET", "POST"])
@pages.public
def sign_in() -> ResponseReturnValue:
    """Open a session."""
    if pages.viewer() is not None and request.method == "GET":
        return redirect(inside(request.args.get("next")) or url_for("journey.today"))
    form = SignInForm(data={"next": request.args.get("next")})
    if form.sent():
        try:
            token, who = _sign_in(form)
        except (RuleBroken, TooMany) as broken:
            form.show(broken)
        else:
            signin.begin(token)
            onward = kept.keep(who, form.typed.data) or inside(form.next.data) or url_for("journey.today")
            return signin.remember_browser(current_app.make_response(redirect(onward, 303)), who.id)
    return sign_in_page(form, waiting=bool(form.typed.data))


def sign_in_page(form: SignInForm, *, waiting: bool = False, action: str | None = None) -> ResponseReturnValue:
    """The page, with a challenge for passkeys where browsers offer them; `waiting`: a typed form waits behind it."""
    challenge = passkeys.ask_to_sign_in() if passkeys.possible() else None
    page = pages.render("accounts/sign_in.html", form=form, challenge=challenge, waiting=waiting, action=action)
    return page, form.status


def _sign_in(form: SignInForm) -> tuple[str, Person]:
    known = signin.known_browser()
    return service.sign_in(
        form.email.data or "",
        form.password.data or "",
        place=request.remote_addr or "",
        agent=request.user_agent.string,
        browser=service.Browser(*known) if known else None,
    )


@bp.post("/sign-out")
@pages.needs(Action.SIGN_OUT)
@pages.looks_only
def sign_out() -> ResponseReturnValue:
    """End the session of this browser, whoever's eyes it looks with."""
    opened: service.Session = signin.current()
    if opened.seen_by is not None:
        act_as.end_looking(opened.id)
    service.sign_out(signin.token(), by=service.actor_of(opened.seen_by) if opened.seen_by else pages.actor())
    signin.end()
    pages.notify("ok", Message(N_("You are signed out.")))
    return redirect(url_for("catalogue.home"), 303)


@bp.post("/role")
@pages.needs(Action.SWITCH_ROLE)
def switch_role() -> ResponseReturnValue:
    """Act in another of one's roles."""
    viewer = pages.viewer()
    if viewer is not None and request.form.get("role") in viewer.roles:
        session["role"] = request.form["role"]
    return redirect(url_for("journey.today"), 303)
