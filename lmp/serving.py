"""`lmp serve`: granian for the pages and one worker, supervised together."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import structlog

from lmp import measuring
from lmp.config import Config
from lmp.core import metrics

log = structlog.get_logger()
_STOP_SECONDS = 10


def serve(config: Config) -> int:
    """Run both until one is told to stop; a child that dies by itself is started again. Answers the exit status.

    Raises PortTaken when the metrics cannot be answered where they were asked for.
    """
    if config.metrics_port is None:
        return _supervise(config)
    with tempfile.TemporaryDirectory(prefix="lmp-metrics-") as folder:
        os.environ[metrics.FOLDER] = folder
        measuring.answer(config.metrics_port, Path(folder))
        return _supervise(config)


def _supervise(config: Config) -> int:
    commands = {"pages": _pages(config), "worker": [sys.executable, "-m", "lmp.cli", "worker"]}
    children = {name: _start(command) for name, command in commands.items()}
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: stopping.append(got))
    while not stopping:
        time.sleep(0.2)
        for name, child in children.items():
            if child.poll() is not None and not stopping:
                log.warning("a process ended; starting it again", process=name, status=child.returncode)
                time.sleep(1)
                children[name] = _start(commands[name])
    return _stop(list(children.values()))


def _pages(config: Config) -> list[str]:
    """Granian over wsgi.py, with back-pressure and a time limit for slow headers."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        config.host,
        "--port",
        str(config.port),
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--backpressure",
        "64",
        "--no-ws",
        "--log-level",
        "warning",
        "lmp.wsgi:app",
    ]


def _start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, env=os.environ)  # noqa: S603 - our own commands


def _stop(children: "list[subprocess.Popen[bytes]]") -> int:
    """Ask the children to end, then insist."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
    return 0
