"""A person's notices."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, admits
from lmp.core import clock
from lmp.core.errors import NotFound
from lmp.core.messages import N_, Message
from lmp.notice import rules, service
from lmp.notice.views.blueprint import bp
from lmp.web import pages
from lmp.web.edge import Viewer
from lmp.web.language import current_language


def viewer() -> Viewer:
    """The signed-in person."""
    found = pages.viewer()
    if found is None:
        raise NotFound
    return found


@bp.get("/notice")
@pages.needs(Action.KEEP_NOTICES)
def notices() -> ResponseReturnValue:
    """What the person was told, newest first."""
    who, unread = viewer(), request.args.get("show") == "unread"
    page = service.notices_of(who.person_id, unread=unread, at=request.args.get("at"))
    return pages.render(
        "notice/notices.html",
        page=page,
        unread=unread,
        waiting=who.unread,
        may_see_outbox=admits(pages.actor(), [Action.SEE_OUTBOX]),
        local=clock.local,
        path_in=rules.path_in,
    )


@bp.post("/notice/<uuid:notice_id>")
@pages.needs(Action.KEEP_NOTICES)
def read(notice_id: UUID) -> ResponseReturnValue:
    """Mark a notice as read and lead to what it is about."""
    found = service.notice(notice_id, pages.actor())
    service.read(found, by=pages.actor())
    return redirect(rules.path_in(found.path, current_language()), 303)


@bp.post("/notice/read")
@pages.needs(Action.KEEP_NOTICES)
def read_all() -> ResponseReturnValue:
    """Mark everything as read."""
    service.read_all(viewer().person_id, by=pages.actor())
    pages.notify("ok", Message(N_("Everything is marked as read.")))
    return redirect(url_for("notice.notices"), 303)
