"""Reading what everybody may read; a handful of queries a page, whatever the size of the network."""

from lmp.catalogue.service.courses import (
    MOST_COURSES,
    CourseLine,
    CourseList,
    CoursePage,
    Filters,
    course_list,
    course_page,
)
from lmp.catalogue.service.network import (
    CentreLine,
    FieldLine,
    ProvinceLine,
    centre_lines,
    centres_found,
    field_lines,
    province_lines,
)
from lmp.catalogue.service.offers import Offer, coming_offers, nearest_offers, offers_of

__all__ = [
    "MOST_COURSES",
    "CentreLine",
    "CourseLine",
    "CourseList",
    "CoursePage",
    "FieldLine",
    "Filters",
    "Offer",
    "ProvinceLine",
    "centre_lines",
    "centres_found",
    "coming_offers",
    "course_list",
    "course_page",
    "field_lines",
    "nearest_offers",
    "offers_of",
    "province_lines",
]
