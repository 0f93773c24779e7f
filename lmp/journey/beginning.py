"""What a new network still lacks before its first teacher can apply."""

from dataclasses import dataclass

from sqlalchemy import exists, select

from lmp.access import Role
from lmp.accounts.models import RoleGrant
from lmp.content.models import CourseVersion
from lmp.core import db
from lmp.enrolment.models import Run


@dataclass(frozen=True)
class Begun:
    """How far a network has come: somebody coordinates a centre, a course is published, a run is opened."""

    has_coordinator: bool
    has_course: bool
    has_run: bool


def how_far() -> Begun:
    """All three in one question to the database."""
    coordinates = RoleGrant.role == Role.CENTRE_ADMINISTRATOR
    found = db.session().execute(
        select(
            exists(select(RoleGrant.id).where(coordinates, RoleGrant.ended_at.is_(None))),
            exists(select(CourseVersion.id)),
            exists(select(Run.id)),
        )
    )
    return Begun(*found.one())
