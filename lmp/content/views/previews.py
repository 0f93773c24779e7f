"""A draft as teachers will see it: a unit on a desk and on a phone, the plans, the whole course in print. Nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Response, make_response, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import outline, service
from lmp.content.document import Lang, Unit
from lmp.content.models import Draft
from lmp.content.outline import Section
from lmp.content.views.blueprint import bp
from lmp.web import headers, pages
from lmp.web.language import current_language

#: The page that holds the phone may show pages of this site in a frame, and the page in it may be shown there.
_HOLDS = f"{headers.CSP}; frame-src 'self'"
_HELD = headers.CSP.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


@bp.get("/draft/<slug>/unit/<key>")
@pages.needs(Action.SEE_DRAFT)
def unit(slug: str, key: str) -> ResponseReturnValue:
    """A unit of a draft as a teacher would see it, in the language that `in` names, on a phone with `as=phone`."""
    found = service.see_draft(slug, viewer=pages.actor())
    lang, shape = _reading_language(), request.args.get("as")
    document, wanted = service.readable_document(found), service.draft_unit(found, key)
    shared = {
        "draft": found,
        "document": document,
        "unit": wanted,
        "number": document.number_of(wanted),
        "reading": lang,
    }
    if shape == "phone":
        return _with_policy(pages.render("content/preview/phone.html", **shared), _HOLDS)
    page = pages.render(
        "content/unit.html",
        **shared,
        framed=shape == "frame",
        sections=outline.sections(service.render_draft_unit(found, key, lang)),
        checks=sum(block.kind == "question" for block in wanted.blocks),
        questions={question.key: question for question in wanted.questions},
        **_media(found),
    )
    return _with_policy(page, _HELD) if shape == "frame" else page


def _with_policy(page: str, policy: str) -> Response:
    """A page with a policy of its own for frames."""
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = policy
    return answer


def _reading_language() -> Lang:
    """The language in which a draft is read: the asked one, else that of the page."""
    asked = request.args.get("in", current_language())
    return "en" if asked == "en" else "tr"


def _media(found: Draft) -> dict[str, Callable[[str], object]]:
    """Addresses and sizes of a draft's files."""
    return {
        "media_url": lambda name: url_for("content.draft_media", slug=found.course.slug, name=name),
        "media_size": lambda name: service.picture_size(service.medium_of(found, name)),
    }


@bp.get("/draft/<slug>/plan")
@pages.needs(Action.SEE_DRAFT)
def plan(slug: str) -> ResponseReturnValue:
    """What a draft plans away from the screen, and its glossary, in both languages."""
    found = service.see_draft(slug, viewer=pages.actor())
    return pages.render("content/plan.html", draft=found, document=service.readable_document(found))


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """A unit on paper: its place in the course and its blocks in sections."""

    number: int
    unit: Unit
    sections: list[Section]


@bp.get("/draft/<slug>/print")
@pages.needs(Action.SEE_DRAFT)
def print_course(slug: str) -> ResponseReturnValue:
    """The whole course for A4 paper in one language: units, plans, checklist, glossary."""
    found = service.see_draft(slug, viewer=pages.actor())
    lang, document = _reading_language(), service.readable_document(found)
    return pages.render(
        "content/preview/print.html",
        draft=found,
        document=document,
        reading=lang,
        units=[PrintedUnit(number, one, _sections(found, one, lang)) for number, one in enumerate(document.units, 1)],
        **_media(found),
    )


def _sections(found: Draft, one: Unit, lang: Lang) -> list[Section]:
    """The sections of a unit; ids are unique in the course, because all units stand on one page."""
    blocks = service.render_draft_unit(found, one.key, lang)
    return outline.sections(replace(block, id=f"{one.key}-{block.id}") for block in blocks)
