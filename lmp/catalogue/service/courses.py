"""The list of courses and the page of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Row, Subquery, func, literal, select, tuple_
from sqlalchemy.orm import lazyload

from lmp.catalogue import rules
from lmp.catalogue.rules import Glance, LanguageState, Named, Part
from lmp.catalogue.service.filters import Filters, narrow
from lmp.catalogue.service.offers import Offer, can_be_applied_for, nearest_offers, offers_of
from lmp.content import service as content
from lmp.content.document import CourseDocument
from lmp.content.models import Course, CourseField, CourseVersion
from lmp.content.policy import STRANDS, Strand
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound
from lmp.core.messages import Message
from lmp.enrolment.models import Run
from lmp.network.models import Centre, Field, Province

MOST_COURSES = 50
MOST_GLANCES = 1000
_NO_DATE = literal(date.max, Date())

#: Version hash → what lists show of it. Versions never change, so nothing here grows old.
_glances: dict[str, Glance] = {}


@dataclass(frozen=True)
class CourseLine:
    """A course in a list: where it is given, its minutes and languages, its next run, and why a search found it."""

    slug: str
    title: Bilingual
    place: str
    parts: tuple[Part, ...]
    languages: LanguageState
    offer: Offer | None
    why: Message | None


@dataclass(frozen=True)
class CourseList:
    """One page of a list; `after` is the key of the next page, if there is one."""

    lines: Sequence[CourseLine]
    number: int
    after: str | None

    @property
    def strands(self) -> list[Part]:
        """The strands that some course of the page has, in their order, with the minutes of all."""
        planned: dict[Strand, int] = dict.fromkeys(STRANDS, 0)
        for part in (part for line in self.lines for part in line.parts):
            planned[part.key] += part.planned
        return [Part(key, minutes) for key, minutes in planned.items() if minutes]


def course_list(filters: Filters, lang: str, after: str = "", most: int = MOST_COURSES) -> CourseList:
    """At most so many published courses that fit: by their next run, those without one at the end in alphabetical order.

    `after` is the slug of the last course of the page before; one that is not in the list means the first page.
    """
    listed = _listed(filters, lang)
    order = (listed.c.starts_on, listed.c.sort_key, listed.c.slug)
    found = select(listed).order_by(*order).limit(most + 1)
    key = db.session().execute(select(*order).where(listed.c.slug == after)).one_or_none() if after else None
    if key is not None:
        found = found.where(
            tuple_(*order) > tuple_(*(literal(value, column.type) for value, column in zip(key, order, strict=True)))
        )
    rows = list(db.session().execute(found))
    shown = rows[:most]
    more = shown[-1].slug if len(rows) > most else None
    return CourseList(_lines(shown, filters.query), rows[0].number if rows else 0, more)


def _listed(filters: Filters, lang: str) -> Subquery:
    """The courses that fit, each with its order and the number of all."""
    start = (
        select(Run.course_id, func.min(Run.starts_on).label("starts_on"))
        .where(can_be_applied_for(clock.today()))
        .group_by(Run.course_id)
        .subquery("start")
    )
    found = (
        select(
            Course.id,
            Course.slug,
            Course.title,
            (Course.sort_key_en if lang == "en" else Course.sort_key_tr).label("sort_key"),
            CourseVersion.hash,
            Province.name.label("province"),
            Centre.short_name.label("school"),
            Centre.host_school,
            Centre.district,
            func.coalesce(start.c.starts_on, _NO_DATE).label("starts_on"),
            func.count().over().label("number"),
        )
        .join(CourseVersion, CourseVersion.id == Course.current_version_id)
        .join(Centre, Centre.id == Course.centre_id)
        .join(Province, Province.code == Centre.province_code)
        .outerjoin(start, start.c.course_id == Course.id)
    )
    return narrow(found, filters).subquery("listed")


def _lines(rows: Sequence[Row[*tuple[Any, ...]]], query: str) -> list[CourseLine]:
    """The rows with what each version says, their next runs, and the reasons of a search."""
    ids = [row.id for row in rows]
    glances = _glances_of([row.hash for row in rows])
    nearest = nearest_offers(ids) if ids else {}
    fields = _fields_of(ids) if ids and query.strip() else {}
    return [_line(row, glances[row.hash], nearest.get(row.id), query, fields.get(row.id, [])) for row in rows]


def _line(row: Row[*tuple[Any, ...]], seen: Glance, offer: Offer | None, query: str, fields: list[Named]) -> CourseLine:
    title = Bilingual(row.title_tr, row.title_en)
    centre = Named(row.host_school, (row.host_school, row.school, row.district, row.province))
    why = rules.reason(query, (title.tr, title.en), fields, centre) if query.strip() else None
    return CourseLine(row.slug, title, f"{row.province}, {row.school}", seen.parts, seen.languages, offer, why)


def _fields_of(course_ids: list[UUID]) -> dict[UUID, list[Named]]:
    """Course → the fields it belongs to, with every word that leads to them."""
    found = (
        select(CourseField.course_id, Field.name, Field.aliases)
        .join(Field, Field.id == CourseField.field_id)
        .where(CourseField.course_id.in_(course_ids))
        .order_by(Field.sort_key_tr)
    )
    fields: dict[UUID, list[Named]] = {}
    for course_id, name, aliases in db.session().execute(found):
        fields.setdefault(course_id, []).append(Named(name, (name.tr, name.en, *aliases)))
    return fields


def _glances_of(hashes: Iterable[str]) -> dict[str, Glance]:
    """What lists show of these versions; documents are read only for versions this process has not seen, in one query."""
    wanted = set(hashes)
    known = {one: _glances[one] for one in wanted if one in _glances}
    missing = wanted - known.keys()
    if missing:
        found = select(CourseVersion.hash, CourseVersion.document).where(CourseVersion.hash.in_(missing))
        made = {key: rules.glance(CourseDocument.model_validate(raw)) for key, raw in db.session().execute(found)}
        known |= made
        _keep(made)
    return known


def _keep(made: dict[str, Glance]) -> None:
    """Remember glances, never more than so many."""
    if len(_glances) + len(made) > MOST_GLANCES:
        _glances.clear()
    _glances.update(made)


@dataclass(frozen=True)
class CoursePage:
    """Everything the page of a course shows."""

    course: Course
    version: CourseVersion
    document: CourseDocument
    seen: Glance
    offers: Sequence[Offer]

    def next_offer(self, today: date) -> Offer | None:
        """The run the page asks to apply for: the next that is open, else that opens, else the next at all."""
        still = [offer for offer in self.offers if offer.apply_until_on >= today]
        opened = [offer for offer in still if offer.is_open(today)]
        return next(iter([*opened, *still, *self.offers]), None)


def course_page(slug: str) -> CoursePage:
    """A published course by its slug. Raises NotFound."""
    course = db.session().scalars(select(Course).where(Course.slug == slug)).unique().one_or_none()
    if course is None or course.current_version_id is None:
        raise NotFound
    newest = select(CourseVersion).where(CourseVersion.id == course.current_version_id)
    version = db.session().scalars(newest.options(lazyload(CourseVersion.course))).one()
    document = content.document(version)
    return CoursePage(course, version, document, _glance_of(version, document), offers_of(course.id))


def _glance_of(version: CourseVersion, document: CourseDocument) -> Glance:
    if version.hash not in _glances:
        _keep({version.hash: rules.glance(document)})
    return _glances[version.hash]
