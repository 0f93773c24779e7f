"""The pages on which the centre cancels or moves a run and ends an enrolment."""

from datetime import timedelta
from typing import Any

from lmp.accounts.models import Person
from lmp.app import job_handlers
from lmp.core import db, jobs, written
from lmp.enrolment.models import Enrolment, Run
from tests.builders.accounts import a_centre_administrator, a_teacher
from tests.builders.enrolment import NOBODY, a_run, a_running_enrolment, a_seated_teacher, an_application
from tests.enrolment.facts import TITLE
from tests.visitor import Visitor

WHY: dict[str, Any] = {"why_tr": "Atölyeyi su bastı.", "why_en": "The workshop is flooded."}


def a_full_run() -> tuple[Run, Enrolment, Person, Person]:
    """A run with one seat that is taken and one reserve, its coordinator and the seated teacher."""
    with db.transaction():
        administrator, teacher = a_centre_administrator(), a_teacher("Aslı Demo")
        run = a_run(capacity=1, chain=NOBODY, administrator=administrator)
        seated = a_seated_teacher(run, teacher)
        an_application(run)
        return run, seated, administrator, teacher


def test_a_coordinator_cancels_a_run_and_reads_first_whom_it_touches(visitor: Visitor) -> None:
    run, seated, administrator, teacher = a_full_run()
    visitor.sign_in(administrator)
    page = visitor.open(visitor.open(f"/tr/run/{run.id}/settings").links()["Faaliyeti iptal et"])
    assert "2 kişinin eğitimi sona erer." in page.text
    form = page.form()
    again = visitor.send(page.path, form, why_tr="Su bastı.", why_en="", expect=422)
    assert "Gerekçeyi yazın" in again.text
    assert again.form()["why_tr"] == "Su bastı."
    done = visitor.send(page.path, form, **WHY)
    shown = visitor.open(done.location)
    assert "2 kişi bilgilendiriliyor" in shown.text
    assert WHY["why_tr"] in shown.text
    assert "Faaliyet ayarları" not in shown.links()
    assert visitor.open(done.location.replace("/tr/", "/en/")).text.count(WHY["why_en"]) == 1
    jobs.run_all(job_handlers())
    visitor.sign_in(teacher)
    mine = visitor.open(f"/tr/training/{seated.id}")
    assert "Bu eğitim iptal edildi" in mine.text
    assert {"Kursun öteki tarihleri", "Yeniden açılınca haber ver"} <= set(mine.links())
    assert f"İptal edildi: “{TITLE}”" in visitor.open("/tr/notice").text


def test_a_second_press_and_a_late_look_find_the_run_cancelled(visitor: Visitor) -> None:
    run, _seated, administrator, _teacher = a_full_run()
    visitor.sign_in(administrator)
    path = f"/tr/run/{run.id}/cancel"
    form = visitor.open(path).form()
    visitor.send(path, form, **WHY)
    assert "iptal edildi" in visitor.send(path, form, **WHY, expect=422).text
    for late in (path, f"/tr/run/{run.id}/dates"):
        assert visitor.client.get(late).location == f"/tr/run/{run.id}"


def test_a_coordinator_moves_a_run(visitor: Visitor) -> None:
    run, _seated, administrator, _teacher = a_full_run()
    visitor.sign_in(administrator)
    page = visitor.open(visitor.open(f"/tr/run/{run.id}/settings").links()["Tarihleri değiştir"])
    form = page.form()
    first, last = (written.day(day + timedelta(days=7), "tr", "numeric") for day in (run.starts_on, run.ends_on))
    wrong = visitor.send(page.path, form, starts_on=last, ends_on=first, **WHY, expect=422)
    assert "Son gün ilk günden önce." in wrong.text
    done = visitor.send(page.path, form, starts_on=first, ends_on=last, **WHY)
    assert written.span(run.starts_on + timedelta(days=7), run.ends_on + timedelta(days=7), "tr") in (
        visitor.open(done.location).text
    )


def test_a_run_that_began_shows_why_its_dates_stay(visitor: Visitor) -> None:
    with db.transaction():
        administrator = a_centre_administrator()
        run = a_running_enrolment(administrator=administrator).run
    visitor.sign_in(administrator)
    assert "Tarihleri değiştir" not in visitor.open(f"/tr/run/{run.id}/settings").links()
    assert "tarihleri değiştirilemez" in visitor.open(f"/tr/run/{run.id}/dates").text


def test_a_coordinator_ends_one_enrolment_from_the_participants_page(visitor: Visitor) -> None:
    run, seated, administrator, teacher = a_full_run()
    visitor.sign_in(administrator)
    page = visitor.open(visitor.open(f"/tr/participant/{seated.id}").links()["Katılımı sonlandır"])
    assert "sıradaki kişiye geçer" in page.text
    form = page.form()
    assert "Neden sonlandırdığınızı yazın" in visitor.send(page.path, form, reason=" ", expect=422).text
    done = visitor.send(page.path, form, reason="Başka ile atandı.")
    shown = visitor.open(done.location)
    assert "Merkez sonlandırdı" in shown.text
    assert "Başka ile atandı." in shown.text
    assert "Katılımı sonlandır" not in shown.links()
    visitor.sign_in(teacher)
    assert "Başka ile atandı." in visitor.open(f"/tr/training/{seated.id}").text
    assert run.capacity == 1
