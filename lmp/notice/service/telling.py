"""Telling a person something: a notice in the app, and a mail at once or a line in the daily mail, as they wish."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from lmp.accounts import service as accounts
from lmp.accounts.models import Person, PersonState
from lmp.core import clock, db, mail
from lmp.core.addresses import Page
from lmp.core.db import Bilingual
from lmp.core.messages import spoken
from lmp.notice import rules
from lmp.notice.models import Notice
from lmp.notice.rules import Delivery, Settings
from lmp.notice.service import choosing, stopping
from lmp.notice.service.wiring import Topic

NOTHING = Bilingual("", "")


def tell(
    key: str,
    who: Person,
    template: str,
    *,
    page: Page,
    topic: Topic | None = None,
    subject: UUID | None = None,
    due_on: date | None = None,
    detail: object = NOTHING,
    once: str | None = None,
    **values: Any,
) -> Notice | None:
    """Tell a person something of a kind, in the words of a mail's template, leading to a page.

    The template is given `name`, `url` and `values`; its subject is the notice's title, and `detail` a sentence below.
    `once` tells the same person the same thing at most once. None where nothing was told: it was said before, or the
    person is suspended.
    """
    if who.state is not PersonState.ACTIVE:
        return None
    kind = rules.KINDS[key]
    settings = choosing.settings_of(who.id)
    told = {"name": who.name, "url": page.address(who.lang), **values}
    made = Notice(
        person_id=who.id,
        kind=key,
        template=template,
        subject_id=subject,
        once_key=f"{once}:{who.id}" if once is not None else None,
        topic_id=topic.id if topic else None,
        topic=topic.title if topic else NOTHING,
        title=Bilingual(*(mail.title(template, lang, **told) for lang in ("tr", "en"))),
        detail=Bilingual(*(str(spoken(detail, lang)) for lang in ("tr", "en"))),
        path=page.path(who.lang),
        due_on=due_on,
        delivery=rules.delivery(kind, settings),
        told_at=clock.now(),
    )
    if not _keep(made):
        return None
    if made.delivery is Delivery.AT_ONCE:
        mail.queue(
            template,
            to=who,
            stop_url=stopping.address(stopping.PERSON, who.id, key, who.lang) if kind.is_optional else None,
            send_after=send_after(settings, due_on) if kind.is_optional else None,
            **told,
        )
    return made


def _keep(made: Notice) -> bool:
    """Write a notice and count it; False when its key says that it was told before."""
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        return False
    accounts.add_unread(made.person_id)
    return True


def send_after(settings: Settings, due_on: date | None) -> datetime | None:
    """When a mail written now may leave; None for at once. What is due today does not wait for the morning."""
    local = clock.local(clock.now())
    if not rules.may_wait(due_on, local.date()):
        return None
    awake = rules.quiet_until(local, settings)
    return None if awake == local else clock.wall(awake.date(), awake.time())
