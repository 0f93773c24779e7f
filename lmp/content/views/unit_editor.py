"""The editor of one unit: its page, and the parts of it that a script asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.editing import TextsSuperseded, block_in
from lmp.content.editing.difference import Piece, difference
from lmp.content.editing.fields import Entry, Field, entries, fields_of, heading_fields
from lmp.content.editing.panel import with_only
from lmp.content.finding_words import said
from lmp.content.forms.review import CommentForm
from lmp.content.service import Sheet
from lmp.content.views import asked
from lmp.content.views.blueprint import bp
from lmp.content.views.commenting import talk_about
from lmp.content.views.going import where_to
from lmp.core import clock, messages, written
from lmp.core.errors import NotFound
from lmp.core.ids import new_id
from lmp.core.messages import N_, Message
from lmp.web import pages
from lmp.web.language import current_language

#: More parts than these are drawn as one bar.
MOST_SEGMENTS = 24


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people wrote at once: its words, what the other one wrote, and both texts in one."""

    label: Message
    name: str
    lang: str | None
    theirs: str
    pieces: Sequence[Piece]


@dataclass
class Open:
    """The form that stands in the place of a block, or of the heading when `block` is empty."""

    block: str
    address: str
    entries: list[Entry]
    #: What cannot be taken, by the name of the input.
    problems: Mapping[str, Message] = field(default_factory=dict)
    #: What was refused and belongs to no input.
    general: Sequence[Message] = ()
    clashes: Sequence[Clash] = ()
    #: Who wrote what clashes.
    writer: str | None = None
    status: int = 200

    @property
    def has_errors(self) -> bool:
        """For the layout, which says in the title that something is wrong."""
        return self.status == 422


@bp.get("/draft/<slug>/unit/<key>/edit")
@pages.needs(Action.WRITE_DRAFT)
def edit_unit(slug: str, key: str) -> ResponseReturnValue:
    """One unit as the teacher will see it, in both languages beside each other, to be written in place.

    `edit` names the block whose form is open (`heading` instead: the unit's own), `after` the block behind which something is
    to be added, `removed` and `was` what can be put back. A script that asks for JSON gets the part it names.
    """
    found = service.sheet(slug, key, viewer=pages.actor())
    if wants_json():
        return _part(found)
    return unit_page(found, _asked(found))


def wants_json() -> bool:
    """Whether a script asks, who wants a part of the page or a word about what was done."""
    return request.accept_mimetypes.best == "application/json"


def _asked(found: Sheet) -> Open | None:
    """The form the address asks for."""
    if "heading" in request.args:
        return open_heading(found)
    block = request.args.get("edit", "")
    there = any(one["id"] == block and one["kind"] != "question" for one in found.unit["blocks"])
    return open_block(found, block) if there else None


def open_block(found: Sheet, block: str) -> Open:
    """The form of a block. Raises NotFound."""
    raw = block_in(found.document, found.unit["key"], block)
    address = url_for("content.write_block", slug=found.slug, key=found.unit["key"], block=block)
    return Open(block, address, entries(raw, fields_of(raw)))


def open_heading(found: Sheet) -> Open:
    """The form of the unit's heading."""
    address = url_for("content.write_heading", slug=found.slug, key=found.unit["key"])
    return Open("", address, entries(found.unit, fields_of_heading(found)))


def fields_of_heading(found: Sheet) -> tuple[Field, ...]:
    """The fields of the unit's heading, its own outcomes before the course's others."""
    return heading_fields(found.document["outcomes"], found.unit["outcomes"])


def with_clashes(form: Open, clash: TextsSuperseded, writer: str | None) -> Open:
    """The form with both texts of every field that somebody else changed meanwhile."""
    by_name = {entry.name: entry for entry in form.entries}
    form.clashes = [
        Clash(
            by_name[name].field.message,
            name,
            by_name[name].lang,
            _plain(theirs),
            difference(_plain(theirs), _plain(mine)),
        )
        for name, (theirs, mine) in clash.texts.items()
    ]
    form.writer, form.status = writer, clash.status
    return form


def _plain(value: Any) -> str:
    """A value as text, for comparing."""
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


