"""What every test may ask for: a fresh database of either kind, the application, a visitor."""

import gc
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from lmp.access import Actor, system
from lmp.app import create_app
from lmp.config import ROOT, Config, read_config
from lmp.core import db, messages
from tests.demo.shared import SECRET, demo_folder
from tests.engines import PostgresTemplate, SqliteTemplate, quick_folder, share_compiled_statements, start_postgres
from tests.visitor import Visitor

ENGINES = ("sqlite", "postgres")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the controlling process; workers are given its address."""
    share_compiled_statements()
    if hasattr(config, "workerinput"):
        return
    stack = ExitStack()
    url = os.environ.get("LMP_TEST_PG_URL")
    if not url and not config.option.collectonly:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lmp-pg-", dir=quick_folder()))
        server, url = start_postgres(Path(folder))
        stack.callback(server.cleanup)
    config.stash[_STACK] = stack
    config.stash[_URL] = url or ""


_STACK = pytest.StashKey[ExitStack]()
_URL = pytest.StashKey[str]()


def pytest_collection_finish() -> None:
    """What is imported by now lives as long as the process: to look through it for garbage again and again took a
    third of the time of the tests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_configure_node(node: Any) -> None:
    """Give a worker the address of PostgreSQL."""
    node.workerinput["pg_url"] = node.config.stash[_URL]


pytest_configure_node = pytest.hookimpl(optionalhook=True)(pytest_configure_node)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop PostgreSQL."""
    stack = config.stash.get(_STACK, None)
    if stack is not None:
        stack.close()


@pytest.fixture(scope="session")
def pg_url(request: pytest.FixtureRequest) -> str:
    """The address of the PostgreSQL server."""
    given = getattr(request.config, "workerinput", {}).get("pg_url")
    return given if given is not None else request.config.stash[_URL]


@pytest.fixture(scope="session", autouse=True)
def sentences() -> None:
    """Rules speak in both languages also when no application was made before them."""
    messages.configure(ROOT / "translations")


@pytest.fixture(scope="session")
def sqlite_template() -> Iterator[SqliteTemplate]:
    """The migrated SQLite file of this worker."""
    made = SqliteTemplate.make()
    yield made
    made.remove()


@pytest.fixture(scope="session")
def postgres_template(pg_url: str) -> Iterator[PostgresTemplate]:
    """The migrated PostgreSQL database of this worker."""
    made = PostgresTemplate.make(pg_url)
    yield made
    made.remove()


@pytest.fixture(scope="session")
def demo_data(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo on SQLite; tests work on copies of it."""
    return demo_folder(tmp_path_factory.getbasetemp(), sqlite_template)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A fresh, migrated, seeded database; the PostgreSQL cases live at the other end of the world."""
    if request.param == "postgres":
        monkeypatch.setenv("TZ", "Pacific/Auckland")
        time.tzset()
    template = request.getfixturevalue(f"{request.param}_template")
    url = template.copy()
    yield url
    if db._engine is not None:
        db._engine.dispose()
    template.drop(url)
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    """The settings of an installation under test."""
    read = read_config(
        {"LMP_DATA": str(tmp_path / "data"), "LMP_SECRET_KEY": SECRET, "LMP_DEMO": "1", "LMP_URL": "http://lmp.test"}
    )
    return replace(read, database_url=database_url, testing=True, public_seconds=0)


@pytest.fixture
def app(config: Config) -> Flask:
    """The application over a fresh database."""
    return create_app(config)


@pytest.fixture
def database(app: Flask) -> Iterator[db.Scope]:
    """A unit of work over a fresh database, for service tests; nothing is committed unless the test says so."""
    with db.work() as scope:
        yield scope


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody without an account."""
    return Visitor(app)


@pytest.fixture
def by() -> Actor:
    """The platform itself, for making what a test starts from."""
    return system("tests")


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """pytest-flask's autouse request context leaks `flask.g` between requests, so it is switched off."""
