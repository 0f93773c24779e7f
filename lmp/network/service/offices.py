"""The directorates of provinces and districts, and the office that speaks for a school, district or province."""

from dataclasses import dataclass
from uuid import UUID

from lmp.access import Action, Actor, Facts, ScopeKind, require
from lmp.core import db
from lmp.core.errors import NotFound
from lmp.network import rules
from lmp.network.models import District, Province
from lmp.network.service import changes, schools


@dataclass(frozen=True)
class Office:
    """What an office is called, and its e-mail address; "" where none is recorded."""

    name: str
    email: str


def district_of(province_code: int, district_id: UUID) -> District:
    """A district of a province by id. Raises NotFound, also for one of another province."""
    found = db.session().get(District, district_id)
    if found is None or found.province_code != province_code:
        raise NotFound
    return found


def change_directorate(of: Province | District, *, seen: int, office_email: str, by: Actor) -> None:
    """Where the directorate of a province or district is reached. Raises RuleBroken for what is no address, Stale."""
    require(by, Action.KEEP_NETWORK, Facts())
    changes.change(of, {"office_email": rules.read_email(office_email, "office_email") or None}, seen=seen, by=by)


def office(kind: ScopeKind, scope: str) -> Office:
    """The office that speaks for a scope. Raises NotFound for a scope that has none."""
    if kind is ScopeKind.SCHOOL:
        school = schools.school(UUID(scope))
        return Office(school.name, school.office_email or "")
    if kind is ScopeKind.DISTRICT:
        district = db.session().get(District, UUID(scope))
        if district is not None:
            return Office(rules.district_directorate(district.name), district.office_email or "")
    if kind is ScopeKind.PROVINCE:
        province = schools.province(int(scope))
        return Office(rules.provincial_directorate(province.name), province.office_email or "")
    raise NotFound
