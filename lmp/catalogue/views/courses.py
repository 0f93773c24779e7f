"""The list of courses, and the page of one."""

from flask import request
from flask.typing import ResponseReturnValue

from lmp.access import Action, admits
from lmp.catalogue import service
from lmp.catalogue.views import asked
from lmp.catalogue.views.blueprint import bp
from lmp.content import service as content
from lmp.core import clock
from lmp.network import service as network
from lmp.web import kept, pages
from lmp.web.language import current_language


@bp.get("/course")
@pages.public
@kept.for_everybody
def courses() -> ResponseReturnValue:
    """The list of courses, narrowed by what stands in the address."""
    filters, lang = asked.filters(), current_language()
    found = service.course_list(filters, lang, asked.slug(request.args.get("after", "")))
    fields = service.field_lines(lang, filters.query)
    groups = asked.groups(filters, fields, service.province_lines(), service.centres_with_courses())
    return pages.render(
        "catalogue/courses.html",
        filters=filters,
        found=found,
        next_url=asked.address(filters, after=found.after) if found.after else None,
        groups=groups,
        chips=asked.chips(filters, groups),
        named_fields=[line for line in fields if line.found],
        named_centres=service.centres_found(filters.query),
        today=clock.today(),
    )


@bp.get("/course/<slug>")
@pages.public
@kept.for_everybody
def course(slug: str) -> ResponseReturnValue:
    """One course: hours by strand before anything else, then outcomes, dates and units."""
    page, today = service.course_page(asked.known_slug(slug)), clock.today()
    return pages.render(
        "catalogue/course.html",
        page=page,
        offer=page.next_offer(today),
        most_offers=service.MOST_OFFERS,
        branches=network.branches_of_fields([field.id for field in page.course.fields]),
        published_on=clock.local(page.version.published_at).date(),
        origin=content.origin_line(page.course.id),
        may_copy=admits(pages.actor(), (Action.WRITE_DRAFT,)),
        may_apply=pages.viewer() is None or admits(pages.actor(), (Action.APPLY,)),
        today=today,
    )
