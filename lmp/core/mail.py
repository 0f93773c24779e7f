"""Mail: an outbox row and a job in the transaction of its cause; the worker delivers to a real SMTP server."""

import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from lmp.core import clock, db, jobs
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal

JOB = "mail.send"

#: Renders a mail's template: (name, language, values) → (subject, text, html). The application hands it in.
Renderer = Callable[[str, str, Mapping[str, object]], tuple[str, str, str]]


class Mail(db.Model):
    """One mail to one person; its body is forgotten once it is sent, because it may hold a one-time link."""

    __tablename__ = "mail"
    personal = Personal(
        columns=("to_address", "to_name", "subject", "text", "html"),
        owner="to_address",
        purpose="tell a person what they have to do or what was decided",
        keep_years=1,
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    template: Mapped[str]
    lang: Mapped[str]
    to_address: Mapped[str]
    to_name: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Post:
    """Where mail goes: the SMTP address (None: kept in the outbox only), the sender, and whether bodies are kept."""

    smtp_url: str | None
    sender_name: str
    sender_address: str
    keep_bodies: bool
    render: Renderer


_post: Post | None = None


def configure(post: Post) -> None:
    """Set where mail goes; once per process."""
    global _post
    _post = post


def queue(template: str, *, to: tuple[str, str], lang: str, **values: object) -> Mail:
    """Write a mail from the template `<feature>/<name>` to (name, address) in the reader's language and queue it."""
    if _post is None:
        raise RuntimeError("mail is not configured")
    subject, text, html = _post.render(template, lang, values)
    row = Mail(
        template=template,
        lang=lang,
        to_name=to[0],
        to_address=to[1],
        subject=subject,
        text=text,
        html=html,
        queued_at=clock.now(),
    )
    db.session().add(row)
    db.session().flush()
    jobs.queue(JOB, {"mail": str(row.id)}, unique=f"mail:{row.id}")
    return row


def send(payload: dict[str, Any]) -> None:
    """The worker's job: deliver one mail. A mail that is sent already is left alone."""
    row = db.session().get_one(Mail, UUID(payload["mail"]))
    if row.sent_at is not None or _post is None or _post.smtp_url is None:
        return
    deliver(_post.smtp_url, _compose(row, _post))
    row.sent_at = clock.now()
    if not _post.keep_bodies:
        row.text = row.html = ""


def _compose(row: Mail, post: Post) -> EmailMessage:
    """The message with a text and an HTML part."""
    message = EmailMessage()
    message["Subject"] = row.subject
    message["From"] = formataddr((post.sender_name, post.sender_address))
    message["To"] = formataddr((row.to_name, row.to_address))
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(str(row.id), post.sender_address.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(row.text)
    message.add_alternative(row.html, subtype="html")
    message["Content-Language"] = row.lang  # last: making the mail multipart moves such headers into its first part
    return message


def deliver(smtp_url: str, message: EmailMessage) -> None:
    """Hand a message to `smtp://` (STARTTLS where offered) or `smtps://[user:password@]host[:port]`."""
    parts = urlsplit(smtp_url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    client: smtplib.SMTP
    if parts.scheme == "smtps":
        client = smtplib.SMTP_SSL(host, parts.port or 465, timeout=20, context=context)
    else:
        client = smtplib.SMTP(host, parts.port or 25, timeout=20)
    with client:
        client.ehlo()
        if parts.scheme == "smtp" and client.has_extn("starttls"):
            client.starttls(context=context)
        if parts.username:
            client.login(unquote(parts.username), unquote(parts.password or ""))
        client.send_message(message)


def outbox(limit: int = 50) -> list[Mail]:
    """The newest mails, for the demo's outbox page."""
    return list(db.session().scalars(select(Mail).order_by(Mail.queued_at.desc(), Mail.id.desc()).limit(limit)))
