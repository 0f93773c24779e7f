"""What a person wants to hear: the page of choices, and the link at the foot of every mail."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import service as accounts
from lmp.core.messages import N_, Message
from lmp.notice import rules, service
from lmp.notice.forms import ChoicesForm, first_values
from lmp.notice.views.blueprint import bp, neutral
from lmp.notice.views.inbox import viewer
from lmp.web import pages


@bp.route("/notice/settings", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NOTICES)
def settings() -> ResponseReturnValue:
    """By kind: at once, in the daily mail, or only here; and when mails should wait."""
    who = viewer()
    now = service.settings_of(who.person_id)
    kinds = rules.kinds_for({grant.role for grant in who.actor.grants})
    form = ChoicesForm(data=first_values(now))
    form.offer(kinds)
    if form.sent():
        service.change(accounts.person(who.person_id), form.settings(now), by=pages.actor())
        pages.notify("ok", Message(N_("Your choices are saved.")))
        return redirect(url_for("notice.settings"), 303)
    return pages.render("notice/settings.html", form=form, kinds=kinds), form.status


@neutral.route("/notice/stop/<token>", methods=["GET", "POST"])
@pages.public
def stop(token: str) -> ResponseReturnValue:
    """The link at the foot of a mail: opening it shows a page, pressing its button (or the mail reader's) acts.

    The one route without a CSRF token: mail readers press it as RFC 8058 says, and the sealed token is the permission.
    """
    found = service.read_stop(token)
    words, back = service.stop_words(found), request.form.get("again") is not None
    if request.method == "POST":
        (service.resume_mails if back else service.end_mails)(found)
    state = "asked" if request.method == "GET" else "back" if back else "ended"
    return pages.render(
        "notice/stop.html", words=words, state=state, ended=state == "asked" and service.mails_are_ended(found)
    )
