"""Where every act of learning starts: an enrolment one may study in, its course document, the days on which it counts."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, lazyload

from lmp.access import Action, Actor, require
from lmp.content import service as content
from lmp.content.document import CourseDocument, Unit
from lmp.content.models import Course, CourseVersion
from lmp.content.policy import CompletionPolicy
from lmp.core import clock, db
from lmp.core.errors import NotFound
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, EnrolmentState, Run
from lmp.enrolment.rules import SEATED
from lmp.learning import rules

#: One row for everything a unit page needs to know about the run; the document itself comes from the cache.
_LEAN = (
    joinedload(Enrolment.run).options(
        joinedload(Run.course).options(lazyload(Course.fields), lazyload(Course.centre)),
        joinedload(Run.version).options(
            defer(CourseVersion.document), defer(CourseVersion.media), lazyload(CourseVersion.course)
        ),
        lazyload(Run.centre),
    ),
    lazyload(Enrolment.person),
    lazyload(Enrolment.steps),
)


def enrolment_to_study(enrolment_id: UUID, by: Actor) -> Enrolment:
    """The enrolment of somebody who may study in it, read in one query. Raises NotFound or NotAllowed."""
    found = db.session().scalar(select(Enrolment).where(Enrolment.id == enrolment_id).options(*_LEAN))
    if found is None:
        raise NotFound
    require(by, Action.STUDY, found)
    return found


def document_of(enrolment: Enrolment) -> CourseDocument:
    """The course as the run teaches it: its version never changes."""
    return content.document(enrolment.run.version)


def unit_of(enrolment: Enrolment, unit_key: str) -> Unit:
    """A unit of the run's course. Raises NotFound."""
    try:
        return document_of(enrolment).unit(unit_key)
    except KeyError:
        raise NotFound from None


def check_readable(enrolment: Enrolment) -> None:
    """Units are open to people with a place from the first day on. Raises NotAllowed."""
    has_place = enrolment.state in SEATED or enrolment.state is EnrolmentState.CLOSED
    rules.check_readable(period_of(enrolment), clock.today(), has_place=has_place)


def check_answerable(enrolment: Enrolment) -> None:
    """Answers count while the run and its days of grace last. Raises NotAllowed or RuleBroken."""
    check_readable(enrolment)
    rules.check_answerable(period_of(enrolment), clock.today(), is_closed=enrolment.state is EnrolmentState.CLOSED)


def is_closed(enrolment: Enrolment) -> bool:
    """Whether answers count no more: the run is closed, or its days of grace are over."""
    return enrolment.state is EnrolmentState.CLOSED or clock.today() > period_of(enrolment).last_on


def begin(enrolment: Enrolment, by: Actor) -> None:
    """The first evidence writes down that the run has begun; nobody waits for a job to do it."""
    if enrolment.state is EnrolmentState.MAIN_LIST:
        enrolments.begin(enrolment.run, by=by)


def period_of(enrolment: Enrolment) -> rules.Period:
    """The days of a run and of its grace."""
    run = enrolment.run
    policy = CompletionPolicy.model_validate(run.policy)
    return rules.Period(run.starts_on, run.ends_on, policy.grace_days)
