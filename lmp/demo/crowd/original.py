"""A run of the demo with everything that hangs on it, read once and ready to be copied."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Connection, Row, Table, select

from lmp.core.db import Model

metadata = Model.metadata
#: Rows of these are never copied: what is published stays one, the audit is not forged, sessions belong to browsers.
NEVER = frozenset(
    {
        "course", "course_field", "course_version", "version_unit", "draft", "revision", "audit_entry", "audit_head",
        "presence", "review", "review_comment", "course_origin", "course_question", "bank_category", "bank_question",
        "sign_in", "one_time_link", "attempts", "mail", "job", "once_key", "file", "search_word", "number_series",
    }
)  # fmt: skip
#: What points at one of these belongs to it and to nothing else; people who only act in it are replaced, not copied.
_WHOLE = frozenset({"run", "enrolment"})
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
Changes = Mapping[Any, Any]


@dataclass
class Pattern:
    """One row with the places that change from copy to copy."""

    values: list[Any]
    #: Places whose whole value is replaced.
    replaced: list[int] = field(default_factory=list)
    #: Places that hold a day or a moment.
    dated: list[int] = field(default_factory=list)
    #: Places with identifiers inside a text, and inside a JSON value as text.
    texts: list[int] = field(default_factory=list)
    jsons: list[tuple[int, str]] = field(default_factory=list)

    def words(self) -> list[str]:
        """Every identifier that stands somewhere as text."""
        whole = [self.values[place] for place in self.replaced]
        parts = [self.values[place] for place in self.texts] + [text for _place, text in self.jsons]
        return [one for one in whole if isinstance(one, str)] + [one for part in parts for one in _ID.findall(part)]

    def copy(self, changes: Changes, later: timedelta) -> list[Any]:
        """The row of one copy."""
        made = self.values.copy()
        for place in self.replaced:
            made[place] = changes[made[place]]
        if later:
            for place in self.dated:
                made[place] += later
        for place in self.texts:
            made[place] = _ID.sub(lambda found: changes.get(found[0], found[0]), made[place])
        for place, text in self.jsons:
            made[place] = json.loads(_ID.sub(lambda found: changes.get(found[0], found[0]), text))
        return made


@dataclass
class Original:
    """A run's rows by table, in the order in which they can be written, and the identifiers that are theirs."""

    rows: dict[str, list[Pattern]]
    ids: frozenset[UUID]
    #: Each identifier with the text it stands as somewhere in the rows, if it does.
    in_order: list[tuple[UUID, str | None]]
    people: int
    ends_on: date = date.max
    #: Whether everybody in it has a seat.
    is_seated: bool = False


def read(connection: Connection, roots: Mapping[str, Iterable[UUID]], *, known: Iterable[Any]) -> Original:
    """Read the rows `roots` names and all that point at them; `known` are values from outside that copies replace."""
    found: dict[str, list[Row[Any]]] = {}
    ids: dict[str, set[UUID]] = {name: set(wanted) for name, wanted in roots.items()}
    for table in metadata.sorted_tables:
        rows = _rows(connection, table, ids) if table.name not in NEVER else []
        if rows:
            found[table.name] = rows
            if "id" in table.c:
                ids.setdefault(table.name, set()).update(row._mapping["id"] for row in rows)
    own = frozenset().union(*ids.values())
    changing = {*own, *map(str, own), *known}
    patterns = {name: [_pattern(metadata.tables[name], row, changing) for row in rows] for name, rows in found.items()}
    texts = {text for many in patterns.values() for pattern in many for text in pattern.words()}
    in_order = [(one, str(one) if str(one) in texts else None) for one in sorted(own)]
    people = len(found.get("person", ()))
    made = Original(patterns, own, in_order, people)
    for run in found.get("run", ()):
        made.ends_on, made.is_seated = run._mapping["ends_on"], run._mapping["seats_taken"] == people
    return made


def _rows(connection: Connection, table: Table, ids: Mapping[str, set[UUID]]) -> list[Row[Any]]:
    """The rows of a table that are named, or hang on one that is."""
    if table.name in ids:
        return list(connection.execute(select(table).where(table.c.id.in_(ids[table.name])).order_by(table.c.id)))
    targets = {key.column.table.name for key in table.foreign_keys}
    if targets & _WHOLE - ids.keys():
        return []
    pointing = [key for key in table.foreign_keys if key.column.table.name in ids]
    strong = [key for key in pointing if key.column.table.name != "person"] or [
        key for key in pointing if not key.parent.nullable
    ]
    if not strong:
        return []
    query = select(table).order_by(*table.primary_key.columns)
    for key in strong:
        column, wanted = key.parent, ids[key.column.table.name]
        query = query.where(column.in_(wanted) | column.is_(None))
    return [row for row in connection.execute(query) if any(row._mapping[key.parent.name] for key in strong)]


def _pattern(table: Table, row: Row[Any], changing: set[Any]) -> Pattern:
    """Find what changes in a row."""
    made = Pattern(list(row))
    for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
        if isinstance(column.type, JSON):
            text = json.dumps(value, ensure_ascii=False)
            if any(one in changing for one in _ID.findall(text)):
                made.jsons.append((place, text))
        elif isinstance(value, (date, datetime)):
            made.dated.append(place)
        elif isinstance(value, (str, UUID)) and value in changing:
            made.replaced.append(place)
        elif isinstance(value, str) and any(one in changing for one in _ID.findall(value)):
            made.texts.append(place)
    return made
