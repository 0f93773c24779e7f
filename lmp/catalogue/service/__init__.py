"""Reading what everybody may read; a handful of queries a page, whatever the size of the network."""

from lmp.catalogue.service.courses import (
    MOST_COURSES,
    CourseLine,
    CourseList,
    CoursePage,
    course_list,
    course_page,
)
from lmp.catalogue.service.filters import Filters, Hours
from lmp.catalogue.service.network import (
    CentreCourses,
    CentreLine,
    FieldLine,
    ProvinceLine,
    centre_lines,
    centres_found,
    centres_with_courses,
    field_lines,
    province_lines,
    public_slugs,
)
from lmp.catalogue.service.offers import (
    MOST_OFFERS,
    Offer,
    coming_offers,
    months_with_runs,
    nearest_offers,
    offers_between,
    offers_of,
)

__all__ = [
    "MOST_COURSES",
    "MOST_OFFERS",
    "CentreCourses",
    "CentreLine",
    "CourseLine",
    "CourseList",
    "CoursePage",
    "FieldLine",
    "Filters",
    "Hours",
    "Offer",
    "ProvinceLine",
    "centre_lines",
    "centres_found",
    "centres_with_courses",
    "coming_offers",
    "course_list",
    "course_page",
    "field_lines",
    "months_with_runs",
    "nearest_offers",
    "offers_between",
    "offers_of",
    "province_lines",
    "public_slugs",
]
