"""What the outbox holds."""

from sqlalchemy import select

from lmp.core import db
from lmp.core.mail import Mail


def mails(template: str) -> list[Mail]:
    """The mails of a template, the oldest first."""
    return list(db.session().scalars(select(Mail).where(Mail.template == template).order_by(Mail.queued_at, Mail.id)))
