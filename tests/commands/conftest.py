"""An empty place to set up, and the `lmp` command run inside this process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lmp.cli import main
from lmp.core import db

Lmp = Callable[..., Result]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of an installation that is not there yet; the environment says nothing else."""
    for name in ("DATABASE_URL", "LMP_URL", "LMP_SMTP_URL", "LMP_MAIL_FROM", "LMP_DEMO", "HOST", "PORT"):
        monkeypatch.setenv(name, "-")  # so that whatever a command sets is undone
        monkeypatch.delenv(name)
    folder = tmp_path / "place"
    monkeypatch.setenv("LMP_DATA", str(folder))
    yield folder
    if db._engine is not None:
        db._engine.dispose()


@pytest.fixture
def lmp() -> Lmp:
    """Run `lmp` with these words."""

    def run(*words: str, answers: str | None = None) -> Result:
        return CliRunner().invoke(main, list(words), input=answers)

    return run
