"""Partners of a centre and their workplaces."""

from uuid import UUID

from sqlalchemy import select

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.core import db, search, turkish
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.network import rules
from lmp.network.models import Centre, Company, PartnerKind, Workplace
from lmp.network.service import changes
from lmp.network.service.schools import province


def company(company_id: UUID) -> Company:
    """A partner by id, for commands that ask for permission themselves. Raises NotFound."""
    found = db.session().get(Company, company_id)
    if found is None:
        raise NotFound
    return found


def seen_company(company_id: UUID, viewer: Actor) -> Company:
    """A partner for somebody who may see it. Raises NotFound."""
    found = company(company_id)
    require(viewer, Action.SEE_PARTNER, found)
    return found


def workplaces(centre_id: UUID) -> list[Workplace]:
    """The workplaces in use of the companies a centre works with."""
    joined = select(Workplace).join(Company, Company.id == Workplace.company_id).where(Company.centre_id == centre_id)
    in_use = joined.where(Workplace.closed_on.is_(None), Company.closed_on.is_(None))
    return list(db.session().scalars(in_use.order_by(Company.sort_key, Workplace.name)))


def workplaces_of(company_id: UUID) -> list[Workplace]:
    """All workplaces of a company, closed ones last."""
    found = db.session().scalars(select(Workplace).where(Workplace.company_id == company_id))
    return sorted(found, key=lambda one: (one.closed_on is not None, turkish.sort_key(one.name)))


def workplace(workplace_id: UUID) -> Workplace:
    """A workplace by id. Raises NotFound."""
    found = db.session().get(Workplace, workplace_id)
    if found is None:
        raise NotFound
    return found


def add_company(
    *,
    name: str,
    centre: Centre,
    by: Actor,
    kind: PartnerKind = PartnerKind.COMPANY,
    website: str = "",
    is_demo: bool = False,
) -> Company:
    """Keep a partner that a centre works with. Raises RuleBroken for a missing name."""
    require(by, Action.KEEP_PARTNER, centre)
    made = Company(centre_id=centre.id, is_demo=is_demo, **_company(name, kind, website))
    db.session().add(made)
    db.session().flush()
    search.index("company", made.id, [("tr", made.name)])
    audit.record(by, "network.added", made)
    return made


def change_company(of: Company, *, seen: int, name: str, kind: PartnerKind, website: str, by: Actor) -> None:
    """Change a partner. Raises RuleBroken for a missing name, Stale."""
    require(by, Action.KEEP_PARTNER, of)
    if changes.change(of, _company(name, kind, website), seen=seen, by=by):
        search.index("company", of.id, [("tr", of.name)])


def _company(name: str, kind: PartnerKind, website: str) -> dict[str, object]:
    tidy = rules.check_filled(
        one_line(name, rules.LONGEST_NAME), "name", Message(N_("Write the name of the company or institution."))
    )
    return {"name": tidy, "sort_key": turkish.sort_key(tidy), "kind": kind, "website": rules.read_website(website)}


def add_workplace(
    company: Company,
    *,
    name: str,
    province_code: int,
    district_name: str,
    hazard_class: str,
    by: Actor,
    photos_allowed: bool = True,
    capacity: int | None = None,
) -> Workplace:
    """Keep a workplace of a company. Raises RuleBroken for what is missing or cannot be."""
    require(by, Action.KEEP_PARTNER, company)
    values = _workplace(name, province_code, district_name, hazard_class, photos_allowed, capacity)
    made = Workplace(company_id=company.id, **values)
    db.session().add(made)
    db.session().flush()
    audit.record(by, "network.added", made)
    return made


def change_workplace(
    of: Workplace,
    *,
    seen: int,
    name: str,
    province_code: int,
    district_name: str,
    hazard_class: str,
    photos_allowed: bool,
    capacity: int | None,
    by: Actor,
) -> None:
    """Change a workplace. Raises RuleBroken as adding does, Stale."""
    require(by, Action.KEEP_PARTNER, of)
    values = _workplace(name, province_code, district_name, hazard_class, photos_allowed, capacity)
    told = {"province_code": (province(of.province_code).name, province(province_code).name)}
    changes.change(of, values, seen=seen, by=by, told=told)


def _workplace(
    name: str, province_code: int, district_name: str, hazard_class: str, photos_allowed: bool, capacity: int | None
) -> dict[str, object]:
    if hazard_class not in rules.HAZARD_CLASSES:
        raise RuleBroken(Message(N_("Choose the hazard class.")), "hazard_class")
    return {
        "name": rules.check_filled(
            one_line(name, rules.LONGEST_NAME), "name", Message(N_("Write the name of the workplace."))
        ),
        "province_code": province_code,
        "district": rules.check_filled(one_line(district_name, 100), "district", Message(N_("Write the district."))),
        "hazard_class": hazard_class,
        "photos_allowed": photos_allowed,
        "capacity": capacity,
    }


def close_partner(of: Company | Workplace, *, by: Actor) -> None:
    """The centre works with it no more; what was done there stays."""
    require(by, Action.KEEP_PARTNER, of)
    changes.close(of, by=by)


def reopen_partner(of: Company | Workplace, *, by: Actor) -> None:
    """Work with it again."""
    require(by, Action.KEEP_PARTNER, of)
    changes.reopen(of, by=by)


def remove_partner(of: Company | Workplace, *, by: Actor) -> None:
    """Delete a partner or workplace that nothing refers to. Raises RuleBroken."""
    require(by, Action.KEEP_PARTNER, of)
    changes.remove(of, by=by)
    if isinstance(of, Company):
        search.index("company", of.id, ())
