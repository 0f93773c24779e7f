"""What tests of runs and applications ask the database."""

from collections.abc import Iterable
from typing import Any

from lmp.core import db
from lmp.enrolment import service
from lmp.enrolment.models import Enrolment, EnrolmentState, Run
from tests.builders.enrolment import a_run

TITLE = "Atölyede güvenli ölçüm"


def states(enrolments: Iterable[Enrolment]) -> list[EnrolmentState]:
    """The states as they stand in the database."""
    db.session().flush()
    db.session().expire_all()
    return [enrolment.state for enrolment in enrolments]


def path(enrolment: Enrolment) -> list[EnrolmentState]:
    """The states an enrolment went through."""
    return [move.to_state for move in service.moves(enrolment)]


def committed_run(**values: Any) -> Run:
    """A run that pages find."""
    with db.transaction():
        return a_run(**values)
