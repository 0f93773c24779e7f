"""A crowd for measuring: as many people as wanted, and everything about them holds together."""

from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from lmp.accounts.models import Person
from lmp.certificate import record
from lmp.certificate.models import Certificate, NumberSeries
from lmp.config import ROOT
from lmp.core import db
from lmp.core.errors import RuleBroken
from lmp.demo import crowd
from lmp.demo import service as demo
from lmp.enrolment.models import Enrolment, EnrolmentState, Run
from lmp.enrolment.rules import SEATED
from lmp.hours import service as hours
from lmp.hours.models import MinuteEntry
from lmp.network.models import School


def test_without_the_demo_there_is_nothing_to_copy(app: Flask) -> None:
    with pytest.raises(RuleBroken, match="Load the demo first"):
        crowd.make(10)


def test_a_crowd_holds_together(app: Flask) -> None:
    demo.load(password="lmp-demo-2026", courses=ROOT / "courses")
    with db.reading() as session:
        before = session.scalar(select(func.count()).select_from(Person)) or 0

    made = crowd.make(400, largest=100)

    with db.reading() as session:
        assert hours.check() == []
        people = session.scalars(select(Person)).all()
        assert len(people) - before >= 500
        assert made.people >= 500
        assert all(
            (one.is_demo and one.name.endswith(("Demo", "Yetkilisi"))) or one.name.startswith("Demo") for one in people
        )
        _seats(session)
        _certificates(session)
        _skew(session)


def _seats(session: Any) -> None:
    """Each run's counter is what its enrolments say: who takes part, and for whom a place is held."""
    counted: Counter[Any] = Counter()
    for run_id, state in session.execute(select(Enrolment.run_id, Enrolment.state)):
        counted[run_id] += state in SEATED or state in (EnrolmentState.CLOSED, EnrolmentState.OFFERED)
    for run_id, seats in session.execute(select(Run.id, Run.seats_taken)):
        assert counted[run_id] == seats
    assert max(counted.values()) >= 100


def _certificates(session: Any) -> None:
    """Numbers have no gaps, records are canonical and say whose they are."""
    found = session.scalars(select(Certificate)).unique().all()
    assert len(found) > 20
    series: dict[Any, list[int]] = {}
    for one in found:
        series.setdefault((one.centre_id, one.year), []).append(one.serial)
        frozen = record.parse(one.record.encode())
        assert (frozen.number, frozen.code, frozen.person) == (one.number, one.code, one.person_name)
        assert record.record_hash(frozen) == one.record_sha256
    for key, serials in series.items():
        assert sorted(serials) == list(range(1, len(serials) + 1))
        assert session.get(NumberSeries, key).last == len(serials)


def _skew(session: Any) -> None:
    """One province holds several times what the tenth holds, and postings name their own people only."""
    provinces = Counter(session.scalars(select(School.province_code).join(Person, Person.school_id == School.id)))
    ranked = [number for _code, number in provinces.most_common()]
    assert ranked[0] > 3 * ranked[len(ranked) // 2]
    strangers = (
        select(func.count())
        .select_from(MinuteEntry)
        .join(Enrolment, Enrolment.id == MinuteEntry.enrolment_id)
        .where(Enrolment.person_id != MinuteEntry.person_id)
    )
    assert session.scalar(strangers) == 0
