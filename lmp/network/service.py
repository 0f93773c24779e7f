"""Looking up the network and keeping its records."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from sqlalchemy import func, select

from lmp.access import Action, Actor, Facts, require
from lmp.audit import service as audit
from lmp.core import clock, db, search, turkish
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound
from lmp.core.text import one_line
from lmp.network.models import (
    Branch,
    BranchField,
    CalendarDay,
    Centre,
    Company,
    DayKind,
    District,
    Field,
    FieldCentre,
    FieldKind,
    MentorContact,
    Province,
    School,
    Workplace,
)

DATA = Path(__file__).parent / "data"


def centres() -> list[Centre]:
    """All centres, by province and name in Turkish order."""
    return list(db.session().scalars(select(Centre).order_by(Centre.sort_key)))


def centre(slug: str) -> Centre:
    """A centre by its slug. Raises NotFound."""
    found = db.session().scalar(select(Centre).where(Centre.slug == slug))
    if found is None:
        raise NotFound
    return found


def centres_of(scopes: Iterable[str]) -> list[Centre]:
    """The centres whose ids a person's grants name."""
    wanted = [UUID(scope) for scope in scopes]
    return list(db.session().scalars(select(Centre).where(Centre.id.in_(wanted)).order_by(Centre.sort_key)))


def fields() -> list[Field]:
    """All fields and subjects, in Turkish order, subjects last."""
    return list(db.session().scalars(select(Field).order_by(Field.kind, Field.sort_key_tr)))


def field(slug: str) -> Field:
    """A field or subject by its slug. Raises NotFound."""
    found = db.session().scalar(select(Field).where(Field.slug == slug))
    if found is None:
        raise NotFound
    return found


def centres_of_field(field_id: UUID) -> list[Centre]:
    """The centres that serve a field."""
    joined = (
        select(Centre).join(FieldCentre, FieldCentre.centre_id == Centre.id).where(FieldCentre.field_id == field_id)
    )
    return list(db.session().scalars(joined.order_by(Centre.sort_key)))


def fields_of_centre(centre_id: UUID) -> list[Field]:
    """The fields a centre serves."""
    joined = select(Field).join(FieldCentre, FieldCentre.field_id == Field.id).where(FieldCentre.centre_id == centre_id)
    return list(db.session().scalars(joined.order_by(Field.kind, Field.sort_key_tr)))


def provinces() -> list[Province]:
    """The 81 provinces in Turkish order."""
    return list(db.session().scalars(select(Province).order_by(Province.sort_key)))


def schools() -> list[School]:
    """All schools in Turkish order."""
    return list(db.session().scalars(select(School).order_by(School.sort_key)))


def branches() -> list[Branch]:
    """All teaching branches in Turkish order."""
    return list(db.session().scalars(select(Branch).order_by(Branch.sort_key)))


def branch(name: str) -> Branch:
    """A branch by name. Raises NotFound."""
    found = db.session().scalar(select(Branch).where(Branch.name == name))
    if found is None:
        raise NotFound
    return found


def fields_of_branch(branch_id: UUID | None) -> frozenset[UUID]:
    """The fields whose courses teachers of a branch may attend."""
    return frozenset(db.session().scalars(select(BranchField.field_id).where(BranchField.branch_id == branch_id)))


def branches_of_fields(field_ids: Iterable[UUID]) -> list[Branch]:
    """The branches that may attend courses of any of these fields."""
    joined = select(Branch).join(BranchField, BranchField.branch_id == Branch.id)
    return list(
        db.session().scalars(
            joined.where(BranchField.field_id.in_(list(field_ids))).distinct().order_by(Branch.sort_key)
        )
    )


def calendar_between(first: date, last: date) -> dict[date, CalendarDay]:
    """The days of the dated calendar from `first` to `last`, both included."""
    found = db.session().scalars(select(CalendarDay).where(CalendarDay.on >= first, CalendarDay.on <= last))
    return {day.on: day for day in found}


def workplaces(centre_id: UUID) -> list[Workplace]:
    """The workplaces of the companies a centre works with."""
    joined = select(Workplace).join(Company, Company.id == Workplace.company_id).where(Company.centre_id == centre_id)
    return list(db.session().scalars(joined.order_by(Company.sort_key, Workplace.name)))


def workplace(workplace_id: UUID) -> Workplace:
    """A workplace by id. Raises NotFound."""
    found = db.session().get(Workplace, workplace_id)
    if found is None:
        raise NotFound
    return found


def mentor_contacts(centre_id: UUID) -> list[MentorContact]:
    """The mentors of the companies a centre works with."""
    joined = (
        select(MentorContact)
        .join(Company, Company.id == MentorContact.company_id)
        .where(Company.centre_id == centre_id)
    )
    return list(db.session().scalars(joined.order_by(Company.sort_key, MentorContact.name)))


def mentor_contact(mentor_id: UUID) -> MentorContact:
    """A mentor contact by id. Raises NotFound."""
    found = db.session().get(MentorContact, mentor_id)
    if found is None:
        raise NotFound
    return found


def district(province_code: int, name: str, *, by: Actor) -> District:
    """A district by name, made when it is new."""
    require(by, Action.KEEP_NETWORK, Facts())
    found = db.session().scalar(select(District).where(District.province_code == province_code, District.name == name))
    if found is None:
        found = District(province_code=province_code, name=name)
        db.session().add(found)
        db.session().flush()
    return found


