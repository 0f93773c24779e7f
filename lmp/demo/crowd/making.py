"""Copying the demo's runs until there are as many people as wanted."""

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.core import bulk, clock, db
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.demo.crowd import settings
from lmp.demo.crowd.chance import Ids, Skewed
from lmp.demo.crowd.original import Original, metadata, read
from lmp.demo.crowd.papers import Papers
from lmp.demo.crowd.people import Names
from lmp.demo.people import address_of
from lmp.enrolment.models import Enrolment, Run
from lmp.network import service as network

CENTRE = "smm-ank-cezeri"
STAFF = ("egitimgorevlisi", "inceleyen", "degerlendirici", "koordinator")
#: Rows gathered before they are written in one transaction.
_FLUSH = 40_000
#: Runs that one group of staff has; then the centre has another trainer and assessor.
_RUNS_OF_A_GROUP = 40
_MOST_WEEKS_BACK = 200
#: How much oftener a finished run is copied than one that still goes on.
_FINISHED = 8
_NOW = timedelta()
_RUN = {name: place for place, name in enumerate(metadata.tables["run"].columns.keys())}


@dataclass(frozen=True)
class Made:
    """What was made, and how fast."""

    people: int
    runs: int
    rows: int
    seconds: float


def make(people: int, *, seed: int = 2026, largest: int = 0) -> Made:
    """Add runs until `people` teachers have come; `largest` asks for one more run with so many teachers in it.

    Raises RuleBroken where the demo that is to be copied is not there.
    """
    began = time.monotonic()
    maker = _Maker(people, seed)
    while maker.people < people:
        maker.copy_a_run()
    if largest:
        maker.fill_a_run(largest)
    maker.finish()
    return Made(maker.people, maker.runs, maker.rows, time.monotonic() - began)


class _Maker:
    """The copies made so far, and those that wait to be written."""

    def __init__(self, people: int, seed: int) -> None:
        """Read what is copied, and make schools and courses for the copies."""
        self.chance, self.ids = random.Random(seed), Ids(seed)  # noqa: S311 - a crowd, not a secret
        self.people = self.runs = self.rows = self.count = 0
        self.waiting: dict[str, list[list[Any]]] = {}
        with db.transaction() as session:
            connection = session.connection()
            centre = network.centre(CENTRE)
            self.setting = settings.prepare(connection, centre, _staff(), people, self.ids, self.chance)
            self.originals = _originals(connection, centre.id, self.setting)
            self.papers = Papers(connection, self.chance)
            self.names = Names(session.scalar(select(func.count()).select_from(Person)) or 0)
        self.where = Skewed(self.setting.places, self.chance)
        self.schools = Skewed(self.setting.schools, self.chance)
        self.weights = [_FINISHED if _is_finished(one) else 1 for one in self.originals]

    def copy_a_run(self) -> None:
        """One more run, most of them finished, in one of the centres."""
        original = self.chance.choices(self.originals, self.weights)[0]
        later = _NOW
        if _is_finished(original):  # most of them in the last year
            later = -timedelta(weeks=int(_MOST_WEEKS_BACK * self.chance.random() ** 2))
        self._copy(original, {**self._around(self.where.draw()), **self._own(original)}, later)
        self.runs += 1

    def fill_a_run(self, teachers: int) -> None:
        """One more run of the demo's centre, in its middle, with so many teachers in it."""
        original = max(
            (one for one in self.originals if not _is_finished(one) and one.is_seated), key=lambda one: one.people
        )
        around, first = self._around(self.setting.places[0]), self._own(original)
        run = original.rows["run"][0].values[_RUN["id"]]
        same = {run: first[run], str(run): str(first[run])}
        copies = -(-teachers // original.people)
        for number in range(copies):
            changes = {**around, **(first if number == 0 else self._own(original)), **same}
            self._copy(original, changes, _NOW, without=("run", "run_duty") if number else ())
        row = self.waiting["run"][-1]
        row[_RUN["capacity"]] = row[_RUN["seats_taken"]] = copies * original.people
        self.runs += 1

    def finish(self) -> None:
        """Write what waits, and let the series of numbers go on after the highest."""
        self.flush()
        with db.transaction() as session:
            self.rows += self.papers.keep_series(session.connection())

    def _around(self, place: settings.Place) -> dict[Any, Any]:
        """What is new around a run: centre, course, staff, companies, its teachers' schools."""
        number, place.runs = place.runs // _RUNS_OF_A_GROUP, place.runs + 1
        if number == len(place.groups):
            place.groups.append({**place.changes, **self._own(self.setting.staff)})
            self._copy(self.setting.staff, place.groups[number], _NOW)
            self.people -= self.setting.staff.people
        changes = dict(place.groups[number])
        for old in self.setting.old_schools:
            changes.update(zip(old, self.schools.draw(), strict=True))
        return changes

    def _own(self, original: Original) -> dict[Any, Any]:
        """A fresh identifier for each of its own, also as they stand in texts."""
        changes: dict[Any, Any] = {}
        for old, text in original.in_order:
            new = self.ids.new()
            changes[old] = new
            if text is not None:
                changes[text] = str(new)
        return changes

    def _copy(
        self, original: Original, changes: dict[Any, Any], later: timedelta, *, without: Iterable[str] = ()
    ) -> None:
        """Keep a copy's rows for writing; people get names of their own, certificates numbers and codes."""
        if self.count >= _FLUSH and "run" not in without:
            self.flush()
        finished: dict[str, Callable[[list[Any]], list[Any]]] = {
            "person": self.names.finished,
            "certificate": lambda row: self.papers.finished(row, later, self.names.by_person),
        }
        for name, patterns in original.rows.items():
            if name in without:
                continue
            rows = [pattern.copy(changes, later) for pattern in patterns]
            if name in finished:
                rows = list(map(finished[name], rows))
            self.waiting.setdefault(name, []).extend(rows)
            self.count += len(rows)
        self.people += original.people

    def flush(self) -> None:
        """Write what waits in one transaction, those that others point at first."""
        with db.transaction() as session:
            connection = session.connection()
            for table in metadata.sorted_tables:
                if rows := self.waiting.pop(table.name, None):
                    self.rows += bulk.write(connection, table, rows)
        self.names.by_person.clear()
        self.count = 0


def _staff() -> list[UUID]:
    """The demo's people whom every group has its own of. Raises RuleBroken where there is no demo."""
    found = [accounts.find_person(address_of(key)) for key in STAFF]
    if None in found:
        raise RuleBroken(Message(N_("Load the demo first: its runs are what the crowd is copied from.")))
    return [one.id for one in found if one is not None]


def _originals(connection: Connection, centre: UUID, setting: settings.Setting) -> list[Original]:
    """Every run of the demo with its teachers."""
    made = []
    for run in connection.scalars(select(Run.id).where(Run.centre_id == centre).order_by(Run.id)).all():
        teachers = list(connection.scalars(select(Enrolment.person_id).where(Enrolment.run_id == run)))
        made.append(read(connection, {"run": [run], "person": teachers}, known=setting.known))
    return made


def _is_finished(original: Original) -> bool:
    return original.ends_on < clock.today()
