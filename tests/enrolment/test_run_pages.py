"""The pages on which runs are opened and looked after, as people use them."""

from datetime import date, timedelta
from typing import Any

import pytest

from lmp.core import clock, db, written
from lmp.enrolment import desk, service
from lmp.hours import service as hours
from lmp.hours.models import Strand
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_teacher,
    a_trainer,
    acting,
    an_assessor,
)
from tests.builders.content import a_published_course
from tests.builders.enrolment import (
    a_run,
    a_running_enrolment,
    a_school_with_principal,
    a_seated_teacher,
    an_application,
    asked,
)
from tests.enrolment.facts import TITLE, committed_run
from tests.visitor import Visitor

ELSEWHERE = "smm-bur-tophane"


def typed(day: date) -> str:
    """A day as a Turkish reader types it."""
    return written.day(day, "tr", "numeric")


def opening(**changes: Any) -> dict[str, Any]:
    """What a coordinator types into the form of a new run."""
    first = clock.today() + timedelta(days=14)
    return {
        "starts_on": typed(first),
        "ends_on": typed(first + timedelta(days=11)),
        "apply_from_on": typed(clock.today()),
        "apply_until_on": typed(first - timedelta(days=1)),
        "capacity": "1",
        "venue_tr": "Ankara",
        **changes,
    }


# --- opening and looking after runs


def test_a_coordinator_opens_a_run_from_the_list(visitor: Visitor) -> None:
    with db.transaction():
        a_published_course()
        trainer, assessor, administrator = a_trainer(), an_assessor(), a_centre_administrator()
    visitor.sign_in(administrator)
    page = visitor.open("/tr/run")
    assert page.h1 == "Faaliyetler"
    page = visitor.open(page.links()["Faaliyet aç"])
    page = visitor.open(page.links()[TITLE])
    assert "Örnek ayar" in page.text
    form = page.form()
    assert (form["online_minutes"], form["workplace_minutes"], form["absence"], form["school"]) == (
        "90",
        "1.080",
        "20",
        ["y"],
    )
    done = visitor.send(page.path, form, **opening(trainers=[str(trainer.id)], assessors=[str(assessor.id)]))
    page = visitor.open(done.location)
    assert page.h1 == TITLE
    assert "Faaliyet açıldı." in page.text
    assert "Henüz başvuru yok" in page.text
    assert TITLE in visitor.open("/tr/run").links()
    with db.reading():
        (run,) = service.runs_of(acting(administrator))
        assert run.chain == [{"scope_kind": "school", "days": 3}]
        assert service.policy_of(run).example


def test_the_form_repairs_keeps_what_was_typed_and_opens_one_run_for_two_presses(visitor: Visitor) -> None:
    with db.transaction():
        a_published_course()
        trainer, assessor, administrator = a_trainer(), an_assessor(), a_centre_administrator()
    visitor.sign_in(administrator)
    path = "/tr/run/new/demo-kurs"
    form = visitor.open(path).form()
    named: dict[str, Any] = {"trainers": [str(trainer.id)], "assessors": [str(assessor.id)]}
    page = visitor.send(path, form, **opening(starts_on="yarın", capacity="çok"), expect=422)
    assert page.form()["starts_on"] == "yarın"
    assert page.html.startswith("<!doctype html>")
    assert "Tarihi gün, ay ve yıl olarak yazın" in page.text
    assert "En az bir eğitim görevlisi seçin." in page.text
    page = visitor.send(path, form, **opening(ends_on=typed(clock.today())), **named, expect=422)
    assert "Son gün ilk günden önce." in page.text
    first = visitor.send(path, form, **opening(), **named)
    second = visitor.send(path, form, **opening(), **named)
    assert first.location == second.location
    with db.reading():
        assert len(service.runs_of(acting(administrator))) == 1


def test_switching_the_language_of_the_form_keeps_what_was_typed_and_writes_nothing(visitor: Visitor) -> None:
    with db.transaction():
        a_published_course()
        administrator = a_centre_administrator()
    path = "/tr/run/new/demo-kurs"
    form = visitor.sign_in(administrator).open(path).form()
    page = visitor.send(path, form, **opening(venue_tr="Gölbaşı"), _lang="en", expect=200)
    assert page.form()["venue_tr"] == "Gölbaşı"
    assert page.h1 == "Open a run of “Safe measurement in the workshop”"
    with db.reading():
        assert service.runs_of(acting(administrator)) == []


def test_a_coordinator_of_another_centre_finds_neither_run_nor_course(visitor: Visitor) -> None:
    run = committed_run()
    with db.transaction():
        stranger = a_centre_administrator(a_centre(ELSEWHERE))
    visitor.sign_in(stranger)
    assert TITLE not in visitor.open("/tr/run").text
    assert "yayımlanmış kursu yok" in visitor.open("/tr/run/new").text
    for path in (f"/tr/run/{run.id}", f"/tr/run/{run.id}/settings", "/tr/run/new/demo-kurs"):
        visitor.open(path, expect=404)


