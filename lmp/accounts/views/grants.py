"""Giving and ending roles, suspending and lifting, resetting a second factor, looking with somebody's eyes."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Role, ScopeKind
from lmp.accounts import rules, words
from lmp.accounts.forms.grants import GrantForm, ReasonForm
from lmp.accounts.models import Person
from lmp.accounts.service import act_as, directory, grants, second_factor
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.people_pages import role_line
from lmp.accounts.views.second_factor import session_id
from lmp.audit.history import history
from lmp.core import clock, turkish
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.network import service as network
from lmp.web import pages


@dataclass(frozen=True)
class Asking:
    """A page that asks for the reason of one act with a person."""

    title: Message
    intro: Message
    button: Message
    done: Message
    about: str = ""
    kind: str = "primary"


def _ask(who: Person, asking: Asking, act: Callable[[str, int], object]) -> ResponseReturnValue:
    """Ask for the reason and act; a refusal keeps what was typed, and a stale page shows what happened meanwhile."""
    form = ReasonForm(data={"version": str(who.access_version)})
    stale = False
    if form.sent():
        try:
            act(form.reason.data or "", _seen(form.version.data))
        except Conflict as late:
            form.show(late)
            form.version.data, stale = str(who.access_version), True
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", asking.done)
            return redirect(url_for("accounts.person", person_id=who.id), 303)
    shown = pages.render(
        "accounts/ask_reason.html",
        form=form,
        person=who,
        asking=asking,
        history=history(who, limit=5) if stale else None,
        url=url_for("accounts.person", person_id=who.id),
    )
    return shown, form.status


def _seen(text: str | None) -> int:
    """The version a page showed; one that cannot be read is stale."""
    return int(text) if text and text.isdigit() and len(text) < 10 else 0


@bp.route("/people/<uuid:person_id>/suspend", methods=["GET", "POST"])
@pages.needs(Action.SUSPEND)
def suspend(person_id: UUID) -> ResponseReturnValue:
    """Shut somebody out."""
    who = directory.seen_person(person_id, by=pages.actor())
    asking = Asking(
        Message(N_("Suspend the account")),
        Message(N_("Their sessions end and their links die at once. Records and certificates stay as they are.")),
        Message(N_("Suspend")),
        Message(N_("The account is suspended.")),
        kind="bad",
    )
    return _ask(who, asking, lambda reason, seen: grants.suspend(who, reason, seen=seen, by=pages.actor()))


@bp.route("/people/<uuid:person_id>/lift", methods=["GET", "POST"])
@pages.needs(Action.SUSPEND)
def lift_suspension(person_id: UUID) -> ResponseReturnValue:
    """Let somebody in again."""
    who = directory.seen_person(person_id, by=pages.actor())
    asking = Asking(
        Message(N_("Lift the suspension")),
        Message(N_("The person can sign in again, with the roles that still count.")),
        Message(N_("Lift the suspension")),
        Message(N_("The suspension is lifted.")),
    )
    return _ask(who, asking, lambda reason, seen: grants.lift_suspension(who, reason, seen=seen, by=pages.actor()))


@bp.route("/people/<uuid:person_id>/reset-factor", methods=["GET", "POST"])
@pages.needs(Action.RESET_FACTOR)
def reset_factors(person_id: UUID) -> ResponseReturnValue:
    """Take the second factor from somebody who lost it."""
    who = directory.seen_person(person_id, by=pages.actor())
    asking = Asking(
        Message(N_("Reset the second factor")),
        Message(
            N_(
                "App, passkeys and recovery codes are removed and all sessions end. Be sure that it is this person who asks: call them back."
            )
        ),
        Message(N_("Reset the second factor")),
        Message(N_("The second factor is reset; the person was told by mail.")),
        kind="bad",
    )
    return _ask(who, asking, lambda reason, _seen: second_factor.reset_factors(who, reason, by=pages.actor()))


@bp.route("/people/<uuid:person_id>/act-as", methods=["GET", "POST"])
@pages.needs(Action.ACT_AS)
def begin_act_as(person_id: UUID) -> ResponseReturnValue:
    """Look with somebody's eyes for half an hour."""
    who = directory.seen_person(person_id, by=pages.actor())
    asking = Asking(
        Message(N_("Look with this person’s eyes")),
        Message(
            N_(
                "You see every page as this person does, for half an hour at most, and change nothing. The person sees that you did, when and why."
            )
        ),
        Message(N_("Begin")),
        Message(N_("You look with this person's eyes now.")),
    )
    began = _ask(
        who,
        asking,
        lambda reason, _seen: act_as.begin_looking(who, reason, session_id=session_id(), by=pages.actor()),
    )
    if isinstance(began, tuple):
        return began
    return redirect(url_for("journey.today"), 303)


