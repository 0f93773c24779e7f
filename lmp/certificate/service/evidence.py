"""Gathering the evidence of enrolments: a handful of queries, the same for one person and for a thousand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, inspect, select
from sqlalchemy.orm import lazyload
from sqlalchemy.orm.attributes import set_committed_value

from lmp.certificate import rules
from lmp.certificate.rules import Evidence, Missing, Outcome, PracticalEvidence
from lmp.content import service as content
from lmp.content.document import CourseDocument
from lmp.content.models import CourseVersion
from lmp.content.policy import STRANDS, CompletionPolicy
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.enrolment.models import Enrolment
from lmp.hours.models import MinuteEntry
from lmp.meeting import service as meeting
from lmp.practical import service as practical
from lmp.practical.models import PracticalTest, TestDay
from lmp.practical.rules import MOST_ATTEMPTS, result
from lmp.workplace.models import DayEntry, DayState, Placement


@dataclass(frozen=True)
class Standing:
    """Where an enrolment stands: its evidence, what is missing, and the outcome today."""

    enrolment: Enrolment
    evidence: Evidence
    policy: CompletionPolicy
    missing: tuple[Missing, ...]
    outcome: Outcome
    placement: Placement | None = None
    days: tuple["LoggedDay", ...] = ()
    #: The half days face to face with what the rosters say.
    halves: tuple[meeting.OwnHalf, ...] = ()
    #: The day that is set for the practical test.
    test_day: TestDay | None = None

    @property
    def unit_keys(self) -> tuple[str, ...]:
        """The units of the course, in order."""
        return tuple(unit.key for unit in content.document(self.enrolment.run.version).units)

    @property
    def open_unit_keys(self) -> tuple[str, ...]:
        """The units that are not proven yet, in order."""
        return tuple(
            unit.key
            for unit in content.document(self.enrolment.run.version).units
            if unit.title.tr in {one.tr for one in self.evidence.open_units}
        )

    @property
    def is_ready(self) -> bool:
        """Whether a certificate could be issued."""
        return not self.missing

    def parts(self) -> list[dict[str, object]]:
        """The strand bar: planned and earned minutes of each strand that is asked for."""
        return [
            {
                "key": strand,
                "planned": self.policy.strands.of(strand),
                "earned": min(self.evidence.earned.get(strand, 0), self.policy.strands.of(strand)),
            }
            for strand in STRANDS
            if self.policy.strands.of(strand)
        ]

    @property
    def minutes(self) -> int:
        """All minutes earned."""
        return sum(self.evidence.earned.values())

    @property
    def proven(self) -> list[str]:
        """Strands in which nothing is missing."""
        left = {one.strand for one in self.missing}
        return [strand for strand in STRANDS if self.policy.strands.of(strand) and strand not in left]


@dataclass(frozen=True)
class LoggedDay:
    """A day of the work log and how far it is."""

    id: UUID
    on: date
    state: DayState


@dataclass(frozen=True)
class _Rows:
    """The rows behind the evidence of several enrolments, by enrolment."""

    minutes: dict[UUID, list[MinuteEntry]]
    placements: dict[UUID, Placement]
    days: dict[UUID, list[LoggedDay]]
    tests: dict[UUID, list[PracticalTest]]
    test_days: dict[UUID, TestDay]
    halves: dict[UUID, list[meeting.OwnHalf]]


def standing_of(enrolment: Enrolment) -> Standing:
    """Where one enrolment stands."""
    return standings([enrolment])[0]


def standings(enrolments: Sequence[Enrolment]) -> list[Standing]:
    """Where several enrolments stand, in the order given."""
    rows = _rows(enrolments)
    return [_standing(one, rows) for one in enrolments]


def _standing(enrolment: Enrolment, rows: _Rows) -> Standing:
    policy = CompletionPolicy.model_validate(enrolment.run.policy)
    evidence = _evidence(enrolment, policy, rows)
    return Standing(
        enrolment,
        evidence,
        policy,
        tuple(rules.missing(evidence, policy)),
        rules.outcome(evidence, policy, ends_on=enrolment.run.ends_on, today=clock.today()),
        rows.placements.get(enrolment.id),
        tuple(rows.days.get(enrolment.id, ())),
        tuple(rows.halves.get(enrolment.id, ())),
        rows.test_days.get(enrolment.id),
    )


def _evidence(enrolment: Enrolment, policy: CompletionPolicy, rows: _Rows) -> Evidence:
    document = content.document(enrolment.run.version)
    entries = rows.minutes.get(enrolment.id, [])
    days = rows.days.get(enrolment.id, [])
    tests = rows.tests.get(enrolment.id, [])
    test = _counting_test(tests)
    states = [one.state for one in days]
    halves = rows.halves.get(enrolment.id, [])
    return Evidence(
        earned={strand: sum(one.minutes for one in entries if one.strand.value == strand) for strand in STRANDS},
        open_units=_open_units(document, enrolment, entries),
        has_placement=enrolment.id in rows.placements,
        days_draft=states.count(DayState.DRAFT),
        days_waiting=states.count(DayState.SENT),
        days_returned=states.count(DayState.RETURNED),
        days_confirmed=states.count(DayState.CONFIRMED),
        practical=_practical(document, test, len(tests)),
        meeting=meeting.tally(halves, policy) if halves else None,
        ids=tuple(sorted([*(str(one.id) for one in entries), *([str(test.id)] if test else [])])),
    )


def _open_units(
    document: CourseDocument, enrolment: Enrolment, entries: Iterable[MinuteEntry]
) -> tuple[Bilingual, ...]:
    """Titles of the units whose minutes are not in the ledger; a proven unit posts them in the same transaction."""
    posted = {one.source_id for one in entries if one.source_kind == "unit"}
    return tuple(
        Bilingual(unit.title.tr, unit.title.en) for unit in document.units if f"{enrolment.id}:{unit.key}" not in posted
    )


def _practical(document: CourseDocument, test: PracticalTest | None, attempts: int) -> PracticalEvidence | None:
    if test is None or document.practical is None:
        return None
    judged = result(practical.items(document.practical), test.levels, document.practical.pass_mark)
    return PracticalEvidence(
        score=test.score or 0,
        passed=bool(test.passed),
        failed_steps=len(judged.failed_steps),
        attempts_left=MOST_ATTEMPTS - attempts,
    )


def _counting_test(tests: Iterable[PracticalTest]) -> PracticalTest | None:
    """The decided test that counts: the passed one, else the last."""
    decided = [one for one in tests if one.decided_at is not None]
    return next((one for one in decided if one.passed), decided[-1] if decided else None)


def _rows(enrolments: Sequence[Enrolment]) -> _Rows:
    """Three queries, and one more where a run meets, whatever the number of enrolments."""
    ids, session = [one.id for one in enrolments], db.session()
    _read_versions(enrolments)
    minutes: dict[UUID, list[MinuteEntry]] = {}
    for entry in session.scalars(_EARNED, {"ids": ids}):
        minutes.setdefault(entry.enrolment_id, []).append(entry)
    placements: dict[UUID, Placement] = {}
    days: dict[UUID, list[LoggedDay]] = {}
    for placement, day_id, on, state in session.execute(_PLACED, {"ids": ids}):
        placements[placement.enrolment_id] = placement
        if day_id is not None:
            days.setdefault(placement.enrolment_id, []).append(LoggedDay(day_id, on, state))
    tests, test_days = _tests(ids)
    return _Rows(minutes, placements, days, tests, test_days, meeting.own_halves(enrolments))


def _tests(ids: Sequence[UUID]) -> tuple[dict[UUID, list[PracticalTest]], dict[UUID, TestDay]]:
    """The practical tests of enrolments, the first attempt first, and the days that are set for them, in one query."""
    tests: dict[UUID, list[PracticalTest]] = {}
    days: dict[UUID, TestDay] = {}
    for enrolment_id, day, test in db.session().execute(_TESTED, {"ids": ids}):
        if test is not None:
            tests.setdefault(enrolment_id, []).append(test)
        if day is not None:
            days[enrolment_id] = day
    return tests, days


def _read_versions(enrolments: Sequence[Enrolment]) -> None:
    """Read the course versions of several runs in one query; those that were read with their runs are left alone."""
    bare = {one.run_id: one.run for one in enrolments if "version" in inspect(one.run).unloaded}
    if bare:
        wanted = {run.version_id for run in bare.values()}
        found = select(CourseVersion).where(CourseVersion.id.in_(wanted)).options(lazyload(CourseVersion.course))
        read = {version.id: version for version in db.session().scalars(found)}
        for run in bare.values():
            set_committed_value(run, "version", read[run.version_id])


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_EARNED = select(MinuteEntry).where(MinuteEntry.enrolment_id.in_(_IDS))
_TESTED = (
    select(Enrolment.id, TestDay, PracticalTest)
    .outerjoin(TestDay, TestDay.enrolment_id == Enrolment.id)
    .outerjoin(PracticalTest, PracticalTest.enrolment_id == Enrolment.id)
    .where(Enrolment.id.in_(_IDS))
    .options(lazyload(PracticalTest.enrolment), lazyload(TestDay.enrolment))
    .order_by(PracticalTest.attempt)
)
_PLACED = (
    select(Placement, DayEntry.id, DayEntry.day, DayEntry.state)
    .outerjoin(DayEntry, DayEntry.placement_id == Placement.id)
    .where(Placement.enrolment_id.in_(_IDS))
    .options(lazyload(Placement.enrolment))
    .order_by(DayEntry.day)
)
