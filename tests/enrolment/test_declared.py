"""Branch and school are what the teacher declares until the head of the school approves an application."""

from lmp.core import db
from lmp.enrolment import service
from tests.builders.accounts import a_school, a_teacher, acting, an_approver
from tests.builders.enrolment import a_run, an_application, approved, asked


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
