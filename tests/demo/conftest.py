"""The demo, loaded once for all tests of a module that only look at it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from lmp.app import create_app, job_handlers
from lmp.audit import service as audit
from lmp.config import Config, read_config
from lmp.core import db, jobs
from lmp.demo import service as demo
from tests.conftest import ENGINES, SECRET

PASSWORD = "a-password-for-the-demo"


def loaded(config: Config) -> bool:
    """Load the demo as the command line does; the database must be at the newest schema."""
    is_new = demo.load(password=PASSWORD, courses=config.courses)
    jobs.run_all(job_handlers())
    while _sealed():
        pass
    return is_new


def _sealed() -> int:
    with db.transaction():
        return audit.seal_some()


@pytest.fixture(scope="module", params=ENGINES)
def installation(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """An installation with the demo, as it is after `lmp demo --reset`."""
    template = request.getfixturevalue(f"{request.param}_template")
    url = template.copy()
    read = read_config({"LMP_DATA": str(tmp_path_factory.mktemp("demo")), "LMP_SECRET_KEY": SECRET, "LMP_DEMO": "1"})
    config = replace(read, database_url=url, testing=True)
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
