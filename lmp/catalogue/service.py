"""Reading what everybody may read; a handful of queries a page, whatever the size of the network."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, false, func, or_, select
from sqlalchemy.orm import joinedload, lazyload

from lmp.content import service as content
from lmp.content.document import CourseDocument, parity
from lmp.content.models import Course, CourseField, CourseVersion
from lmp.content.policy import STRANDS
from lmp.core import clock, db, search
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound
from lmp.enrolment.models import Run, RunState
from lmp.network.models import Centre, Field, FieldCentre, FieldKind, Province

MOST_COURSES = 50


@dataclass(frozen=True)
class Offer:
    """A run as the public sees it: when, where, how many places, and whether one may apply today."""

    id: UUID
    course_id: UUID
    slug: str
    title: Bilingual
    place: str
    venue: Bilingual
    starts_on: date
    ends_on: date
    apply_from_on: date
    apply_until_on: date
    capacity: int
    taken: int

    @property
    def left(self) -> int:
        """Free places."""
        return self.capacity - self.taken

    def is_open(self, today: date) -> bool:
        """Whether applications are taken on a day; both ends of the window are included."""
        return self.apply_from_on <= today <= self.apply_until_on


_OFFERS = (
    select(
        Run.id,
        Run.course_id,
        Course.slug,
        Course.title,
        Province.name,
        Centre.short_name,
        Run.venue,
        Run.starts_on,
        Run.ends_on,
        Run.apply_from_on,
        Run.apply_until_on,
        Run.capacity,
        Run.seats_taken,
    )
    .join(Course, Course.id == Run.course_id)
    .join(Centre, Centre.id == Run.centre_id)
    .join(Province, Province.code == Centre.province_code)
    .where(Run.state == RunState.OPEN)
    .order_by(Run.starts_on, Run.id)
)


def _offer(row: Row[*tuple[Any, ...]]) -> Offer:
    head, (province, school), tail = row[:4], row[4:6], row[6:]
    return Offer(*head, f"{province}, {school}", *tail)


def coming_offers(limit: int = 200) -> list[Offer]:
    """The runs that have not begun, the nearest first."""
    found = _OFFERS.where(Run.starts_on > clock.today()).limit(limit)
    return [_offer(row) for row in db.session().execute(found)]


def offers_of(course_id: UUID) -> list[Offer]:
    """The runs of a course that have not begun."""
    found = _OFFERS.where(Run.starts_on > clock.today(), Run.course_id == course_id)
    return [_offer(row) for row in db.session().execute(found)]


@dataclass(frozen=True)
class ProvinceCount:
    """How many centres a province has."""

    name: str
    count: int


def centres_by_province() -> list[ProvinceCount]:
    """Provinces with centres, most centres first, then in Turkish order."""
    number = func.count(Centre.id)
    found = (
        select(Province.name, number)
        .join(Centre, Centre.province_code == Province.code)
        .group_by(Province.code, Province.name, Province.sort_key)
        .order_by(number.desc(), Province.sort_key)
    )
    return [ProvinceCount(*row) for row in db.session().execute(found)]


@dataclass(frozen=True)
class FieldLine:
    """A line of the field index: name and number of courses one can apply for today."""

    slug: str
    name: Bilingual
    kind: FieldKind
    count: int


def field_lines(lang: str) -> list[FieldLine]:
    """All fields and subjects in the order of the page's language, with their open courses."""
    today = clock.today()
    opened = (
        select(CourseField.field_id, func.count(func.distinct(Run.course_id)).label("open"))
        .join(Run, Run.course_id == CourseField.course_id)
        .where(Run.state == RunState.OPEN, Run.apply_from_on <= today, Run.apply_until_on >= today)
        .group_by(CourseField.field_id)
        .subquery()
    )
    order = Field.sort_key_en if lang == "en" else Field.sort_key_tr
    found = (
        select(Field.slug, Field.name, Field.kind, func.coalesce(opened.c.open, 0))
        .outerjoin(opened, opened.c.field_id == Field.id)
        .order_by(order)
    )
    return [FieldLine(*row) for row in db.session().execute(found)]


