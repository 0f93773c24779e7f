"""What is counted for Prometheus; costs nothing until `enable` was called.

Several processes serve one installation. `lmp serve` names a folder in PROMETHEUS_MULTIPROC_DIR before they start, each
process counts in files of its own there, and the supervisor adds them up when it is asked.
"""

import os
import time

from prometheus_client import Counter, Gauge, Histogram

from lmp.core import db

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

_requests = Counter("lmp_requests", "Requests answered.", ["route", "method", "status"])
_seconds = Histogram("lmp_request_seconds", "Time to answer, by route.", ["route"], buckets=_SECONDS)
_jobs = Counter("lmp_jobs", "Jobs run, by name and whether they went well.", ["name", "result"])
_mails = Counter("lmp_mails_sent", "Mails a server took.")
_connections = Gauge("lmp_database_connections", "Connections in use, all processes.", multiprocess_mode="livesum")
_heartbeat = Gauge(
    "lmp_worker_heartbeat_timestamp_seconds", "When a worker last looked for work.", multiprocess_mode="max"
)
_enabled = FOLDER in os.environ


def request_answered(route: str, method: str, status: int, seconds: float) -> None:
    """Count a request; `route` is the rule of its address, never the address."""
    if _enabled:
        _requests.labels(route, method, str(status)).inc()
        _seconds.labels(route).observe(seconds)
        _connections.set(db.connections_in_use())


def job_run(name: str, *, went_well: bool) -> None:
    """Count a job that was run."""
    if _enabled:
        _jobs.labels(name, "ok" if went_well else "failed").inc()


def mail_sent() -> None:
    """Count a mail that a server took."""
    if _enabled:
        _mails.inc()


def beat() -> None:
    """A worker is alive."""
    if _enabled:
        _heartbeat.set(time.time())
