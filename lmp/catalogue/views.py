"""Home, courses, fields and centres: open to everybody."""

from itertools import groupby

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from lmp.access import Action, admits
from lmp.catalogue import service
from lmp.catalogue.service import FieldLine, Filters
from lmp.core import clock, turkish
from lmp.network import service as network
from lmp.network.models import FieldKind
from lmp.web import pages
from lmp.web.language import current_language

bp = Blueprint("catalogue", __name__, template_folder="templates", url_prefix="/<any(tr, en):lang>")

LONGEST_QUERY = 120


@bp.get("/")
@pages.public
def home() -> ResponseReturnValue:
    """The network at a glance."""
    lines = service.field_lines(current_language())
    provinces = service.centres_by_province()
    return pages.render(
        "catalogue/home.html",
        letters=_letters([line for line in lines if line.kind is FieldKind.FIELD]),
        subjects=[line for line in lines if line.kind is FieldKind.SUBJECT],
        fields_number=sum(line.kind is FieldKind.FIELD for line in lines),
        provinces=provinces,
        centres_number=sum(one.count for one in provinces),
        offers=service.coming_offers(4),
        today=clock.today(),
    )


def _letters(lines: list[FieldLine]) -> list[tuple[str, list[FieldLine]]]:
    """The book index: first letter, then the fields under it; İ and I are two letters in Turkish."""
    lang = current_language()

    def first(line: FieldLine) -> str:
        name = line.name.in_language(lang)
        return turkish.upper(name[:1]) if lang == "tr" else name[:1].upper()

    return [(letter, list(group)) for letter, group in groupby(lines, key=first)]


@bp.get("/course")
@pages.public
def courses() -> ResponseReturnValue:
    """The list of courses, narrowed by what stands in the address."""
    filters = Filters(
        query=request.args.get("q", "")[:LONGEST_QUERY],
        fields=tuple(request.args.getlist("field")),
        provinces=tuple(int(one) for one in request.args.getlist("province") if one.isdigit() and len(one) < 3),
    )
    return pages.render(
        "catalogue/courses.html",
        filters=filters,
        lines=service.course_lines(filters),
        also=service.also_found(filters.query) if filters.query else service.Found(),
        fields=service.field_lines(current_language()),
        provinces=sorted({one.centre.province for one in service.centre_lines()}, key=lambda one: one.sort_key),
        today=clock.today(),
    )


@bp.get("/course/<slug>")
@pages.public
def course(slug: str) -> ResponseReturnValue:
    """One course: hours by strand before anything else, then outcomes, dates and units."""
    page = service.course_page(slug)
    return pages.render(
        "catalogue/course.html",
        page=page,
        parts=service.strand_parts(page.document),
        branches=network.branches_of_fields([field.id for field in page.course.fields]),
        published_on=clock.local(page.version.published_at).date(),
        may_apply=pages.viewer() is None or admits(pages.actor(), (Action.APPLY,)),
        today=clock.today(),
    )


@bp.get("/field/<slug>")
@pages.public
def field(slug: str) -> ResponseReturnValue:
    """A field with its courses and centres."""
    found = network.field(slug)
    return pages.render(
        "catalogue/field.html",
        field=found,
        lines=service.course_lines(Filters(fields=(slug,))),
        centres=network.centres_of_field(found.id),
        today=clock.today(),
    )


@bp.get("/centre")
@pages.public
def centres() -> ResponseReturnValue:
    """The centres by province."""
    lines = service.centre_lines()
    grouped = [(name, list(group)) for name, group in groupby(lines, key=lambda line: line.centre.province.name)]
    return pages.render("catalogue/centres.html", provinces=grouped, number=len(lines))


@bp.get("/centre/<slug>")
@pages.public
def centre(slug: str) -> ResponseReturnValue:
    """A centre: where it is, its fields and its courses."""
    found = network.centre(slug)
    return pages.render(
        "catalogue/centre.html",
        centre=found,
        fields=network.fields_of_centre(found.id),
        lines=service.lines_of_centre(found.id),
        today=clock.today(),
    )
