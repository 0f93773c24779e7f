"""Branch and school are what the teacher declares until the head of the school approves an application."""

import re

import pytest

from lmp.access import ActorKind
from lmp.accounts import service as accounts
from lmp.accounts.models import OneTimeLink, Person
from lmp.audit import service as audit
from lmp.core import db
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.enrolment import service
from lmp.enrolment.models import ApprovalStep, Run
from lmp.network.models import School
from tests.builders.accounts import a_school, a_teacher, acting, an_approver
from tests.builders.enrolment import a_run, an_application, approved, asked
from tests.builders.mails import hears_at_once, mails
from tests.visitor import Visitor


def test_the_approval_of_the_school_confirms_what_was_declared(database: db.Scope) -> None:
    school = a_school()
    teacher = a_teacher(school=school)
    application = an_application(a_run(), teacher)
    assert teacher.confirmed_at is None
    approved(application, an_approver(school, "Müdür Demo"))
    assert (teacher.confirmed_at is not None, teacher.confirmed_by) == (True, "Müdür Demo")


def test_a_refusal_confirms_nothing(database: db.Scope) -> None:
    school = a_school()
    teacher = a_teacher(school=school)
    step = asked(an_application(a_run(), teacher))
    service.decide(step, approve=False, reason="Ders programı uygun değil.", by=acting(an_approver(school)))
    assert teacher.confirmed_at is None


def a_school_without_approver() -> School:
    """A school for which nobody decides here; its office has an address."""
    school = a_school("Uzak Köy MTAL")
    school.office_email = "kurum@demo.example"
    db.session().flush()
    return school


def mailed_link() -> OneTimeLink:
    """The link in the newest mail to an office."""
    found = accounts.find_link(mailed_token())
    assert found is not None
    return found


def mailed_token() -> str:
    found = re.search(r"/m/([\w-]+)", mails("enrolment/asked_office")[-1].text)
    assert found is not None
    return found[1]


def asked_of_the_office(teacher: Person, run: Run | None = None) -> ApprovalStep:
    """The step of an application that the office was asked about."""
    return asked(an_application(run or a_run(), teacher))


def test_a_school_without_an_account_is_asked_at_its_office_and_its_approval_confirms_too(database: db.Scope) -> None:
    school = a_school_without_approver()
    teacher = a_teacher(school=school)
    step = asked_of_the_office(teacher)
    assert mails("enrolment/asked_office")[-1].to_address == "kurum@demo.example"
    by = accounts.link_actor(mailed_link())
    assert (by.kind, by.name) == (ActorKind.OFFICE, "Uzak Köy MTAL")
    service.decide(step, approve=True, reason="", by=by)
    assert (step.decided_by_name, teacher.confirmed_by) == ("Uzak Köy MTAL", "Uzak Köy MTAL")
    with pytest.raises(Conflict):
        service.decide(step, approve=False, reason="Vazgeçtik.", by=by)


def test_an_office_decides_about_its_own_application_only(database: db.Scope) -> None:
    school = a_school_without_approver()
    first = asked_of_the_office(a_teacher(school=school))
    by = accounts.link_actor(mailed_link())
    second = asked_of_the_office(a_teacher("Başka Demo", school=school), first.enrolment.run)
    with pytest.raises(NotFound):
        service.decide(second, approve=True, reason="", by=by)
    with pytest.raises(NotFound):
        accounts.profile.confirm_declared(first.enrolment.person, by=by)


def test_nobody_is_asked_at_the_teachers_own_address_nor_where_somebody_decides_here(database: db.Scope) -> None:
    school = a_school_without_approver()
    teacher = a_teacher(school=school)
    school.office_email = teacher.email
    first = asked_of_the_office(teacher)
    school.office_email = "kurum@demo.example"
    an_approver(school)
    asked_of_the_office(a_teacher("Başka Demo", school=school), first.enrolment.run)
    assert mails("enrolment/asked_office") == []


def test_a_wrong_branch_is_not_confirmed_and_the_teacher_reads_why(database: db.Scope) -> None:
    school = a_school()
    teacher = a_teacher(school=school)
    hears_at_once(teacher)
    step, by = asked(an_application(a_run(), teacher)), acting(an_approver(school))
    branch = service.Declared.BRANCH
    with pytest.raises(RuleBroken) as wordless:
        service.decide(step, approve=True, reason="", declared=branch, by=by)
    assert wordless.value.field == "reason"
    service.decide(step, approve=True, reason="Branşı Bilişim.", declared=branch, by=by)
    assert teacher.confirmed_at is None
    assert "Branşı Bilişim." in mails("enrolment/declared_wrong")[-1].text
    assert "accounts.declared_disputed" in [one.act for one in audit.history(teacher)]


def test_a_school_does_not_approve_for_a_teacher_of_another_it_refuses(database: db.Scope) -> None:
    school = a_school()
    teacher = a_teacher(school=school)
    step, by = asked(an_application(a_run(), teacher)), acting(an_approver(school))
    elsewhere = service.Declared.SCHOOL
    with pytest.raises(RuleBroken) as refused:
        service.decide(step, approve=True, reason="Bizde değil.", declared=elsewhere, by=by)
    assert refused.value.field == "declared"
    service.decide(step, approve=False, reason="Bizde değil.", declared=elsewhere, by=by)
    assert teacher.confirmed_at is None


def test_the_page_behind_the_offices_link_shows_what_is_confirmed_and_acts_once(visitor: Visitor) -> None:
    with db.transaction():
        teacher = a_teacher(school=a_school_without_approver())
        asked_of_the_office(teacher)
        url = f"/m/{mailed_token()}"
    page = visitor.open(url)
    assert "Onayınız, öğretmenin beyan ettiği branşı ve okulu da doğrular" in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    Visitor(visitor.app).sign_in(teacher).open(url, expect=403)
    page = visitor.send(url, page.form(), decision="approve", declared="school", expect=422)
    assert "okulunuzda görev yapmadığını yazın" in page.text
    visitor.send(url, page.form(), decision="approve", declared="right")
    assert "Uzak Köy MTAL" in visitor.open(url).text
    assert visitor.open(url).all("input", name="decision") == []
    visitor.open("/tr/application", expect=302)
