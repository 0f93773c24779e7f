"""What the list of courses can be narrowed to."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from lmp.catalogue.service.offers import takes_applications
from lmp.content import service as content
from lmp.content.models import Course, CourseField, Shape
from lmp.core import clock, search, turkish
from lmp.enrolment.models import Run
from lmp.network.models import Centre, Field


class Hours(StrEnum):
    """How long a course is, in three lengths that people ask for: up to a week, up to two weeks, longer."""

    UP_TO_30 = "30"
    UP_TO_60 = "60"
    MORE = "more"


#: Length → more than so many, and at most so many planned minutes.
BOUNDS: dict[Hours, tuple[int, int]] = {
    Hours.UP_TO_30: (-1, 30 * 60),
    Hours.UP_TO_60: (30 * 60, 60 * 60),
    Hours.MORE: (60 * 60, 10**6),
}


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to: words, slugs of fields and centres, plate codes of provinces, and the rest by name."""

    query: str = ""
    fields: tuple[str, ...] = ()
    provinces: tuple[int, ...] = ()
    centres: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    languages: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()
    #: Only courses one can apply for today.
    open_now: bool = False

    @property
    def number(self) -> int:
        """How many filters are set, the words not counted."""
        several = (self.fields, self.provinces, self.centres, self.shapes, self.languages, self.hours)
        return sum(len(one) for one in several) + self.open_now


def narrow(found: Select[*tuple[Any, ...]], filters: Filters) -> Select[*tuple[Any, ...]]:
    """Values of one filter are alternatives to each other; different filters all have to fit.

    The statement must hold Course and Centre.
    """
    return found.where(*_conditions(filters)) if filters.number or filters.query.strip() else found


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """One condition a filter that is set."""
    of_fields = select(CourseField.course_id).join(Field).where(Field.slug.in_(filters.fields))
    known: tuple[tuple[object, Callable[[], ColumnElement[bool]]], ...] = (
        (filters.fields, lambda: Course.id.in_(of_fields)),
        (filters.provinces, lambda: Centre.province_code.in_(filters.provinces)),
        (filters.centres, lambda: Centre.slug.in_(filters.centres)),
        (filters.shapes, lambda: Course.shape.in_(filters.shapes)),
        (filters.languages, lambda: or_(*(_in_language(lang) for lang in filters.languages))),
        (filters.hours, lambda: or_(*(_as_long(length) for length in filters.hours))),
        (filters.open_now, lambda: exists().where(Run.course_id == Course.id, takes_applications(clock.today()))),
        (filters.query.strip(), lambda: _matches(filters.query)),
    )
    return [condition() for is_set, condition in known if is_set]


def _in_language(lang: str) -> ColumnElement[bool]:
    """Courses that are complete in a language."""
    return (Course.complete_en if lang == "en" else Course.complete_tr).is_(True)


def _as_long(length: Hours) -> ColumnElement[bool]:
    """Courses of this length."""
    more_than, at_most = BOUNDS[length]
    return and_(Course.planned_minutes > more_than, Course.planned_minutes <= at_most)


def _matches(query: str) -> ColumnElement[bool]:
    """Every word leads to the course: by its own words, its field's or its centre's."""
    wanted = turkish.words(query)[: search.MOST_WORDS]
    return and_(*(_leads(word) for word in wanted)) if wanted else false()


def _leads(word: str) -> ColumnElement[bool]:
    own, field, centre = (search.matching(kind, word) for kind in (content.SEARCH_KIND, "field", "centre"))
    if own is None or field is None or centre is None:
        return false()
    of_field = select(CourseField.course_id).where(CourseField.field_id.in_(field))
    return or_(Course.id.in_(own), Course.id.in_(of_field), Course.centre_id.in_(centre))
