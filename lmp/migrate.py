"""Bringing the database's schema to the newest migration."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from lmp.core import db


class BrokenMigration(RuntimeError):
    """A migration left rows that refer to nothing."""


def head(folder: Path) -> str:
    """The newest revision, as `migrations/HEAD` names it."""
    return (folder / "HEAD").read_text(encoding="utf-8").strip()


def alembic_config(folder: Path) -> AlembicConfig:
    """Alembic over our folder; the connection is handed in."""
    made = AlembicConfig()
    made.set_main_option("script_location", str(folder))
    return made


def upgrade(folder: Path, to: str = "head") -> None:
    """Bring the configured database to a revision."""
    config = alembic_config(folder)
    with db.engine().connect() as connection, _tables_remade(connection):
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        connection.commit()


def downgrade(folder: Path, to: str) -> None:
    """Take the configured database back to a revision."""
    config = alembic_config(folder)
    with db.engine().connect() as connection, _tables_remade(connection):
        config.attributes["connection"] = connection
        command.downgrade(config, to)
        connection.commit()


@contextmanager
def _tables_remade(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying and dropping it, which foreign keys would refuse; all are checked afterwards.

    Raises BrokenMigration for a row that refers to nothing; the database is then restored from its backup.
    """
    raw = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite" or raw is None:
        yield
        return
    cursor = raw.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise BrokenMigration(f"{len(broken)} rows refer to nothing, the first in {broken[0][0]}")
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()


def current() -> str | None:
    """The revision of the configured database."""
    with db.engine().connect() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str | None:
    """The revision of the database behind a connection."""
    return MigrationContext.configure(connection).get_current_revision()


def revisions(folder: Path) -> list[str]:
    """Every revision we know, the newest first."""
    return [script.revision for script in ScriptDirectory.from_config(alembic_config(folder)).walk_revisions()]


def behind(folder: Path) -> str | None:
    """None when the schema is the newest, else what it is instead."""
    try:
        found = current()
    except DBAPIError:
        return "unknown"
    return None if found == head(folder) else f"the schema is at {found or 'nothing'}, not at {head(folder)}"
