"""A place that was offered: the teacher answers, the centre can hand it on."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, require
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.enrolment import service
from lmp.enrolment.forms import AcceptForm, TakeBackForm
from lmp.enrolment.models import Enrolment, EnrolmentState
from lmp.enrolment.views.blueprint import bp
from lmp.web import pages


@bp.route("/enrolment/<uuid:enrolment_id>/offer", methods=["GET", "POST"])
@pages.needs(Action.ANSWER_OFFER)
def offer(enrolment_id: UUID) -> ResponseReturnValue:
    """What the offer is, what each answer means and what silence means; accepting is one press."""
    enrolment = service.enrolment(enrolment_id, pages.actor())
    require(pages.actor(), Action.ANSWER_OFFER, enrolment)
    form = AcceptForm()
    if form.sent():
        service.offers.accept(enrolment, by=pages.actor())
        pages.notify("ok", Message(N_("You have a place in this run.")))
        return redirect(url_for("journey.run", enrolment_id=enrolment.id), 303)
    if enrolment.state is not EnrolmentState.OFFERED:
        return redirect(url_for("journey.run", enrolment_id=enrolment.id))
    page = pages.render(
        "enrolment/offer.html",
        form=form,
        enrolment=enrolment,
        run=enrolment.run,
        until=service.offers.until(enrolment),
        is_over=not service.offers.stands(enrolment),
        is_last=service.offers.is_last(enrolment),
        days_away=service.days_away(enrolment.run),
        can_return=clock.today() <= enrolment.run.apply_until_on,
    )
    return page, form.status


@bp.route("/participant/<uuid:enrolment_id>/offer", methods=["GET", "POST"])
@pages.needs(Action.KEEP_OFFERS)
def take_back_offer(enrolment_id: UUID) -> ResponseReturnValue:
    """Hand an offered place on to somebody of the reserve list, with a reason."""
    enrolment = service.enrolment(enrolment_id, pages.actor())
    require(pages.actor(), Action.KEEP_OFFERS, enrolment)
    reserves = service.offers.next_reserves(enrolment.run)
    form = TakeBackForm(data={"chosen": str(reserves[0].id) if reserves else ""})
    form.offer(_named(reserves))
    if form.sent():
        try:
            chosen = service.offers.take_back(
                enrolment, chosen_id=parse_id(form.chosen.data), reason=form.reason.data or "", by=pages.actor()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The place goes to %(name)s."), name=chosen.person.name))
            return redirect(url_for("enrolment.run", run_id=enrolment.run_id), 303)
    if enrolment.state is not EnrolmentState.OFFERED:
        return redirect(url_for("enrolment.run_participant", enrolment_id=enrolment.id))
    page = pages.render(
        "enrolment/take_back_offer.html",
        form=form,
        enrolment=enrolment,
        run=enrolment.run,
        until=service.offers.until(enrolment),
        reserves=reserves,
    )
    return page, form.status


def _named(reserves: list[Enrolment]) -> list[tuple[str, str]]:
    """The people of the reserve list with their places, as choices."""
    return [(str(one.id), f"{rank}. {one.person.name}") for rank, one in enumerate(reserves, 1)]
