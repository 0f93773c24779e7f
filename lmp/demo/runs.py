"""Opening the demo's runs, and the applications to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lmp.accounts.models import Person
from lmp.core.db import Bilingual
from lmp.demo import words
from lmp.demo.course import SLUG
from lmp.demo.days import Calendar, on
from lmp.demo.people import Cast
from lmp.demo.places import Host
from lmp.enrolment import offering
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, Run, RunKind

VENUE = Bilingual("Cezeri Yeşil Teknoloji MTAL, Etimesgut/Ankara", "Cezeri Yeşil Teknoloji MTAL, Etimesgut/Ankara")
PRINCIPAL_FIRST: list[dict[str, Any]] = [{"scope_kind": "school", "days": 3}]


@dataclass(frozen=True)
class Stage:
    """Everything the story is told with."""

    cast: Cast
    calendar: Calendar
    hosts: Sequence[Host]


def open_run(
    stage: Stage,
    starts_on: date,
    ends_on: date,
    *,
    opened_on: date,
    apply_until_on: date,
    capacity: int,
    kind: RunKind = RunKind.OPEN,
    offer_hours: int = offering.USUAL_HOURS,
    signatory: Person | None = None,
) -> Run:
    """A run of the demo course, opened by koordinator; applications are taken from the day after."""
    cast = stage.cast
    with on(opened_on, 10):
        return enrolments.open_run(
            SLUG,
            starts_on=starts_on,
            ends_on=ends_on,
            apply_from_on=opened_on + timedelta(days=1),
            apply_until_on=apply_until_on,
            capacity=capacity,
            offer_hours=offer_hours,
            kind=kind,
            chain=PRINCIPAL_FIRST,
            venue=VENUE,
            trainers=[cast.person("egitimgorevlisi")],
            assessors=[cast.person("degerlendirici")],
            signatory=signatory,
            by=cast.actor("koordinator"),
        )


def apply(stage: Stage, run: Run, name: str, applied_on: date, *, number: int = 0, motivation: str = "") -> Enrolment:
    """An application of one teacher, which waits for the principal from then on."""
    with on(applied_on, 19, number % 60):
        text = motivation or words.pick(words.MOTIVATIONS, number)
        return enrolments.apply(run, motivation=text, by=stage.cast.actor(name))


def seat(stage: Stage, run: Run, names: Iterable[str], first_on: date, *, days: int = 1) -> dict[str, Enrolment]:
    """Applications spread over some days, each approved by the principal on the day after; answers them by first name."""
    made = {}
    for number, name in enumerate(names):
        applied_on = first_on + timedelta(days=number % days)
        made[name] = apply(stage, run, name, applied_on, number=number)
        decide(stage, made[name], applied_on + timedelta(days=1), words.pick(words.APPROVALS, number), approve=True)
    return made


def decide(stage: Stage, enrolment: Enrolment, decided_on: date, reason: str, *, approve: bool) -> None:
    """What the principal of the teacher's school says."""
    principal = stage.cast.actor(f"principal {enrolment.person.school_id}")
    with on(decided_on, 11):
        enrolments.decide(enrolment.steps[-1], approve=approve, reason=reason, by=principal)