@pytest.mark.parametrize("path", ["/tr/run", "/tr/run/new", "/tr/application"])
def test_a_teacher_has_no_staff_pages(visitor: Visitor, path: str) -> None:
    with db.transaction():
        teacher = a_teacher()
    visitor.sign_in(teacher).open(path, expect=403)


def test_the_desk_shows_who_needs_a_person_and_everybody_in_turkish_order(visitor: Visitor) -> None:
    with db.transaction():
        administrator = a_centre_administrator()
        run = a_run(capacity=1, administrator=administrator)
        for name in ("Şule Demo", "Sevda Demo"):
            a_seated_teacher(run, a_teacher(name))
        an_application(run, a_teacher("Ali Demo"))
    page = visitor.sign_in(administrator).open(f"/tr/run/{run.id}")
    rows = ["".join(row.itertext()).split()[0] for row in page.all("th", scope="row")]
    assert rows == ["Ali", "Sevda", "Şule"]
    for words in ("Okul onayında", "Yedek 1. sıra", "Asıl listede", "kişi yedek listede", "başvuru onay bekliyor"):
        assert words in page.text
    page = visitor.open(page.links()["Yedek liste 1"])
    assert [one for one in ("Ali", "Sevda", "Şule") if one in page.text] == ["Sevda"]
    assert visitor.open(f"/tr/run/{run.id}?show=nonsense").h1 == TITLE


def test_the_desk_draws_the_minutes_that_were_posted(visitor: Visitor) -> None:
    desk.configure(hours.sums_of)
    with db.transaction():
        administrator = a_centre_administrator()
        enrolment = a_running_enrolment(administrator=administrator)
        hours.post(
            enrolment=enrolment, strand=Strand.ONLINE, minutes=90, day=clock.today(), source_kind="unit", source_id="x"
        )
    page = visitor.sign_in(administrator).open(f"/tr/run/{enrolment.run_id}")
    assert "Devam ediyor" in page.text
    assert "%7" in page.text


def test_the_desk_costs_the_same_for_one_and_for_forty_participants(visitor: Visitor) -> None:
    with db.transaction():
        administrator = a_centre_administrator()
        run = a_run(administrator=administrator)
        an_application(run)
    visitor.sign_in(administrator)
    first = visitor.open(f"/tr/run/{run.id}").statements
    with db.transaction():
        again = service.run(run.id)
        for number in range(39):
            an_application(again, a_teacher(f"Öğretmen {number} Demo"))
    page = visitor.open(f"/tr/run/{run.id}")
    assert len(page.all("th", scope="row")) == 40
    assert page.statements == first <= 15
    assert visitor.open("/tr/run").statements <= 15


def test_the_page_of_a_participant_tells_the_whole_story_to_staff_only(visitor: Visitor) -> None:
    with db.transaction():
        school, principal = a_school_with_principal()
    with db.transaction():
        administrator = a_centre_administrator()
        enrolment = an_application(a_run(administrator=administrator), a_teacher(school=school), "Atölyem için.")
        service.decide(asked(enrolment), approve=False, reason="Sınav haftası", by=acting(principal))
    page = visitor.sign_in(administrator).open(f"/tr/participant/{enrolment.id}")
    for words in ("Reddedildi", "Gerekçe: Sınav haftası", principal.name, "Atölyem için.", school.name):
        assert words in page.text
    with db.transaction():
        strangers = [a_trainer(name="Yabancı Demo"), a_centre_administrator(a_centre(ELSEWHERE))]
    for stranger in strangers:
        visitor.sign_in(stranger).open(f"/tr/participant/{enrolment.id}", expect=404)


def test_settings_change_with_a_reason_once_people_have_applied(visitor: Visitor) -> None:
    with db.transaction():
        administrator = a_centre_administrator()
        run = a_run(administrator=administrator)
        an_application(run)
    path = f"/tr/run/{run.id}/settings"
    form = visitor.sign_in(administrator).open(path).form()
    page = visitor.send(path, form, pass_mark="60", expect=422)
    assert "Koşulların neden değiştiğini yazın" in page.text
    visitor.send(path, form, pass_mark="60", activity_no="2026000123", confirmed="y", reason="Yönetmelik değişti")
    page = visitor.open(f"/tr/run/{run.id}")
    assert "MEBBİS faaliyet no 2026000123" in page.text
    assert "örnek ayar" not in page.text
    with db.reading():
        assert service.policy_of(service.run(run.id)).pass_mark == 60
