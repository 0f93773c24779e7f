"""The browsers in which a person is signed in."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import rules, service
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.profile import oneself
from lmp.core import clock
from lmp.core.messages import N_, Message
from lmp.web import pages, signin


@bp.get("/profile/sessions")
@pages.needs(Action.KEEP_PROFILE)
def own_sessions() -> ResponseReturnValue:
    """Where one is signed in, this browser marked."""
    here: service.Session | None = signin.current()
    rows = [
        {
            "id": one.id,
            "browser": rules.browser_name(one.agent),
            "since": clock.local(one.started_at),
            "seen_on": one.seen_on,
            "here": here is not None and one.id == here.id,
        }
        for one in service.own_sessions.own_sessions(oneself(), by=pages.actor())
    ]
    return pages.render("accounts/own_sessions.html", rows=rows)


@bp.post("/profile/sessions/<uuid:session_id>/end")
@pages.needs(Action.KEEP_PROFILE)
def end_session(session_id: UUID) -> ResponseReturnValue:
    """Sign one browser out."""
    service.own_sessions.end_session(oneself(), session_id, by=pages.actor())
    pages.notify("ok", Message(N_("That browser is signed out.")))
    return redirect(url_for("accounts.own_sessions"), 303)


@bp.post("/profile/sessions/end")
@pages.needs(Action.KEEP_PROFILE)
def end_everywhere() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    service.own_sessions.end_everywhere(oneself(), by=pages.actor())
    signin.end()
    pages.notify("ok", Message(N_("You are signed out everywhere.")))
    return redirect(url_for("accounts.sign_in"), 303)
