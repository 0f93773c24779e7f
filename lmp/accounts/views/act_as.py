"""Looking with another person's eyes, for support, and coming back."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts.service import act_as
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.second_factor import session_id
from lmp.core.messages import N_, Message
from lmp.web import pages


@bp.post("/act-as/end")
@pages.needs(Action.SIGN_OUT)
@pages.looks_only
def end_act_as() -> ResponseReturnValue:
    """Come back to one's own eyes."""
    act_as.end_looking(session_id())
    pages.notify("ok", Message(N_("You act as yourself again.")))
    return redirect(url_for("journey.today"), 303)
