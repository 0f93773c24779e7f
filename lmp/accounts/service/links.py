"""One-time links: opening shows a page, only its button acts, and it acts once."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, bindparam, select, update

from lmp.access import Actor, ActorKind
from lmp.accounts.models import OneTimeLink
from lmp.core import clock, db
from lmp.core.errors import Gone, NotFound
from lmp.core.ids import new_id
from lmp.core.messages import N_, Message


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(
    purpose: str,
    subject_id: UUID,
    *,
    bound_to: dict[str, Any],
    bearer_name: str,
    days_valid: int = 0,
    valid_for: timedelta | None = None,
) -> str:
    """A link for one purpose and subject; answers its token (256 random bits), of which only the hash is kept.

    It is good until the end of the day in `days_valid` days, or for exactly `valid_for`.
    """
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session().add(
        OneTimeLink(
            id=new_id(),
            token_sha256=_hash(token),
            purpose=purpose,
            subject_id=subject_id,
            bound_to=bound_to,
            bearer_name=bearer_name,
            made_at=now,
            expires_at=now + valid_for if valid_for else clock.end_of(clock.today() + timedelta(days=days_valid)),
        )
    )
    db.session().flush()
    return token


def find_link(token: str) -> OneTimeLink | None:
    """The link of a token whatever its state, or None."""
    return db.session().scalar(_BY_TOKEN, {"token": _hash(token)})


_BY_TOKEN = select(OneTimeLink).where(OneTimeLink.token_sha256 == bindparam("token"))


def open_link(token: str, purpose: str | None = None) -> OneTimeLink:
    """The link of a token, unspent. Raises NotFound for a token nobody made, Gone for one that is over; spends nothing."""
    found = find_link(token)
    if found is None or (purpose is not None and found.purpose != purpose):
        raise NotFound(Message(N_("This link is not complete. Copy the whole address from the message.")))
    check_open(found)
    return found


def check_open(found: OneTimeLink) -> None:
    """Whether a link may still act. Raises Gone for one that was used, ended or expired; spends nothing."""
    if found.used_at is not None:
        raise Gone(Message(N_("This link was used. Nothing more is needed.")))
    if found.ended_at is not None:
        raise Gone(Message(N_("This link ended because something changed. A new message with a new link will come.")))
    if found.expires_at <= clock.now():
        raise Gone(Message(N_("This link expired. Ask the teacher or the centre to send it again.")))


def link_actor(link: OneTimeLink) -> Actor:
    """The bearer of a link as somebody who acts, for its one subject only."""
    kind = ActorKind.OFFICE if link.purpose == "office" else ActorKind.LINK
    return Actor(kind, name=link.bearer_name, purpose=link.purpose, subject=link.subject_id)


def note_opened(link: OneTimeLink) -> bool:
    """Keep when the link's page was first open in a browser; False when that is known already."""
    noted = db.session().execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.opened_at.is_(None))
        .values(opened_at=clock.now())
    )
    return isinstance(noted, CursorResult) and noted.rowcount == 1


def newest_links(purpose: str, subject_ids: Collection[UUID]) -> dict[UUID, OneTimeLink]:
    """The newest link of each of some subjects, whatever became of it."""
    found = select(OneTimeLink).where(OneTimeLink.purpose == purpose, OneTimeLink.subject_id.in_(subject_ids))
    return {link.subject_id: link for link in db.session().scalars(found.order_by(OneTimeLink.id))}


def newer_link(link: OneTimeLink) -> OneTimeLink | None:
    """The link that took the place of this one, if there is one."""
    newest = newest_links(link.purpose, [link.subject_id]).get(link.subject_id)
    return newest if newest is not None and newest.id != link.id and newest.ended_at is None else None


def spend_link(link: OneTimeLink) -> None:
    """Use the link up. Raises Gone when somebody was faster."""
    spent = db.session().execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None), OneTimeLink.ended_at.is_(None))
        .values(used_at=clock.now())
    )
    if not isinstance(spent, CursorResult) or spent.rowcount != 1:
        raise Gone(Message(N_("This link was used. Nothing more is needed.")))


def end_links(purpose: str, subject_id: UUID) -> None:
    """Let every open link of a subject die, because what it spoke of has changed."""
    db.session().execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.purpose == purpose,
            OneTimeLink.subject_id == subject_id,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.ended_at.is_(None),
        )
        .values(ended_at=clock.now())
    )
