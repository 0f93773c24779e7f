"""What is done to the blocks of a unit: writing, adding, moving, copying, removing, and saying that they were read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import service as accounts
from lmp.content import service
from lmp.content.editing import TextsSuperseded, block_in
from lmp.content.editing.fields import Entry, Field, fields_of, read, seen_in
from lmp.content.service import Edited, NotWritable, Sheet, UnitPlace
from lmp.content.views.blueprint import bp
from lmp.content.views.unit_editor import (
    Open,
    fields_of_heading,
    open_block,
    open_heading,
    saved_at,
    unit_address,
    unit_page,
    wants_json,
    whole,
    with_clashes,
)
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.web import pages
from lmp.web.forms import SWITCH

Sent = Mapping[str, Sequence[str]]


@bp.post("/draft/<slug>/unit/<key>/block/<block>")
@pages.needs(Action.WRITE_DRAFT)
def write_block(slug: str, key: str, block: str) -> ResponseReturnValue:
    """Save what was written in a block; a script is told the time and the new marks, everybody else sees the unit."""
    found = service.sheet(slug, key, viewer=pages.actor())
    fields = fields_of(block_in(found.document, key, block))
    place = UnitPlace(slug, key)
    return _write(
        found,
        fields,
        lambda sheet: open_block(sheet, block),
        lambda values, seen: service.write_block(place, block, values, seen, by=pages.actor()),
    )


@bp.post("/draft/<slug>/unit/<key>/heading")
@pages.needs(Action.WRITE_DRAFT)
def write_heading(slug: str, key: str) -> ResponseReturnValue:
    """Save the unit's title, summary, minutes, outcomes and quiz."""
    found = service.sheet(slug, key, viewer=pages.actor())
    place = UnitPlace(slug, key)
    return _write(
        found,
        fields_of_heading(found),
        open_heading,
        lambda values, seen: service.write_heading(place, values, seen, by=pages.actor()),
    )


def _write(
    found: Sheet,
    fields: Sequence[Field],
    form: Callable[[Sheet], Open],
    save: Callable[[Mapping[str, Any], Mapping[str, str]], Edited],
) -> ResponseReturnValue:
    """Read a form, save it, and answer as whoever sent it understands."""
    sent = request.form.to_dict(flat=False)
    values, problems = read(fields, sent)
    if SWITCH in request.form:
        return _refused(found, form(found), values, sent)
    if problems:
        return _refused(found, replace(form(found), problems=problems, status=422), values, sent)
    try:
        done = save(values, seen_in(sent))
    except TextsSuperseded as clash:
        now = service.sheet_of(found.draft, found.unit["key"])
        return _refused(now, with_clashes(form(now), clash, _writer(now)), values, sent)
    except RuleBroken as broken:
        problems, general = _sorted(broken, fields)
        return _refused(found, replace(form(found), problems=problems, general=general, status=422), values, sent)
    return _saved(found, done, form, values)


def _saved(found: Sheet, done: Edited, form: Callable[[Sheet], Open], values: Mapping[str, Any]) -> ResponseReturnValue:
    """The unit again; or for a script when it was saved and the marks of what it sent, never the texts themselves."""
    now = service.sheet_of(done.draft, found.unit["key"])
    opened = form(now)
    if wants_json():
        seen = {entry.name: entry.seen for entry in opened.entries if _is_kept(entry, values)}
        return {"said": saved_at(done.draft.saved_at), "seen": seen, "changed": done.changed}
    return redirect(unit_address(found.slug, found.unit["key"], opened.block or "heading"), 303)


def _is_kept(entry: Entry, values: Mapping[str, Any]) -> bool:
    """Whether what stands there now is what the form said."""
    return entry.name in values and entry.value == values[entry.name]


def _refused(found: Sheet, form: Open, values: Mapping[str, Any], sent: Sent) -> ResponseReturnValue:
    """The form again with everything that was typed; a script is told what is wrong and keeps what it has."""
    form.entries = [_as_sent(entry, values, sent, form) for entry in form.entries]
    if not wants_json():
        return unit_page(found, form)
    clashed = {clash.name for clash in form.clashes}
    return {
        "problems": {name: pages.said(message) for name, message in form.problems.items()},
        "general": [pages.said(message) for message in form.general],
        "clashes": pages.render("content/editor/clashes_part.html", form=form, slug=found.slug, key=found.unit["key"]),
        "theirs": {clash.name: clash.theirs for clash in form.clashes},
        "seen": {entry.name: entry.seen for entry in form.entries if entry.name in clashed},
    }, form.status


def _as_sent(entry: Entry, values: Mapping[str, Any], sent: Sent, form: Open) -> Entry:
    """An input with what was typed in it. Where two people clashed it has the fresh mark: who saves now has seen both."""
    if f"seen.{entry.name}" not in sent:
        return entry
    typed = values.get(entry.name, (sent.get(entry.name) or [""])[0])
    is_clash = any(clash.name == entry.name for clash in form.clashes)
    return replace(entry, value=typed, seen=entry.seen if is_clash else sent[f"seen.{entry.name}"][0])


def _writer(found: Sheet) -> str | None:
    """The name of whoever saved last."""
    author = found.draft.author_id
    return accounts.person(author).name if author else None


def _sorted(broken: RuleBroken, fields: Sequence[Field]) -> tuple[dict[str, Message], list[Message]]:
    """What was refused, at the inputs it belongs to; the rest for the top of the form."""
    problems: dict[str, Message] = {}
    if not isinstance(broken, NotWritable):
        return problems, [broken.message]
    names = {field.name for field in fields}
    for path, message in broken.places:
        name = ".".join(str(part) for part in (path[4:] if path[2:3] == ("blocks",) else path[2:]))
        if name.removesuffix(".tr").removesuffix(".en") in names:
            problems[name] = message
    return problems, [] if problems else [broken.message]


