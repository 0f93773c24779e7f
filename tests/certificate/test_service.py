"""Issuing, confirming, revoking and verifying, on both databases."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from lmp.accounts.models import Person
from lmp.audit.models import AuditEntry
from lmp.certificate import codes, record, service
from lmp.certificate.models import Certificate, RevocationKind
from lmp.core import db, jobs
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.core.mail import Mail
from lmp.enrolment.models import Enrolment, EnrolmentState
from tests.builders.accounts import a_centre, a_centre_administrator, a_network_administrator, a_teacher, acting
from tests.builders.certificate import TEST_DAY, a_test, completed, days_confirmed, issued
from tests.builders.learning import all_units_proven
from tests.builders.workplace import a_teacher_in_a_run, today_is


@pytest.fixture(autouse=True)
def _test_day() -> Iterator[None]:
    with today_is(TEST_DAY):
        yield


@pytest.fixture
def administrator(database: db.Scope) -> Person:
    return a_centre_administrator()


@pytest.fixture
def ready(database: db.Scope) -> Enrolment:
    return completed(a_teacher_in_a_run(teacher=a_teacher("Gülşah Ğıİşçöü Demo")))


def test_a_complete_chain_of_evidence_becomes_a_certificate(ready: Enrolment, administrator: Person) -> None:
    made = issued(ready, administrator)
    frozen = record.parse(made.record.encode())
    assert (frozen.person, frozen.number, frozen.code) == ("Gülşah Ğıİşçöü Demo", made.number, made.code)
    assert {one.key: one.earned for one in frozen.strands} == {"online": 90, "workplace": 1080, "practical": 60}
    assert made.record_sha256 == record.record_hash(frozen)
    assert ready.state is EnrolmentState.CLOSED
    assert ready.outcome is not None
    assert ready.outcome["outcome"] == "completed"


def test_the_first_numbers_of_a_centre_follow_each_other(ready: Enrolment, administrator: Person) -> None:
    first = issued(ready, administrator)
    second = issued(completed(a_teacher_in_a_run(ready.run.version)), administrator)
    assert [first.number, second.number] == ["2026 0601 0001", "2026 0601 0002"]


@pytest.mark.parametrize("link", ["units", "days", "test"])
def test_without_any_one_link_issuing_refuses_with_the_reason(
    database: db.Scope, administrator: Person, link: str
) -> None:
    enrolment = a_teacher_in_a_run()
    if link != "units":
        all_units_proven(enrolment)
    if link != "days":
        days_confirmed(enrolment)
    if link != "test":
        a_test(enrolment)
    with pytest.raises(RuleBroken) as refused:
        service.prepare(enrolment.run, [enrolment.id], by=acting(administrator))
    assert enrolment.person.name in str(refused.value.message)
    assert database.session.scalar(select(Certificate)) is None


def test_a_failed_critical_step_issues_nothing(database: db.Scope, administrator: Person) -> None:
    enrolment = a_teacher_in_a_run()
    all_units_proven(enrolment)
    days_confirmed(enrolment)
    a_test(enrolment, without="c1")
    with pytest.raises(RuleBroken):
        service.prepare(enrolment.run, [enrolment.id], by=acting(administrator))


def test_only_one_valid_certificate_exists_for_an_enrolment(ready: Enrolment, administrator: Person) -> None:
    by = acting(administrator)
    batch = service.prepare(ready.run, [ready.id], by=by)
    service.issue(batch, by=by)
    with pytest.raises(Conflict):
        service.issue(batch, by=by)
    with pytest.raises(RuleBroken):
        service.prepare(ready.run, [ready.id], by=by)


def test_a_coordinator_of_another_centre_does_not_know_the_run(ready: Enrolment) -> None:
    stranger = a_centre_administrator(a_centre("smm-bur-oib"))
    with pytest.raises(NotFound):
        service.prepare(ready.run, [ready.id], by=acting(stranger))


def test_the_trainer_of_the_run_issues_nothing(ready: Enrolment) -> None:
    trainer = next(one.person for one in ready.run.duties if one.duty.value == "trainer")
    with pytest.raises((NotFound, NotAllowed)):
        service.prepare(ready.run, [ready.id], by=acting(trainer))


def test_where_a_signatory_is_named_nothing_is_issued_before_they_confirm(
    database: db.Scope, administrator: Person
) -> None:
    signatory = a_network_administrator()
    enrolment = completed(a_teacher_in_a_run(signatory=signatory))
    by = acting(administrator)
    batch = service.prepare(enrolment.run, [enrolment.id], by=by)
    with pytest.raises(RuleBroken):
        service.issue(batch, by=by)
    assert [one.id for one in service.batches_to_sign(acting(signatory))] == [batch.id]
    assert (
        database.session.scalar(select(Mail.to_address).where(Mail.template == "certificate/prepared"))
        == signatory.email
    )
    made = service.sign(batch, by=acting(signatory))
    names = [one.name for one in record.parse(made[0].record.encode()).signatories]
    assert names == [administrator.name, signatory.name]


def test_a_signatory_sends_a_batch_back_with_a_reason(database: db.Scope, administrator: Person) -> None:
    signatory = a_network_administrator()
    enrolment = completed(a_teacher_in_a_run(signatory=signatory))
    batch = service.prepare(enrolment.run, [enrolment.id], by=acting(administrator))
    with pytest.raises(RuleBroken):
        service.return_batch(batch, reason="  ", by=acting(signatory))
    service.return_batch(batch, reason="Adların yazımı denetlensin.", by=acting(signatory))
    assert service.waiting_batch(enrolment.run) is None
    assert service.prepare(enrolment.run, [enrolment.id], by=acting(administrator)).id != batch.id


def test_a_revoked_certificate_keeps_its_facts_and_is_replaced_by_a_new_one(
    ready: Enrolment, administrator: Person
) -> None:
    first = issued(ready, administrator)
    frozen = first.record
    service.revoke(first, kind=RevocationKind.CORRECTION, note="Ad yanlış yazılmış.", by=acting(administrator))
    second = issued(ready, administrator)
    assert first.record == frozen
    assert service.replacement_of(first) is second
    assert record.parse(second.record.encode()).replaces == first.code
    with pytest.raises(Conflict):
        service.revoke(first, kind=RevocationKind.ERROR, note="Yine", by=acting(administrator))


def test_a_code_is_found_however_it_is_typed(ready: Enrolment, administrator: Person) -> None:
    made = issued(ready, administrator)
    typed = f" {codes.grouped(made.code).lower()} ".replace(" ", "-")
    assert service.find_by_code(typed) is made
    wrong = made.code[:-1] + ("A" if made.code[-1] != "A" else "B")
    assert service.find_by_code(wrong) is None


def test_the_kept_pdf_holds_the_frozen_record(ready: Enrolment, administrator: Person, database: db.Scope) -> None:
    made = issued(ready, administrator)
    database.session.commit()
    jobs.run_all({**service.JOBS, "mail.send": lambda _payload: None})
    database.session.rollback()
    data = service.pdf_of(made, by=acting(ready.person))
    assert data.startswith(b"%PDF-1.7")
    with pytest.raises(NotFound):
        service.pdf_of(made, by=acting(a_teacher("Başka Demo")))


def test_issuing_and_revoking_leave_entries_in_the_audit(
    ready: Enrolment, administrator: Person, database: db.Scope
) -> None:
    made = issued(ready, administrator)
    service.revoke(made, kind=RevocationKind.EVIDENCE, note="Kanıt", by=acting(administrator))
    acts = set(database.session.scalars(select(AuditEntry.act)))
    assert {"certificate.prepared", "certificate.issued", "certificate.revoked", "enrolment.closed"} <= acts


def test_a_run_closes_only_when_nobody_can_complete_any_more(ready: Enrolment, administrator: Person) -> None:
    other = a_teacher_in_a_run(ready.run.version)
    with pytest.raises(RuleBroken):
        service.close_run(other.run, by=acting(administrator))
    with today_is(date(2027, 2, 1)):
        service.close_run(other.run, by=acting(administrator))
    assert other.outcome is not None
    assert other.outcome["outcome"] == "not_attended"
