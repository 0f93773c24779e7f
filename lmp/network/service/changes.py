"""How every record of the network is changed: against its version, with the old and the new values in the audit record."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import CursorResult, delete, exists, select, update

from lmp.access import Actor
from lmp.audit import service as audit
from lmp.audit.history import CHANGES
from lmp.core import clock, db
from lmp.core.errors import Conflict, RuleBroken
from lmp.core.messages import N_, Message

#: Follow from other columns, so they are no news.
_DERIVED = frozenset({"sort_key", "sort_key_tr", "sort_key_en"})
#: Scopes of role grants hold an id as text, without a foreign key.
_GRANTS, _SCOPE = "role_grant", "scope"


class Versioned(Protocol):
    """A record that is edited."""

    __tablename__: str
    id: Any
    version: Any


class Stale(Conflict):
    """Somebody else saved the record after the page was opened; nothing was written."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            Message(N_("Somebody else saved this record after you opened it. Compare the values, then save again."))
        )


def change(
    thing: Versioned,
    values: Mapping[str, Any],
    *,
    seen: int,
    by: Actor,
    told: Mapping[str, tuple[Any, Any]] | None = None,
    private: Collection[str] = (),
) -> dict[str, Any]:
    """Write `values` (column → value) over the version that was `seen`; answers what was changed.

    `told` holds (before, after) of what has other words than its column, or stands in another table; the names in
    `private` are recorded without their values. Raises Stale.
    """
    told = told or {}
    changed = {name: value for name, value in values.items() if getattr(thing, name) != value}
    moved = {name: pair for name, pair in told.items() if pair[0] != pair[1]}
    if not changed and not moved:
        return {}
    before = {name: getattr(thing, name) for name in changed}
    _write(thing, changed, seen)
    named = {**{name: (before[name], value) for name, value in changed.items() if name not in told}, **moved}
    news = {
        name: None if name in private else [_plain(old), _plain(new)]
        for name, (old, new) in named.items()
        if name not in _DERIVED
    }
    audit.record(by, "network.changed", thing, **{CHANGES: news})
    return {**changed, **moved}


def _write(thing: Versioned, changed: Mapping[str, Any], seen: int) -> None:
    """The guarded statement: only the version that was seen is overwritten. Raises Stale."""
    session, table = db.session(), db.Model.metadata.tables[thing.__tablename__]
    session.flush()
    moved = session.execute(
        update(table).where(table.c.id == thing.id, table.c.version == seen).values(**changed, version=seen + 1)
    )
    session.refresh(thing)
    if not isinstance(moved, CursorResult) or moved.rowcount != 1:
        raise Stale


def _plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def close(thing: Any, *, by: Actor, on: date | None = None, reason: str = "") -> None:
    """Take a record out of use from a day on; whatever refers to it stays."""
    if thing.closed_on is not None:
        return
    _write(thing, {"closed_on": on or clock.today()}, thing.version)
    audit.record(by, "network.closed", thing, **({"reason": reason} if reason else {}))


def reopen(thing: Any, *, by: Actor) -> None:
    """Take a closed record into use again."""
    if thing.closed_on is None:
        return
    _write(thing, {"closed_on": None}, thing.version)
    audit.record(by, "network.reopened", thing)


def is_used(thing: Versioned, own: Collection[str] = ()) -> bool:
    """Whether any row of another table refers to the record; tables in `own` go with it."""
    tables = db.Model.metadata.tables
    target = tables[thing.__tablename__]
    asked = [
        exists().where(key.parent == thing.id)
        for table in tables.values()
        if table.name not in own
        for key in table.foreign_keys
        if key.column.table is target
    ]
    grants = tables[_GRANTS]
    asked.append(exists().where(grants.c[_SCOPE] == str(thing.id)))
    return any(db.session().execute(select(*asked)).one())


def remove(thing: Versioned, *, by: Actor, own: Collection[str] = ()) -> None:
    """Delete a record that nothing refers to. Raises RuleBroken for one that is in use."""
    if is_used(thing, own):
        raise RuleBroken(Message(N_("Other records refer to this one, so it cannot be removed. Close it instead.")))
    session, tables = db.session(), db.Model.metadata.tables
    target = tables[thing.__tablename__]
    for name in own:
        for key in tables[name].foreign_keys:
            if key.column.table is target:
                session.execute(delete(tables[name]).where(key.parent == thing.id))
    audit.record(by, "network.removed", thing)
    session.flush()
    session.execute(delete(target).where(target.c.id == thing.id, target.c.version == thing.version))
    session.expunge(thing)


def set_links(table: Any, owner: str, owner_id: UUID, other: str, wanted: Collection[UUID]) -> None:
    """Make the many-to-many rows of `owner_id` those that are wanted."""
    session, columns = db.session(), table.__table__.c
    kept = set(session.scalars(select(columns[other]).where(columns[owner] == owner_id)))
    gone = kept - set(wanted)
    if gone:
        session.execute(delete(table.__table__).where(columns[owner] == owner_id, columns[other].in_(gone)))
    session.add_all(table(**{owner: owner_id, other: one}) for one in wanted if one not in kept)
    session.flush()
