"""Who is working on a unit at this moment; nothing of it is kept for longer than a few minutes."""

from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from lmp.access import Action, Actor, require
from lmp.accounts.models import Person
from lmp.content.models import Draft, Presence
from lmp.content.service import drafts
from lmp.core import clock, db

#: Whoever has not been heard of for so long is not here any more.
GONE_AFTER = timedelta(minutes=2)


def be_here(slug: str, unit: str, *, by: Actor) -> list[str]:
    """Say that somebody works on a unit; answers the names of the others who do. Raises NotFound, NotAllowed."""
    draft = drafts.draft(slug)
    require(by, Action.WRITE_DRAFT, draft)
    note(draft, unit, by)
    return others(draft, unit, viewer=by)


def note(draft: Draft, unit: str, by: Actor) -> None:
    """Remember that somebody was at work on a unit just now, and forget whoever has gone."""
    if by.id is None:
        return
    session, now = db.session(), clock.now()
    session.execute(delete(Presence).where(Presence.seen_at < now - GONE_AFTER))
    mine = (Presence.person_id == by.id, Presence.course_id == draft.course_id, Presence.unit == unit)
    if session.execute(update(Presence).where(*mine).values(seen_at=now)).rowcount:  # type: ignore[attr-defined]  # typed wider
        return
    try:
        with session.begin_nested():
            session.add(Presence(person_id=by.id, course_id=draft.course_id, unit=unit, seen_at=now))
    except IntegrityError:
        return  # another page of the same person said so at the same moment


def others(draft: Draft, unit: str, *, viewer: Actor) -> list[str]:
    """The names of those who are at work on a unit besides the viewer, in the order they were last heard of."""
    here = (
        select(Person.name)
        .join(Presence, Presence.person_id == Person.id)
        .where(Presence.course_id == draft.course_id, Presence.unit == unit)
        .where(Presence.seen_at >= clock.now() - GONE_AFTER, Presence.person_id != viewer.id)
        .order_by(Presence.seen_at.desc(), Person.name)
    )
    return list(db.session().scalars(here))
