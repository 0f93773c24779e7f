"""Who decides for an approver on leave, and what was handed to whoever looks; the same page for both."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import service
from lmp.accounts.forms.delegations import DelegationForm
from lmp.accounts.models import Person
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.profile import oneself
from lmp.core import clock
from lmp.core.errors import LmpError, NotAllowed, NotFound, RuleBroken, TooMany
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.web import pages

_DONE = {
    "accept": Message(N_("You decide in their name in these days. The applications stand under Applications.")),
    "decline": Message(N_("The offer is declined.")),
    "end": Message(N_("It ended at once.")),
}


@bp.route("/delegation", methods=["GET", "POST"])
@pages.needs(Action.HAND_OVER)
def delegations() -> ResponseReturnValue:
    """What one has handed over and what one was handed; the form for those who may hand over."""
    who = oneself()
    steps = service.delegations.own_steps(who)
    form = DelegationForm()
    form.offer(steps)
    act = request.form.get("act")
    if act in _DONE:
        try:
            _act(who, act)
        except (RuleBroken, NotAllowed) as broken:
            form.show(broken)
        else:
            pages.notify("ok", _DONE[act])
            return redirect(url_for("accounts.delegations"), 303)
    elif steps and form.sent():
        try:
            _hand_over(who, form)
        except (RuleBroken, NotAllowed, TooMany) as broken:
            _show(form, broken)
        else:
            pages.notify("ok", Message(N_("A mail was sent to that address. Its owner decides whether to accept.")))
            return redirect(url_for("accounts.delegations"), 303)
    given = service.delegations.handed_over(who)
    page = pages.render(
        "accounts/delegations.html",
        form=form,
        who=who,
        steps=steps,
        given=given,
        names={one.given_id: service.person(one.given.person_id).name for one in given if one.given is not None},
        received=service.delegations.received(who),
        today=clock.today(),
    )
    return page, form.status


def _show(form: DelegationForm, broken: LmpError) -> None:
    form.show(broken)
    form.status = 422 if isinstance(broken, NotAllowed) else form.status


def _hand_over(who: Person, form: DelegationForm) -> None:
    """Raises what the service raises."""
    step = parse_id(form.grant.data)
    if step is None:
        raise NotFound
    service.delegations.count_offer(who)
    service.delegations.delegate(
        who,
        step,
        email=form.email.data or "",
        from_on=form.from_on.data,
        until_on=form.until_on.data,
        by=pages.actor(),
    )


def _act(who: Person, act: str) -> None:
    """Accept, decline or end what the pressed button names. Raises what the service raises."""
    wanted = parse_id(request.form.get("delegation"))
    if wanted is None:
        raise NotFound
    one = service.delegations.a_delegation(wanted, who)
    if act == "accept":
        service.delegations.accept(one, who, by=pages.actor())
    else:
        service.delegations.end(one, who, by=pages.actor())
