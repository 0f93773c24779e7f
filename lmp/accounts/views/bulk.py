"""Inviting many: the file, its rehearsal, and how far it is."""

from uuid import UUID

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import bulk_file, words
from lmp.accounts.forms.bulk import BulkForm
from lmp.accounts.models import BulkState
from lmp.accounts.service import bulk as service
from lmp.accounts.service.bulk import Outcome, Planned
from lmp.accounts.views.blueprint import bp
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.web import pages

#: Lines of a rehearsal that one page shows.
ROWS = 100
OUTCOMES: dict[Outcome, Message] = {
    Outcome.NEW: Message(N_("new account, invitation by mail")),
    Outcome.ROLE_ADDED: Message(N_("has an account, gets the role")),
    Outcome.EXISTS: Message(N_("has this role already, nothing happens")),
}


@bp.route("/people/invite-many", methods=["GET", "POST"])
@pages.needs(Action.INVITE_MANY)
def bulk() -> ResponseReturnValue:
    """Send the file; with mistakes the page names each of them and nothing is kept."""
    form, rehearsal = BulkForm(), None
    if form.sent():
        try:
            data = form.file.data.read(bulk_file.MOST_BYTES + 1)
            rehearsal = service.rehearse(data, form.file.data.filename or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            if rehearsal.kept is not None:
                return redirect(url_for("accounts.bulk_invitation", bulk_id=rehearsal.kept.id), 303)
            form.status = 422
    shown = pages.render(
        "accounts/bulk.html",
        form=form,
        rehearsal=rehearsal,
        shown=_shown(rehearsal.planned, 0) if rehearsal else [],
        outcomes=OUTCOMES,
        roles=words.ROLES,
        earlier=service.bulks_of(pages.actor()),
        local=clock.local,
    )
    return shown, form.status


def _shown(planned: list[Planned], start: int) -> list[Planned]:
    return planned[start : start + ROWS]


@bp.get("/people/invite-many/example.csv")
@pages.needs(Action.INVITE_MANY)
def bulk_example() -> ResponseReturnValue:
    """The file to fill in, as spreadsheets here open it."""
    answer = Response(bulk_file.EXAMPLE.encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=toplu-davet.csv"
    return answer


@bp.get("/people/invite-many/<uuid:bulk_id>")
@pages.needs(Action.INVITE_MANY)
def bulk_invitation(bulk_id: UUID) -> ResponseReturnValue:
    """What the file would do, or how far it is."""
    return _bulk_page(bulk_id)


def _bulk_page(bulk_id: UUID, refused: RuleBroken | None = None) -> ResponseReturnValue:
    found = service.bulk(bulk_id, by=pages.actor())
    start = request.args.get("from", 0, type=int)
    planned = service.plan(found.lines) if found.state is BulkState.REHEARSED else []
    counts = {one: sum(line.outcome is one for line in planned) for one in Outcome}
    shown = pages.render(
        "accounts/bulk_invitation.html",
        bulk=found,
        shown=_shown(planned, max(start, 0)),
        start=max(start, 0),
        total=len(planned),
        rows=ROWS,
        counts=counts,
        outcomes=OUTCOMES,
        roles=words.ROLES,
        local=clock.local,
        refused=[{"text": pages.said(refused.message)}] if refused else [],
    )
    return shown, refused.status if refused else 200


@bp.post("/people/invite-many/<uuid:bulk_id>")
@pages.needs(Action.INVITE_MANY)
def decide_bulk(bulk_id: UUID) -> ResponseReturnValue:
    """Send it, or stop it."""
    found = service.bulk(bulk_id, by=pages.actor())
    try:
        if request.form.get("act") == "stop":
            service.stop(found, by=pages.actor())
        else:
            service.confirm(found, by=pages.actor())
    except RuleBroken as broken:
        return _bulk_page(bulk_id, broken)
    return redirect(url_for("accounts.bulk_invitation", bulk_id=bulk_id), 303)
