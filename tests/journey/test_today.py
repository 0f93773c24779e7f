"""Bugün of every role, and the desk of a run: who is first, what waits, and nothing of other centres."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from flask import Flask

from lmp.access import Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.core import clock, db
from lmp.practical import service as practical
from tests.builders.accounts import (
    BY,
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_teacher,
    a_trainer,
    acting,
    an_assessor,
)
from tests.builders.certificate import completed
from tests.builders.content import a_published_course
from tests.builders.enrolment import NOBODY, SCHOOL, a_run, a_school_with_principal, an_application
from tests.builders.workplace import MONDAY, TUESDAY, a_day, a_placement, a_sent_week, a_teacher_in_a_run, today_is
from tests.guards.world import TODAY
from tests.visitor import Page, Visitor


@pytest.fixture(autouse=True)
def _a_day() -> Iterator[None]:
    with today_is(TODAY):
        yield


def today_of(app: Flask, person: Person, path: str = "/tr/today") -> Page:
    visitor = Visitor(app).sign_in(person)
    visitor.client.get(path)  # the first reader warms the cache of the course's version
    page = visitor.open(path)
    assert page.statements <= 15
    return page


def first_thing(page: Page) -> str:
    """The title of the sheet."""
    return " ".join("".join(page.all("h2", id="next-step")[0].itertext()).split())


def rows_under(page: Page, heading: str) -> list[str]:
    """The rows of a section."""
    section = next(
        one for one in page.all("section", class_="section") if (one.find(".//h2") is not None) and heading in said(one)
    )
    return [" ".join("".join(row.itertext()).split()) for row in section.iter("li")]


def said(element: object) -> str:
    heading = element.find(".//h2")  # type: ignore[attr-defined]  # an element of html5lib's tree
    return "".join(heading.itertext())


def test_a_trainer_sees_who_is_behind_and_the_runs_with_their_numbers(app: Flask) -> None:
    with db.transaction():
        trainer = a_trainer()
        placement = a_placement(a_teacher_in_a_run(a_published_course(), a_teacher("Geciken Demo"), trainers=[trainer]))
        a_day(placement, MONDAY)
    with today_is(TODAY + timedelta(days=2)):
        page = today_of(app, trainer)
    assert first_thing(page) == "Geciken Demo"
    assert "5 gündür günlük yok" in page.text
    assert any(str(placement.enrolment_id) in url and url.endswith("/log") for url in page.links().values())
    assert "1 katılımcı · 1 kişi geride" in rows_under(page, "Faaliyetleriniz")[0]


def test_a_week_that_a_company_leaves_for_more_than_three_days_asks_for_a_look(app: Flask) -> None:
    with db.transaction():
        trainer = a_trainer()
        a_sent_week(a_placement(a_teacher_in_a_run(a_published_course(), trainers=[trainer])), [MONDAY, TUESDAY])
    assert "1 haftalık günlük onay bekliyor" in rows_under(today_of(app, trainer), "Başkalarını bekleyenler")[0]
    with today_is(TODAY + timedelta(days=4)):
        page = today_of(app, trainer)
    assert first_thing(page).startswith("1 haftalık günlük üç günden uzun süredir")
    assert "?show=company" in page.links()["Günlükleri gör"]


def test_a_coordinator_issues_first_then_matches_companies(app: Flask) -> None:
    with db.transaction():
        version, administrator = a_published_course(), a_centre_administrator()
        ready = completed(a_teacher_in_a_run(version))
        unplaced = a_teacher_in_a_run(version, a_teacher("Eşleşmeyen Demo"))
    page = today_of(app, administrator)
    assert first_thing(page) == "1 kişi belgelenmeye hazır"
    assert page.links()["Belgeleri gözden geçir"].endswith(f"/run/{ready.run_id}/certificate")
    assert "1 kişinin işletmesi yok" in rows_under(page, "Yaklaşanlar")[0]
    desk = Visitor(app).sign_in(administrator).open(f"/tr/run/{unplaced.run_id}?show=unplaced")
    assert "Eşleşmeyen Demo" in desk.links()


def test_a_coordinator_sees_nothing_of_another_centre_and_one_of_two_sees_which(app: Flask) -> None:
    with db.transaction():
        a_teacher_in_a_run(a_published_course(), a_teacher("Kanarya Demo"))
        stranger = a_centre_administrator(a_centre("smm-bur-oib"))
        short_name = a_centre().short_name
    page = today_of(app, stranger)
    assert "işletmesi yok" not in page.text
    assert first_thing(page) == "Bir kurs için faaliyet açın"
    with db.transaction():
        of_both = a_centre_administrator(a_centre("smm-bur-oib"), "İki Merkezli Demo")
        accounts.grant(of_both, Role.CENTRE_ADMINISTRATOR, ScopeKind.CENTRE, str(a_centre().id), by=BY)
    page = today_of(app, of_both)
    assert first_thing(page) == "1 kişinin işletmesi yok"
    assert short_name in page.text


def test_an_overdue_approval_waits_for_the_school_and_says_since_when(app: Flask) -> None:
    with db.transaction():
        school, principal = a_school_with_principal()
        administrator = a_centre_administrator()
        run = a_run(chain=SCHOOL, administrator=administrator)
        an_application(run, a_teacher("Bekleyen Demo", school=school))
    assert first_thing(today_of(app, principal)) == "Bekleyen Demo adlı öğretmenin başvurusu"
    assert "1 başvuru onay bekliyor" in rows_under(today_of(app, administrator), "Başkalarını bekleyenler")[0]
    with today_is(TODAY + timedelta(days=5)):
        page = today_of(app, administrator)
        assert first_thing(page) == "1 onayın süresi geçti"


def test_an_assessor_sees_begun_tests_first(app: Flask) -> None:
    with db.transaction():
        version, assessor = a_published_course(), an_assessor()
        a_teacher_in_a_run(version, a_teacher("Başlamayan Demo"), assessors=[assessor])
        begun = a_teacher_in_a_run(version, a_teacher("Başlayan Demo"), assessors=[assessor])
        levels = {practical.checklist(begun).criteria[0].id: 1}
        practical.save(
            begun, levels=levels, on=clock.today(), starts=time(9, 0), remark="", version=0, by=acting(assessor)
        )
    page = today_of(app, assessor)
    assert "Başlayan Demo" in first_thing(page)
    assert "Başlamayan Demo" in rows_under(page, "Yaklaşanlar")[0]


def test_the_network_sees_where_something_is_stuck_by_number(app: Flask) -> None:
    with db.transaction():
        official = a_network_administrator()
        a_sent_week(a_placement(a_teacher_in_a_run(a_published_course())), [MONDAY, TUESDAY])
    assert "Bugün için işiniz yok" in today_of(app, official).text
    with today_is(TODAY + timedelta(days=9)):
        page = today_of(app, official)
    assert first_thing(page) == a_centre_name()
    assert "1 haftalık günlük yedi günden uzun süredir" in page.text


def a_centre_name() -> str:
    with db.reading():
        return a_centre().short_name


def test_whoever_opens_a_new_network_reads_what_is_still_missing_until_a_run_is_opened(app: Flask) -> None:
    with db.transaction():
        official = a_network_administrator()
    page = today_of(app, official)
    assert first_thing(page) == "E-postalar henüz gönderilmiyor"
    steps = rows_under(page, "Yaklaşanlar")
    assert [
        step.startswith(words) for step, words in zip(steps, ("Merkezlerin koord", "Kursların", "İlk"), strict=True)
    ]
    with db.transaction():
        a_run(a_published_course())
    assert "koordinatörlerini davet edin" not in today_of(app, official).text


def test_never_more_than_seven_things_stand_before_a_heading(app: Flask) -> None:
    with db.transaction():
        version, trainer = a_published_course(), a_trainer()
        run = a_run(version, trainers=[trainer], chain=NOBODY)
        for number in range(10):
            an_application(run, a_teacher(f"Geciken {number} Demo"))
    with today_is(run.starts_on + timedelta(days=9)):
        page = today_of(app, trainer)
        assert len(rows_under(page, "Yaklaşanlar")) == 7
        everybody = Visitor(app).sign_in(trainer).open(page.links()["Tümünü göster (9)"].split("#")[0])
    assert len(rows_under(everybody, "Yaklaşanlar")) == 9


def test_the_desk_says_who_is_behind_and_what_waits_for_whom_before_everybody(app: Flask) -> None:
    with db.transaction():
        administrator = a_centre_administrator()
        one = a_teacher_in_a_run(a_published_course(), a_teacher("Geciken Demo"))
        placement = a_placement(one)
        a_sent_week(placement, [MONDAY, TUESDAY])
    path = f"/tr/run/{one.run_id}"
    with today_is(TODAY + timedelta(days=4)):
        page = today_of(app, administrator, path)
        assert "6 gündür günlük yok" in rows_under(page, "Geride kalanlar")[0]
        assert "En eskisi 4 gündür bekliyor" in rows_under(page, "Ne kimi bekliyor")[0]
        narrowed = today_of(app, administrator, f"{path}?show=company")
    assert "Geciken Demo" in narrowed.links()
    assert "Ne kimi bekliyor" not in narrowed.text


def test_the_desk_of_a_thousand_is_read_in_pages_that_cost_the_same(app: Flask) -> None:
    with db.transaction():
        administrator = a_centre_administrator()
        run = a_run(administrator=administrator, chain=NOBODY, capacity=100)
        for number in range(51):
            an_application(run, a_teacher(f"Öğretmen {number:02} Demo"))
    first = today_of(app, administrator, f"/tr/run/{run.id}")
    assert len(first.all("th", scope="row")) == 50
    second = today_of(app, administrator, first.links()["Sonraki"])
    assert [link for link in second.links() if link.startswith("Öğretmen")] == ["Öğretmen 50 Demo"]
    assert "51 katılımcı" in second.text
