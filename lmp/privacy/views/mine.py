"""One's own data: take it away, have it corrected or erased."""

from io import BytesIO
from uuid import UUID

from flask import redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import service as accounts
from lmp.core import files
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.privacy import service, words
from lmp.privacy.forms import AskForm
from lmp.privacy.rules import Kind
from lmp.privacy.views.blueprint import bp
from lmp.web import pages

SAID = {
    Kind.DOWNLOAD: Message(N_("We are preparing your data. You get an e-mail when the file is ready.")),
    Kind.CORRECTION: Message(N_("Your request was sent. The answer comes within 30 days.")),
    Kind.ERASURE: Message(N_("Your request was sent. The answer comes within 30 days.")),
}


@bp.route("/my-data", methods=["GET", "POST"])
@pages.needs(Action.OWN_DATA)
def mine() -> ResponseReturnValue:
    """What one can ask, and what one has asked."""
    actor = pages.actor()
    form = AskForm()
    if form.sent():
        kind = Kind(form.kind.data) if form.kind.data in set(Kind) else Kind.CORRECTION
        try:
            service.ask(accounts.person(actor.id or UUID(int=0)), kind, form.text.data or "", by=actor)
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", SAID[kind])
            return redirect(url_for("privacy.mine"), 303)
    asked = service.requests_of(actor.id or UUID(int=0))
    ready = {one.id for one in asked if one.kind is Kind.DOWNLOAD and service.is_ready(one)}
    page = pages.render(
        "privacy/mine.html", form=form, asked=asked, ready=ready, kinds=words.KINDS, states=words.STATES
    )
    return page, form.status


@bp.get("/my-data/<uuid:request_id>")
@pages.needs(Action.OWN_DATA)
def download(request_id: UUID) -> ResponseReturnValue:
    """The prepared file."""
    actor = pages.actor()
    found = service.file_of(service.own_request(request_id, by=actor), by=actor)
    return send_file(
        BytesIO(files.read(found)), mimetype=found.media_type, as_attachment=True, download_name=found.name
    )
