"""Fields and centres: open to everybody."""

from itertools import groupby

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.catalogue import service
from lmp.catalogue.service import Filters
from lmp.catalogue.views.asked import known_slug
from lmp.catalogue.views.blueprint import bp
from lmp.core import clock
from lmp.network import service as network
from lmp.network.models import FieldKind
from lmp.web import kept, pages
from lmp.web.language import current_language


@bp.get("/field/<slug>")
@pages.public
@kept.for_everybody
def field(slug: str) -> ResponseReturnValue:
    """A field with its courses and centres."""
    found = network.field(known_slug(slug))
    return pages.render(
        "catalogue/field.html",
        field=found,
        is_subject=found.kind is FieldKind.SUBJECT,
        found=service.course_list(Filters(fields=(found.slug,)), current_language()),
        all_url=url_for("catalogue.courses", field=found.slug),
        centres=[one for one in network.centres_of_field(found.id) if one.closed_on is None],
        today=clock.today(),
    )


@bp.get("/centre")
@pages.public
@kept.for_everybody
def centres() -> ResponseReturnValue:
    """The centres by province."""
    lines = service.centre_lines()
    grouped = [(name, list(group)) for name, group in groupby(lines, key=lambda line: line.centre.province.name)]
    return pages.render("catalogue/centres.html", provinces=grouped, number=len(lines))


@bp.get("/centre/<slug>")
@pages.public
@kept.for_everybody
def centre(slug: str) -> ResponseReturnValue:
    """A centre: where it is, its fields and its courses."""
    found = network.centre(known_slug(slug))
    return pages.render(
        "catalogue/centre.html",
        centre=found,
        fields=network.fields_of_centre(found.id),
        found=service.course_list(Filters(centres=(found.slug,)), current_language()),
        today=clock.today(),
    )
