"""Idempotency: the same form sent twice is done once, and both senders get the same answer."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from lmp.core import clock, db
from lmp.core.errors import RuleBroken
from lmp.core.ids import new_id
from lmp.core.messages import N_, Message
from lmp.core.personal import Impersonal

KEPT = timedelta(days=7)


class OnceKey(db.Model):
    """One act that was done, under the key its form carried; written in the transaction of the act."""

    __tablename__ = "once_key"
    __table_args__ = (UniqueConstraint("actor", "key", "route"),)
    personal = Impersonal("actor is a row id; the body is kept as a hash only, for seven days")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    actor: Mapped[str]
    key: Mapped[str]
    route: Mapped[str]
    body_sha256: Mapped[str]
    status: Mapped[int]
    location: Mapped[str]
    done_at: Mapped[datetime]


@dataclass(frozen=True)
class Attempt:
    """A request that carries a key."""

    actor: str
    key: str
    route: str
    body_sha256: str


def attempt(*, actor: str, key: str, route: str, body: bytes) -> Attempt:
    """Describe a request by its actor, key, route and body."""
    return Attempt(actor, key, route, hashlib.sha256(body).hexdigest())


def earlier(made: Attempt) -> OnceKey | None:
    """The answer given to this key before, or None. Raises RuleBroken when the key came with another body."""
    found = db.session().scalar(
        select(OnceKey).where(OnceKey.actor == made.actor, OnceKey.key == made.key, OnceKey.route == made.route)
    )
    if found is not None and found.body_sha256 != made.body_sha256:
        raise RuleBroken(
            Message(N_("This form was sent before with other content. Open the page again to see what is saved."))
        )
    return found


def remember(made: Attempt, *, status: int, location: str) -> None:
    """Keep the answer. Raises IntegrityError when a twin request was first; the caller rolls back and replays it."""
    db.session().add(
        OnceKey(
            actor=made.actor,
            key=made.key,
            route=made.route,
            body_sha256=made.body_sha256,
            status=status,
            location=location,
            done_at=clock.now(),
        )
    )
    db.session().flush()


def sweep() -> None:
    """Forget keys older than a week."""
    db.session().execute(delete(OnceKey).where(OnceKey.done_at < clock.now() - KEPT))
