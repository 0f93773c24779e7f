"""The outbox for network administrators: what became of each mail, never what it says."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, select

from lmp.access import Action, Actor, Facts, require
from lmp.audit import service as audit
from lmp.core import clock, db, keyed, mail
from lmp.core.errors import Conflict, NotFound
from lmp.core.keyed import Page
from lmp.core.mail import Mail
from lmp.core.messages import N_, Message

_ORDER = (Mail.queued_at, Mail.id)


class MailState(StrEnum):
    """What became of a mail."""

    SENT = "sent"
    QUEUED = "queued"
    FAILED = "failed"


def _rows(state: MailState | None) -> Select[*tuple[Any, ...]]:
    """Who, what kind, when, and what became of it; subject and text stay unread."""
    wanted = select(
        Mail.id,
        Mail.to_name,
        Mail.to_address,
        Mail.template,
        Mail.lang,
        Mail.queued_at,
        Mail.send_after,
        Mail.sent_at,
        Mail.error,
        Mail.failed_at,
    )
    return wanted.where(_is(state)) if state is not None else wanted


def _is(state: MailState) -> ColumnElement[bool]:
    if state is MailState.SENT:
        return Mail.sent_at.is_not(None)
    failed = Mail.failed_at.is_not(None) if state is MailState.FAILED else Mail.failed_at.is_(None)
    return and_(Mail.sent_at.is_(None), failed)


def mail_state(row: Row[*tuple[Any, ...]] | Mail) -> MailState:
    """What became of a mail."""
    if row.sent_at is not None:
        return MailState.SENT
    return MailState.FAILED if row.failed_at is not None else MailState.QUEUED


def _key(row: Any) -> tuple[Any, ...]:
    return row.queued_at, row.id


def mails(viewer: Actor, state: MailState | None = None, at: str | None = None) -> Page[Any]:
    """A page of the outbox, newest first."""
    require(viewer, Action.SEE_OUTBOX, Facts())
    return keyed.page(_rows(state), _ORDER, at, key_of=_key, descending=True)


def failed_mails(viewer: Actor) -> int:
    """How many mails failed and wait for somebody to send them again."""
    require(viewer, Action.SEE_OUTBOX, Facts())
    return db.session().scalar(select(func.count(Mail.id)).where(_is(MailState.FAILED))) or 0


def outbox(viewer: Actor, state: MailState | None = None) -> Iterator[Any]:
    """The whole outbox, newest first, for a file."""
    require(viewer, Action.SEE_OUTBOX, Facts())
    return keyed.every(_rows(state), _ORDER, key_of=_key, descending=True)


def written_mail(mail_id: UUID, viewer: Actor) -> Mail:
    """A mail of the outbox. Raises NotFound."""
    require(viewer, Action.SEE_OUTBOX, Facts())
    found = db.session().get(Mail, mail_id)
    if found is None:
        raise NotFound
    return found


def send_again(row: Mail, *, by: Actor) -> None:
    """Send a mail that failed once more. Raises Conflict when it did not fail, or was sent meanwhile."""
    require(by, Action.SEND_AGAIN, Facts())
    if mail_state(row) is not MailState.FAILED:
        raise Conflict(
            Message(N_("Only a mail that failed can be sent again. Open the page again to see how it stands."))
        )
    mail.queue_again(row)
    audit.record(by, "notice.mail_sent_again", row, queued_at=clock.local(row.queued_at).isoformat())
