"""Gathering the evidence of enrolments: a handful of queries, the same for one person and for a thousand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lmp.certificate import rules
from lmp.certificate.rules import Evidence, Missing, Outcome, PracticalEvidence
from lmp.content import service as content
from lmp.content.document import CourseDocument
from lmp.content.policy import STRANDS, CompletionPolicy
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.enrolment.models import Enrolment
from lmp.hours.models import MinuteEntry
from lmp.practical import service as practical
from lmp.practical.models import PracticalTest
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

    @property
    def is_ready(self) -> bool:
        """Whether a certificate could be issued."""
        return not self.missing

    def parts(self) -> list[dict[str, object]]:
        """The strand bar: planned and earned minutes of each strand that is asked for."""
        return [
            {"key": strand, "planned": self.policy.strands.of(strand), "earned": min(self.evidence.earned.get(strand, 0), self.policy.strands.of(strand))}
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
class _Rows:
    """The rows behind the evidence of several enrolments, by enrolment."""

    minutes: dict[UUID, list[MinuteEntry]]
    placements: dict[UUID, UUID]
    days: dict[UUID, list[tuple[UUID, DayState]]]
    tests: dict[UUID, PracticalTest]
    attempts: dict[UUID, int]


def standing_of(enrolment: Enrolment) -> Standing:
    """Where one enrolment stands."""
    return standings([enrolment])[0]


def standings(enrolments: Sequence[Enrolment]) -> list[Standing]:
    """Where several enrolments stand, in the order given."""
    rows = _rows([one.id for one in enrolments])
    return [_standing(one, rows) for one in enrolments]


def _standing(enrolment: Enrolment, rows: _Rows) -> Standing:
    policy = CompletionPolicy.model_validate(enrolment.run.policy)
    evidence = _evidence(enrolment, rows)
    return Standing(
        enrolment,
        evidence,
        policy,
        tuple(rules.missing(evidence, policy)),
        rules.outcome(evidence, policy, ends_on=enrolment.run.ends_on, today=clock.today()),
    )


def _evidence(enrolment: Enrolment, rows: _Rows) -> Evidence:
    document = content.document(enrolment.run.version)
    entries = rows.minutes.get(enrolment.id, [])
    days = rows.days.get(enrolment.id, [])
    test = rows.tests.get(enrolment.id)
    states = [state for _id, state in days]
    return Evidence(
        earned={strand: sum(one.minutes for one in entries if one.strand.value == strand) for strand in STRANDS},
        open_units=_open_units(document, enrolment, entries),
        has_placement=enrolment.id in rows.placements,
        days_draft=states.count(DayState.DRAFT),
        days_waiting=states.count(DayState.SENT),
        days_returned=states.count(DayState.RETURNED),
        days_confirmed=states.count(DayState.CONFIRMED),
        practical=_practical(document, test, rows.attempts.get(enrolment.id, 0)),
        ids=tuple(sorted([*(str(one.id) for one in entries), *([str(test.id)] if test else [])])),
    )


def _open_units(document: CourseDocument, enrolment: Enrolment, entries: Iterable[MinuteEntry]) -> tuple[Bilingual, ...]:
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


def _rows(ids: Sequence[UUID]) -> _Rows:
    session = db.session()
    minutes: dict[UUID, list[MinuteEntry]] = {}
    for entry in session.scalars(select(MinuteEntry).where(MinuteEntry.enrolment_id.in_(ids))):
        minutes.setdefault(entry.enrolment_id, []).append(entry)
    placed = session.execute(select(Placement.id, Placement.enrolment_id).where(Placement.enrolment_id.in_(ids)))
    owner = {placement_id: enrolment_id for placement_id, enrolment_id in placed}
    days: dict[UUID, list[tuple[UUID, DayState]]] = {}
    for day_id, placement_id, state in session.execute(
        select(DayEntry.id, DayEntry.placement_id, DayEntry.state).where(DayEntry.placement_id.in_(list(owner)))
    ):
        days.setdefault(owner[placement_id], []).append((day_id, state))
    attempts: dict[UUID, int] = {}
    for enrolment_id in session.scalars(select(PracticalTest.enrolment_id).where(PracticalTest.enrolment_id.in_(ids))):
        attempts[enrolment_id] = attempts.get(enrolment_id, 0) + 1
    placements = {enrolment_id: placement_id for placement_id, enrolment_id in owner.items()}
    return _Rows(minutes, placements, days, practical.results_of(ids), attempts)