@dataclass(frozen=True)
class CourseLine:
    """A course in a list: where it is given, its planned minutes, its languages, and its next run."""

    slug: str
    title: Bilingual
    place: str
    parts: tuple[dict[str, object], ...]
    english_share: int
    offer: Offer | None


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to."""

    query: str = ""
    fields: tuple[str, ...] = ()
    provinces: tuple[int, ...] = ()


def course_lines(filters: Filters) -> list[CourseLine]:
    """Published courses that fit, those with a coming run first."""
    lines = _lines(_narrow(_courses(), filters).limit(MOST_COURSES))
    return sorted(lines, key=lambda line: line.offer.starts_on if line.offer else date.max)


def _lines(wanted: Select[Course]) -> list[CourseLine]:
    courses = list(db.session().scalars(wanted).unique())
    versions = _versions([course.current_version_id for course in courses if course.current_version_id])
    nearest: dict[UUID, Offer] = {}
    for offer in coming_offers():
        nearest.setdefault(offer.course_id, offer)
    return [_line(course, versions[course.id], nearest.get(course.id)) for course in courses]


def _courses() -> Select[Course]:
    return (
        select(Course)
        .join(Centre, Centre.id == Course.centre_id)
        .where(Course.current_version_id.is_not(None))
        .options(joinedload(Course.centre), lazyload(Course.fields))
        .order_by(Course.sort_key_tr, Course.slug)
    )


def _narrow(found: Select[Course], filters: Filters) -> Select[Course]:
    if filters.fields:
        named = select(CourseField.course_id).join(Field, Field.id == CourseField.field_id).where(Field.slug.in_(filters.fields))
        found = found.where(Course.id.in_(named))
    if filters.provinces:
        found = found.where(Centre.province_code.in_(filters.provinces))
    return found.where(_matches(filters.query)) if filters.query.strip() else found


def _matches(query: str) -> ColumnElement[bool]:
    """Courses whose own words fit, or whose field or centre fits."""
    by_course, by_field, by_centre = (search.matching(kind, query) for kind in ("course", "field", "centre"))
    if by_course is None or by_field is None or by_centre is None:
        return false()
    of_fields = select(CourseField.course_id).where(CourseField.field_id.in_(by_field))
    return or_(Course.id.in_(by_course), Course.id.in_(of_fields), Course.centre_id.in_(by_centre))


def _versions(ids: Iterable[UUID]) -> dict[UUID, CourseVersion]:
    found = select(CourseVersion).where(CourseVersion.id.in_(list(ids))).options(lazyload(CourseVersion.course))
    return {version.course_id: version for version in db.session().scalars(found)}


def _line(course: Course, version: CourseVersion, offer: Offer | None) -> CourseLine:
    document = content.document(version)
    place = f"{course.centre.province.name}, {course.centre.short_name}"
    return CourseLine(course.slug, course.title, place, tuple(strand_parts(document)), language_state(version).reviewed, offer)


def strand_parts(document: CourseDocument) -> list[dict[str, object]]:
    """Planned minutes of each strand that a course has, for the strand bar."""
    planned = document.minutes.by_strand()
    return [{"key": strand, "planned": planned[strand]} for strand in STRANDS if planned[strand]]


@dataclass(frozen=True)
class LanguageState:
    """How far the second language is, in per cent of its texts: translated at all, and reviewed."""

    second: str
    translated: int
    reviewed: int


def language_state(version: CourseVersion) -> LanguageState:
    """The state of a version's translation; computed once per version, because versions never change."""
    if version.hash not in _STATES:
        if len(_STATES) >= MOST_STATES:
            _STATES.clear()
        _STATES[version.hash] = _language_state(content.document(version))
    return _STATES[version.hash]


MOST_STATES = 500
_STATES: dict[str, LanguageState] = {}


def _language_state(document: CourseDocument) -> LanguageState:
    states = [state for _thing, state in parity(document)]
    number = len(states) or 1
    translated = sum(state != "missing" for state in states) * 100 // number
    reviewed = sum(state == "reviewed" for state in states) * 100 // number
    return LanguageState("en" if document.source == "tr" else "tr", translated, reviewed)


@dataclass(frozen=True)
class CoursePage:
    """Everything the page of a course shows."""

    course: Course
    version: CourseVersion
    document: CourseDocument
    offers: Sequence[Offer]
    languages: LanguageState


def course_page(slug: str) -> CoursePage:
    """A published course by its slug. Raises NotFound."""
    course = db.session().scalars(select(Course).where(Course.slug == slug)).unique().one_or_none()
    if course is None or course.current_version_id is None:
        raise NotFound
    version = _versions([course.current_version_id])[course.id]
    return CoursePage(course, version, content.document(version), offers_of(course.id), language_state(version))


@dataclass(frozen=True)
class CentreLine:
    """A centre with the fields it serves."""

    centre: Centre
    fields: tuple[Field, ...]


def centre_lines() -> list[CentreLine]:
    """All centres with their fields, by province in Turkish order."""
    centres = list(db.session().scalars(select(Centre).join(Province).order_by(Province.sort_key, Centre.sort_key)))
    pairs = db.session().execute(
        select(FieldCentre.centre_id, Field).join(Field, Field.id == FieldCentre.field_id).order_by(Field.kind, Field.sort_key_tr)
    )
    fields: dict[UUID, list[Field]] = {}
    for centre_id, field in pairs:
        fields.setdefault(centre_id, []).append(field)
    return [CentreLine(centre, tuple(fields.get(centre.id, ()))) for centre in centres]


def lines_of_centre(centre_id: UUID) -> list[CourseLine]:
    """The courses of a centre."""
    return _lines(_courses().where(Course.centre_id == centre_id))


@dataclass(frozen=True)
class Found:
    """Fields and centres that a search names besides courses."""

    fields: tuple[Field, ...] = ()
    centres: tuple[Centre, ...] = ()


def also_found(query: str) -> Found:
    """The fields and centres whose names fit a search."""
    by_field, by_centre = search.matching("field", query), search.matching("centre", query)
    if by_field is None or by_centre is None:
        return Found()
    session = db.session()
    return Found(
        tuple(session.scalars(select(Field).where(Field.id.in_(by_field)).order_by(Field.sort_key_tr).limit(5))),
        tuple(session.scalars(select(Centre).where(Centre.id.in_(by_centre)).order_by(Centre.sort_key).limit(5))),
    )
