"""Placing teachers at companies, and how the plan falls on their days, against both databases."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from lmp.access import NOBODY
from lmp.accounts import service as accounts
from lmp.audit import service as audit
from lmp.content import service as content
from lmp.core import clock, db, messages
from lmp.core.errors import Gone, NotAllowed, NotFound, RuleBroken
from lmp.core.ids import new_id
from lmp.workplace import service
from lmp.workplace.models import DayEntry, Placement
from tests.builders.accounts import a_centre, a_centre_administrator, a_teacher, a_trainer, acting
from tests.builders.content import FIRST_NOTE, course_files, edit
from tests.builders.enrolment import SCHOOL, a_run, a_running_enrolment, an_application
from tests.builders.mails import hears_at_once, mails, told
from tests.builders.workplace import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_company,
    a_day,
    a_mentor,
    a_picture,
    a_placement,
    a_sent_week,
    a_teacher_in_a_run,
    a_workplace,
    confirmed,
    newest_token,
    today_is,
)
from tests.workplace.facts import minutes_of, said

pytestmark = pytest.mark.usefixtures("database")


def test_a_placed_teacher_is_told_where_when_and_with_whom() -> None:
    placement = a_placement(a_teacher_in_a_run(teacher=hears_at_once(a_teacher())))
    assert service.placement_of(placement.enrolment_id) is placement
    mail = mails("workplace/placed")[0]
    assert mail.to_address == placement.enrolment.person.email
    for words in (
        "Demo Pano ve Elektrik",
        "OSTİM pano atölyesi",
        "08.30–15.30",
        "Demo Usta",
        "30 Kasım – 11 Aralık 2026",
    ):
        assert words in mail.text
    assert [entry.act for entry in audit.history(placement)] == ["workplace.placed"]


def test_only_the_centres_own_administrator_places() -> None:
    enrolment = a_teacher_in_a_run()
    company = a_company()
    told: dict[str, Any] = {"workplace": a_workplace(company), "mentor": a_mentor(company)}
    with pytest.raises(NotFound):
        a_placement(enrolment, **told, by=acting(a_centre_administrator(a_centre("smm-bur-tophane"))))
    with pytest.raises(NotAllowed):
        a_placement(enrolment, **told, by=acting(enrolment.person))
    with pytest.raises(NotFound):
        a_placement(enrolment, **told, by=NOBODY)


def test_the_teachers_own_address_cannot_confirm() -> None:
    enrolment = a_teacher_in_a_run()
    company = a_company()
    mentor = a_mentor(company, email=enrolment.person.email.upper())
    with pytest.raises(RuleBroken) as refused:
        a_placement(enrolment, workplace=a_workplace(company), mentor=mentor)
    assert refused.value.field == "mentor_id"


def test_workplace_and_mentor_belong_to_one_company_of_the_centre() -> None:
    enrolment = a_teacher_in_a_run()
    company, other = a_company(), a_company(name="Başka İşletme")
    far = a_company(a_centre("smm-bur-tophane"), "Uzak İşletme")
    for workplace, mentor, field in (
        (a_workplace(company), a_mentor(other), "mentor_id"),
        (a_workplace(far), a_mentor(far), "workplace_id"),
    ):
        with pytest.raises(RuleBroken) as refused:
            a_placement(enrolment, workplace=workplace, mentor=mentor)
        assert refused.value.field == field
    with pytest.raises(RuleBroken):
        a_placement(enrolment, workplace=a_workplace(company), mentor_id=new_id())


def test_only_a_teacher_with_a_place_in_the_run_is_placed() -> None:
    run = a_run(chain=SCHOOL)
    waiting = an_application(run, a_teacher())
    with pytest.raises(RuleBroken) as refused:
        a_placement(waiting)
    assert "main list" in said(refused)


def test_a_course_without_days_at_a_company_places_nobody() -> None:
    with course_files("uzaktan-kurs") as folder:
        (folder / "workplace.yaml").unlink()
        edit(folder / "course.yaml", ("shape: workplace", "shape: online"), ("workplace: 1080", "workplace: 0"))
        author = a_trainer(name="Yazar Demo")
        content.import_course(folder, author=author, by=acting(author))
    reviewer = acting(a_trainer(name="İnceleyen Demo"))
    version = content.publish(content.draft("uzaktan-kurs"), by=reviewer, note=FIRST_NOTE)
    with pytest.raises(RuleBroken) as refused:
        a_placement(a_teacher_in_a_run(version))
    assert "plans no days" in said(refused)


def test_placing_again_changes_the_one_placement() -> None:
    placement = a_placement()
    again = a_placement(placement.enrolment, workplace=placement.workplace, mentor=placement.mentor, planned_days=5)
    assert (again.id, again.planned_days) == (placement.id, 5)
    assert db.session().scalar(select(func.count()).select_from(Placement)) == 1
    assert told("workplace/placed")[1].title.tr.startswith("İş yeriniz değişti")


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"starts_on": TUESDAY, "briefed_on": TUESDAY, "planned_days": 5}, "starts_on"),
        ({"ends_on": TUESDAY, "planned_days": 2}, "ends_on"),
    ],
)
def test_a_placement_cannot_leave_out_a_day_that_is_written(times: dict[str, Any], field: str) -> None:
    placement = a_placement()
    for on in (MONDAY, WEDNESDAY):
        a_day(placement, on)
    same: dict[str, Any] = {"workplace": placement.workplace, "mentor": placement.mentor}
    with pytest.raises(RuleBroken) as refused:
        a_placement(placement.enrolment, **same, **times)
    assert refused.value.field == field
    assert placement.starts_on == MONDAY


def test_a_new_mentor_gets_the_weeks_that_wait_and_the_old_link_dies() -> None:
    placement = a_placement()
    done = a_sent_week(placement, [MONDAY])
    confirmed(done)
    week = a_sent_week(placement, [TUESDAY])
    old = newest_token()
    successor = a_mentor(placement.workplace.company, "Yeni Usta", email="yeni@demo.example")
    a_placement(placement.enrolment, workplace=placement.workplace, mentor=successor)
    with pytest.raises(Gone):
        accounts.open_link(old, "mentor")
    assert mails("workplace/week_sent")[-1].to_address == "yeni@demo.example"
    confirmed(week)
    assert minutes_of(placement) == 720
    by = dict(db.session().execute(select(DayEntry.day, DayEntry.decided_by)).all())
    assert by == {MONDAY: "Demo Usta", TUESDAY: "Yeni Usta"}


def test_the_plans_days_fall_on_working_days_and_skip_weekends_and_holidays() -> None:
    with today_is(date(2026, 10, 27)):
        enrolment = a_teacher_in_a_run_from(date(2026, 10, 19))
        placement = a_placement(
            enrolment,
            starts_on=date(2026, 10, 27),
            ends_on=date(2026, 11, 3),
            planned_days=3,
            briefed_on=date(2026, 10, 27),
        )
        rows = {row.on.day: row for row in service.week(placement, 1).rows}
    assert (rows[27].number, rows[28].number, rows[29].number, rows[30].number) == (1, None, None, 2)
    assert rows[30].planned is not None
    assert rows[30].planned.title.tr == "Gerilim yokluğunu doğrulama"
    assert rows[29].planned is None
    plan = service.plan_of(placement)
    name = plan.special(date(2026, 10, 29))
    assert name is not None
    assert name.in_language("tr") == "Cumhuriyet Bayramı"


def a_teacher_in_a_run_from(first: date) -> Any:
    """Somebody in a run that began on another day than the story's."""
    return a_running_enrolment(begun_days_ago=(clock.today() - first).days, days=26)


