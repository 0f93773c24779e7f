"""Home, courses, fields and centres: open to everybody."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, admits
from lmp.catalogue import service
from lmp.catalogue.service import FieldLine, Filters, ProvinceLine
from lmp.core import clock, turkish
from lmp.core.errors import NotFound
from lmp.core.text import one_line
from lmp.network import service as network
from lmp.network.models import FieldKind
from lmp.web import pages
from lmp.web.language import current_language

bp = Blueprint("catalogue", __name__, template_folder="templates", url_prefix="/<any(tr, en):lang>")

LONGEST_QUERY = 120
MOST_FILTERS = 81
OFFERS_AT_HOME = 4

_SLUG = re.compile(r"[a-z0-9-]{1,60}")


@bp.get("/")
@pages.public
def home() -> ResponseReturnValue:
    """The network at a glance."""
    fields, provinces = service.field_lines(current_language()), service.province_lines()
    vocational = [line for line in fields if line.kind is FieldKind.FIELD]
    most_first = sorted(provinces, key=lambda one: one.centres, reverse=True)
    return pages.render(
        "catalogue/home.html",
        letters=[{"letter": letter, "entries": _entries(group)} for letter, group in _letters(vocational)],
        subjects=_entries(line for line in fields if line.kind is FieldKind.SUBJECT),
        fields_number=len(vocational),
        provinces=[{"name": one.name, "count": one.centres} for one in most_first],
        centres_number=sum(one.centres for one in provinces),
        offers=service.coming_offers(OFFERS_AT_HOME),
        today=clock.today(),
    )


def _letters(lines: list[FieldLine]) -> list[tuple[str, list[FieldLine]]]:
    """The book index: first letter, then the fields under it; İ and I are two letters in Turkish."""
    lang = current_language()

    def first(line: FieldLine) -> str:
        letter = line.name.in_language(lang)[:1]
        return turkish.upper(letter) if lang == "tr" else letter.upper()

    return [(letter, list(group)) for letter, group in groupby(lines, key=first)]


def _entries(lines: Iterable[FieldLine]) -> list[dict[str, object]]:
    """Fields as entries of the index."""
    lang = current_language()
    return [
        {
            "label": line.name.in_language(lang),
            "url": url_for("catalogue.field", slug=line.slug),
            "count": line.open,
        }
        for line in lines
    ]


@bp.get("/course")
@pages.public
def courses() -> ResponseReturnValue:
    """The list of courses, narrowed by what stands in the address."""
    filters, lang = _filters(), current_language()
    found = service.course_list(filters, lang, _slug(request.args.get("after", "")))
    fields, provinces = service.field_lines(lang, filters.query), service.province_lines()
    return pages.render(
        "catalogue/courses.html",
        filters=filters,
        found=found,
        next_url=_address(filters, after=found.after) if found.after else None,
        chips=_chips(filters, fields, provinces),
        fields=[line for line in fields if line.courses or line.slug in filters.fields],
        provinces=[line for line in provinces if line.courses or line.code in filters.provinces],
        named_fields=[line for line in fields if line.found],
        named_centres=service.centres_found(filters.query),
        today=clock.today(),
    )


def _filters() -> Filters:
    """What the address asks for; what cannot be is left out."""
    fields, provinces = request.args.getlist("field"), request.args.getlist("province")
    return Filters(
        query=_typed(request.args.get("q", "")),
        fields=tuple(dict.fromkeys(one for one in fields[:MOST_FILTERS] if _slug(one))),
        provinces=tuple(dict.fromkeys(int(one) for one in provinces[:MOST_FILTERS] if re.fullmatch("[0-9]{1,2}", one))),
    )


def _typed(text: str) -> str:
    """The searched words in one line; joining marks to letters may triple a text's length, never more."""
    return one_line(text[:LONGEST_QUERY], 3 * LONGEST_QUERY)


def _slug(text: str) -> str:
    """The text when it can be a slug, else nothing."""
    return text if _SLUG.fullmatch(text) else ""


def _known(slug: str) -> str:
    """The slug of an address. Raises NotFound for what can be none."""
    if not _slug(slug):
        raise NotFound
    return slug


def _address(filters: Filters, after: str | None = None) -> str:
    """The list narrowed like this."""
    return url_for(
        "catalogue.courses",
        q=filters.query or None,
        field=list(filters.fields),
        province=list(filters.provinces),
        after=after,
    )


def _chips(filters: Filters, fields: list[FieldLine], provinces: list[ProvinceLine]) -> list[dict[str, object]]:
    """What the list is narrowed to, each with the address of the list without it."""
    chips: list[dict[str, object]] = []
    lang = current_language()
    for line in fields:
        if line.slug in filters.fields:
            kept = tuple(one for one in filters.fields if one != line.slug)
            chips.append({"label": line.name.in_language(lang), "url": _address(replace(filters, fields=kept))})
    for place in provinces:
        if place.code in filters.provinces:
            left = tuple(one for one in filters.provinces if one != place.code)
            chips.append({"label": place.name, "url": _address(replace(filters, provinces=left))})
    return chips


@bp.get("/course/<slug>")
@pages.public
def course(slug: str) -> ResponseReturnValue:
    """One course: hours by strand before anything else, then outcomes, dates and units."""
    page, today = service.course_page(_known(slug)), clock.today()
    return pages.render(
        "catalogue/course.html",
        page=page,
        offer=page.next_offer(today),
        branches=network.branches_of_fields([field.id for field in page.course.fields]),
        published_on=clock.local(page.version.published_at).date(),
        may_apply=pages.viewer() is None or admits(pages.actor(), (Action.APPLY,)),
        today=today,
    )


@bp.get("/field/<slug>")
@pages.public
def field(slug: str) -> ResponseReturnValue:
    """A field with its courses and centres."""
    found = network.field(_known(slug))
    return pages.render(
        "catalogue/field.html",
        field=found,
        is_subject=found.kind is FieldKind.SUBJECT,
        found=service.course_list(Filters(fields=(found.slug,)), current_language()),
        all_url=url_for("catalogue.courses", field=found.slug),
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
    found = network.centre(_known(slug))
    return pages.render(
        "catalogue/centre.html",
        centre=found,
        fields=network.fields_of_centre(found.id),
        found=service.course_list(Filters(centre=found.slug), current_language()),
        today=clock.today(),
    )
