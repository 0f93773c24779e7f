"""Courses as they are being written: the list, and the home of one course."""

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, admits
from lmp.accounts import service as accounts
from lmp.content import gate, rules, service
from lmp.content.document import Finding
from lmp.content.editing import Place
from lmp.content.editing.located import place_of
from lmp.content.finding_words import folded, place_said, said
from lmp.content.models import Draft
from lmp.content.views.blueprint import bp
from lmp.content.views.going import editor_of, endpoint_at, page_of, where_to
from lmp.content.way import Stage, next_stage, way
from lmp.core import clock
from lmp.web import pages


@bp.get("/draft")
@pages.needs(Action.SEE_DRAFT)
def drafts() -> ResponseReturnValue:
    """The courses of one's centre: what is published, what is in review, who works on what."""
    may_begin = admits(pages.actor(), (Action.WRITE_DRAFT,))
    return pages.render(
        "content/drafts.html",
        rows=service.draft_rows(viewer=pages.actor()),
        new=page_of("/draft/new") if may_begin else None,
        take_in=page_of("/draft/take-in") if may_begin else None,
    )


@bp.get("/draft-rules")
@pages.needs(Action.SEE_DRAFT)
def policy() -> ResponseReturnValue:
    """Every rule a course is checked by before it is published, and whether breaking it stops publication."""
    return pages.render("content/policy.html", rules=gate.RULES.values())


@bp.get("/draft/<slug>")
@pages.needs(Action.SEE_DRAFT)
def draft(slug: str) -> ResponseReturnValue:
    """The home of a course for its authors: what is next, its places and units, what is in its way, its versions."""
    found = service.see_draft(slug, viewer=pages.actor())
    current = service.find_current(found.course_id)
    is_new = current is None or current.hash != found.hash
    findings, document = service.check_draft(found), service.readable_document(found)
    newest = next(iter(service.reviews(found.course_id, limit=1)), None)
    standing = rules.standing(is_new=is_new, review=newest.state if newest else None)
    may_write = pages.may(Action.WRITE_DRAFT, found)
    stops = rules.blocking(findings)
    return pages.render(
        "content/draft.html",
        draft=found,
        document=document,
        current=current,
        author=accounts.person(found.author_id).name if found.author_id else None,
        saved=clock.local(found.saved_at),
        units=service.draft_outline(found),
        waiting=_by_unit(found, findings),
        parity=service.draft_parity(found),
        findings=[_said_finding(found, finding, more, may_write) for finding, more in folded(findings)],
        soft=len(findings) - len(stops),
        stops=len(stops),
        newest=newest,
        standing=standing,
        step=rules.next_step(
            standing,
            may_write=may_write,
            may_decide=pages.may(Action.PUBLISH_COURSE, found),
            blocking=len(stops),
        ),
        go_on=_go_on(found, [*stops, *findings]),
        comments=sum(thread.is_open for thread in service.threads(found.course_id)) if newest else 0,
        stages=_stages(found, findings) if current is None and may_write else [],
        history=service.history(found.course_id),
        may_write=may_write,
        may_decide=pages.may(Action.PUBLISH_COURSE, found),
        edit_unit=endpoint_at("/draft/<slug>/unit/<key>/edit") if may_write else None,
        origin=service.origin_line(found.course_id),
        archive=page_of("/draft/<slug>/archive", slug),
        copy=page_of("/draft/<slug>/copy", slug) if may_write else None,
    )


def _said_finding(found: Draft, finding: Finding, more: int, may_write: bool) -> dict[str, object]:
    """A finding with the place it stands at, where it is mended, and how many more of its kind stand there."""
    return {
        "more": more,
        "stops": finding.severity == "error",
        "message": said(finding),
        "place": place_said(found.document, finding.path),
        "url": where_to(found.course.slug, found.document, finding) if may_write else None,
    }


#: Stage → the endpoint of its page.
_STAGES = {
    "details": "content.details",
    "outcomes": "content.outcome_list",
    "units": "content.unit_list",
    "practical": "content.practical",
    "completion": "content.completion",
    "glossary": "content.terms",
    "review": "content.review",
}


def _stages(found: Draft, findings: list[Finding]) -> list[tuple[Stage, str, bool]]:
    """The way of a course that was never published: each stage, the address of its page, whether one goes on there."""
    plan = "content.meeting" if found.document["shape"] == "meeting" else "content.workplace"
    stages = way(found.document, findings)
    following = next_stage(stages)
    return [
        (stage, url_for(_STAGES.get(stage.name, plan), slug=found.course.slug), stage == following) for stage in stages
    ]


def _by_unit(found: Draft, findings: list[Finding]) -> dict[str, int]:
    """How many findings stop publication, by unit."""
    units = [place_of(found.document, one.path).unit for one in findings if one.severity == "error"]
    return {unit: units.count(unit) for unit in set(units) if unit}


def _go_on(found: Draft, findings: list[Finding]) -> str | None:
    """Where somebody goes on writing: at the first finding that is mended somewhere, else at the first unit."""
    slug = found.course.slug
    for finding in findings:
        if (url := where_to(slug, found.document, finding)) is not None:
            return url
    units = found.document["units"]
    return editor_of(slug, Place("unit", units[0]["key"])) if units else None
