"""Totals equal the evidence, months are kept, and nobody sees figures that are not theirs."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from lmp.accounts.models import Person
from lmp.certificate import service as certificate
from lmp.certificate.models import Certificate, RevocationKind
from lmp.core import clock, db
from lmp.core.errors import NotFound
from lmp.enrolment.models import Enrolment
from lmp.hours.models import MinuteEntry, Strand
from lmp.reports import rules, service
from lmp.reports.models import Measure, ReportTotal
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_teacher,
    a_trainer,
    acting,
)
from tests.builders.certificate import TEST_DAY, completed, issued
from tests.builders.workplace import a_teacher_in_a_run, today_is

CENTRE = "smm-ank-cezeri"


@pytest.fixture(autouse=True)
def _test_day() -> Iterator[None]:
    with today_is(TEST_DAY):
        yield


@pytest.fixture
def people(database: db.Scope) -> dict[str, Any]:
    """One teacher with a certificate, one who only applied and studies."""
    administrator = a_centre_administrator()
    done = completed(a_teacher_in_a_run())
    made = issued(done, administrator)
    other = a_teacher_in_a_run(done.run.version, a_teacher("Kâzım Demo"))
    database.session.flush()
    return {"administrator": administrator, "done": done, "other": other, "certificate": made}


def a_year(by: Person, field: str | None = None) -> service.Overview:
    return service.centre_overview(CENTRE, rules.last_twelve(clock.today()), field, by=acting(by))


def counted() -> None:
    service.rebuild()


def test_totals_equal_the_ledger_and_the_register(people: dict[str, Any]) -> None:
    counted()
    found = a_year(people["administrator"]).facts
    session = db.session()
    ledger = dict.fromkeys(Strand, 0)
    for strand, minutes in session.execute(
        select(MinuteEntry.strand, func.sum(MinuteEntry.minutes)).group_by(MinuteEntry.strand)
    ):
        ledger[strand] = minutes
    assert found.minutes() == ledger
    assert sum(ledger.values()) > 0
    assert found.sum(Measure.CERTIFIED) == session.scalar(select(func.count()).select_from(Certificate)) == 1
    assert found.sum(Measure.SEATED) == session.scalar(select(func.count()).select_from(Enrolment)) == 2
    assert found.keys(Measure.PROVINCE) == {6: 2}
    assert found.keys(Measure.LOG_DAYS) == {0: 3}
    waited = found.waited(Measure.WAIT_COMPANY)
    assert waited is not None
    assert waited.number == 3


def test_a_replaced_certificate_is_one_person_and_two_papers(people: dict[str, Any]) -> None:
    by = acting(people["administrator"])
    certificate.revoke(people["certificate"], kind=RevocationKind.CORRECTION, note="Ad yanlıştı", by=by)
    issued(people["done"], people["administrator"])
    db.session().flush()
    counted()
    found = a_year(people["administrator"]).facts
    numbers = [found.sum(one) for one in (Measure.CERTIFIED, Measure.ISSUED, Measure.REVOKED)]
    assert numbers == [1, 2, 1]
    assert service.public_year(TEST_DAY.year).total.few


def test_counting_again_changes_nothing_and_the_check_finds_what_was_touched(people: dict[str, Any]) -> None:
    counted()
    assert service.check() == []
    service.refresh()
    assert service.check() == []
    db.session().execute(update(ReportTotal).where(ReportTotal.measure == Measure.MINUTES).values(n=ReportTotal.n + 7))
    wrong = service.check()
    assert wrong
    assert all(one.total == one.counted + 7 and one.measure is Measure.MINUTES for one in wrong)
    service.rebuild()
    assert service.check() == []


def test_the_running_month_follows_what_happens(people: dict[str, Any]) -> None:
    service.refresh()
    before = a_year(people["administrator"]).facts.sum(Measure.SEATED)
    with today_is(TEST_DAY + timedelta(days=1)):
        a_teacher_in_a_run(people["done"].run.version, a_teacher("Yeni Demo"))
        db.session().flush()
        service.refresh()
        # the new teacher applied a week before their run began, in November: the month before is counted again, too
        assert a_year(people["administrator"]).facts.sum(Measure.SEATED) == before + 1


def test_months_are_months_of_the_wall_clock(people: dict[str, Any]) -> None:
    counted()
    months = dict(a_year(people["administrator"]).facts.months(Measure.CERTIFIED))
    assert months[date(2026, 12, 1)] == 1
    assert sum(months.values()) == 1
    assert len(months) == 12


def test_a_field_narrows_and_one_of_another_centre_does_not(people: dict[str, Any]) -> None:
    counted()
    mine = a_year(people["administrator"], "elektrik-elektronik")
    assert mine.field is not None
    assert mine.facts.sum(Measure.SEATED) == 2
    assert a_year(people["administrator"], "denizcilik").field is None


def test_only_those_who_look_after_a_centre_see_its_figures(people: dict[str, Any]) -> None:
    counted()
    elsewhere = a_centre("smm-bur-oib")
    for stranger in (a_centre_administrator(elsewhere), a_trainer(elsewhere), a_trainer(), a_teacher()):
        with pytest.raises(NotFound):
            a_year(stranger)
        with pytest.raises(NotFound):
            service.network_overview(rules.last_twelve(clock.today()), None, by=acting(stranger))
    coordinator = a_centre_administrator(elsewhere)
    own = service.centre_overview(elsewhere.slug, rules.last_twelve(clock.today()), None, by=acting(coordinator))
    assert not own.facts.by_key
    assert service.centres_seen(acting(coordinator)) == [elsewhere]


def test_the_network_sees_all_centres_and_the_same_sums(people: dict[str, Any]) -> None:
    counted()
    by = acting(a_network_administrator())
    found = service.network_overview(rules.last_twelve(clock.today()), None, by=by)
    assert found.facts.by_key == a_year(people["administrator"]).facts.by_key
    assert [(one.slug, one.seated, one.certified) for one in found.centres] == [(CENTRE, 2, 1)]
    assert [(one.slug, one.seated) for one in found.fields] == [("elektrik-elektronik", 2)]


def test_a_run_is_counted_from_its_evidence(people: dict[str, Any]) -> None:
    run = people["done"].run
    found = service.run_figures(run.id, by=acting(people["administrator"]))
    minutes = db.session().scalar(
        select(func.sum(MinuteEntry.minutes)).where(MinuteEntry.enrolment_id == people["done"].id)
    )
    assert sum(found.earned.values()) == minutes == found.weeks[-1][1]
    assert (found.applied, found.seated, found.studying, found.ready, found.certified) == (1, 1, 1, 0, 1)
    assert sum(found.shares.values()) == found.seated
    assert found.provinces == [("Ankara", 1)]
    assert found.absent == {0: 1}
    with pytest.raises(NotFound):
        service.run_figures(run.id, by=acting(a_centre_administrator(a_centre("smm-bur-oib"))))


def test_few_people_are_few_in_public(people: dict[str, Any]) -> None:
    counted()
    found = service.public_year(2026)
    assert found.total.hidden
    assert found.fields is None
    assert found.provinces is None
    assert service.public_year(2025).total.value == 0


def test_a_page_reads_as_few_rows_whatever_happened(people: dict[str, Any], database: db.Scope) -> None:
    counted()
    before = database.statements
    a_year(people["administrator"])
    assert database.statements - before <= 10
