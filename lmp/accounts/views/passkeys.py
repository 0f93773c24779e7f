"""Passkeys: signing in with one, adding, renaming and removing them."""

from uuid import UUID

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts.forms.second_factor import NewPasskeyForm, PasskeyAnswerForm, PasskeyNameForm
from lmp.accounts.forms.sign_in import SignInForm
from lmp.accounts.service import passkeys
from lmp.accounts.views import kept
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.onward import inside
from lmp.accounts.views.second_factor import after_adding, is_half, oneself, security_page, session_id
from lmp.accounts.views.sign_in import sign_in_page
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.web import pages, signin


@bp.post("/sign-in/passkey")
@pages.public
def passkey_sign_in() -> ResponseReturnValue:
    """Open a session by a passkey alone."""
    answer = PasskeyAnswerForm()
    try:
        token, who = passkeys.sign_in_with_passkey(
            answer.answer.data or "",
            answer.challenge.data or "",
            place=request.remote_addr or "",
            agent=request.user_agent.string,
        )
    except RuleBroken as broken:
        form = SignInForm(formdata=None)
        form.next.data, form.typed.data = answer.next.data, answer.typed.data
        form.show(broken)
        return sign_in_page(form, waiting=bool(answer.typed.data))
    signin.begin(token)
    onward = kept.keep(who, answer.typed.data) or inside(answer.next.data) or url_for("journey.today")
    return signin.remember_browser(current_app.make_response(redirect(onward, 303)), who.id)


@bp.route("/security/passkey", methods=["GET", "POST"])
@pages.needs(Action.SECURE_SIGN_IN)
def add_passkey() -> ResponseReturnValue:
    """Add a passkey."""
    if not passkeys.possible():
        return redirect(url_for("accounts.security"))
    who, by = oneself()
    form = NewPasskeyForm()
    if form.sent():
        try:
            codes = passkeys.add_passkey(
                who,
                form.answer.data or "",
                form.challenge.data or "",
                form.name.data or "",
                session_id=session_id(),
                by=by,
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            return after_adding(codes, Message(N_("The passkey is added.")))
    asked = passkeys.ask_to_register(who)
    form.answer.data, form.challenge.data = "", asked.sealed
    return pages.render("accounts/add_passkey.html", form=form, options=asked.options, half=is_half()), form.status


@bp.route("/security/passkey/<uuid:passkey_id>", methods=["GET", "POST"])
@pages.needs(Action.SECURE_SIGN_IN)
def passkey(passkey_id: UUID) -> ResponseReturnValue:
    """Call a passkey something else, or remove it."""
    found = passkeys.own_passkey(passkey_id, by=pages.actor())
    form = PasskeyNameForm(data={"name": found.name})
    if form.sent():
        passkeys.rename_passkey(found, form.name.data or "", by=pages.actor())
        pages.notify("ok", Message(N_("The name is saved.")))
        return redirect(url_for("accounts.security"), 303)
    return pages.render("accounts/passkey.html", form=form, passkey=found, local=clock.local), form.status


@bp.post("/security/passkey/<uuid:passkey_id>/remove")
@pages.needs(Action.SECURE_SIGN_IN)
def remove_passkey(passkey_id: UUID) -> ResponseReturnValue:
    """End a passkey."""
    try:
        passkeys.remove_passkey(passkeys.own_passkey(passkey_id, by=pages.actor()), by=pages.actor())
    except RuleBroken as broken:
        return security_page(broken)
    pages.notify("ok", Message(N_("The passkey is removed.")))
    return redirect(url_for("accounts.security"), 303)
