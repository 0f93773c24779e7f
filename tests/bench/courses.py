"""What importing courses costs: `python -m tests.bench.courses [FOLDER]` prints seconds a course and the memory of the process.

Each course is imported three times in a fresh SQLite database: as a new one, unchanged, and with other headings in its first
unit; then it is checked. Seconds are those of the wall clock, and in brackets those of our processor, which others do not
slow down; memory is the most the process ever held.
"""

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from lmp import migrate
from lmp.access import system
from lmp.app import create_app
from lmp.config import ROOT, read_config
from lmp.content import service
from lmp.content.files import check_course
from lmp.core import db
from lmp.network import service as network

GOAL_SECONDS, GOAL_MB = 1.0, 300
_BY = system("bench")


class Cost(NamedTuple):
    """Seconds of the wall clock and of our processor."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        """For a column."""
        return f"{self.wall:.2f} ({self.cpu:.2f})"


def main() -> None:
    """Measure the courses of a folder, those of this project when none is named."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "courses"
    with tempfile.TemporaryDirectory(prefix="lmp-bench-") as beside:
        config = read_config({"LMP_DATA": f"{beside}/data", "LMP_SECRET_KEY": "-" * 40, "LMP_URL": "http://lmp.test"})
        create_app(config)
        migrate.upgrade(config.migrations)
        with db.transaction():
            network.seed(by=_BY)
        before = _most_mb()
        print(f"{'course':28}{'new':>14}{'again':>14}{'changed':>14}{'check':>14}")
        slowest = max(_measure(path.parent, Path(beside) / "work") for path in sorted(given.glob("*/course.yaml")))
        print(
            f"slowest import {slowest} s (goal {GOAL_SECONDS:.0f} s); most memory {_most_mb():.0f} MB (goal {GOAL_MB} MB), "
            f"{before:.0f} MB of them before the first course"
        )


def _measure(given: Path, work: Path) -> Cost:
    """One course; answers the seconds of its slowest import."""
    folder = work / given.name
    shutil.copytree(given, folder)
    seconds = [_timed(lambda: _import(folder)), _timed(lambda: _import(folder))]
    for name in ("tr.md", "en.md"):
        path = next(folder.glob(f"units/01-*/{name}"))
        path.write_text(path.read_text("utf-8").replace("\n## ", "\n## Yeni "), "utf-8")
    seconds.append(_timed(lambda: _import(folder)))
    checked = _timed(lambda: check_course(given))
    print(f"{given.name:28}" + "".join(f"{one!s:>14}" for one in (*seconds, checked)))
    return max(seconds)


def _import(folder: Path) -> None:
    """One import in a transaction of its own, as the command does it."""
    with db.transaction():
        service.import_course(folder, author=None, by=_BY)


def _timed(act: Callable[[], object]) -> Cost:
    """What something takes."""
    began = time.perf_counter(), time.process_time()
    act()
    return Cost(time.perf_counter() - began[0], time.process_time() - began[1])


def _most_mb() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
