"""The outbox: what became of each mail."""

from typing import Any
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.core import clock, mail
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.notice import service
from lmp.notice.service import MailState
from lmp.notice.views.blueprint import bp
from lmp.web import listing, pages
from lmp.web.listing import Choice, Filter

WORDS = {
    MailState.QUEUED: Message(N_("Waiting")),
    MailState.SENT: Message(N_("Sent")),
    MailState.FAILED: Message(N_("Not delivered")),
}
#: What a mail is about, by the feature that wrote it.
ABOUT = {
    "accounts": Message(N_("Account")),
    "certificate": Message(N_("Certificate")),
    "content": Message(N_("Courses being written")),
    "enrolment": Message(N_("Applications and runs")),
    "learning": Message(N_("Distance learning")),
    "meeting": Message(N_("Face-to-face training")),
    "notice": Message(N_("The daily mail")),
    "practical": Message(N_("Practical test")),
    "privacy": Message(N_("Personal data")),
    "workplace": Message(N_("On-the-job training")),
}


def _about(row: Any) -> Message:
    return ABOUT[row.template.partition("/")[0]]


FILTERS = [Filter("state", Message(N_("State")), [Choice(state.value, words) for state, words in WORDS.items()])]
COLUMNS: list[Column[Any]] = [
    Column(Message(N_("To")), lambda row: row.to_name),
    Column(Message(N_("Address")), lambda row: row.to_address, 30),
    Column(Message(N_("About")), _about, 24),
    Column(Message(N_("Mail")), lambda row: row.template, 30),
    Column(Message(N_("Language")), lambda row: row.lang, 10),
    Column(Message(N_("Written")), lambda row: row.queued_at),
    Column(Message(N_("State")), lambda row: WORDS[service.mail_state(row)]),
    Column(Message(N_("Sent")), lambda row: row.sent_at),
    Column(Message(N_("Answer of the mail server")), lambda row: row.error, 60),
]


@bp.get("/outbox")
@pages.needs(Action.SEE_OUTBOX)
def mails() -> ResponseReturnValue:
    """Every mail with its state and, where it failed, the reason; never its text."""
    asked = listing.asked(FILTERS)
    chosen = asked.get("state")
    state = MailState(chosen) if chosen else None
    if asked.format is not None:
        return listing.file(asked.format, Message(N_("Outbox")), COLUMNS, service.outbox(pages.actor(), state))
    page = service.mails(pages.actor(), state, asked.at)
    return pages.render(
        "notice/outbox.html",
        rows=[(row, service.mail_state(row), WORDS[service.mail_state(row)]) for row in page.rows],
        listing=listing.listing(asked, page, FILTERS),
        about=_about,
        leaves=mail.leaves(),
        local=clock.local,
    )


@bp.post("/outbox/<uuid:mail_id>")
@pages.needs(Action.SEND_AGAIN)
def send_again(mail_id: UUID) -> ResponseReturnValue:
    """Send a mail that failed once more."""
    service.send_again(service.written_mail(mail_id, pages.actor()), by=pages.actor())
    pages.notify("ok", Message(N_("The mail is on its way again.")))
    return redirect(url_for("notice.mails"), 303)
