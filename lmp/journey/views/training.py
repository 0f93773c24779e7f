"""Eğitimlerim: every training of a teacher, and one of them with all that is left."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.certificate import service as certificate
from lmp.certificate.service import Standing
from lmp.core import clock
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Enrolment, EnrolmentState
from lmp.journey import service
from lmp.journey.views import teacher
from lmp.journey.views.blueprint import bp
from lmp.journey.views.cards import Row
from lmp.learning import service as learning
from lmp.web import pages


@bp.get("/training")
@pages.needs(Action.STUDY)
def training() -> ResponseReturnValue:
    """All trainings, those that run first."""
    found = service.enrolments(pages.actor().id or UUID(int=0))
    running = [one for one in found if one.state in service.RUNNING]
    waiting = [one for one in found if one.state in service.WAITING]
    ended = [one for one in found if one not in running and one not in waiting]
    return pages.render(
        "journey/training.html",
        running=certificate.standings(running),
        waiting=[(one, enrolment_service.state_in_words(one), enrolment_service.state_mark(one)) for one in waiting],
        ended=[(one, enrolment_service.state_in_words(one), enrolment_service.state_mark(one)) for one in ended],
    )


@bp.get("/training/<uuid:enrolment_id>")
@pages.needs(Action.SEE_ENROLMENT)
def run(enrolment_id: UUID) -> ResponseReturnValue:
    """One training: before it begins what happened so far, then the strands, units, days, the test, and what is left."""
    enrolment = service.enrolment(enrolment_id, by=pages.actor())
    begun = enrolment.run.starts_on <= clock.today()
    takes_part = enrolment.state in (*service.RUNNING, EnrolmentState.CLOSED)
    standing = certificate.standing_of(enrolment) if takes_part else None
    units = learning.units_progress(enrolment) if takes_part and begun else []
    shows_way = not takes_part or not begun
    return pages.render(
        "journey/run.html",
        enrolment=enrolment,
        standing=standing,
        units=units,
        halves=standing.halves if standing else (),
        test_day=standing.test_day if standing else None,
        today=clock.today(),
        steps=_steps(standing, units) if standing else (0, 0),
        begun=begun,
        words=enrolment_service.state_in_words(enrolment, enrolment_service.reserve_rank(enrolment)),
        mark=enrolment_service.state_mark(enrolment),
        events=enrolment_service.timeline(enrolment) if shows_way else [],
        asking=enrolment_service.offices.asking(enrolment),
        offer_until=enrolment_service.offers.until(enrolment),
        certificates=certificate.certificates_of_enrolment(enrolment.id) if _is_closed(enrolment) else [],
        has_test=begun and takes_part and learning.document_of(enrolment).test is not None,
        is_mine=enrolment.person_id == pages.actor().id,
        tasks=_tasks(standing) if standing and begun and not _is_closed(enrolment) else [],
    )


def _is_closed(enrolment: Enrolment) -> bool:
    return enrolment.state is EnrolmentState.CLOSED


def _tasks(standing: Standing) -> list[Row]:
    return teacher.rows(standing, service.tasks_of(standing, clock.today()))


def _steps(standing: Standing, units: list[learning.UnitProgress]) -> tuple[int, int]:
    """Steps done and in all: those of the units, each half day face to face, each planned day, and the test."""
    planned = standing.placement.planned_days if standing.placement else 0
    test = standing.policy.practical
    passed = standing.evidence.practical is not None and standing.evidence.practical.passed
    attended = standing.evidence.meeting.attended if standing.evidence.meeting else 0
    done = (
        attended
        + sum(unit.steps_done for unit in units)
        + min(standing.evidence.days_confirmed, planned)
        + (test and passed)
    )
    return done, sum(unit.steps_total for unit in units) + len(standing.halves) + planned + test
