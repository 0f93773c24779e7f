"""Run the benchmark and print its table: `python -m tests.bench [--people 1000 --people 100000] [--rounds 7]`."""

import argparse
import os
import shutil
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psycopg

from lmp import migrate
from lmp.access import system
from lmp.app import create_app
from lmp.config import Config, read_config
from lmp.core import db
from lmp.demo import crowd
from lmp.demo import service as demo
from lmp.network import service as network
from tests.bench import floor
from tests.bench.meter import Measured, Meter
from tests.bench.scenes import Stage, scenes
from tests.engines import start_postgres

GOAL = 2.0
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
            show(engine, found)


def measure(stack: ExitStack, folder: Path, engine: str, people: int, rounds: int) -> dict[str, Measured]:
    """One database of one size."""
    config = settings(stack, folder, engine, people)
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


def settings(stack: ExitStack, folder: Path, engine: str, people: int) -> Config:
    """An installation of its own; not in testing mode, so that pages cost what they cost people."""
    data = folder / f"{engine}-{people}"
    config = read_config(
        {"LMP_DATA": str(data), "LMP_DEMO": "1", "LMP_SECRET_KEY": "-" * 40, "LMP_URL": "http://lmp.test"}
    )
    stack.callback(shutil.rmtree, data, ignore_errors=True)
    if engine == "sqlite":
        return config
    server, url = start_postgres(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lmp-pg-"))))
    stack.callback(server.cleanup)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
    head, _, query = url.partition("?")
    address = head.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://", 1) + "/bench"
    return replace(config, database_url=address + (f"?{query}" if query else ""))


def settle() -> None:
    """Let the database learn how its tables are filled, as it does by itself in time."""
    with db.engine().begin() as connection:  # what it learned is kept with the transaction
        connection.exec_driver_sql("ANALYZE")


def show(engine: str, found: dict[int, dict[str, Measured]]) -> None:
    """The table, one line a page; an exclamation mark where the goal is missed."""
    sizes = list(found)
    print(f"\n{engine:<22}" + "".join(f"{f'{size:,} people':>34}" for size in sizes) + f"{'growth':>9}")
    print(f"{'':<22}" + f"{'CPU ms':>9}{'queries':>9}{'kB':>8}{'× floor':>8}" * len(sizes))
    for name in found[sizes[0]]:
        line = f"{name:<22}"
        for size in sizes:
            one = found[size][name]
            mark = "!" if one.ratio > GOAL else " "
            line += f"{one.ms:>9.2f}{one.queries:>9}{one.size / 1024:>8.1f}{one.ratio:>7.2f}{mark}"
        growth = found[sizes[-1]][name].ms / found[sizes[0]][name].ms
        print(f"{line}{growth:>8.2f}×")
    apart = [one.apart for one in found[sizes[0]].values() if any(one.apart)]
    if apart:
        print(f"signing in: without Argon2, which costs {sorted(apart[0])[len(apart[0]) // 2]:.1f} ms wherever it runs")


if __name__ == "__main__":
    os.environ.setdefault("LMP_DEMO", "1")
    main()
