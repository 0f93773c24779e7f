"""A record's history for its page: who did what when, and which values changed, in the reader's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import literal, select, tuple_

from lmp.access import ActorKind
from lmp.audit.models import AuditEntry
from lmp.audit.service import Recordable
from lmp.audit.words import ACTS, CHANGED, REASONS, SYSTEM
from lmp.core import clock, db
from lmp.core.db import Id, Moment
from lmp.core.messages import N_, Message

#: Under this key an act keeps what it changed: name → [before, after], or name → None where the values are personal.
CHANGES = "changes"
PAGE = 20
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YES, _NO = Message(N_("yes")), Message(N_("no"))


@dataclass(frozen=True)
class Words:
    """What a feature calls the names and codes in its changes."""

    names: Mapping[str, Message] = field(default_factory=dict)
    codes: Mapping[str, Message] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One changed value; `shown` is False where only the name may be told."""

    name: Message | str
    before: Message | date | str
    after: Message | date | str
    shown: bool


@dataclass(frozen=True)
class Line:
    """One act of the history, by the clock on the wall."""

    at: datetime
    who: Message | str
    title: Message
    changes: tuple[Change, ...]
    why: str


@dataclass(frozen=True)
class History:
    """A page of a history, the newest first; `older` continues it, None at its beginning."""

    lines: tuple[Line, ...]
    older: UUID | None


def history(thing: Recordable, limit: int = PAGE, before: UUID | None = None, words: Words | None = None) -> History:
    """What happened to a thing, the newest first; `before` is the `older` of the page before.

    Whoever asks has been allowed to see the thing; what is personal in it never stands in an entry's changes.
    """
    found = select(AuditEntry).where(AuditEntry.subject_kind == thing.__tablename__, AuditEntry.subject_id == thing.id)
    last = db.session().get(AuditEntry, before) if before is not None else None
    if last is not None:
        found = found.where(
            tuple_(AuditEntry.at, AuditEntry.id) < tuple_(literal(last.at, Moment), literal(last.id, Id))
        )
    newest_first = found.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    entries = list(db.session().scalars(newest_first.limit(limit + 1)))
    shown = entries[:limit]
    lines = tuple(_line(entry, words or Words()) for entry in shown)
    return History(lines, shown[-1].id if len(entries) > limit else None)


def _line(entry: AuditEntry, words: Words) -> Line:
    """An entry in words."""
    changes = entry.detail.get(CHANGES)
    return Line(
        at=clock.local(entry.at),
        who=SYSTEM if entry.actor_kind == ActorKind.SYSTEM else entry.actor_name,
        title=ACTS.get(entry.act, CHANGED),
        changes=tuple(_change(name, changes[name], words) for name in _in_order(changes, words))
        if isinstance(changes, dict)
        else (),
        why=next((str(entry.detail[name]) for name in REASONS if entry.detail.get(name)), ""),
    )


def _in_order(changes: Mapping[str, Any], words: Words) -> list[str]:
    """The changed names as the feature lists them, then by alphabet; the database keeps no order."""
    listed = list(words.names)
    return sorted(changes, key=lambda name: (listed.index(name) if name in listed else len(listed), name))


def _change(name: str, values: Any, words: Words) -> Change:
    """One changed value in words."""
    label = words.names.get(name, name)
    if values is None:
        return Change(label, "", "", shown=False)
    before, after = values
    return Change(label, _value(before, words), _value(after, words), shown=True)


def _value(value: Any, words: Words) -> Message | date | str:
    """A kept value as a reader sees it; nothing for an empty one."""
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    text = "" if value is None else str(value)
    return date.fromisoformat(text) if _DAY.fullmatch(text) else words.codes.get(text, text)
