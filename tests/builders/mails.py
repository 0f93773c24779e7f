"""What the outbox holds."""

import re

from sqlalchemy import select

from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.core import db
from lmp.core.mail import Mail
from lmp.notice import rules
from lmp.notice import service as notice
from lmp.notice.models import Notice
from lmp.notice.rules import Delivery, Settings


def mails(template: str) -> list[Mail]:
    """The mails of a template, the oldest first."""
    return list(db.session().scalars(select(Mail).where(Mail.template == template).order_by(Mail.queued_at, Mail.id)))


def hears_at_once(who: Person) -> Person:
    """A person who wants every notice by mail at once, so that a test can read the mail."""
    now = {key: Delivery.AT_ONCE for key, kind in rules.KINDS.items() if kind.is_optional}
    notice.change(who, Settings(choices=now), by=accounts.actor_of(who))
    return who


def told(template: str) -> list[Notice]:
    """What people were told in the words of a template, the oldest first, however it reached them."""
    found = select(Notice).where(Notice.template == template)
    return list(db.session().scalars(found.order_by(Notice.told_at, Notice.id)))


def readers(template: str) -> list[str]:
    """The addresses of those who were told in the words of a template, the oldest first."""
    found = select(Person.email).join(Notice, Notice.person_id == Person.id).where(Notice.template == template)
    return list(db.session().scalars(found.order_by(Notice.told_at, Notice.id)))


def newest(template: str) -> Mail:
    """The newest committed mail of a template, for tests that speak through pages."""
    with db.reading() as session:
        found = mails(template)[-1]
        session.expunge(found)
        return found


def link_of(mail: Mail) -> str:
    """The one-time link in a mail about an account, as a path."""
    found = re.search(r"(/m/[\w-]+\?lang=(tr|en))", mail.text)
    if found is None:
        raise AssertionError(f"no link in {mail.template}")
    return found[1]
