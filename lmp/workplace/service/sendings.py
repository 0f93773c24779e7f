"""What the centre sees of the weeks that wait for a company: when the mentor was written to, and what is known since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from lmp.access import Action, Actor, require
from lmp.accounts import service as accounts
from lmp.core import clock, db, mail
from lmp.core.mail import Mail
from lmp.workplace import afterwards
from lmp.workplace.models import DayState, Placement, SentWeek
from lmp.workplace.service.letters import PURPOSE
from lmp.workplace.service.photos import is_as_sent
from lmp.workplace.service.weeks import Row


class Post(StrEnum):
    """How far a mail came; whether it reached its reader nobody can know."""

    WAITING = "waiting"
    HANDED_OVER = "handed_over"
    FAILED = "failed"
    #: There is no mail server; the mail stays in the outbox.
    KEPT = "kept"
    #: Mails are kept for a time only.
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Sending:
    """A week that waits for the company; moments are on the clock on the wall."""

    week: SentWeek
    span: tuple[date, date]
    days: int
    mailed_at: datetime
    post: Post
    #: When the link was first seen open in a browser; None as far as anybody knows.
    opened_at: datetime | None
    #: Until when nobody writes again; None when another mail may leave now.
    pause_until: datetime | None


def sendings(placement: Placement, rows: Collection[Row], *, by: Actor) -> list[Sending]:
    """The weeks of a placement that wait for the company, the oldest first; `rows` are its days as they stand."""
    require(by, Action.SEE_LOG, placement)
    sent = [row.entry for row in rows if row.entry is not None and row.entry.state is DayState.SENT]
    weeks = _open_weeks(placement) if sent else []
    links = accounts.newest_links(PURPOSE, [week.id for week, _ in weeks]) if weeks else {}
    found = []
    for week, post in weeks:
        waiting, link = [entry for entry in sent if is_as_sent(week.entries, entry)], links.get(week.id)
        if waiting:
            found.append(
                Sending(
                    week=week,
                    span=(waiting[0].day, waiting[-1].day),
                    days=len(waiting),
                    mailed_at=clock.local(week.mailed_at),
                    post=post,
                    opened_at=clock.local(link.opened_at) if link is not None and link.opened_at else None,
                    pause_until=pause_until(week),
                )
            )
    return found


def _open_weeks(placement: Placement) -> list[tuple[SentWeek, Post]]:
    """The weeks that nobody has answered, each with how far its newest mail came, as long as mails are kept."""
    found = (
        select(SentWeek, Mail.id, Mail.sent_at, Mail.failed_at)
        .outerjoin(Mail, Mail.id == SentWeek.mail_id)
        .where(SentWeek.placement_id == placement.id, SentWeek.decided_at.is_(None))
        .options(lazyload(SentWeek.placement))
        .order_by(SentWeek.id)
    )
    return [(row[0], _post(row[2], row[3]) if row[1] else Post.UNKNOWN) for row in db.session().execute(found)]


def pause_until(week: SentWeek) -> datetime | None:
    """Until when nobody writes to the mentor about a week again; None when another mail may leave now."""
    again = week.mailed_at + afterwards.MAIL_PAUSE
    return clock.local(again) if again > clock.now() else None


def _post(sent_at: datetime | None, failed_at: datetime | None) -> Post:
    if failed_at is not None:
        return Post.FAILED
    if sent_at is not None:
        return Post.HANDED_OVER
    return Post.WAITING if mail.leaves() else Post.KEPT
