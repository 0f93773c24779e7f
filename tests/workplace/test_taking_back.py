"""A mentor who confirmed by mistake takes the confirmation back for seven days, and everything shows it."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from lmp.access import Actor, ActorKind
from lmp.audit import service as audit
from lmp.certificate import service as certificate
from lmp.core import db
from lmp.core.errors import NotFound, RuleBroken
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, EnrolmentState
from lmp.hours import service as hours
from lmp.workplace import afterwards, service
from lmp.workplace.models import DayEntry, DayState, Placement, SentWeek, WithdrawnConfirmation
from tests.builders.accounts import acting
from tests.builders.certificate import completed, issued
from tests.builders.mails import hears_at_once, mails
from tests.builders.workplace import (
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_placement,
    a_sent_week,
    a_teacher_in_a_run,
    an_administrator,
    changed,
    confirmed,
    newest_link,
    the_bearer,
    the_teacher,
    today_is,
)
from tests.workplace.facts import minutes_of, said, states

pytestmark = pytest.mark.usefixtures("database")

WHY = "Salı günü yoktu, yanlışlıkla onayladım."


def taken_back(week: SentWeek, *days: date, why: str = WHY) -> list[DayEntry]:
    """Days of a confirmed week, taken back by the bearer of its link."""
    ids = [one.id for one in db.session().scalars(select(DayEntry).where(DayEntry.day.in_(days)))]
    return service.take_back_confirmation(week, ids, why, by=bearer(week))


def bearer(week: SentWeek) -> Actor:
    """Whoever holds the link of a week."""
    return Actor(ActorKind.LINK, name="Demo Usta", purpose="mentor", subject=week.id)


def a_confirmed_week() -> tuple[Placement, SentWeek]:
    """Monday and Tuesday, confirmed."""
    placement = a_placement()
    week = a_sent_week(placement)
    confirmed(week)
    return placement, week


def test_a_day_taken_back_returns_with_its_reason_and_its_minutes_are_reversed_never_deleted() -> None:
    placement, week = a_confirmed_week()
    hears_at_once(placement.enrolment.person)
    assert [one.day for one in taken_back(week, TUESDAY)] == [TUESDAY]
    assert states(placement) == {MONDAY: DayState.CONFIRMED, TUESDAY: DayState.RETURNED}
    assert minutes_of(placement) == 360
    assert [one.minutes for one in hours.entries(placement.enrolment_id)] == [360, 360, -360]
    assert hours.check() == []
    entry = service.find_entry(placement.id, TUESDAY)
    assert entry is not None
    assert entry.returned_why == WHY
    told = mails("workplace/taken_back")[-1]
    assert told.to_address == placement.enrolment.person.email
    assert WHY in told.text


def test_the_confirmation_that_was_given_stays_on_record_and_in_the_history() -> None:
    placement, week = a_confirmed_week()
    taken_back(week, MONDAY)
    kept = db.session().scalars(select(WithdrawnConfirmation)).one()
    assert (kept.version, kept.minutes, kept.confirmed_by, kept.withdrawn_by, kept.why) == (
        1, 360, "Demo Usta", "Demo Usta", WHY,
    )  # fmt: skip
    entry = service.find_entry(placement.id, MONDAY)
    assert entry is not None
    assert [one.act for one in audit.history(entry)][-1] == "workplace.confirmation_taken_back"
    shown = service.day(placement, MONDAY)
    assert (shown.is_taken_back, shown.withdrawn[0].why) == (True, WHY)


def test_the_same_version_is_never_confirmed_again_a_corrected_one_is() -> None:
    placement, week = a_confirmed_week()
    taken_back(week, MONDAY)
    entry = service.find_entry(placement.id, MONDAY)
    assert entry is not None
    changed(placement, entry)
    assert entry.version == 2
    confirmed(a_sent_week(placement, [MONDAY]))
    assert minutes_of(placement) == 720
    assert service.find_entry(placement.id, MONDAY).state is DayState.CONFIRMED  # type: ignore[union-attr]
    assert not service.day(placement, MONDAY).is_taken_back
    assert hours.check() == []


def test_it_needs_days_and_words_and_happens_once() -> None:
    placement, week = a_confirmed_week()
    with pytest.raises(RuleBroken) as wordless:
        taken_back(week, MONDAY, why=" \n")
    assert wordless.value.field == "why"
    with pytest.raises(RuleBroken) as none:
        taken_back(week, WEDNESDAY)
    assert none.value.field == "days"
    taken_back(week, MONDAY)
    with pytest.raises(RuleBroken):
        taken_back(week, MONDAY)
    assert minutes_of(placement) == 360


def test_the_last_of_the_seven_days_counts_and_the_next_does_not() -> None:
    placement, week = a_confirmed_week()
    with today_is(WEDNESDAY + timedelta(days=afterwards.TAKE_BACK_DAYS + 1)):
        with pytest.raises(RuleBroken) as late:
            taken_back(week, MONDAY)
        assert service.given(week, by=bearer(week)).refused is not None
    assert "9 December 2026" in said(late)
    with today_is(WEDNESDAY + timedelta(days=afterwards.TAKE_BACK_DAYS)):
        assert len(taken_back(week, MONDAY)) == 1
    assert minutes_of(placement) == 360


def a_finished_teacher() -> tuple[Enrolment, SentWeek]:
    """Somebody with everything a certificate needs, and the week the company confirmed."""
    done = completed(a_teacher_in_a_run())
    return done, db.session().scalars(select(SentWeek)).unique().one()


def test_nothing_is_taken_back_once_a_certificate_is_issued() -> None:
    with today_is(THURSDAY):
        done, week = a_finished_teacher()
        issued(done, an_administrator(done))
        with pytest.raises(RuleBroken) as refused:
            taken_back(week, MONDAY)
        assert "recorded" in said(refused)


def test_nothing_is_taken_back_once_the_run_is_closed_or_the_teacher_left() -> None:
    placement, week = a_confirmed_week()
    enrolments.withdraw(placement.enrolment, reason="", by=the_teacher(placement))
    assert placement.enrolment.state is EnrolmentState.WITHDRAWN
    with pytest.raises(RuleBroken):
        taken_back(week, MONDAY)


def test_nobody_but_the_bearer_of_a_link_for_this_week_takes_it_back() -> None:
    placement, week = a_confirmed_week()
    entry_ids = [UUID(one) for one in week.entries]
    for by in (the_teacher(placement), acting(an_administrator(placement.enrolment))):
        with pytest.raises(NotFound):
            service.take_back_confirmation(week, entry_ids, WHY, by=by)
        with pytest.raises(NotFound):
            service.given(week, by=by)


def test_the_receipt_names_the_days_and_brings_a_link_of_its_own() -> None:
    _placement, week = a_confirmed_week()
    receipt = mails("workplace/receipt")[0]
    assert receipt.to_address == "usta@demo.example"
    assert "2 gün, 12 saat" in receipt.text
    assert "9 Aralık 2026" in receipt.text
    assert "/m/" in receipt.text
    assert week.decided_at is not None


def test_a_prepared_batch_is_not_issued_after_a_day_was_taken_back() -> None:
    with today_is(THURSDAY):
        done, week = a_finished_teacher()
        admin = acting(an_administrator(done))
        batch = certificate.prepare(done.run, [done.id], by=admin)
        taken_back(week, MONDAY)
        with pytest.raises(RuleBroken):
            certificate.issue(batch, by=admin)


def test_a_week_without_a_confirmed_day_offers_nothing() -> None:
    placement = a_placement()
    week = a_sent_week(placement, [MONDAY])
    link = newest_link()
    service.ask_correction(week, UUID(next(iter(week.entries))), "Saat yanlış.", link, by=the_bearer(link))
    assert service.given(week, by=the_bearer(link)).rows == ()
