"""CPU time of requests straight through the WSGI application, PostgreSQL's own included; medians of rounds in turns.

A process of granian would add the same to every page and to its floor, and noise; so the application is called as
granian calls it, in this process. On PostgreSQL the time of the server's processes that work for us counts too.
"""

import gc
import gzip
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from flask import Flask, Response, g
from sqlalchemy import text

from lmp.core import db
from tests.bench.asking import Environ

#: Requests before the first that counts. psycopg prepares a statement at its sixth use and PostgreSQL settles on a plan
#: after five more; a process that serves people has passed that within its first minute.
WARM = 12


@dataclass
class Scene:
    """A page or an act: makes a request each time it is asked, and the one to compare it with."""

    name: str
    request: Callable[[], Environ]
    floor: Callable[[int], Environ]
    #: CPU seconds of something that both databases and sizes share and no page can spare, taken off (Argon2).
    apart: Callable[[], object] | None = None
    most: int = 8
    #: Requests before the first that counts.
    warm: int = WARM


@dataclass
class Measured:
    """What a scene cost: CPU milliseconds of page and floor by round, statements, bytes."""

    pages: list[float] = field(default_factory=list)
    floors: list[float] = field(default_factory=list)
    apart: list[float] = field(default_factory=list)
    queries: int = 0
    size: int = 0
    packed: int = 0

    @property
    def ms(self) -> float:
        """CPU milliseconds of the page, without what is shown apart."""
        return median(page - apart for page, apart in zip(self.pages, self.apart, strict=True))

    @property
    def ratio(self) -> float:
        """To the floor of the same round."""
        rounds = zip(self.pages, self.apart, self.floors, strict=True)
        return median((page - apart) / floor for page, apart, floor in rounds)


class Meter:
    """One application and what its requests cost."""

    def __init__(self, app: Flask) -> None:
        """Count the statements of each request."""
        self.app, self.statements = app, 0
        app.after_request(self._note)

    def _note(self, response: Response) -> Response:
        scope: db.Scope | None = g.get("scope")
        self.statements = scope.statements if scope else 0
        return response

    def call(self, environ: Environ) -> tuple[int, bytes]:
        """One request; answers status and body."""
        status: list[str] = []

        def start(line: str, _headers: object, _error: object = None) -> Callable[[bytes], None]:
            status.append(line)
            return lambda _body: None

        answer = self.app.wsgi_app(environ, start)
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        return int(status[0][:3]), body

    def run(self, scenes: list[Scene], rounds: int) -> dict[str, Measured]:
        """Every scene and its floor in turns, `rounds` times after warming up."""
        found = {scene.name: Measured() for scene in scenes}
        for scene in scenes:
            self._look(scene, found[scene.name])
        gc.collect()
        for _ in range(rounds):
            for scene in scenes:
                one = found[scene.name]
                one.pages.append(self._time([scene.request() for _ in range(scene.most)]))
                one.floors.append(self._time([scene.floor(one.size) for _ in range(scene.most)]))
                one.apart.append(_ms(scene.apart) if scene.apart else 0.0)
        return found

    def _look(self, scene: Scene, into: Measured) -> None:
        """Warm up, and note statements and bytes. Raises AssertionError for an answer that is no good one."""
        for _ in range(scene.warm):
            status, body = self.call(scene.request())
            assert status in (200, 303), f"{scene.name}: {status} {body[:300]!r}"
            into.queries, into.size, into.packed = self.statements, len(body), len(gzip.compress(body, 5))
        for _ in range(scene.warm):
            self.call(scene.floor(into.size))

    def _time(self, requests: list[Environ]) -> float:
        """CPU milliseconds a request, of this process and of the database's."""
        with _servers() as spent:
            began = time.process_time_ns()
            for environ in requests:
                self.call(environ)
            own = time.process_time_ns() - began
        return (own + spent[0]) / len(requests) / 1e6


def _ms(act: Callable[[], object]) -> float:
    began = time.process_time_ns()
    act()
    return (time.process_time_ns() - began) / 1e6


@contextmanager
def _servers() -> Iterator[list[int]]:
    """CPU nanoseconds that PostgreSQL's processes spend for this database's connections meanwhile."""
    spent = [0]
    if not db.is_postgres():
        yield spent
        return
    with db.engine().connect() as connection:
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
        pids = [row[0] for row in connection.execute(text(query))]
        before = {pid: _of_process(pid) for pid in pids}
        yield spent
        spent[0] = sum(_of_process(pid) - before[pid] for pid in pids)
        connection.commit()  # a rollback would make the pool's connection forget what it prepared


def _of_process(pid: int) -> int:
    path = Path(f"/proc/{pid}/schedstat")
    return int(path.read_text().split()[0]) if path.exists() else 0
