"""Run the benchmark and print its table: `python -m tests.bench [--people 1000 --people 100000] [--rounds 7]`."""

import argparse
import os
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from lmp import migrate
from lmp.access import system
from lmp.app import create_app
from lmp.core import db
from lmp.demo import crowd
from lmp.demo import service as demo
from lmp.network import service as network
from tests.bench import floor
from tests.bench.installation import settings, settle
from tests.bench.meter import Measured, Meter
from tests.bench.scenes import Stage, scenes
from tests.bench.table import show

PASSWORD = "lmp-demo-2026"


def main() -> None:
    """Measure on both engines at each size."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--people", type=int, action="append")
    parser.add_argument("--engine", action="append", choices=["sqlite", "postgres"])
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    sizes = given.people or [1_000, 100_000]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lmp-bench-")))
        for engine in given.engine or ["sqlite", "postgres"]:
            found = {size: measure(stack, folder, engine, size, given.rounds) for size in sizes}
            show(engine, found, "people")


def measure(stack: ExitStack, folder: Path, engine: str, people: int, rounds: int) -> dict[str, Measured]:
    """One database of one size."""
    config = settings(stack, folder, engine, str(people))
    app = create_app(config)
    migrate.upgrade(config.migrations)
    with db.transaction():
        network.seed(by=system("bench"))
    demo.load(password=PASSWORD, courses=config.courses)
    began = time.process_time()
    made = crowd.make(people, largest=1_000)
    cpu = time.process_time() - began
    print(
        f"\n{engine}: {made.people} people, {made.rows} rows in {made.seconds:.1f} s "
        f"({made.rows / made.seconds:,.0f} a second; {made.rows / cpu:,.0f} a second of our CPU)",
        flush=True,
    )
    settle()
    floor.install(app)
    found = Meter(app).run(scenes(Stage(app, PASSWORD)), rounds)
    db.engine().dispose()
    return found


if __name__ == "__main__":
    os.environ.setdefault("LMP_DEMO", "1")
    main()
