"""Many rows at once, past the session: COPY on PostgreSQL, one prepared statement on SQLite. Constraints hold as always."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, FromClause

from lmp.core.db import Id, Moment

#: Rows handed over at once; SQLite's driver is given a list.
BATCH = 5_000
Row = Sequence[Any]
_Bind = Callable[[Any], Any] | None


def write(connection: Connection, table: FromClause, rows: Iterable[Row]) -> int:
    """Add rows given in the order of the table's columns; answers how many. Defaults are not filled in."""
    binds = [_bind(connection, column.type) for column in table.columns]
    bound = (_bound(binds, row) for row in rows)
    if connection.dialect.name == "postgresql":
        return _copy(connection, table, bound)
    return _insert(connection, table, bound)


def _bind(connection: Connection, kind: Any) -> _Bind:
    """What turns a value of ours into one of the driver's; the two commonest kinds without detours."""
    if connection.dialect.name == "sqlite" and type(kind) in _QUICK:
        return _QUICK[type(kind)]
    found: _Bind = kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return found


def _as_sqlite_moment(value: datetime | None) -> str | None:
    """As SQLAlchemy writes it; refuses a moment without its zone, as `Moment` does."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


_QUICK: dict[type[Any], _Bind] = {
    Id: lambda value: value and value.int.to_bytes(16, "big"),
    Moment: _as_sqlite_moment,
}


def _bound(binds: Sequence[_Bind], row: Row) -> Row:
    return [bind(value) if bind is not None else value for bind, value in zip(binds, row, strict=True)]


def _names(connection: Connection, table: FromClause) -> tuple[str, str]:
    """The quoted name of the table, and of its columns in a list."""
    quote = connection.dialect.identifier_preparer.quote
    return quote(getattr(table, "name", "")), ", ".join(quote(column.name) for column in table.columns)


def _copy(connection: Connection, table: FromClause, rows: Iterable[Row]) -> int:
    name, columns = _names(connection, table)
    written = 0
    raw: Any = connection.connection.dbapi_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
            written += 1
    return written


def _insert(connection: Connection, table: FromClause, rows: Iterable[Row]) -> int:
    name, columns = _names(connection, table)
    marks = ", ".join("?" * len(table.columns))
    statement = f"INSERT INTO {name} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    written = 0
    for batch in _batches(rows):
        connection.exec_driver_sql(statement, batch)
        written += len(batch)
    return written


def _batches(rows: Iterable[Row]) -> Iterator[list[tuple[Any, ...]]]:
    source = iter(rows)
    while batch := [tuple(row) for row in islice(source, BATCH)]:
        yield batch