def _part(found: Sheet) -> ResponseReturnValue:
    """The part of the page that a script asks for: a block with its form or without, the heading, the parity panel."""
    if "token" in request.args:
        return {"token": pages.csrf_token(), "person": str(pages.actor().id)}
    if "panel" in request.args:
        return _panel_part(found)
    if "heading" in request.args or request.args.get("show") == "":
        form = open_heading(found) if "heading" in request.args else None
        return {"html": pages.render("content/editor/heading_part.html", **_shown(found, form))}
    block = request.args.get("edit") or request.args.get("show", "")
    block_in(found.document, found.unit["key"], block)
    form = open_block(found, block) if "edit" in request.args else None
    return {"html": pages.render("content/editor/pair_part.html", pair=found.pair(block), **_shown(found, form))}


def _panel_part(found: Sheet) -> ResponseReturnValue:
    """The parity panel, and what is said in each cell of the blocks."""
    shown = _shown(found, None)
    states = pages.render("content/editor/states_part.html", pairs=found.pairs(), **shown)
    return {"html": pages.render("content/editor/panel_part.html", **shown), "states": states}


def unit_page(found: Sheet, form: Open | None, comment: CommentForm | None = None) -> ResponseReturnValue:
    """The whole page, with a form in it or without, or with a comment that could not be taken."""
    shown = _shown(found, form)
    return pages.render(
        "content/editor/unit.html",
        heading=found.heading(),
        pairs=found.pairs(),
        others=service.others(found.draft, found.unit["key"], viewer=pages.actor()),
        after=request.args.get("after"),
        removed=_removed(found),
        once=str(new_id()),
        person=str(pages.actor().id),
        addresses=_addresses(found),
        talk=talk_about(found, comment),
        **shown,
    ), _status(form, comment)


def _status(form: Open | None, comment: CommentForm | None) -> int:
    """The status of a page with a form."""
    return next((one.status for one in (form, comment) if one is not None), 200)


def _shown(found: Sheet, form: Open | None) -> dict[str, Any]:
    """What every part of the page needs."""
    return {
        "sheet": found,
        "draft": found.draft,
        "slug": found.slug,
        "unit": found.unit,
        "key": found.unit["key"],
        "form": form,
        "saved": saved_at(found.draft.saved_at),
        "panel": service.unit_panel(found),
        "finding_said": said,
        "finding_url": lambda finding: where_to(found.slug, with_only(found.document, found.unit["key"]), finding),
        "most_segments": MOST_SEGMENTS,
        "media_url": lambda name: url_for("content.draft_media", slug=found.slug, name=name),
        "media_size": lambda name: service.picture_size(service.medium_of(found.draft, name)),
        "question_url": _maker("content.edit_question", found),
        "media_link": _maker("content.edit_medium", found),
    }


def _removed(found: Sheet) -> dict[str, Any] | None:
    """The block that was just removed and can be put back, if it is not there again."""
    block, number = request.args.get("removed", ""), asked.number(request.args.get("was"))
    names = [one["id"] for one in found.unit["blocks"]]
    if not block or number is None or block in names:
        return None
    return {"block": block, "was": number, "behind": request.args.get("behind", "")}


def _maker(endpoint: str, found: Sheet) -> Any:
    """Addresses of another page of this unit."""
    return lambda **values: url_for(endpoint, slug=found.slug, key=found.unit["key"], **values)


def _addresses(found: Sheet) -> dict[str, Any]:
    """Where the buttons of the page lead."""
    return {
        "review": url_for("content.review", slug=found.slug),
        "medium": _maker("content.new_medium", found),
        "question": _maker("content.new_question", found),
    }


def saved_at(moment: datetime) -> str:
    """When something was saved, as people say it: the time, and the day before it when that is not today."""
    lang, shown = current_language(), clock.local(moment)
    time = written.time_of_day(shown, lang)
    if shown.date() == clock.today():
        return messages.text(Message(N_("Saved at %(time)s"), time=time), lang)
    return messages.text(Message(N_("Saved on %(day)s, %(time)s"), day=shown.date(), time=time), lang)


def unit_address(slug: str, key: str, block: str = "", **values: Any) -> str:
    """The address of a unit's editor at one of its blocks."""
    return url_for("content.edit_unit", slug=slug, key=key, _anchor=f"block-{block}" if block else None, **values)


def whole(words: str | None) -> int:
    """A whole number from a form, with or without a sign. Raises NotFound for anything else, which no page of ours sends."""
    found = asked.number((words or "").removeprefix("-"))
    if found is None:
        raise NotFound
    return -found if (words or "").startswith("-") else found
