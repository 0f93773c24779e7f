"""Rules remind people once in their interval, in the morning, and never those who are out."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from lmp.accounts.models import PersonState
from lmp.app import reminders
from lmp.core import clock, db, jobs
from lmp.enrolment import service as enrolment
from lmp.meeting import service as meeting
from lmp.notice import service
from lmp.notice.rules import Delivery
from lmp.notice.service import digesting, reminding
from lmp.practical import service as practical
from tests.builders.accounts import a_teacher, acting
from tests.builders.certificate import a_test, person_on_duty
from tests.builders.enrolment import NOBODY, a_run, a_school_with_principal, an_application
from tests.builders.learning import all_units_proven
from tests.builders.mails import mails, readers, told
from tests.builders.meeting import a_meeting_run, halves, participants, teaching, the_trainer
from tests.builders.workplace import (
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_day,
    a_placement,
    a_sent_week,
    a_teacher_in_a_run,
    today_is,
)

pytestmark = pytest.mark.usefixtures("database")


def reminded(name: str) -> None:
    """The worker's job of today, which may run twice."""
    for _twice in range(2):
        reminding.make({"name": name, "day": clock.today().isoformat(), "after": ""})


def test_every_rule_has_a_name_of_its_own() -> None:
    names = [one.name for one in reminders()]
    assert len(names) == len(set(names)) == 10


def test_an_approver_is_reminded_once_when_the_last_day_is_near() -> None:
    with today_is(MONDAY):
        school, principal = a_school_with_principal()
        step = enrolment.open_step(an_application(a_run(), a_teacher(school=school)))
        assert step is not None
        reminded("application_due")
        assert told("enrolment/decide_soon") == []
    for day in (2, 3, 4):
        with today_is(MONDAY + timedelta(days=day)):
            reminded("application_due")
    assert readers("enrolment/decide_soon") == [principal.email]


def test_nobody_is_reminded_of_a_decision_that_was_made() -> None:
    with today_is(MONDAY):
        school, principal = a_school_with_principal()
        step = enrolment.open_step(an_application(a_run(), a_teacher(school=school)))
        assert step is not None
        enrolment.decide(step, approve=True, reason="", by=acting(principal))
    with today_is(THURSDAY):
        reminded("application_due")
    assert told("enrolment/decide_soon") == []


def test_people_of_the_main_list_are_reminded_seven_days_and_one_day_before_the_first_day() -> None:
    with today_is(MONDAY):
        run = a_run(chain=NOBODY, capacity=2, starts_on=date(2026, 12, 14))
        stays, leaves, reserve = (an_application(run) for _ in range(3))
        enrolment.withdraw(leaves, reason="", by=acting(leaves.person))
    for day in (date(2026, 12, 6), date(2026, 12, 7), date(2026, 12, 8), date(2026, 12, 13)):
        with today_is(day, time(9)):
            reminded("run_starts")
    seated = [stays.person.email, reserve.person.email]  # the free seat went to the first reserve
    assert sorted(readers("enrolment/starts_soon")) == sorted(2 * seated)
    assert "Eğitiminiz 7 gün sonra başlıyor" in {one.title.tr for one in told("enrolment/starts_soon")}


def test_a_suspended_person_is_not_reminded() -> None:
    with today_is(MONDAY):
        one = an_application(a_run(chain=NOBODY, starts_on=MONDAY + timedelta(days=7)))
        one.person.state = PersonState.SUSPENDED
        reminded("run_starts")
    assert told("enrolment/starts_soon") == []


def test_a_week_that_waits_for_three_days_is_told_to_the_teacher_once() -> None:
    with today_is(WEDNESDAY):
        a_sent_week(a_placement(), [MONDAY, TUESDAY])
    for day in (1, 2, 3, 4):
        with today_is(WEDNESDAY + timedelta(days=day)):
            reminded("week_waits")
            assert len(told("workplace/week_waits")) == (1 if day >= 3 else 0)


def test_two_empty_working_days_are_told_and_one_is_not() -> None:
    with today_is(WEDNESDAY):
        placement = a_placement()
        a_day(placement, TUESDAY)
        reminded("days_missing")
        assert told("workplace/days_missing") == []
    with today_is(date(2026, 12, 4)):
        reminded("days_missing")  # Wednesday and Thursday are empty
        reminded("days_missing")
    (one,) = told("workplace/days_missing")
    assert one.due_on == date(2026, 12, 5)


