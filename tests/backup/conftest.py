"""Places to back up and to restore to: a world of one of everything, and empty databases of either kind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from lmp import backup
from lmp.config import Config
from lmp.core import db, files
from tests.builders.workplace import today_is
from tests.engines import MIGRATIONS, PostgresTemplate
from tests.guards.world import TODAY, make_world


@dataclass
class Place:
    """A database and a data folder."""

    url: str
    data: Path

    def enter(self) -> None:
        """Work here from now on."""
        db.configure(self.url, durable=False)
        files.configure(files.Folder(self.data / "files"))

    def restore(self, path: Path) -> backup.Manifest:
        """Restore a backup here."""
        self.enter()
        return backup.restore(path, data=self.data, migrations=MIGRATIONS)


@pytest.fixture
def full(app: Flask, config: Config) -> Place:
    """A place with one of everything, audit sealed."""
    with today_is(TODAY), db.transaction():
        make_world()
    return Place(config.database_url, config.data)


@pytest.fixture
def empty(tmp_path: Path, pg_url: str) -> Iterator[Callable[[str], Place]]:
    """Makes an empty place of the engine asked for."""
    servers: list[tuple[PostgresTemplate, str]] = []

    def make(engine: str) -> Place:
        data = tmp_path / f"empty-{uuid4().hex[:8]}"
        data.mkdir()
        if engine == "sqlite":
            return Place(f"sqlite:///{data / 'lmp.sqlite3'}", data)
        server = PostgresTemplate(pg_url, "")
        name = f"lmp_empty_{uuid4().hex[:12]}"
        server._run(f'CREATE DATABASE "{name}"')
        servers.append((server, server._address(name)))
        return Place(servers[-1][1], data)

    yield make
    if db._engine is not None:
        db._engine.dispose()
    for server, url in servers:
        server.drop(url)