@bp.post("/draft/<slug>/unit/<key>/block")
@pages.needs(Action.WRITE_DRAFT)
def add_block(slug: str, key: str) -> ResponseReturnValue:
    """Add an empty block and open its form."""
    after = request.form.get("after") or None
    made = service.add_block(UnitPlace(slug, key), request.form.get("kind", ""), after, by=pages.actor())
    return redirect(unit_address(slug, key, made, edit=made), 303)


@bp.post("/draft/<slug>/unit/<key>/block/<block>/move")
@pages.needs(Action.WRITE_DRAFT)
def move_block(slug: str, key: str, block: str) -> ResponseReturnValue:
    """Move a block by one place, up or down."""
    step = max(-1, min(1, whole(request.form.get("step"))))
    done = service.move_block(UnitPlace(slug, key), block, step, by=pages.actor())
    if wants_json():
        names = [one["id"] for one in service.sheet_of(done.draft, key).unit["blocks"]]
        said = Message(N_("Now at place %(place)s of %(total)s."), place=names.index(block) + 1, total=len(names))
        return {"said": saved_at(done.draft.saved_at), "order": names, "announced": pages.said(said)}
    return redirect(unit_address(slug, key, block), 303)


@bp.post("/draft/<slug>/unit/<key>/block/<block>/duplicate")
@pages.needs(Action.WRITE_DRAFT)
def duplicate_block(slug: str, key: str, block: str) -> ResponseReturnValue:
    """Put a copy of a block behind it."""
    made = service.duplicate_block(UnitPlace(slug, key), block, by=pages.actor())
    pages.notify("ok", Message(N_("The block was duplicated; the copy stands below it.")))
    return redirect(unit_address(slug, key, made), 303)


@bp.post("/draft/<slug>/unit/<key>/block/<block>/remove")
@pages.needs(Action.WRITE_DRAFT)
def remove_block(slug: str, key: str, block: str) -> ResponseReturnValue:
    """Take a block out; the page then offers to put it back."""
    found = service.sheet(slug, key, viewer=pages.actor())
    names = [one["id"] for one in found.unit["blocks"]]
    behind = names[names.index(block) - 1] if block in names[1:] else None
    was = service.remove_block(UnitPlace(slug, key), block, by=pages.actor())
    address = unit_address(slug, key, "removed", removed=block, was=was, behind=behind)
    return redirect(address, 303)


@bp.post("/draft/<slug>/unit/<key>/block/<block>/put-back")
@pages.needs(Action.WRITE_DRAFT)
def put_back_block(slug: str, key: str, block: str) -> ResponseReturnValue:
    """Put a removed block back where it stood."""
    service.put_back(UnitPlace(slug, key), block, whole(request.form.get("was")), by=pages.actor())
    return redirect(unit_address(slug, key, block), 303)


@bp.post("/draft/<slug>/unit/<key>/block/<block>/reviewed")
@pages.needs(Action.WRITE_DRAFT)
def mark_block(slug: str, key: str, block: str) -> ResponseReturnValue:
    """Say that a block's translation fits its source: it was read, or the change of the source does not touch it."""
    return _mark(slug, key, block)


@bp.post("/draft/<slug>/unit/<key>/reviewed")
@pages.needs(Action.WRITE_DRAFT)
def mark_heading(slug: str, key: str) -> ResponseReturnValue:
    """Say the same of the unit's heading."""
    return _mark(slug, key, "")


def _mark(slug: str, key: str, block: str) -> ResponseReturnValue:
    """Mark a thing as it was seen."""
    seen, _, how = request.form.get("mark", "").partition(" ")
    service.mark_block(UnitPlace(slug, key), block, seen, is_reviewed=how == "reviewed", by=pages.actor())
    return redirect(unit_address(slug, key, block or "heading"), 303)


@bp.route("/draft/<slug>/unit/<key>/block/<block>/copy", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def copy_block(slug: str, key: str, block: str) -> ResponseReturnValue:
    """Choose the unit that a block is copied to; every unit of the centre's drafts is one press away."""
    found = service.sheet(slug, key, viewer=pages.actor())
    if request.method == "POST":
        return _copied(UnitPlace(slug, key), block)
    block_in(found.document, key, block)
    return pages.render(
        "content/editor/copy.html", sheet=found, pair=found.pair(block), targets=service.targets(found.draft)
    )


def _copied(unit: UnitPlace, block: str) -> ResponseReturnValue:
    """Copy, and show the copy where it now stands."""
    slug, _, key = request.form.get("to", "").partition("/")
    if not key:
        raise NotFound
    made = service.copy_block(unit, block, UnitPlace(slug, key), by=pages.actor())
    pages.notify("ok", Message(N_("The block was copied here.")))
    return redirect(unit_address(slug, key, made), 303)


@bp.post("/draft/<slug>/unit/<key>/here")
@pages.needs(Action.WRITE_DRAFT)
def be_here(slug: str, key: str) -> ResponseReturnValue:
    """Say every now and then that somebody works on the unit; answers who else does."""
    return {"others": others_said(service.be_here(slug, key, by=pages.actor()))}


def others_said(names: Sequence[str]) -> str:
    """Who else is here, in a sentence; empty when nobody is."""
    if not names:
        return ""
    return pages.said(Message(N_("Also working here now: %(names)s"), names=", ".join(names)))
