"""The requests of people, with a clock, and their answers."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.personal import Erasure
from lmp.privacy import service, words
from lmp.privacy.forms import AnswerForm
from lmp.privacy.rules import Kind, State
from lmp.privacy.views.blueprint import bp
from lmp.web import listing, pages
from lmp.web.listing import Choice, Filter

FILTERS = [
    Filter("state", Message(N_("State")), [Choice(state.value, said) for state, said in words.STATES.items()]),
]


@bp.get("/data-request")
@pages.needs(Action.ANSWER_DATA_REQUEST)
def requests() -> ResponseReturnValue:
    """The nearest deadline first."""
    asked = listing.asked(FILTERS)
    state = asked.get("state")
    found = service.queue(State(state) if state else None, asked.at, viewer=pages.actor())
    return pages.render(
        "privacy/requests.html",
        rows=found.rows,
        listing=listing.listing(asked, found, FILTERS),
        today=clock.today(),
        kinds=words.KINDS,
        states=words.STATES,
    )


@bp.route("/data-request/<uuid:request_id>", methods=["GET", "POST"])
@pages.needs(Action.ANSWER_DATA_REQUEST)
def answer(request_id: UUID) -> ResponseReturnValue:
    """What is asked, what an erasure would touch, and the answer."""
    found = service.request_of(request_id, viewer=pages.actor())
    form = AnswerForm()
    if form.sent():
        try:
            service.answer(
                found, accepted=form.decision.data == "accept", text=form.answer.data or "", by=pages.actor()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The answer was sent.")))
            return redirect(url_for("privacy.requests"), 303)
    shows_touch = found.kind is Kind.ERASURE and found.state is State.OPEN
    touched = [(one, number) for one, number in service.kept_and_erased(found.person) if number] if shows_touch else []
    page = pages.render(
        "privacy/answer.html",
        request=found,
        form=form,
        erased=[(words.table(one.name), number) for one, number in touched if one.declared.erasure is not Erasure.KEEP],
        kept=[(words.table(one.name), number) for one, number in touched if one.declared.erasure is Erasure.KEEP],
        today=clock.today(),
        kinds=words.KINDS,
        states=words.STATES,
    )
    return page, form.status
