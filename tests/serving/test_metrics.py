"""`lmp serve` as it runs: its processes, and what Prometheus is answered about all of them."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(url: str, *, patience: float = 150) -> str:
    """What an address answers, once it does."""
    until = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)  # a process is starting; nothing else tells when it has


def figures(url: str) -> dict[str, float]:
    """Each sample as name and labels → value."""
    return {
        f"{sample.name}{sorted(sample.labels.items())}": sample.value
        for family in text_string_to_metric_families(asked(url))
        for sample in family.samples
    }


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A running installation: the address of its pages and of its metrics."""
    pages, metrics = free_port(), free_port()
    environment = {
        **os.environ,
        "LMP_DATA": str(tmp_path / "data"),
        "PORT": str(pages),
        "LMP_METRICS_PORT": str(metrics),
        "LMP_DEMO": "0",
        "DATABASE_URL": "",
    }
    process = subprocess.Popen([sys.executable, "-m", "lmp.cli", "serve"], env=environment, stderr=subprocess.DEVNULL)
    yield f"http://127.0.0.1:{pages}", f"http://127.0.0.1:{metrics}/metrics"
    process.terminate()
    process.wait(30)


def test_metrics_add_up_what_every_process_did(served: tuple[str, str]) -> None:
    pages, metrics = served
    for _ in range(3):
        asked(f"{pages}/health")

    found = figures(metrics)

    assert found["lmp_requests_total[('method', 'GET'), ('route', '/health'), ('status', '200')]"] >= 3
    assert found["lmp_request_seconds_count[('route', '/health')]"] >= 3
    assert found["lmp_database_up[]"] == 1
    assert "lmp_database_connections[]" in found
    until = time.monotonic() + 30
    while time.time() - figures(metrics).get("lmp_worker_heartbeat_timestamp_seconds[]", 0) > 10:
        assert time.monotonic() < until, "no worker has looked for work"


def test_metrics_are_off_unless_a_port_is_named() -> None:
    from lmp.core import metrics

    assert not metrics._enabled
