"""Fields, provinces and centres with what they have to offer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, case, false, func, or_, select

from lmp.catalogue.service.offers import takes_applications
from lmp.content.models import Course, CourseField
from lmp.core import clock, db, search
from lmp.core.db import Bilingual
from lmp.enrolment.models import Run
from lmp.network.models import Centre, Field, FieldCentre, FieldKind, Province

MOST_CENTRES_FOUND = 5


@dataclass(frozen=True)
class FieldLine:
    """A field with its published courses, those one can apply for today, and whether the search names it."""

    slug: str
    name: Bilingual
    kind: FieldKind
    courses: int
    open: int
    found: bool


def field_lines(lang: str, query: str = "") -> list[FieldLine]:
    """All fields and subjects in the order of the page's language, in one query."""
    listed, opened = _courses_per_field(), _open_courses_per_field()
    order = Field.sort_key_en if lang == "en" else Field.sort_key_tr
    found = (
        select(
            Field.slug,
            Field.name,
            Field.kind,
            func.coalesce(listed.c.number, 0),
            func.coalesce(opened.c.number, 0),
            _is_named(query).label("found"),
        )
        .outerjoin(listed, listed.c.field_id == Field.id)
        .outerjoin(opened, opened.c.field_id == Field.id)
        .where(or_(Field.closed_on.is_(None), listed.c.number > 0))
        .order_by(order, Field.slug)
    )
    return [FieldLine(*row) for row in db.session().execute(found)]


def _is_named(query: str) -> ColumnElement[bool]:
    """Whether the search names the field."""
    named = search.matching("field", query)
    return false() if named is None else Field.id.in_(named)


def _courses_per_field() -> Subquery:
    return (
        select(CourseField.field_id, func.count().label("number"))
        .join(Course, Course.id == CourseField.course_id)
        .where(Course.current_version_id.is_not(None))
        .group_by(CourseField.field_id)
        .subquery("listed")
    )


def _open_courses_per_field() -> Subquery:
    """Courses with an open run; each run is looked at once, however many fields its course has."""
    is_open = select(Run.course_id).where(takes_applications(clock.today())).distinct()
    return (
        select(CourseField.field_id, func.count().label("number"))
        .where(CourseField.course_id.in_(is_open))
        .group_by(CourseField.field_id)
        .subquery("opened")
    )


@dataclass(frozen=True)
class ProvinceLine:
    """A province with its centres in use, and the published courses of all its centres."""

    code: int
    name: str
    centres: int
    courses: int


_PROVINCES: Select[*tuple[Any, ...]] = (
    select(
        Province.code,
        Province.name,
        func.count(func.distinct(case((Centre.closed_on.is_(None), Centre.id)))).label("centres"),
        func.count(func.distinct(Course.id)),
    )
    .join(Centre, Centre.province_code == Province.code)
    .outerjoin(Course, (Course.centre_id == Centre.id) & Course.current_version_id.is_not(None))
    .group_by(Province.code, Province.name, Province.sort_key)
    .having(func.count(case((Centre.closed_on.is_(None), Centre.id))) > 0)
    .order_by(Province.sort_key)
)


def province_lines() -> list[ProvinceLine]:
    """The provinces that have a centre in use, in Turkish order."""
    return [ProvinceLine(*row) for row in db.session().execute(_PROVINCES)]


@dataclass(frozen=True)
class CentreCourses:
    """A centre with the number of its published courses."""

    slug: str
    short_name: str
    province: str
    courses: int


_CENTRES: Select[*tuple[Any, ...]] = (
    select(Centre.slug, Centre.short_name, Province.name, func.count(Course.id))
    .join(Province, Province.code == Centre.province_code)
    .join(Course, (Course.centre_id == Centre.id) & Course.current_version_id.is_not(None))
    .where(Centre.closed_on.is_(None))
    .group_by(Centre.slug, Centre.short_name, Province.name, Province.sort_key, Centre.sort_key)
    .order_by(Province.sort_key, Centre.sort_key)
)


def centres_with_courses() -> list[CentreCourses]:
    """The centres in use that have published a course, by province in Turkish order."""
    return [CentreCourses(*row) for row in db.session().execute(_CENTRES)]


@dataclass(frozen=True)
class CentreLine:
    """A centre with the fields it serves."""

    centre: Centre
    fields: tuple[Field, ...]


_SERVED: Select[*tuple[Any, ...]] = (
    select(FieldCentre.centre_id, Field)
    .join(Field, Field.id == FieldCentre.field_id)
    .order_by(Field.kind, Field.sort_key_tr)
)


def centre_lines() -> list[CentreLine]:
    """The centres in use with their fields, by province in Turkish order."""
    in_use = select(Centre).join(Province).where(Centre.closed_on.is_(None))
    centres = db.session().scalars(in_use.order_by(Province.sort_key, Centre.sort_key))
    fields: dict[UUID, list[Field]] = {}
    for centre_id, field in db.session().execute(_SERVED):
        fields.setdefault(centre_id, []).append(field)
    return [CentreLine(centre, tuple(fields.get(centre.id, ()))) for centre in centres]


def centres_found(query: str) -> list[Centre]:
    """The first centres in use whose name, host school or district a search names."""
    named = search.matching("centre", query)
    if named is None:
        return []
    found = select(Centre).where(Centre.id.in_(named), Centre.closed_on.is_(None)).order_by(Centre.sort_key)
    return list(db.session().scalars(found.limit(MOST_CENTRES_FOUND)))


def public_slugs() -> dict[str, list[str]]:
    """Endpoint → the slugs of its public pages: published courses, fields, and centres in use."""
    session = db.session()
    return {
        "catalogue.course": list(
            session.scalars(select(Course.slug).where(Course.current_version_id.is_not(None)).order_by(Course.slug))
        ),
        "catalogue.field": list(session.scalars(select(Field.slug).order_by(Field.slug))),
        "catalogue.centre": list(
            session.scalars(select(Centre.slug).where(Centre.closed_on.is_(None)).order_by(Centre.slug))
        ),
    }
