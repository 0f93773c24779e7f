"""A person's notices: looking at them and marking them as read."""

from uuid import UUID

from sqlalchemy import CursorResult, select, update

from lmp.access import Action, Actor, require
from lmp.accounts import service as accounts
from lmp.core import clock, db, keyed
from lmp.core.errors import NotFound
from lmp.core.keyed import Page
from lmp.notice.models import Notice

ROWS = 30


def notices_of(person_id: UUID, *, unread: bool = False, at: str | None = None) -> Page[Notice]:
    """A page of a person's notices, newest first."""
    wanted = select(Notice).where(Notice.person_id == person_id)
    if unread:
        wanted = wanted.where(Notice.read_at.is_(None))
    order = (Notice.told_at, Notice.id)
    return keyed.page(wanted, order, at, key_of=lambda one: (one.told_at, one.id), descending=True, size=ROWS)


def notice(notice_id: UUID, viewer: Actor) -> Notice:
    """A notice for its reader. Raises NotFound for everybody else."""
    found = db.session().get(Notice, notice_id)
    if found is None:
        raise NotFound
    require(viewer, Action.KEEP_NOTICES, found)
    return found


def read(one: Notice, *, by: Actor) -> None:
    """Mark a notice as read; reading it twice changes nothing."""
    require(by, Action.KEEP_NOTICES, one)
    _read(one.person_id, one.id)


def read_all(person_id: UUID, *, by: Actor) -> None:
    """Mark everything as read that was told until now."""
    require(by, Action.KEEP_NOTICES, Notice(person_id=person_id))
    _read(person_id, None)


def _read(person_id: UUID, notice_id: UUID | None) -> None:
    """Mark as read and take from the count what this very statement marked."""
    unread = update(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None))
    if notice_id is not None:
        unread = unread.where(Notice.id == notice_id)
    else:
        unread = unread.where(Notice.told_at <= clock.now())
    done = db.session().execute(unread.values(read_at=clock.now()).execution_options(synchronize_session=False))
    if isinstance(done, CursorResult) and done.rowcount:
        accounts.add_unread(person_id, -done.rowcount)
