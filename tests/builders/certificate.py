"""Enrolments with complete evidence, and certificates, made through the real services."""

from collections.abc import Iterable
from datetime import date, time

from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.certificate import service
from lmp.certificate.models import Certificate
from lmp.core import clock
from lmp.enrolment.models import Enrolment, Run
from lmp.practical import service as practical
from lmp.practical.models import PracticalTest
from lmp.workplace import service as workplace
from lmp.workplace.models import Placement
from tests.builders.accounts import acting
from tests.builders.enrolment import a_seated_teacher
from tests.builders.learning import all_units_proven
from tests.builders.workplace import MONDAY, TUESDAY, WEDNESDAY, a_placement, a_sent_week, newest_link

DAYS = (MONDAY, TUESDAY, WEDNESDAY)
TEST_DAY = date(2026, 12, 3)


def person_on_duty(run: Run, duty: str) -> Person:
    """The first person named for a duty of a run."""
    return next(accounts.person(one.person_id) for one in run.duties if one.duty.value == duty)


def days_confirmed(enrolment: Enrolment, days: Iterable[date] = DAYS) -> Placement:
    """A placement whose days the mentor confirmed through the link."""
    placement = a_placement(enrolment, planned_days=3)
    week = a_sent_week(placement, days)
    link = newest_link()
    workplace.confirm(week, link, by=accounts.link_actor(link))
    return placement


def a_test(enrolment: Enrolment, *, level: int = 2, without: str | None = None) -> PracticalTest:
    """A practical test with the same level for every criterion, decided."""
    assessor = acting(person_on_duty(enrolment.run, "assessor"))
    levels = {one.id: level for one in practical.checklist(enrolment).criteria}
    if without:
        levels[without] = 0
    test = practical.save(
        enrolment, levels=levels, on=clock.today(), starts=time(16, 0), remark="", version=0, by=assessor
    )
    return practical.decide(test, by=assessor)


def completed(enrolment: Enrolment) -> Enrolment:
    """Everything a certificate needs: units, days, test."""
    all_units_proven(enrolment)
    days_confirmed(enrolment)
    a_test(enrolment)
    return enrolment


def issued(enrolment: Enrolment, administrator: Person) -> Certificate:
    """The certificate of a completed enrolment of a run without a signatory."""
    by = acting(administrator)
    return service.issue(service.prepare(enrolment.run, [enrolment.id], by=by), by=by)[0]


def another_in(run: Run) -> Enrolment:
    """One more teacher in a run."""
    return a_seated_teacher(run)
