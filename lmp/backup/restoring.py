"""Restoring a backup to an empty place, of either database: checked before, written in one transaction, compared after."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text

from lmp import migrate
from lmp.backup import canonical
from lmp.backup.archive import BackupRefused, Kept, Manifest, Opened, verify
from lmp.core import bulk, db
from lmp.core.files import Folder


def restore(path: Path, *, data: Path, migrations: Path, expected: str | None = None) -> Manifest:
    """Restore everything; answers what it was. Raises BackupRefused, with nothing written, for a bad backup or a full place.

    A backup of an older schema is loaded at that schema and then migrated.
    """
    opened = verify(path, expected=expected)
    known = migrate.revisions(migrations)
    if opened.manifest.revision not in known:
        raise BackupRefused(
            f"This backup has schema {opened.manifest.revision}, newer than this version knows ({known[0]}). "
            "Install the version that made it."
        )
    _check_empty(data)
    _prepare(migrations, opened.manifest.revision)
    with db.transaction() as session:
        _load(session.connection(), opened)
        _write_files(opened, data)
    migrate.upgrade(migrations)
    return opened.manifest


def _check_empty(data: Path) -> None:
    """Raises BackupRefused where anything is that could be lost or mixed up."""
    with db.engine().connect() as connection:
        for name in inspect(connection).get_table_names():
            quoted = connection.dialect.identifier_preparer.quote(name)
            if name != "alembic_version" and connection.scalar(text(f"SELECT 1 FROM {quoted} LIMIT 1")):  # noqa: S608 - names the database gave
                raise BackupRefused(
                    f"The database is not empty: table {name} has rows. Name an empty database in DATABASE_URL."
                )
    if any(path.is_file() for path in (data / "files").rglob("*")):
        raise BackupRefused(f"The folder {data / 'files'} is not empty. Name an empty folder in LMP_DATA.")


def _prepare(migrations: Path, revision: str) -> None:
    """Empty tables at the backup's schema."""
    if migrate.current() is not None:
        migrate.downgrade(migrations, "base")
    migrate.upgrade(migrations, revision)


def _load(connection: Connection, opened: Opened) -> None:
    """Write every row, look at every reference at the end, and compare what came out with what went in."""
    _postpone_references(connection, postponed=True)
    for kept in opened.manifest.tables:
        bulk.write(connection, kept.shape.table(), _rows(opened, kept))
    _postpone_references(connection, postponed=False)
    _set_counters(connection, opened.manifest)
    for kept in opened.manifest.tables:
        _compare(connection, kept)


def _rows(opened: Opened, kept: Kept) -> Iterator[list[object]]:
    with opened.open(f"tables/{kept.shape.name}.jsonl") as member:
        for line in member:
            yield canonical.values(line, kept.shape)


def _postpone_references(connection: Connection, *, postponed: bool) -> None:
    """Let references be looked at when all rows are there: courses and their versions point at each other."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DELETE FROM alembic_version WHERE 0")  # opens the writing transaction
        connection.exec_driver_sql(f"PRAGMA defer_foreign_keys={'ON' if postponed else 'OFF'}")
        if not postponed and (found := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
            raise BackupRefused(f"A row of table {found[0]} points at a row of {found[2]} that is not there.")
        return
    if not postponed:
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    quote = connection.dialect.identifier_preparer.quote
    for table, constraint in connection.execute(text(_REFERENCES)).all():
        kind = "DEFERRABLE" if postponed else "NOT DEFERRABLE"
        connection.execute(text(f"ALTER TABLE {quote(table)} ALTER CONSTRAINT {quote(constraint)} {kind}"))
    if postponed:
        connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))


_REFERENCES = (
    "SELECT r.relname, c.conname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid "
    "JOIN pg_namespace n ON n.oid = r.relnamespace WHERE c.contype = 'f' AND n.nspname = current_schema()"
)


def _set_counters(connection: Connection, manifest: Manifest) -> None:
    """PostgreSQL's own counters go on after the highest number; SQLite looks for itself."""
    if connection.dialect.name != "postgresql":
        return
    for kept in manifest.tables:
        table = kept.shape.table()
        for name, kind in kept.shape.columns.items():
            owned = select(func.pg_get_serial_sequence(kept.shape.name, name))
            if kind is canonical.Kind.NUMBER and (counter := connection.scalar(owned)):
                highest = select(func.max(table.c[name])).scalar_subquery()
                connection.execute(select(func.setval(counter, func.coalesce(highest, 1))))


def _compare(connection: Connection, kept: Kept) -> None:
    """Raises BackupRefused, which undoes everything, where a table does not come out as it went in."""
    digest = hashlib.sha256()
    for line in canonical.lines(connection, kept.shape):
        digest.update(line)
    if digest.hexdigest() != kept.sha256:
        raise BackupRefused(f"Table {kept.shape.name} did not come out of this database as it went in.")


def _write_files(opened: Opened, data: Path) -> None:
    """The blobs, then the keys, readable by their owner only."""
    store = Folder(data / "files")
    for sha256 in opened.manifest.files:
        with opened.open(f"files/{sha256}") as member:
            store.write(member.read())
    for name in opened.manifest.keys:
        target = data / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.unlink(missing_ok=True)
        with (
            opened.open(f"keys/{name}") as member,
            os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle,
        ):
            handle.write(member.read())
