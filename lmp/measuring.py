"""`/metrics`: what all processes of `lmp serve` counted, and what waits in the database, on a port of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from sqlalchemy.exc import DBAPIError

from lmp.core import clock, db, jobs

HOST = "127.0.0.1"


class PortTaken(Exception):
    """Nothing can be answered on the port; the text says what to do."""


def answer(port: int, folder: Path) -> None:
    """Answer Prometheus from a thread of this process. Raises PortTaken."""
    registry = CollectorRegistry()
    registry.register(_Counted(folder))
    registry.register(_Waiting())
    try:
        start_http_server(port, addr=HOST, registry=registry)
    except OSError:
        raise PortTaken(f"LMP_METRICS_PORT {port} is in use. Choose another port.") from None


class _Counted(Collector):
    """The files of all processes added up; live gauges of processes that ended are dropped first."""

    def __init__(self, folder: Path) -> None:
        """Look into the folder the processes write to."""
        self.folder = folder
        # Not registered here: this object asks it.
        self.files = MultiProcessCollector(None, str(folder))  # type: ignore[no-untyped-call]  # untyped library

    def collect(self) -> Iterator[Metric]:
        """What Prometheus reads."""
        for path in self.folder.glob("gauge_live*_*.db"):
            pid = int(path.stem.rpartition("_")[2])
            if not _lives(pid):
                mark_process_dead(pid, str(self.folder))  # type: ignore[no-untyped-call]  # as above
        yield from self.files.collect()  # type: ignore[no-untyped-call]  # as above


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class _Waiting(Collector):
    """The job table, asked at each scrape through its index; a database that is gone is told as such."""

    def collect(self) -> Iterator[Metric]:
        """What Prometheus reads."""
        up = GaugeMetricFamily("lmp_database_up", "Whether the database answers.")
        try:
            with db.reading():
                found = jobs.backlog()
        except DBAPIError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        waiting = GaugeMetricFamily("lmp_jobs_waiting", "Jobs that wait, by name.", labels=["name"])
        oldest = GaugeMetricFamily("lmp_jobs_oldest_seconds", "How long the longest is overdue.", labels=["name"])
        dead = GaugeMetricFamily("lmp_jobs_dead", "Jobs that were given up, by name.", labels=["name"])
        for one in found:
            waiting.add_metric([one.name], one.waiting)
            dead.add_metric([one.name], one.dead)
            overdue = (clock.now() - one.oldest_at).total_seconds() if one.oldest_at else 0
            oldest.add_metric([one.name], max(overdue, 0))
        yield from (waiting, oldest, dead)
