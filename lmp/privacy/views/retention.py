"""How long things are kept, what is due, and the log of what was destroyed."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.personal import Erasure
from lmp.privacy import service, words
from lmp.privacy.holdings import holdings
from lmp.privacy.views.blueprint import bp
from lmp.web import pages


@bp.get("/retention")
@pages.needs(Action.DESTROY_DATA)
def retention() -> ResponseReturnValue:
    """The rules, and the rounds so far."""
    return pages.render(
        "privacy/retention.html",
        rules=[
            (
                words.table(one.name),
                one.declared.keep_years,
                one.declared.erasure is Erasure.KEEP,
                one.declared.source or words.EXAMPLE,
            )
            for one in holdings()
        ],
        rounds=[
            (one, [(words.table(name), number) for name, number in _counted(one).items() if number])
            for one in service.rounds()
        ],
        viewer_id=pages.actor().id,
        local=clock.local,
    )


def _counted(one: service.Destruction) -> dict[str, int]:
    return one.destroyed if one.done_at else one.counts


@bp.post("/retention")
@pages.needs(Action.DESTROY_DATA)
def count() -> ResponseReturnValue:
    """The dry run."""
    service.count_due(by=pages.actor())
    pages.notify("ok", Message(N_("Counted. Nothing was destroyed; another administrator has to approve first.")))
    return redirect(url_for("privacy.retention"), 303)


@bp.post("/retention/<uuid:destruction_id>")
@pages.needs(Action.DESTROY_DATA)
def approve(destruction_id: UUID) -> ResponseReturnValue:
    """Let the worker carry it out."""
    try:
        service.approve(service.get_round(destruction_id), by=pages.actor())
    except RuleBroken as broken:
        pages.notify("bad", broken.message)
    else:
        pages.notify("ok", Message(N_("Approved. The worker carries it out now and writes the log.")))
    return redirect(url_for("privacy.retention"), 303)
