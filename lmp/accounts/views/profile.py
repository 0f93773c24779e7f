"""A person's own page: who they are, where they teach, how they get in, how pages look."""

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Role
from lmp.accounts import service
from lmp.accounts.forms.profile import (
    AddressForm,
    ConfirmForm,
    DisplayForm,
    NameForm,
    OwnDisplayForm,
    OwnPasswordForm,
)
from lmp.accounts.models import OneTimeLink, Person
from lmp.accounts.service import second_factor
from lmp.accounts.views import one_time
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.onward import inside
from lmp.accounts.views.registration import begin_session
from lmp.core import clock
from lmp.core.errors import Gone, NotFound, RuleBroken, TooMany
from lmp.core.messages import N_, Message
from lmp.web import pages, signin
from lmp.web.pages import SCHEME


def oneself() -> Person:
    """The signed-in person. Raises NotFound where nobody is."""
    viewer = pages.viewer()
    if viewer is None:
        raise NotFound
    return service.person(viewer.person_id)


@bp.get("/profile")
@pages.needs(Action.KEEP_PROFILE)
def profile() -> ResponseReturnValue:
    """Everything in one place, each with its way to change it."""
    who = oneself()
    sessions = service.own_sessions.own_sessions(who, by=pages.actor())
    confirmed_on = clock.local(who.confirmed_at).date() if who.confirmed_at else None
    return pages.render(
        "accounts/profile.html",
        who=who,
        confirmed_on=confirmed_on,
        sessions=len(sessions),
        decides=any(grant.role is Role.APPROVER for grant in service.grants_of(who.id)),
    )


@bp.route("/profile/name", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PROFILE)
def own_name() -> ResponseReturnValue:
    """Correct the name."""
    who = oneself()
    form = NameForm(data={"name": who.name})
    if form.sent():
        try:
            service.profile.rename(who, form.name.data or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            return _saved()
    return pages.render("accounts/own_name.html", form=form), form.status


def _saved() -> ResponseReturnValue:
    pages.notify("ok", Message(N_("Saved.")))
    return redirect(url_for("accounts.profile"), 303)


@bp.route("/profile/address", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PROFILE)
def own_address() -> ResponseReturnValue:
    """Ask to use another e-mail address."""
    who = oneself()
    form = AddressForm()
    if form.sent():
        try:
            service.profile.ask_address(
                who, email=form.email.data or "", password=form.password.data or "", by=pages.actor()
            )
        except (RuleBroken, TooMany) as broken:
            form.show(broken)
        else:
            pages.notify("info", Message(N_("Look at the mailbox of the new address and confirm it there.")))
            return redirect(url_for("accounts.profile"), 303)
    return pages.render("accounts/own_address.html", form=form, who=who), form.status


@bp.route("/profile/password", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PROFILE)
def own_password() -> ResponseReturnValue:
    """Choose another password; this browser stays signed in, all others do not."""
    who = oneself()
    form = OwnPasswordForm()
    if form.sent():
        try:
            service.profile.change_password(
                who, current=form.current.data or "", password=form.password.data or "", by=pages.actor()
            )
        except (RuleBroken, TooMany) as broken:
            form.show(broken)
        else:
            # whoever is fully signed in has given the second factor, if there is one
            answer = begin_session(who, url_for("accounts.profile"), factor_given=second_factor.has_factor(who.id))
            pages.notify("ok", Message(N_("The password is changed. Every other device is signed out.")))
            return answer
    return pages.render("accounts/own_password.html", form=form, who=who), form.status


@bp.route("/display", methods=["GET", "POST"])
@pages.public
def display() -> ResponseReturnValue:
    """Light or dark, for everybody; the language of messages for people with an account."""
    who = oneself() if pages.viewer() is not None else None
    form: DisplayForm = (
        OwnDisplayForm(data={"scheme": who.scheme or "", "language": who.lang})
        if who is not None
        else DisplayForm(data={"scheme": request.cookies.get(SCHEME, "")})
    )
    if form.sent():
        scheme = form.scheme.data or ""
        if who is not None and isinstance(form, OwnDisplayForm):
            service.profile.choose_display(who, lang=form.language.data or "", scheme=scheme, by=pages.actor())
        pages.notify("ok", Message(N_("Saved.")))
        onward = url_for("accounts.profile") if who is not None else url_for("accounts.display")
        answer = current_app.make_response(redirect(inside(form.next.data) or onward, 303))
        answer.set_cookie(SCHEME, scheme, max_age=31536000, httponly=True, samesite="Lax", secure=request.is_secure)
        return answer
    return pages.render("accounts/display.html", form=form, own=who is not None), form.status


def follow(link: OneTimeLink, token: str) -> ResponseReturnValue:
    """The page behind the link to a new address: its button takes the address into use."""
    over = one_time.is_over(link, token)
    if over is not None:
        return over
    try:
        who = service.profile.open_address(link)
    except Gone as gone:
        return one_time.over(link, gone)
    form = ConfirmForm()
    if form.sent():
        try:
            service.profile.confirm_address(link, by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The new address is in use.")))
            signed_in = pages.viewer() is not None and signin.token()
            return redirect(url_for("accounts.profile" if signed_in else "accounts.sign_in"), 303)
    page = pages.render("accounts/confirm_address.html", form=form, who=who, email=link.bound_to["email"])
    return one_time.unkept(page, form.status)