def add_school(
    *,
    name: str,
    province_code: int,
    district_name: str,
    by: Actor,
    code: str | None = None,
    office_email: str | None = None,
    is_demo: bool = False,
) -> School:
    """Keep a school."""
    require(by, Action.KEEP_NETWORK, Facts())
    where = district(province_code, district_name, by=by)
    tidy = one_line(name, 200)
    made = School(
        code=code,
        name=tidy,
        sort_key=turkish.sort_key(tidy),
        district_id=where.id,
        province_code=province_code,
        office_email=office_email,
        is_demo=is_demo,
    )
    db.session().add(made)
    db.session().flush()
    audit.record(by, "network.school_added", made)
    return made


def add_company(*, name: str, centre: Centre, by: Actor, is_demo: bool = False) -> Company:
    """Keep a company that a centre works with."""
    require(by, Action.PLACE, centre)
    tidy = one_line(name, 200)
    made = Company(name=tidy, sort_key=turkish.sort_key(tidy), centre_id=centre.id, is_demo=is_demo)
    db.session().add(made)
    db.session().flush()
    audit.record(by, "network.company_added", made)
    return made


def add_workplace(
    company: Company,
    *,
    name: str,
    province_code: int,
    district_name: str,
    hazard_class: str,
    by: Actor,
    photos_allowed: bool = True,
) -> Workplace:
    """Keep a workplace of a company."""
    require(by, Action.PLACE, company)
    made = Workplace(
        company_id=company.id,
        name=one_line(name, 200),
        province_code=province_code,
        district=one_line(district_name, 100),
        hazard_class=hazard_class,
        photos_allowed=photos_allowed,
    )
    db.session().add(made)
    db.session().flush()
    audit.record(by, "network.workplace_added", made)
    return made


def add_mentor_contact(
    company: Company,
    *,
    name: str,
    title: str,
    email: str,
    phone: str,
    certificate_kind: str,
    by: Actor,
    lang: str = "tr",
) -> MentorContact:
    """Keep the person at a company who confirms days; the centre has checked the contact today."""
    require(by, Action.PLACE, company)
    made = MentorContact(
        company_id=company.id,
        name=one_line(name, 120),
        title=one_line(title, 120),
        email=email.strip(),
        phone=one_line(phone, 40),
        lang=lang,
        certificate_kind=one_line(certificate_kind, 60),
        checked_on=clock.today(),
    )
    db.session().add(made)
    db.session().flush()
    audit.record(by, "network.mentor_added", made)
    return made


def seed(*, by: Actor) -> bool:
    """Load the network's facts from the package's data files into an empty network; False when they are there."""
    require(by, Action.KEEP_NETWORK, Facts())
    if db.session().scalar(select(func.count()).select_from(Field)):
        return False
    for row in _data("provinces"):
        db.session().add(Province(code=row["code"], name=row["name"], sort_key=turkish.sort_key(row["name"])))
    db.session().flush()
    by_slug = {row["slug"]: _seed_field(row) for row in _data("fields")}
    for row in _data("centres"):
        _seed_centre(row, by_slug)
    for row in _data("branches"):
        _seed_branch(row, by_slug)
    for row in _data("calendar")["days"]:
        db.session().add(
            CalendarDay(on=date.fromisoformat(row["on"]), kind=DayKind(row["kind"]), name=Bilingual(**row["name"]))
        )
    db.session().flush()
    audit.record(by, "network.seeded")
    return True


def _data(name: str) -> Any:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def _seed_field(row: dict[str, Any]) -> Field:
    name = Bilingual(**row["name"])
    made = Field(
        slug=row["slug"],
        name=name,
        kind=FieldKind(row["kind"]),
        mtal_code=row["mtal_code"],
        mesem_code=row["mesem_code"],
        isced_f=row["isced_f"],
        aliases=row["aliases"],
        sort_key_tr=turkish.sort_key(name.tr),
        sort_key_en=turkish.sort_key(name.en),
    )
    db.session().add(made)
    db.session().flush()
    texts = [("tr", name.tr), ("en", name.en), *(("tr", alias) for alias in row["aliases"])]
    search.index("field", made.id, texts)
    return made


def _seed_centre(row: dict[str, Any], by_slug: dict[str, Field]) -> None:
    name = Bilingual(**row["name"])
    made = Centre(
        slug=row["slug"],
        code=row["code"],
        name=name,
        host_school=row["host_school"],
        short_name=row["short_name"],
        province_code=row["province_code"],
        district=row["district"],
        website=row["website"],
        sort_key=turkish.sort_key(name.tr),
    )
    db.session().add(made)
    db.session().flush()
    db.session().add_all(FieldCentre(field_id=by_slug[slug].id, centre_id=made.id) for slug in row["fields"])
    search.index(
        "centre", made.id, [("tr", name.tr), ("en", name.en), ("tr", row["host_school"]), ("tr", row["district"])]
    )


def _seed_branch(row: dict[str, Any], by_slug: dict[str, Field]) -> None:
    made = Branch(name=row["name"], sort_key=turkish.sort_key(row["name"]))
    db.session().add(made)
    db.session().flush()
    db.session().add_all(BranchField(branch_id=made.id, field_id=by_slug[slug].id) for slug in row["fields"])
