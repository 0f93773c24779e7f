"""Schools and offices, with the provinces and districts they lie in."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from lmp.access import Action, Actor, Facts, require
from lmp.audit import service as audit
from lmp.core import db, search, turkish
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.network import rules
from lmp.network.models import District, Province, School
from lmp.network.service import changes

MOST_FOUND = 20


def provinces() -> list[Province]:
    """The 81 provinces in Turkish order."""
    return list(db.session().scalars(select(Province).order_by(Province.sort_key)))


def province(code: int) -> Province:
    """A province by plate code. Raises NotFound."""
    found = db.session().get(Province, code)
    if found is None:
        raise NotFound
    return found


def districts(province_code: int) -> list[tuple[District, int]]:
    """The districts of a province in Turkish order, each with the number of its schools in use."""
    counted = (
        select(District, func.count(School.id))
        .outerjoin(School, (School.district_id == District.id) & School.closed_on.is_(None))
        .where(District.province_code == province_code)
        .group_by(District.id)
    )
    found = [(one, number) for one, number in db.session().execute(counted)]
    return sorted(found, key=lambda pair: turkish.sort_key(pair[0].name))


def schools() -> list[School]:
    """All schools in use, in Turkish order."""
    return list(db.session().scalars(select(School).where(School.closed_on.is_(None)).order_by(School.sort_key)))


@dataclass(frozen=True)
class Found:
    """At most twenty schools in Turkish order, and whether there are more."""

    schools: Sequence[School]
    more: bool


def find_schools(words: str, province_code: int | None = None) -> Found:
    """The schools in use in which every word begins some word; in one province, or in all."""
    owners = search.matching("school", words)
    if owners is None:
        return Found((), more=False)
    wanted = select(School).where(School.id.in_(owners), School.closed_on.is_(None))
    if province_code is not None:
        wanted = wanted.where(School.province_code == province_code)
    rows = list(db.session().scalars(wanted.order_by(School.sort_key, School.id).limit(MOST_FOUND + 1)))
    return Found(rows[:MOST_FOUND], more=len(rows) > MOST_FOUND)


def school(school_id: UUID) -> School:
    """A school by id. Raises NotFound."""
    found = db.session().get(School, school_id)
    if found is None:
        raise NotFound
    return found


def find_school(code: str) -> School | None:
    """A school by its institution code (kurum kodu), or None."""
    return db.session().scalar(select(School).where(School.code == code))


def district(province_code: int, name: str, *, by: Actor) -> District:
    """A district by name, made when it is new."""
    require(by, Action.KEEP_NETWORK, Facts())
    found = db.session().scalar(select(District).where(District.province_code == province_code, District.name == name))
    if found is None:
        found = District(province_code=province_code, name=name)
        db.session().add(found)
        db.session().flush()
    return found


def index_school(of: School) -> None:
    """Make a school findable by its name, district and code."""
    search.index("school", of.id, [("tr", of.name), ("tr", of.district.name), ("tr", of.code or "")])


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
    """Keep a school. Raises RuleBroken for what is missing, cannot be, or belongs to another school."""
    require(by, Action.KEEP_NETWORK, Facts())
    values = _values(name, province_code, district_name, code or "", office_email or "", by)
    made = School(is_demo=is_demo, **values)
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise _taken() from None
    index_school(made)
    audit.record(by, "network.added", made)
    return made


def change_school(
    of: School,
    *,
    seen: int,
    name: str,
    province_code: int,
    district_name: str,
    code: str,
    office_email: str,
    by: Actor,
) -> None:
    """Change a school. Raises RuleBroken as adding does, Stale."""
    require(by, Action.KEEP_NETWORK, Facts())
    values = _values(name, province_code, district_name, code, office_email, by)
    told = {
        "province_code": (of.province.name, province(province_code).name),
        "district_id": (of.district.name, one_line(district_name, 100)),
    }
    try:
        with db.session().begin_nested():
            changed = changes.change(of, values, seen=seen, by=by, told=told)
    except IntegrityError:
        raise _taken() from None
    if changed:
        index_school(of)


def _values(
    name: str, province_code: int, district_name: str, code: str, office_email: str, by: Actor
) -> dict[str, object]:
    """What was typed, tidied and checked."""
    tidy = rules.check_filled(
        one_line(name, rules.LONGEST_NAME), "name", Message(N_("Write the name of the school or office."))
    )
    where = rules.check_filled(one_line(district_name, 100), "district", Message(N_("Write the district.")))
    number, email = rules.read_institution_code(code), rules.read_email(office_email, "office_email")
    return {
        "name": tidy,
        "sort_key": turkish.sort_key(tidy),
        "code": number,
        "province_code": province_code,
        "district_id": district(province_code, where, by=by).id,
        "office_email": email or None,
    }


def _taken() -> RuleBroken:
    return RuleBroken(Message(N_("Another school has this institution code.")), "code")


def close_school(of: School, *, by: Actor) -> None:
    """The school takes part no more; its people and their records stay."""
    require(by, Action.KEEP_NETWORK, Facts())
    changes.close(of, by=by)


def reopen_school(of: School, *, by: Actor) -> None:
    """Use a closed school again."""
    require(by, Action.KEEP_NETWORK, Facts())
    changes.reopen(of, by=by)


def remove_school(of: School, *, by: Actor) -> None:
    """Delete a school that nothing refers to. Raises RuleBroken."""
    require(by, Action.KEEP_NETWORK, Facts())
    changes.remove(of, by=by)
    search.index("school", of.id, ())
