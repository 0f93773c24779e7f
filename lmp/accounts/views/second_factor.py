"""The second step after the password, and the page of one's sign-in security with app and recovery codes."""

from uuid import UUID

import segno
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lmp.access import Action, Actor, ActorKind
from lmp.accounts import service
from lmp.accounts.forms.second_factor import AppForm, PasskeyAnswerForm, SecondStepForm
from lmp.accounts.models import Person
from lmp.accounts.service import act_as, passkeys, second_factor
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.onward import inside
from lmp.core import clock
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.web import pages, signin


def session_id() -> UUID:
    """The session of this browser."""
    found: service.Session = signin.current()
    return found.id


def oneself() -> tuple[Person, Actor]:
    """Whoever is signed in, wholly or half, as a person and as somebody who acts."""
    by = pages.actor()
    if by.id is None:
        raise NotFound
    return service.person(by.id), by


def is_half() -> bool:
    """Whether the second factor is still to be set up or given; the page then leads nowhere else."""
    return pages.actor().kind is ActorKind.HALF


# --- the second step


@bp.route("/sign-in/second", methods=["GET", "POST"])
@pages.needs(Action.GIVE_FACTOR, Action.SECURE_SIGN_IN)
def second_step() -> ResponseReturnValue:
    """Give the second factor; whoever has none yet is led to set one up."""
    by = pages.actor()
    if by.kind is not ActorKind.HALF:
        return redirect(inside(request.args.get("next")) or url_for("journey.today"))
    if by.purpose == second_factor.TO_SET_UP:
        return redirect(url_for("accounts.security"))
    form = SecondStepForm(data={"next": request.args.get("next")})
    if form.sent():
        try:
            token = second_factor.give_code(form.code.data or "", session_id=session_id(), by=by)
        except RuleBroken as broken:
            form.show(broken)
        else:
            return _let_in(token, form.next.data)
    return _step_page(form)


@bp.post("/sign-in/second/passkey")
@pages.needs(Action.GIVE_FACTOR)
def second_step_passkey() -> ResponseReturnValue:
    """Give a passkey as the second factor."""
    answer, form = PasskeyAnswerForm(), SecondStepForm(formdata=None)
    form.next.data = answer.next.data
    try:
        token = passkeys.give_passkey(
            answer.answer.data or "", answer.challenge.data or "", session_id=session_id(), by=pages.actor()
        )
    except RuleBroken as broken:
        form.show(broken)
        return _step_page(form)
    return _let_in(token, answer.next.data)


def _let_in(token: str, target: str | None) -> Response:
    """On with the whole session, under its new token."""
    signin.begin(token)
    return redirect(inside(target) or url_for("journey.today"), 303)


def _step_page(form: SecondStepForm) -> ResponseReturnValue:
    by = pages.actor()
    shown = pages.render(
        "accounts/second_step.html", form=form, name=by.name, challenge=passkeys.ask_after_password(by)
    )
    return shown, form.status


# --- sign-in security


@bp.get("/security")
@pages.needs(Action.SECURE_SIGN_IN)
def security() -> ResponseReturnValue:
    """What one signs in with, and who looked with one's eyes."""
    return security_page()


def security_page(refused: RuleBroken | None = None) -> ResponseReturnValue:
    """The page, with the sentence of what was refused."""
    who, _by = oneself()
    shown = pages.render(
        "accounts/security.html",
        held=second_factor.factors_of(who.id),
        half=is_half(),
        local=clock.local,
        passkeys_possible=passkeys.possible(),
        looks=act_as.looks_at(who.id),
        refused=[{"text": pages.said(refused.message)}] if refused else [],
    )
    return shown, refused.status if refused else 200


@bp.route("/security/app", methods=["GET", "POST"])
@pages.needs(Action.SECURE_SIGN_IN)
def set_up_app() -> ResponseReturnValue:
    """Scan the code with an app and prove that it works."""
    who, by = oneself()
    form = AppForm()
    if form.sent():
        try:
            codes = second_factor.set_up_app(
                who, form.offer.data or "", form.code.data or "", session_id=session_id(), by=by
            )
        except Conflict as late:
            form.show(late)
            form.offer.data = None
        except RuleBroken as broken:
            form.show(broken)
        else:
            return after_adding(codes, Message(N_("The authenticator app is set up.")))
    offer = second_factor.offer_app(who, pages.site_name(), form.offer.data)
    form.offer.data = offer.sealed
    qr = segno.make(offer.uri, error="m").svg_data_uri(scale=4, border=3, dark="#000", light="#fff")
    shown = pages.render("accounts/set_up_app.html", form=form, offer=offer, qr=qr, half=is_half())
    return shown, form.status


def after_adding(codes: list[str], said: Message) -> ResponseReturnValue:
    """Fresh recovery codes are shown this once; without any, back to the page of sign-in security."""
    if codes:
        return codes_page(codes, said)
    pages.notify("ok", said)
    return redirect(url_for("accounts.security"), 303)


def codes_page(codes: list[str], said: Message) -> ResponseReturnValue:
    """The one page on which recovery codes can be read."""
    who, _by = oneself()
    return pages.render(
        "accounts/recovery_codes.html", codes=codes, said=said, email=who.email, done=True, half=is_half()
    )


@bp.post("/security/app/remove")
@pages.needs(Action.SECURE_SIGN_IN)
def remove_app() -> ResponseReturnValue:
    """End the app."""
    who, by = oneself()
    try:
        second_factor.remove_app(who, by=by)
    except RuleBroken as broken:
        return security_page(broken)
    pages.notify("ok", Message(N_("The authenticator app is removed.")))
    return redirect(url_for("accounts.security"), 303)


@bp.route("/security/codes", methods=["GET", "POST"])
@pages.needs(Action.SECURE_SIGN_IN)
def recovery_codes() -> ResponseReturnValue:
    """Make fresh recovery codes; the page that shows them cannot be opened again."""
    if request.method == "GET":
        return redirect(url_for("accounts.security"))
    who, by = oneself()
    try:
        codes = second_factor.renew_codes(who, by=by)
    except RuleBroken as broken:
        return security_page(broken)
    return codes_page(codes, Message(N_("You have new recovery codes; the old ones count no more.")))
