"""The demo on SQLite, loaded once for every test and every worker."""

import fcntl
import os
import shutil
from dataclasses import replace
from pathlib import Path

from lmp.app import create_app, job_handlers, recurring
from lmp.audit import service as audit
from lmp.config import Config, read_config
from lmp.core import db, jobs
from lmp.demo import service as demo
from tests.engines import SqliteTemplate

SECRET = "only-for-tests-" + "x" * 32
PASSWORD = "a-password-for-the-demo"
DATABASE = "lmp.sqlite3"


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


def demo_folder(base: Path, template: SqliteTemplate) -> Path:
    """The data folder with the demo, to be copied; whoever comes first makes it, the others wait."""
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo-data"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _make_demo(folder.with_suffix(".new"), template)
            folder.with_suffix(".new").rename(folder)
    return folder


def _make_demo(folder: Path, template: SqliteTemplate) -> None:
    """Load the demo into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copyfile(template.folder / "template.sqlite3", folder / DATABASE)
    config = demo_settings(folder, f"sqlite:///{folder / DATABASE}")
    create_app(config)
    assert loaded(config)
    db.engine().dispose()


def do_what_is_due() -> None:
    """What a worker would do first, such as the reminders of the day, so that pages do not change while they are read."""
    for _seconds, act in recurring():
        with db.transaction():
            act()
    jobs.run_all(job_handlers())


def demo_settings(data: Path, url: str) -> Config:
    """Settings of an installation with a demo."""
    read = read_config({"LMP_DATA": str(data), "LMP_SECRET_KEY": SECRET, "LMP_DEMO": "1"})
    return replace(read, database_url=url, testing=True)
