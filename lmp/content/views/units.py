"""The units of a course in their order. Each act is saved at once and can be undone."""

from collections.abc import Callable

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.editing import Place, Raw, units
from lmp.content.forms import plans as forms
from lmp.content.forms.sheet_fields import Faults
from lmp.content.models import Verb
from lmp.content.views import asked
from lmp.content.views.blueprint import bp
from lmp.content.views.sheets import revision_in
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.ids import new_id
from lmp.core.messages import N_, Message
from lmp.web import pages, rows
from lmp.web.forms import SWITCH
from lmp.web.rows import Sheet, Typed

_Change = Callable[[Raw], object]


@bp.route("/draft/<slug>/unit", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def unit_list(slug: str) -> ResponseReturnValue:
    """The units of a course, for those who write it."""
    found = service.draft_to_write(slug, by=pages.actor())
    sheet = Sheet({})
    if request.method == "POST":
        sheet.values = rows.typed(request.form)
        if SWITCH not in request.form:
            try:
                return _done(slug, sheet.values, request.form.get(rows.ACT, "add"))
            except RuleBroken as broken:
                sheet.status = broken.status
                sheet.errors, sheet.general = (
                    ({broken.field: [broken.message]}, []) if broken.field else ({}, [broken.message])
                )
    page = pages.render(
        "content/plans/units.html",
        draft=found,
        slug=slug,
        title=service.readable_document(found).title,
        units=service.draft_outline(found),
        minutes=service.readable_document(found).minutes.online,
        sheet=sheet,
        topic="content.unit_list",
        once=sheet.value("_once") or str(new_id()),
        edit_url=lambda key: _edit_url(slug, key),
        gone=request.args.get("gone", ""),
        before=asked.number(request.args.get("before")),
    )
    return page, sheet.status


def _edit_url(slug: str, key: str) -> str:
    """Where a unit is written."""
    return url_for("content.edit_unit", slug=slug, key=key)


def _done(slug: str, values: Typed, asked: str) -> ResponseReturnValue:
    """Do what a button asks for. Raises RuleBroken, NotFound."""
    verb, _, key = asked.partition(":")
    if verb == "add":
        return _added(slug, values)
    if verb == "back":
        return _brought_back(slug, key)
    acts: dict[str, tuple[Verb, _Change]] = {
        "up": (Verb.MOVE, lambda document: units.move(document, key, -1)),
        "down": (Verb.MOVE, lambda document: units.move(document, key, 1)),
        "copy": (Verb.COPY, lambda document: units.duplicate(document, key)),
        "remove": (Verb.REMOVE, lambda document: units.remove(document, key)),
    }
    if verb not in acts:
        raise NotFound
    edited = service.edit(slug, acts[verb][1], service.Act(acts[verb][0], Place("unit", key)), by=pages.actor())
    if verb == "remove":
        return redirect(url_for("content.unit_list", slug=slug, gone=key, before=edited.revision - 1), 303)
    if verb == "copy":
        pages.notify("ok", Message(N_("The unit was copied. Its questions are new ones.")))
    return redirect(url_for("content.unit_list", slug=slug, _anchor=f"unit-{key}"), 303)


def _added(slug: str, values: Typed) -> ResponseReturnValue:
    """A new unit. Raises RuleBroken for one without a title."""
    made: Raw = {}
    faults = Faults()
    forms.TITLE.read(values, "", made, faults)
    for name, sentences in faults.items():
        raise RuleBroken(sentences[0], name)
    if not any(made["title"].values()):
        raise RuleBroken(Message(N_("Write what the unit is called.")), "title-tr")
    keys: list[str] = []
    act = service.Act(Verb.ADD, Place("units"))
    service.edit(slug, lambda document: keys.append(units.add(document, made["title"])), act, by=pages.actor())
    pages.notify("ok", Message(N_("The unit was added. Write its texts in the editor.")))
    return redirect(url_for("content.unit_list", slug=slug, _anchor=f"unit-{keys[0]}"), 303)


def _brought_back(slug: str, asked: str) -> ResponseReturnValue:
    """A removed unit where it stood, from the revision before it went. Raises NotFound, RuleBroken."""
    key, _, number = asked.rpartition(".")
    earlier = service.revision_document(
        service.draft_to_write(slug, by=pages.actor()).course_id, revision_in(number) or 0
    )
    act = service.Act(Verb.RESTORE, Place("unit", key))
    service.edit(slug, lambda document: units.bring_back(document, earlier, key), act, by=pages.actor())
    pages.notify("ok", Message(N_("The unit stands where it stood.")))
    return redirect(url_for("content.unit_list", slug=slug, _anchor=f"unit-{key}"), 303)
