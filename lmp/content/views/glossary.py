"""The glossary of a course: terms one by one, and whole tables of them. Each act is saved at once and can be undone."""

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.document.plans import Term
from lmp.content.editing import Place, Raw, Superseded, glossary, mark_of
from lmp.content.finding_words import said
from lmp.content.forms import plans as forms
from lmp.content.forms.sheet_fields import Faults, Shown
from lmp.content.models import Draft, Verb
from lmp.content.texts import LANGS
from lmp.content.views.asked import number as asked_number
from lmp.content.views.blueprint import bp
from lmp.content.views.sheets import revision_in
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.ids import new_id
from lmp.core.messages import N_, P_, Message
from lmp.web import pages, rows
from lmp.web.forms import SWITCH
from lmp.web.rows import Sheet, Typed

ENDPOINT = "content.terms"
#: Terms on one page; more are reached by searching or by the next page.
PAGE = 100


@bp.route("/draft/<slug>/glossary", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def terms(slug: str) -> ResponseReturnValue:
    """The glossary, for those who write the course."""
    found = service.draft_to_write(slug, by=pages.actor())
    document = service.raw_document(found)
    chosen = request.args.get("term", "")
    sheet = Sheet({})
    forms.TERM.show(_chosen(document, chosen), "", shown := Shown())
    sheet.values, sheet.wanted = shown.values, shown.wanted
    if request.method == "POST":
        sheet.values = rows.typed(request.form)
        act = request.form.get(rows.ACT, "save")
        if SWITCH not in request.form and act != "preview":
            try:
                return _done(slug, sheet.values, act, chosen)
            except Superseded as superseded:
                chosen = _beside(sheet, document, superseded)
            except RuleBroken as broken:
                _tell(sheet, broken)
    return _page(found, document, sheet, chosen), sheet.status


def _page(found: Draft, document: Raw, sheet: Sheet, chosen: str) -> str:
    """The terms, the form of one of them, and what a pasted table would add."""
    table = glossary.read_table(sheet.value("table"), document) if sheet.value("table") else None
    if request.form.get(rows.ACT) == "preview" and (table is None or not table.lines):
        _tell(sheet, RuleBroken(Message(N_("Paste the lines of a table first.")), "table"))
    return pages.render(
        "content/plans/glossary.html",
        **_shelf(document, request.args.get("q", ""), chosen),
        draft=found,
        slug=found.course.slug,
        title=service.readable_document(found).title,
        sheet=sheet,
        table=table,
        topic=ENDPOINT,
        finding_said=said,
        findings=[one for one in service.check_draft(found) if one.path[:1] == ("glossary",)],
        marks=[(mark_of(one), Bilingual(**one["term"])) for one in document.get("glossary", [])],
        gone=request.args.get("gone", ""),
        before=asked_number(request.args.get("before")),
        once=sheet.value("_once") or str(new_id()),
    )


def _chosen(document: Raw, chosen: str) -> Raw:
    """The term that is being edited; an empty one when it is a new one."""
    return next((one for one in document.get("glossary", []) if mark_of(one) == chosen), {})


def _beside(sheet: Sheet, document: Raw, superseded: Superseded) -> str:
    """What somebody else made of the term beside what was typed; answers its mark now, empty when it is not there."""
    sheet.status = superseded.status
    sheet.general = [superseded.message]
    words = {sheet.value(f"term-{lang}").strip().casefold() for lang in LANGS} - {""}
    for term in document.get("glossary", []):
        if words & {term["term"][lang].casefold() for lang in LANGS}:
            forms.TERM.compare(sheet.values, "", term, sheet.theirs)
            return mark_of(term)
    return ""


def _shelf(document: Raw, asked: str, chosen: str) -> dict[str, Any]:
    """One page of the terms that were asked for, with their marks."""
    found = glossary.in_order(glossary.matching(document.get("glossary", []), asked))
    start = next((place for place, one in enumerate(found) if mark_of(one) == chosen), None)
    after = asked_number(request.args.get("after")) or 0
    first = min(after, len(found)) if start is None else start // PAGE * PAGE
    return {
        "terms": [(mark_of(one), Term.model_validate(one)) for one in found[first : first + PAGE]],
        "count": len(found),
        "total": len(document.get("glossary", [])),
        "first": first,
        "next": first + PAGE if first + PAGE < len(found) else None,
        "previous": max(first - PAGE, 0) if first else None,
        "asked": asked,
        "chosen": chosen if start is not None else "",
    }


def _tell(sheet: Sheet, broken: RuleBroken) -> None:
    """What is to be repaired."""
    sheet.status = broken.status
    if broken.field:
        sheet.errors = {broken.field: [broken.message]}
    else:
        sheet.general = [broken.message]


def _done(slug: str, values: Typed, asked: str, chosen: str) -> ResponseReturnValue:
    """Do what a button asks for. Raises RuleBroken, Superseded, NotFound."""
    verb, _, name = asked.partition(":")
    if verb == "save":
        return _written(slug, values, chosen)
    if verb == "remove":
        edited = _edit(slug, Verb.REMOVE, lambda document: glossary.remove(document, name), name)
        return redirect(url_for(ENDPOINT, slug=slug, gone=name, before=edited.revision - 1), 303)
    if verb == "back":
        return _brought_back(slug, name)
    if verb == "all":
        return _all_added(slug, values)
    raise NotFound


def _edit(slug: str, verb: Verb, change: Callable[[Raw], object], mark: str = "") -> service.Edited:
    return service.edit(slug, change, service.Act(verb, Place("glossary", id=mark)), by=pages.actor())


def _written(slug: str, values: Typed, chosen: str) -> ResponseReturnValue:
    """A new term, or new words for the one that was chosen."""
    faults = Faults()

    def change(document: Raw) -> None:
        term: Raw = {}
        if chosen:
            term = {**document["glossary"][glossary.place_of(document, chosen)]}
        forms.TERM.read(values, "", term, faults)
        for name, sentences in faults.items():
            raise RuleBroken(sentences[0], name)
        if chosen:
            glossary.write(document, chosen, term)
        else:
            glossary.add(document, term)
        marks.append(mark_of(term))

    marks: list[str] = []
    _edit(slug, Verb.WRITE if chosen else Verb.ADD, change, chosen)
    pages.notify("ok", Message(N_("Saved.")))
    return redirect(url_for(ENDPOINT, slug=slug, q=request.args.get("q") or None, _anchor=f"term-{marks[0]}"), 303)


def _brought_back(slug: str, asked: str) -> ResponseReturnValue:
    """A removed term where it stood, from the revision before it went."""
    mark, _, number = asked.rpartition(".")
    earlier = service.revision_document(
        service.draft_to_write(slug, by=pages.actor()).course_id, revision_in(number) or 0
    )
    _edit(slug, Verb.RESTORE, lambda document: glossary.bring_back(document, earlier, mark), mark)
    pages.notify("ok", Message(N_("The term stands in the glossary again.")))
    return redirect(url_for(ENDPOINT, slug=slug, _anchor=f"term-{mark}"), 303)


def _all_added(slug: str, values: Typed) -> ResponseReturnValue:
    """The terms of a pasted table, in one act; lines that make no term stay out. Raises RuleBroken for a table without any."""
    added: list[int] = []

    def change(document: Raw) -> None:
        found = glossary.read_table(values.get("table", [""])[0], document).terms
        if not found:
            raise RuleBroken(Message(N_("No line of this table makes a new term.")), "table")
        document.setdefault("glossary", []).extend(found)
        added.append(len(found))

    _edit(slug, Verb.ADD, change)
    pages.notify("ok", Message(*P_("%(n)s term was added.", "%(n)s terms were added."), n=added[0]))
    return redirect(url_for(ENDPOINT, slug=slug), 303)