def test_open_units_are_told_near_the_end_to_those_who_have_not_touched_them() -> None:
    with today_is(WEDNESDAY):
        idle = a_teacher_in_a_run()
        done = a_teacher_in_a_run(idle.run.version)
        all_units_proven(done)
    with today_is(date(2026, 12, 10)):
        reminded("units_untouched")
        assert told("learning/untouched") == []
    with today_is(date(2026, 12, 14)):
        reminded("units_untouched")
    assert readers("learning/untouched") == [idle.person.email]


def test_who_meets_tomorrow_hears_where_when_and_what_to_bring_and_so_does_the_trainer() -> None:
    run = a_meeting_run()
    first, *others = participants(run)
    with today_is(date(2026, 11, 28)):
        enrolment.withdraw(others[0], reason="", by=acting(others[0].person))
        wanted = replace(meeting.details_of(halves(run)[0]), room="Dil sınıfı", bring="Bir alet kılavuzu")
        meeting.change(halves(run)[0], wanted, version=1, by=teaching(run))
        reminded("meeting_tomorrow")
        assert told("meeting/tomorrow") == []
    with today_is(date(2026, 11, 29), time(9)):
        reminded("meeting_tomorrow")
        reminded("teaching_tomorrow")
    found = told("meeting/tomorrow")
    staying = [first.person.email, others[1].person.email, the_trainer(run).email]
    assert sorted(readers("meeting/tomorrow")) == sorted(staying)
    assert {(one.kind, one.delivery, one.due_on) for one in found} == {("meeting.tomorrow", Delivery.DIGEST, MONDAY)}
    for one in found:
        assert "9.00–12.00, 13.00–16.00, Dil sınıfı, " in one.detail.tr
        assert one.detail.tr.endswith("Yanınızda getirin: Bir alet kılavuzu")


def test_meeting_on_a_monday_is_in_the_daily_mail_of_the_sunday_before() -> None:
    run = a_meeting_run()
    participants(run)
    with today_is(date(2026, 11, 29), time(9)):
        reminded("meeting_tomorrow")
    with today_is(date(2026, 11, 29), time(17)):
        service.begin_digest()
        digesting.make({"day": "2026-11-29", "after": ""})
    assert len(mails("notice/digest")) == 3
    assert "Yanınızda getirin" not in mails("notice/digest")[0].text
    assert "9.00–12.00" in mails("notice/digest")[0].text


def test_who_is_tested_tomorrow_is_reminded_and_so_is_the_assessor() -> None:
    with today_is(WEDNESDAY):
        one = a_teacher_in_a_run()
        assessor = person_on_duty(one.run, "assessor")
        practical.set_day(
            one.run, [one.id], on=date(2026, 12, 4), starts=time(10), place="Atölye 2", by=acting(assessor)
        )
        reminded("test_tomorrow")
        assert told("practical/tomorrow") == []
    with today_is(THURSDAY):
        for name in ("test_tomorrow", "tests_tomorrow"):
            reminded(name)
    assert readers("practical/tomorrow") == [one.person.email]
    assert readers("practical/tests_tomorrow") == [assessor.email]
    (teacher,) = told("practical/tomorrow")
    assert teacher.detail.tr == "4 Aralık 2026, 10.00, Atölye 2"
    assert told("practical/tests_tomorrow")[0].detail.tr == one.person.name


def test_who_has_passed_before_the_day_is_not_reminded_of_it() -> None:
    with today_is(THURSDAY):
        one = a_teacher_in_a_run()
        assessor = acting(person_on_duty(one.run, "assessor"))
        practical.set_day(one.run, [one.id], on=date(2026, 12, 4), starts=time(10), place="Atölye 2", by=assessor)
        a_test(one)
        reminded("test_tomorrow")
        reminded("tests_tomorrow")
    assert told("practical/tomorrow") == told("practical/tests_tomorrow") == []


@pytest.mark.parametrize(("at", "begins"), [(time(8, 29), False), (time(8, 30), True), (time(20, 30), False)])
def test_rules_are_asked_in_the_morning_and_never_in_the_quiet_hours(at: time, begins: bool) -> None:
    with today_is(WEDNESDAY, at):
        service.begin_reminders()
        service.begin_reminders()
        assert jobs.is_known(f"notice.remind:{WEDNESDAY.isoformat()}:run_starts") is begins


def test_rules_work_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminding, "BATCH", 2)
    with today_is(MONDAY):
        run = a_run(chain=NOBODY, starts_on=MONDAY + timedelta(days=7))
        for _ in range(3):
            an_application(run)
        reminding.make({"name": "run_starts", "day": MONDAY.isoformat(), "after": ""})
        assert len(told("enrolment/starts_soon")) == 2
        db.session().flush()
        queued = db.session().query(jobs.Job).filter_by(name=reminding.JOB).one()
        reminding.make(queued.payload)
        assert len(told("enrolment/starts_soon")) == 3