@bp.route("/people/<uuid:person_id>/grant/<uuid:grant_id>/end", methods=["GET", "POST"])
@pages.needs(Action.GRANT_ROLE)
def end_grant(person_id: UUID, grant_id: UUID) -> ResponseReturnValue:
    """End a role at once."""
    by = pages.actor()
    who = directory.seen_person(person_id, by=by)
    held = next((one for one in directory.grants_held([who.id]).get(who.id, []) if one.id == grant_id), None)
    if held is None or not grants.may_end(held, who.id, by):
        raise NotFound
    asking = Asking(
        Message(N_("End a role")),
        Message(N_("It ends at once, in every open session. It can be given again later.")),
        Message(N_("End the role")),
        Message(N_("The role has ended.")),
        about=turkish.capitalise(role_line(held)),
        kind="bad",
    )
    return _ask(who, asking, lambda reason, seen: grants.end_grant(grants.a_grant(grant_id), reason, seen=seen, by=by))


# --- giving


#: The fields each role needs.
_FIELDS = {
    Role.TRAINER: ("centre",),
    Role.ASSESSOR: ("centre",),
    Role.CENTRE_ADMINISTRATOR: ("centre",),
    Role.APPROVER: ("reach", "school", "province", "district"),
}


@bp.get("/people/<uuid:person_id>/grant")
@pages.needs(Action.GRANT_ROLE)
def choose_role(person_id: UUID) -> ResponseReturnValue:
    """Which role to give."""
    by = pages.actor()
    who = directory.seen_person(person_id, by=by)
    if who.id == by.id:
        raise NotAllowed(Message(N_("Nobody can give a role to themselves. Ask another administrator.")))
    return pages.render(
        "accounts/choose_role.html",
        person=who,
        roles=[(one.value, turkish.capitalise(pages.said(words.ROLES[one]))) for one in grants.roles_to_give(by)],
    )


@bp.route("/people/<uuid:person_id>/grant/<any({}):role>".format(", ".join(Role)), methods=["GET", "POST"])
@pages.needs(Action.GRANT_ROLE)
def give_role(person_id: UUID, role: str) -> ResponseReturnValue:
    """Give a role: where it reaches, from when until when."""
    by, given = pages.actor(), Role(role)
    who = directory.seen_person(person_id, by=by)
    if given not in grants.roles_to_give(by):
        raise NotFound
    form, stale = _grant_form(who, given), False
    if form.sent():
        try:
            kind, scope = _scope(form, given)
            grants.give_role(
                who, given, kind, scope, from_on=form.from_on.data, until_on=form.until_on.data,
                seen=_seen(form.version.data), by=by,
            )  # fmt: skip
        except Conflict as late:
            form.show(late)
            form.version.data, stale = str(who.access_version), True
        except RuleBroken as broken:
            form.show(broken)
        except NotAllowed as refused:
            form.show(RuleBroken(refused.message))
        else:
            pages.notify("ok", Message(N_("The role is given.")))
            return redirect(url_for("accounts.person", person_id=who.id), 303)
    shown = pages.render(
        "accounts/give_role.html",
        form=form,
        person=who,
        role=words.ROLES[given],
        longest=grants.longest_of(by, given),
        history=history(who, limit=5) if stale else None,
        url=url_for("accounts.person", person_id=who.id),
    )
    return shown, form.status


def _grant_form(who: Person, role: Role) -> GrantForm:
    """The form with the fields of the role, filled with what is likely."""
    by = pages.actor()
    form = GrantForm(
        data={
            "version": str(who.access_version),
            "from_on": clock.today(),
            "until_on": grants.longest_of(by, role),
            "school": (who.school.code or who.school.name) if who.school else "",
        }
    )
    form.offer(network.centres_in_use(by), network.provinces() if role is Role.APPROVER else [])
    form.keep(*_FIELDS.get(role, ()))
    return form


def _scope(form: GrantForm, role: Role) -> tuple[ScopeKind, str]:
    """Where the role shall reach. Raises RuleBroken at the field that does not say."""
    if role is Role.APPROVER:
        return _office(form)
    (kind,) = rules.REACHES[role]
    return kind, form.centre.data if kind is ScopeKind.CENTRE else ""


def _office(form: GrantForm) -> tuple[ScopeKind, str]:
    """The school, district or province somebody speaks for."""
    kind = ScopeKind(form.reach.data)
    if kind is ScopeKind.SCHOOL:
        return kind, str(directory.school_called(form.school.data or "").id)
    if not form.province.data:
        raise RuleBroken(Message(N_("Choose the province.")), "province")
    if kind is ScopeKind.PROVINCE:
        return kind, form.province.data
    return kind, str(directory.district_called(int(form.province.data), form.district.data or "").id)
