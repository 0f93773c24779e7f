"""Where a thing of a course is mended: the page and the place on it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, url_for

from lmp.content.document import Finding
from lmp.content.document.tree import Node, Path
from lmp.content.editing import Part, Place, Raw, block_in, mark_of, question_in, unit_in
from lmp.content.editing.fields import HAS_QUIZ, entries, fields_of, heading_fields
from lmp.content.editing.located import place_of
from lmp.content.editing.sheets import field_of
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
    "test": "/draft/<slug>/policy",
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
    """The address where somebody mends a finding, at its field where the page can open it."""
    place, path = place_of(document, finding.path), finding.path
    if path == ("shape",):
        return editor_of(slug, Place("meeting" if document["shape"] == "meeting" else "workplace"))
    if place.part == "block":
        return _at_block(slug, document, place, path[4:])
    if place.part == "question":
        question = question_in(document, place.unit, place.id)
        return _with_anchor(editor_of(slug, place), field_of(question, path[4:]).replace(".", "-"))
    if place.part == "unit":
        return _at_heading(slug, document, place, path[2:])
    if place.part == "glossary" and len(path) > 1:
        mark = mark_of(document["glossary"][path[1]])
        return url_for("content.terms", slug=slug, term=mark, _anchor=f"term-{mark}")
    if place.part in _SHEETS:
        return _at_row(slug, document, place, path)
    return editor_of(slug, place)


#: Parts whose page is one form, with what of a path its fields are named by.
_SHEETS: Mapping[Part, int] = {
    "course": 0,
    "sources": 0,
    "outcomes": 0,
    "policy": 0,
    "test": 0,
    "workplace": 1,
    "meeting": 1,
    "practical": 1,
}
#: Lists that are chosen from, while others are written as rows.
_CHIPS = frozenset({"outcomes", "excused"})
#: What a picture, film or file is changed by on the page of its files.
_MEDIA = {"file": "file", "captions": "captions_{lang}"}


def _at_block(slug: str, document: Raw, place: Place, inside: Path) -> str:
    """A block with its form open at a field, or the page of its files."""
    key, block = place.unit, block_in(document, place.unit, place.id)
    name = ".".join(str(part) for part in inside[:2])
    if block["kind"] in ("image", "video", "file") and inside[:1] and inside[0] in _MEDIA:
        anchor = _MEDIA[str(inside[0])].format(lang=inside[-1])
        return url_for("content.edit_medium", slug=slug, key=key, block=place.id, _anchor=anchor)
    if not any(entry.name == name for entry in entries(block, fields_of(block))):
        return url_for("content.edit_unit", slug=slug, key=key, _anchor=f"block-{place.id}")
    anchor = f"field-{place.id}-{name}"
    return url_for("content.edit_unit", slug=slug, key=key, edit=place.id, _anchor=anchor)


def _at_heading(slug: str, document: Raw, place: Place, inside: Path) -> str:
    """The heading of a unit with its form open at a field; as it is read where it is said to be translated."""
    unit = unit_in(document, place.unit)
    name = ".".join(str(part) for part in inside[:2]) or HAS_QUIZ.name
    if not any(entry.name == name for entry in entries(unit, heading_fields(document["outcomes"], unit["outcomes"]))):
        return url_for("content.edit_unit", slug=slug, key=place.unit, _anchor="block-heading")
    return url_for("content.edit_unit", slug=slug, key=place.unit, heading=1, _anchor=f"field-heading-{name}")


def _at_row(slug: str, document: Raw, place: Place, path: Path) -> str | None:
    """The page of a part with the row open in which the field stands."""
    path = path[:-1] if path[-1:] in (("id",), ("key",)) else path
    inside = path[_SHEETS[place.part] :]
    folded = "-".join(str(part) for part in inside[:2]) if len(inside) > 2 and isinstance(inside[1], int) else None
    value, name = Node(document), "-".join(str(part) for part in inside)
    for part in path:
        value = value[part] if isinstance(part, str) else next(iter(value.items[part : part + 1]), Node(None))
    if isinstance(value.value, list) and not (inside[-1] in _CHIPS and len(inside) > 1):
        name = f"row-{name}"
    elif isinstance(value.value, dict):
        name = f"{name}-tr" if "tr" in value.value else f"row-{name}"
    found = page_of(_PAGES[place.part], slug, **({"open": folded} if folded else {}))
    return _with_anchor(found, name)


def _with_anchor(address: str | None, anchor: str) -> str | None:
    """An address at a place of its page."""
    return f"{address}#{anchor}" if address and anchor else address
