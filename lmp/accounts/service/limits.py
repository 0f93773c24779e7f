"""Counting what can be guessed. Counters live in a transaction of their own: a refused attempt counts too."""

import hashlib

from sqlalchemy import CursorResult, bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError

from lmp.accounts import rules
from lmp.accounts.models import Attempts
from lmp.accounts.rules import Limit
from lmp.core import clock, db
from lmp.core.errors import TooMany


def _key(kind: str, what: str) -> str:
    """What is counted, without keeping the address or place itself."""
    return hashlib.sha256(f"{kind}\n{what}".encode()).hexdigest()[:40]


def check_limit(kind: str, what: str, limit: Limit) -> None:
    """Raises TooMany when the window is full already."""
    now = clock.now()
    asked = {"of": _key(kind, what), "since": rules.window_start(now, limit)}
    if (db.session().scalar(_COUNT, asked) or 0) >= limit.count:
        raise TooMany(rules.minutes_left(now, limit))


_COUNT = select(Attempts.count).where(Attempts.key == bindparam("of"), Attempts.window_at == bindparam("since"))


def count_attempt(kind: str, what: str, limit: Limit) -> None:
    """Count one attempt, whatever becomes of the request."""
    key, window_at = _key(kind, what), rules.window_start(clock.now(), limit)
    with db.apart() as session:
        raised = session.execute(
            update(Attempts)
            .where(Attempts.key == key, Attempts.window_at == window_at)
            .values(count=Attempts.count + 1)
        )
        if isinstance(raised, CursorResult) and raised.rowcount:
            return
        try:
            with session.begin_nested():
                session.add(Attempts(key=key, window_at=window_at, count=1))
        except IntegrityError:
            session.execute(
                update(Attempts)
                .where(Attempts.key == key, Attempts.window_at == window_at)
                .values(count=Attempts.count + 1)
            )
        session.execute(delete(Attempts).where(Attempts.window_at < clock.now() - 96 * limit.window))
