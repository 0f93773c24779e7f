"""Where a thing of a course is mended: the page and the place on it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, url_for

from lmp.content.document import Finding
from lmp.content.editing import Part, Place, Raw
from lmp.content.editing.located import place_of
from lmp.content.views.blueprint import bp

_EDITOR = "/draft/<slug>/unit/<key>/edit"
_PAGES: Mapping[Part, str] = {
    "block": _EDITOR,
    "unit": _EDITOR,
    "question": "/draft/<slug>/unit/<key>/question/<question>",
    "units": "/draft/<slug>/unit",
    "outcomes": "/draft/<slug>/outcome",
    "glossary": "/draft/<slug>/glossary",
    "workplace": "/draft/<slug>/workplace",
    "meeting": "/draft/<slug>/meeting",
    "practical": "/draft/<slug>/practical",
    "policy": "/draft/<slug>/policy",
    "course": "/draft/<slug>/details",
    "sources": "/draft/<slug>/details",
    "test": "/draft/<slug>/details",
}


def endpoint_at(path: str) -> str | None:
    """The endpoint of a page of courses by its address pattern; None where the installation has no such page."""
    return _endpoints(current_app._get_current_object()).get(f"{bp.url_prefix}{path}")  # type: ignore[attr-defined]  # Flask's documented way to the application itself


@lru_cache(8)
def _endpoints(app: Flask) -> Mapping[str, str]:
    """Every address pattern that can be opened, with its endpoint."""
    return {rule.rule: rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def page_of(path: str, slug: str = "", **values: Any) -> str | None:
    """The address of a page of courses, or of one course, if there is one at this pattern."""
    endpoint = endpoint_at(path)
    if endpoint is None:
        return None
    return url_for(endpoint, **({**values, "slug": slug} if slug else values))


def editor_of(slug: str, place: Place) -> str | None:
    """The address where a thing is edited, at its place on the page; None where nothing edits it."""
    values = {"unit": {"key": place.unit}, "block": {"key": place.unit}}.get(place.part, {})
    if place.part == "question":
        values = {"key": place.unit, "question": place.id}
    found = page_of(_PAGES[place.part], slug, **values)
    return f"{found}#block-{place.id}" if found and place.part == "block" else found


def where_to(slug: str, document: Raw, finding: Finding) -> str | None:
    """The address where somebody mends a finding."""
    return editor_of(slug, place_of(document, finding.path))
