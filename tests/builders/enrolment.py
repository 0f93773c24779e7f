"""Runs and enrolments for tests, made through the real services."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date, time, timedelta
from typing import Any

from lmp.access import Actor
from lmp.accounts.models import Person
from lmp.content.models import CourseVersion
from lmp.content.policy import CompletionPolicy
from lmp.core import clock
from lmp.core.db import Bilingual
from lmp.enrolment import service
from lmp.enrolment.models import ApprovalStep, Audience, Enrolment, Run, RunKind, RunMessage
from lmp.network.models import School
from tests.builders.accounts import (
    a_centre_administrator,
    a_school,
    a_teacher,
    a_trainer,
    acting,
    an_approver,
    an_assessor,
)
from tests.builders.content import a_published_course

SCHOOL: tuple[dict[str, Any], ...] = ({"scope_kind": "school", "days": 3},)
NOBODY: tuple[dict[str, Any], ...] = ()
VENUE = Bilingual("Ankara, Cezeri Yeşil Teknoloji MTAL", "Ankara, Cezeri vocational high school")


def a_run(
    version: CourseVersion | None = None,
    *,
    capacity: int = 24,
    chain: Iterable[dict[str, Any]] = SCHOOL,
    starts_on: date | None = None,
    days: int = 12,
    apply_from_on: date | None = None,
    apply_until_on: date | None = None,
    administrator: Person | Actor | None = None,
    trainers: list[Person] | None = None,
    assessors: list[Person] | None = None,
    signatory: Person | None = None,
    policy: CompletionPolicy | None = None,
    activity_no: str | None = None,
    offer_hours: int = 0,
) -> Run:
    """A run that begins in two weeks (or on `starts_on`) and takes applications from today until the day before.

    Unless `offer_hours` says otherwise the first reserve moves up at once.
    """
    version = version or a_published_course()
    centre = version.course.centre
    first = starts_on or clock.today() + timedelta(days=14)
    return service.open_run(
        version.course.slug,
        starts_on=first,
        ends_on=first + timedelta(days=days - 1),
        apply_from_on=apply_from_on or min(clock.today(), first),
        apply_until_on=apply_until_on or max(first - timedelta(days=1), clock.today()),
        capacity=capacity,
        offer_hours=offer_hours,
        kind=RunKind.OPEN,
        policy=policy,
        chain=chain,
        venue=VENUE,
        activity_no=activity_no,
        trainers=trainers if trainers is not None else [a_trainer(centre)],
        assessors=assessors if assessors is not None else [an_assessor(centre)],
        signatory=signatory,
        by=_acts(administrator or a_centre_administrator(centre)),
    )


def _acts(who: Person | Actor) -> Actor:
    """A person as somebody who acts; an actor stays what it is, whatever the clock says."""
    return who if isinstance(who, Actor) else acting(who)


def an_application(run: Run, teacher: Person | Actor | None = None, motivation: str = "") -> Enrolment:
    """An application of a teacher to a run."""
    return service.apply(run, motivation=motivation, by=_acts(teacher or a_teacher()))


def asked(enrolment: Enrolment) -> ApprovalStep:
    """The step an application waits for."""
    found = service.open_step(enrolment)
    assert found is not None, "the application waits for nobody"
    return found


def approved(enrolment: Enrolment, approver: Person | None = None) -> Enrolment:
    """The application approved by the principal of the teacher's school, made where not given."""
    school = enrolment.person.school
    assert school is not None
    service.decide(asked(enrolment), approve=True, reason="", by=acting(approver or an_approver(school)))
    return enrolment


def a_seated_teacher(run: Run, teacher: Person | Actor | None = None) -> Enrolment:
    """An enrolment on the main list of a run whose chain is the school or nobody."""
    enrolment = an_application(run, teacher)
    return approved(enrolment) if service.open_step(enrolment) else enrolment


def a_running_enrolment(
    version: CourseVersion | None = None,
    teacher: Person | None = None,
    *,
    begun_days_ago: int = 5,
    days: int = 12,
    administrator: Person | None = None,
    **values: Any,
) -> Enrolment:
    """A teacher on the main list of a run that began some days ago; applied a week before it began."""
    version = version or a_published_course()
    applicant = acting(teacher or a_teacher())
    opener = acting(administrator or a_centre_administrator(version.course.centre))
    first = clock.today() - timedelta(days=begun_days_ago)
    with a_week_before(first):
        run = a_run(version, starts_on=first, days=days, chain=NOBODY, administrator=opener, **values)
        return a_seated_teacher(run, applicant)


def a_week_before(day: date) -> AbstractContextManager[None]:
    """The clock stands a week before a day; grants that begin today do not count then, so make actors before."""
    return clock.at(clock.wall(day - timedelta(days=7), time(12)))


def a_school_with_principal(name: str = "Deneme MTAL") -> tuple[School, Person]:
    """A school and the person who approves for it."""
    school = a_school(name)
    return school, an_approver(school)


def a_message(
    run: Run,
    *,
    by: Actor,
    audience: Audience = Audience.MAIN,
    tr: str = "Yarın laboratuvarda buluşuyoruz.",
    en: str = "",
    important: bool = False,
    enrolment: Enrolment | None = None,
) -> RunMessage:
    """A message of a run's staff; the worker has not told it yet."""
    draft = service.messages.Draft(
        audience=audience,
        subject=Bilingual("Buluşma yeri" if tr else "", "Where we meet" if en else ""),
        text=Bilingual(tr, en),
        is_important=important,
        enrolment_id=enrolment.id if enrolment else None,
    )
    return service.messages.send(run, draft, by=by)
