"""The worker: runs due jobs and the recurring acts until it is told to stop."""

import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence

import structlog
from sqlalchemy.exc import DBAPIError

from lmp.core import db, jobs, metrics

log = structlog.get_logger()
PAUSE_SECONDS = 0.5

Recurring = Sequence[tuple[float, Callable[[], object]]]


def work(handlers: Mapping[str, jobs.Handler], recurring: Recurring, stop: threading.Event) -> None:
    """Work until `stop` is set; a database that is gone for a while is waited for."""
    due = [0.0] * len(recurring)
    while not stop.is_set():
        metrics.beat()
        try:
            _act(recurring, due)
            busy = jobs.run_next(handlers)
        except DBAPIError as gone:
            log.warning("the database does not answer; trying again", error=type(gone).__name__)
            busy = False
        if not busy:
            stop.wait(PAUSE_SECONDS)


def _act(recurring: Recurring, due: list[float]) -> None:
    """Run the recurring acts whose time has come, each in a transaction of its own."""
    for place, (seconds, act) in enumerate(recurring):
        if time.monotonic() >= due[place]:
            due[place] = time.monotonic() + seconds
            with db.transaction():
                act()


def stop_on_signals() -> threading.Event:
    """An event that is set by SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop
