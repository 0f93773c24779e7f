"""The pages of applications and approvals, as people use them."""

from typing import Any

from lmp.access import Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.core import db
from lmp.enrolment import service
from lmp.enrolment.models import EnrolmentState, Run
from tests.builders.accounts import (
    BY,
    a_network_administrator,
    a_person,
    a_teacher,
)
from tests.builders.enrolment import (
    NOBODY,
    a_run,
    a_school_with_principal,
    a_seated_teacher,
    an_application,
    asked,
)
from tests.enrolment.facts import TITLE, committed_run
from tests.visitor import Page, Visitor

# --- applying


def a_committed_school() -> tuple[Any, Person]:
    with db.transaction():
        return a_school_with_principal()


def apply_as(visitor: Visitor, run: Run, motivation: str = "") -> Page:
    """Through both pages to the end."""
    path = f"/tr/run/{run.id}/apply"
    check = visitor.send(path, visitor.open(path).form(), motivation=motivation, expect=200)
    return visitor.send(path, check.form())


def test_a_teacher_checks_the_answers_before_the_application_leaves(visitor: Visitor) -> None:
    school, _principal = a_committed_school()
    run = committed_run()
    with db.transaction():
        teacher = a_teacher(school=school)
    visitor.sign_in(teacher)
    path = f"/tr/run/{run.id}/apply"
    page = visitor.open(path)
    for words in (TITLE, "3 iş günü", school.name, teacher.email, "Elektrik-Elektronik Teknolojisi", "3 gün içinde"):
        assert words in page.text
    assert page.statements <= 8 + 1  # SQLite's BEGIN is counted too
    page = visitor.send(path, page.form(), motivation="Atölyem için.", expect=200)
    assert page.h1 == "Başvurunuzu kontrol edin"
    assert "Atölyem için." in page.text
    with db.reading():
        assert service.find_enrolment(run.id, teacher.id) is None
    back = visitor.send(path, page.form(), _change="1", expect=200)
    assert back.form()["motivation"] == "Atölyem için."
    done = visitor.send(path, page.form())
    with db.reading():
        found = service.find_enrolment(run.id, teacher.id)
        assert found is not None
        assert (found.state, found.motivation) == (EnrolmentState.IN_APPROVAL, "Atölyem için.")
        assert done.location.endswith(f"/{found.id}")
    assert visitor.send(path, page.form()).location == done.location


def test_the_check_page_keeps_its_step_in_the_other_language(visitor: Visitor) -> None:
    run = committed_run()
    with db.transaction():
        teacher = a_teacher()
    path = f"/tr/run/{run.id}/apply"
    visitor.sign_in(teacher)
    page = visitor.send(path, visitor.open(path).form(), motivation="Neden", expect=200)
    page = visitor.send(path, page.form(), _lang="en", expect=200)
    assert page.h1 == "Check your application"
    assert "Neden" in page.text


def test_a_motivation_that_is_too_long_comes_back_with_the_length(visitor: Visitor) -> None:
    run = committed_run()
    with db.transaction():
        teacher = a_teacher()
    path = f"/tr/run/{run.id}/apply"
    form = visitor.sign_in(teacher).open(path).form()
    page = visitor.send(path, form, motivation="a" * 601, expect=422)
    assert page.form()["motivation"] == "a" * 601


def test_who_may_not_apply_reads_why_and_cannot_send_it_anyway(visitor: Visitor) -> None:
    run = committed_run()
    with db.transaction():
        teacher = a_teacher(branch="Çocuk Gelişimi ve Eğitimi")
    path = f"/tr/run/{run.id}/apply"
    page = visitor.sign_in(teacher).open(path)
    assert page.h1 == "Bu faaliyete başvuramazsınız"
    assert "Branşınız: Çocuk Gelişimi ve Eğitimi." in page.text
    assert page.all("textarea") == []
    visitor.send(path, step="send", _once="01a203f9-c2b8-7000-afca-8fda9b88d16a", motivation="", expect=422)
    with db.reading():
        assert service.find_enrolment(run.id, teacher.id) is None


def test_whoever_has_applied_is_led_to_the_application(visitor: Visitor) -> None:
    with db.transaction():
        run, teacher = a_run(), a_teacher()
        enrolment = an_application(run, teacher)
    page = visitor.sign_in(teacher).open(f"/tr/run/{run.id}/apply", expect=302)
    assert page.location.endswith(f"/{enrolment.id}")


def test_a_stranger_signs_in_before_applying(visitor: Visitor) -> None:
    run = committed_run()
    assert "/sign-in" in visitor.open(f"/tr/run/{run.id}/apply", expect=302).location


def test_a_full_run_says_so_before_and_puts_the_teacher_on_the_reserve_list(visitor: Visitor) -> None:
    with db.transaction():
        run = a_run(capacity=1, chain=NOBODY)
        a_seated_teacher(run)
        teacher = a_teacher()
    visitor.sign_in(teacher)
    assert "Bütün yerler dolu." in visitor.open(f"/tr/run/{run.id}/apply").text
    apply_as(visitor, run)
    with db.reading():
        found = service.find_enrolment(run.id, teacher.id)
        assert found is not None
        assert found.state is EnrolmentState.RESERVE_LIST


def test_withdrawing_says_what_it_means_and_frees_the_place(visitor: Visitor) -> None:
    with db.transaction():
        run = a_run(capacity=1, chain=NOBODY)
        teacher = a_teacher()
        first, second = a_seated_teacher(run, teacher), a_seated_teacher(run)
    path = f"/tr/enrolment/{first.id}/withdraw"
    page = visitor.sign_in(teacher).open(path)
    assert "Yeriniz hemen boşalır" in page.text
    visitor.send(path, page.form(), reason="Nakil oldum")
    with db.reading():
        assert service.enrolment(second.id).state is EnrolmentState.MAIN_LIST
        assert service.moves(service.enrolment(first.id))[-1].reason == "Nakil oldum"
    visitor.open(path, expect=409)
    visitor.sign_in(second.person).open(path, expect=404)


# --- deciding


def waiting(school: Any, name: str = "Gülşah Demo") -> Any:
    with db.transaction():
        return asked(an_application(a_run(), a_teacher(name, school=school), "Atölyem için."))


def test_a_principal_reads_the_facts_and_approves(visitor: Visitor) -> None:
    school, principal = a_committed_school()
    step = waiting(school)
    page = visitor.sign_in(principal).open("/tr/application")
    assert page.h1 == "Başvurular"
    page = visitor.open(page.links()["Gülşah Demo"])
    for words in ("Gülşah Demo", TITLE, "3 iş günü", "Atölyem için.", "Son gün:"):
        assert words in page.text
    done = visitor.send(page.path, page.form(), decision="approve")
    assert "Kararınızı bekleyen başvuru yok" in visitor.open(done.location).text
    with db.reading():
        assert service.enrolment(step.enrolment_id).state is EnrolmentState.MAIN_LIST
    page = visitor.open(f"/tr/application/{step.id}")
    assert "Karar veren" in page.text
    assert page.all("input", type="radio") == []


def test_a_refusal_without_a_reason_comes_back_and_with_one_is_kept(visitor: Visitor) -> None:
    school, principal = a_committed_school()
    step = waiting(school)
    path = f"/tr/application/{step.id}"
    form = visitor.sign_in(principal).open(path).form()
    assert "Birini seçin" in visitor.send(path, form, expect=422).text
    page = visitor.send(path, form, decision="refuse", expect=422)
    assert "Ret gerekçesini yazın" in page.text
    visitor.send(path, form, decision="refuse", reason="Sınav haftası")
    with db.reading():
        assert service.enrolment(step.enrolment_id).state is EnrolmentState.REFUSED


def test_a_stale_decision_answers_409_and_says_who_was_first(visitor: Visitor) -> None:
    school, principal = a_committed_school()
    step = waiting(school)
    with db.transaction():
        deputy = a_person("Vekil Demo")
        accounts.grant(deputy, Role.APPROVER, ScopeKind.SCHOOL, str(school.id), by=BY)
    path = f"/tr/application/{step.id}"
    form = visitor.sign_in(deputy).open(path).form()
    visitor.sign_in(principal).send(path, visitor.open(path).form(), decision="approve")
    page = visitor.sign_in(deputy).send(path, {**form, "csrf_token": visitor.token()}, decision="approve", expect=409)
    assert f"Karar veren: {principal.name}." in page.text


def test_an_application_is_hidden_from_other_schools_and_from_the_applicant(visitor: Visitor) -> None:
    school, _principal = a_committed_school()
    step = waiting(school)
    with db.transaction():
        _other, stranger = a_school_with_principal("Başka Okul")
        teacher = service.enrolment(step.enrolment_id).person
        accounts.grant(teacher, Role.APPROVER, ScopeKind.SCHOOL, str(school.id), by=BY)
    for somebody in (stranger, teacher):
        visitor.sign_in(somebody).open(f"/tr/application/{step.id}", expect=404)
        assert "Gülşah" not in visitor.open("/tr/application").text.replace(teacher.name, "", 1)


def test_the_list_of_applications_costs_the_same_for_one_and_for_twenty(visitor: Visitor) -> None:
    school, principal = a_committed_school()
    step = waiting(school)
    visitor.sign_in(principal)
    first = visitor.open("/tr/application").statements
    with db.transaction():
        run = service.enrolment(step.enrolment_id).run
        for number in range(19):
            an_application(run, a_teacher(f"Öğretmen {number} Demo", school=school))
    page = visitor.open("/tr/application")
    assert len(page.all("li", class_="row")) == 20
    assert page.statements == first <= 15


def test_every_page_is_complete_in_english(visitor: Visitor) -> None:
    school, principal = a_committed_school()
    step = waiting(school)
    with db.transaction():
        official = a_network_administrator()
    page = visitor.sign_in(principal).open(f"/en/application/{step.id}")
    assert page.h1 == "Application of Gülşah Demo"
    assert "3 working days" in page.text
    with db.reading():
        run_id = service.enrolment(step.enrolment_id).run_id
    page = visitor.sign_in(official).open(f"/en/run/{run_id}")
    assert "With the school" in page.text