def test_a_week_shows_what_is_planned_written_and_refused() -> None:
    placement = a_placement()
    a_day(placement, MONDAY, photos=[a_picture()], other_work="Pano etiketi")
    week = service.week(placement, 1)
    assert [row.on.day for row in week.rows] == [30, 1, 2, 3, 4]
    first, second, _, fourth, _ = week.rows
    assert (first.state, second.state, len(first.photos), second.refused) == ("saved", "not_started", 1, None)
    assert [messages.spoken(piece, "tr") for piece in first.work] == ["Güvenlik bilgilendirmesi", "Pano etiketi"]
    assert fourth.refused is not None
    assert (week.minutes, week.planned_minutes, week.count) == (360, 1080, 2)
    for number in (0, 3):
        with pytest.raises(NotFound):
            service.week(placement, number)
    with pytest.raises(NotFound):
        service.day(placement, date(2026, 12, 14))


def test_progress_counts_days_by_state_for_many_enrolments_in_two_queries() -> None:
    placement = a_placement()
    confirmed(a_sent_week(placement, [MONDAY]))
    a_sent_week(placement, [TUESDAY])
    a_day(placement, WEDNESDAY)
    alone = new_id()
    found = service.days_progress_of([placement.enrolment_id, alone])
    assert alone not in found
    progress = found[placement.enrolment_id]
    assert (progress.planned, progress.confirmed, progress.sent, progress.draft) == (10, 1, 1, 1)
    assert (progress.minutes_confirmed, progress) == (360, service.days_progress(placement))
