"""Mail: an outbox row and a job in the transaction of its cause; the worker delivers to a real SMTP server."""

import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr, make_msgid
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from lmp.core import clock, db, jobs, metrics
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal

JOB = "mail.send"

#: Renders a mail's template: (name, language, values) → (subject, text, html). The application hands it in.
Renderer = Callable[[str, str, Mapping[str, object]], tuple[str, str, str]]
#: Renders a template's subject alone: (name, language, values) → subject.
Titler = Callable[[str, str, Mapping[str, object]], str]


class Reader(Protocol):
    """Whoever a mail is written to: a person, a mentor."""

    @property
    def name(self) -> str:
        """What they are called."""

    @property
    def email(self) -> str:
        """Where the mail goes."""

    @property
    def lang(self) -> str:
        """The language they read."""


@dataclass(frozen=True)
class Address:
    """A reader who is nobody's row: a name, an address and a language."""

    name: str
    email: str
    lang: str


class Mail(db.Model):
    """One mail to one person; its body is forgotten once it is sent, because it may hold a one-time link."""

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_queued_at", "queued_at", "id"),)
    personal = Personal(
        columns=("to_address", "to_name", "subject", "text", "html", "stop_url", "error"),
        owner="to_address",
        purpose="tell a person what they have to do or what was decided",
        keep_years=1,
        since="queued_at",
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
    #: Where one press ends mails like this one (RFC 8058); None on mails that nobody can end.
    stop_url: Mapped[str | None]
    #: When the quiet hours of the reader end; None for a mail that went to the worker at once.
    send_after: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    #: What the mail server said at the last try, and when the worker gave up.
    error: Mapped[str | None]
    failed_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Post:
    """Where mail goes: the SMTP address (None: kept in the outbox only), the sender, and whether bodies are kept."""

    smtp_url: str | None
    sender_name: str
    sender_address: str
    keep_bodies: bool
    render: Renderer
    title: Titler


_post: Post | None = None


def configure(post: Post) -> None:
    """Set where mail goes; once per process."""
    global _post
    _post = post


def _configured() -> Post:
    if _post is None:
        raise RuntimeError("mail is not configured")
    return _post


def leaves() -> bool:
    """Whether there is a mail server; without one, mails stay in the outbox."""
    return _configured().smtp_url is not None


def title(template: str, lang: str, **values: object) -> str:
    """The subject a template would have, for pages that show what was mailed."""
    return _configured().title(template, lang, values)


def queue(
    template: str,
    *,
    to: Reader | tuple[str, str],
    lang: str = "tr",
    stop_url: str | None = None,
    send_after: datetime | None = None,
    **values: object,
) -> Mail:
    """Write a mail from the template `<feature>/<name>` in its reader's language and queue it.

    `lang` is asked only where the reader is a bare (name, address). The mail leaves at once, or at `send_after`;
    `stop_url` ends mails of its kind with one press.
    """
    reader = Address(*to, lang) if isinstance(to, tuple) else to
    subject, text, html = _configured().render(template, reader.lang, {**values, "stop_url": stop_url})
    row = Mail(
        template=template,
        lang=reader.lang,
        to_name=reader.name,
        to_address=reader.email,
        subject=subject,
        text=text,
        html=html,
        queued_at=clock.now(),
        stop_url=stop_url,
        send_after=send_after,
    )
    db.session().add(row)
    db.session().flush()
    jobs.queue(JOB, {"mail": str(row.id)}, unique=f"mail:{row.id}", run_at=send_after)
    return row


def queue_again(row: Mail) -> None:
    """Give a mail that failed to the worker once more."""
    row.error, row.failed_at, row.send_after = None, None, None
    jobs.queue(JOB, {"mail": str(row.id)}, unique=f"mail:{row.id}:{clock.now().timestamp()}")


def note_failure(payload: dict[str, Any], error: str, *, given_up: bool) -> None:
    """Keep with the mail why it did not leave; called by the worker after a failed try."""
    row = db.session().get(Mail, UUID(payload["mail"]))
    if row is not None and row.sent_at is None:
        row.error = error[:500]
        row.failed_at = clock.now() if given_up else None


def send(payload: dict[str, Any]) -> None:
    """The worker's job: deliver one mail. A mail that is sent already is left alone."""
    row = db.session().get_one(Mail, UUID(payload["mail"]))
    if row.sent_at is not None or _post is None or _post.smtp_url is None:
        return
    deliver(_post.smtp_url, _compose(row, _post))
    metrics.mail_sent()
    row.sent_at, row.error, row.failed_at = clock.now(), None, None
    if not _post.keep_bodies:
        row.text = row.html = ""


class _WholeLinks(EmailPolicy):
    """Headers as Python writes them, but the link that ends mails stays one plain line: mail readers decode no link."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """One header as bytes."""
        if name == "List-Unsubscribe":
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


def _compose(row: Mail, post: Post) -> EmailMessage:
    """The message with a text and an HTML part."""
    message = EmailMessage(_WholeLinks())
    message["Subject"] = row.subject
    message["From"] = formataddr((post.sender_name, post.sender_address))
    message["To"] = formataddr((row.to_name, row.to_address))
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(str(row.id), post.sender_address.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    if row.stop_url:
        message["List-Unsubscribe"] = f"<{row.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(row.text)
    message.add_alternative(row.html, subtype="html")
    message["Content-Language"] = row.lang  # last: making the mail multipart moves such headers into its first part
    return message


def deliver(smtp_url: str, message: EmailMessage) -> None:
    """Hand a message to the server of an SMTP address."""
    with _connected(smtp_url) as client:
        client.send_message(message)


def greet(smtp_url: str) -> None:
    """Connect, sign in and leave. Raises OSError or SMTPException when the server would not take our mail."""
    with _connected(smtp_url) as client:
        client.noop()


@contextmanager
def _connected(smtp_url: str) -> Iterator[smtplib.SMTP]:
    """A session with `smtp://` (STARTTLS where offered) or `smtps://[user:password@]host[:port]`."""
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
        yield client


def newest_to(address: str) -> Mail | None:
    """The newest mail to an address, for whoever runs an installation that sends none."""
    found = select(Mail).where(Mail.to_address == address).order_by(Mail.queued_at.desc(), Mail.id.desc())
    return db.session().scalar(found.limit(1))


def outbox(limit: int = 50) -> list[Mail]:
    """The newest mails, for the demo's outbox page."""
    return list(db.session().scalars(select(Mail).order_by(Mail.queued_at.desc(), Mail.id.desc()).limit(limit)))
