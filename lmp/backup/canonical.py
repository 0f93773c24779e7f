"""Rows in one written form that does not depend on the database: the same rows have the same checksum on both."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Time,
    select,
)
from sqlalchemy.types import TypeEngine

from lmp.core import db
from lmp.core.db import Id, Json, Moment

#: Rows fetched at once; what a backup holds in memory does not grow with the table.
FETCH = 1_000


class Kind(StrEnum):
    """How a column's values are written; the manifest keeps it, so that an old backup is read without old code."""

    ID = "id"
    MOMENT = "moment"
    JSON = "json"
    DAY = "day"
    TIME = "time"
    BYTES = "bytes"
    TRUTH = "truth"
    NUMBER = "number"
    TEXT = "text"


#: In the order in which a column's type is tried.
_KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (Id, Kind.ID),
    (Moment, Kind.MOMENT),
    (JSON, Kind.JSON),
    (Date, Kind.DAY),
    (Time, Kind.TIME),
    (LargeBinary, Kind.BYTES),
    (Boolean, Kind.TRUTH),
    (Integer, Kind.NUMBER),
    (Text, Kind.TEXT),
    (Enum, Kind.TEXT),
)
_TYPES: dict[Kind, Any] = {
    Kind.ID: Id(),
    Kind.MOMENT: Moment(),
    Kind.JSON: Json,
    Kind.DAY: Date(),
    Kind.TIME: Time(),
    Kind.BYTES: LargeBinary(),
    Kind.TRUTH: Boolean(),
    Kind.NUMBER: Integer(),
    Kind.TEXT: Text(),
}


@dataclass(frozen=True)
class Shape:
    """A table as the manifest describes it: its columns with their kinds, and the key that orders its rows."""

    name: str
    columns: Mapping[str, Kind]
    key: tuple[str, ...]

    def table(self) -> Table:
        """The table, for reading and writing it without its model."""
        columns = [Column(name, _TYPES[kind], primary_key=name in self.key) for name, kind in self.columns.items()]
        return Table(self.name, MetaData(), *columns)


def shape(table: Table) -> Shape:
    """How a table of ours looks. Raises TypeError for a column type that no kind is known for."""
    return Shape(
        table.name,
        {column.name: _kind(column) for column in table.columns},
        tuple(column.name for column in table.primary_key.columns),
    )


def _kind(column: Column[Any]) -> Kind:
    for kind_of_type, kind in _KINDS:
        if isinstance(column.type, kind_of_type):
            return kind
    raise TypeError(f"{column.table.name}.{column.name} has a type that no backup knows")


def lines(connection: Connection, of: Shape) -> Iterator[bytes]:
    """The rows of a table, one JSON list a line, in the order of their key on either database."""
    table = of.table()
    keys = [_ordered(connection, table.c[name], of.columns[name]) for name in of.key]
    encoders = [_ENCODERS.get(kind) for kind in of.columns.values()]
    found = connection.execution_options(yield_per=FETCH).execute(select(*table.columns).order_by(*keys))
    for row in found:
        values = [
            encode(value) if encode is not None and value is not None else value
            for encode, value in zip(encoders, row, strict=True)
        ]
        yield json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _ordered(connection: Connection, column: Any, kind: Kind) -> Any:
    """Text in the order of its bytes, whatever language the server was set up for."""
    return column.collate("C") if kind is Kind.TEXT and connection.dialect.name == "postgresql" else column


def values(line: bytes, of: Shape) -> list[Any]:
    """The row a line says. Raises ValueError for a line that is none."""
    found = json.loads(line)
    if not isinstance(found, list) or len(found) != len(of.columns):
        raise ValueError(f"a row of {of.name} has {len(of.columns)} values")
    return [
        _DECODERS[kind](value) if kind in _DECODERS and value is not None else value
        for kind, value in zip(of.columns.values(), found, strict=True)
    ]


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


_ENCODERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.ID: str,
    Kind.MOMENT: lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
    Kind.DAY: date.isoformat,
    Kind.TIME: lambda value: value.isoformat(timespec="microseconds"),
    Kind.BYTES: lambda value: base64.b64encode(value).decode(),
}
_DECODERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.ID: UUID,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.DAY: date.fromisoformat,
    Kind.TIME: time.fromisoformat,
    Kind.BYTES: _bytes,
}


def engine_name() -> str:
    """The database in use, for the manifest."""
    return db.engine().dialect.name
