"""Installations with the demo for tests that only look at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lmp.app import create_app
from lmp.config import Config
from lmp.core import db
from lmp.demo import service as demo
from tests.conftest import ENGINES
from tests.demo.shared import DATABASE, demo_settings, loaded


@pytest.fixture(scope="module", params=ENGINES)
def installation(
    request: pytest.FixtureRequest, demo_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Config]:
    """An installation with the demo: on SQLite a copy of the shared one, on PostgreSQL as after `lmp demo --reset`."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    if request.param == "sqlite":
        shutil.copytree(demo_data, folder)
        config = demo_settings(folder, f"sqlite:///{folder / DATABASE}")
        create_app(config)
        yield config
        db.engine().dispose()
        return
    template = request.getfixturevalue("postgres_template")
    url = template.copy()
    config = demo_settings(folder, url)
    create_app(config)
    demo.drop(migrations=config.migrations, files=config.data / "files")
    assert loaded(config)
    yield config
    db.engine().dispose()
    template.drop(url)


@pytest.fixture
def demo_network(installation: Config) -> Iterator[Config]:
    """A unit of work that only reads the demo."""
    with db.reading():
        yield installation
