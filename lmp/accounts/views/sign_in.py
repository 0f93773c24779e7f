"""Signing in and out, and choosing the role to act in."""

from urllib.parse import urlsplit

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import service
from lmp.accounts.forms.sign_in import SignInForm
from lmp.accounts.service import act_as, passkeys
from lmp.accounts.views.blueprint import bp
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.web import pages, signin


def inside(target: str | None) -> str | None:
    """A path of our own, or None: never an address of another host."""
    parts = urlsplit(target or "")
    good = (
        target
        and not parts.scheme
        and not parts.netloc
        and target.startswith("/")
        and not target.startswith(("//", "/\\"))
    )
    return target if good and "\\" not in (target or "") else None


@bp.route("/sign-in", methods=["GET", "POST"])
@pages.public
def sign_in() -> ResponseReturnValue:
    """Open a session."""
    if pages.viewer() is not None and request.method == "GET":
        return redirect(url_for("journey.today"))
    form = SignInForm(data={"next": request.args.get("next")})
    if form.sent():
        try:
            token, _person = service.sign_in(
                form.email.data or "",
                form.password.data or "",
                place=request.remote_addr or "",
                agent=request.user_agent.string,
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            signin.begin(token)
            return redirect(inside(form.next.data) or url_for("journey.today"), 303)
    return sign_in_page(form)


def sign_in_page(form: SignInForm) -> ResponseReturnValue:
    """The page, with a challenge for passkeys where browsers offer them."""
    challenge = passkeys.ask_to_sign_in() if passkeys.possible() else None
    return pages.render("accounts/sign_in.html", form=form, challenge=challenge), form.status


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
