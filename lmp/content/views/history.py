"""Every saved state of a draft and every version: what changed, when, by whom; and how to come back to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service, sittings
from lmp.content.differences import Difference
from lmp.content.models import Draft, Verb
from lmp.content.naming import Names
from lmp.content.service import CourseState, RevisionRow
from lmp.content.views import asked
from lmp.content.views.blueprint import bp
from lmp.content.views.comparing import grouped, shortened
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.web import pages
from lmp.web.forms import OnceForm

#: Saved states on one page of the history.
ROWS = 100
_VERBS = {
    Verb.IMPORT: N_("Imported from files"),
    Verb.CREATE: N_("Course created"),
    Verb.WRITE: N_("Written: %(place)s"),
    Verb.ADD: N_("Added: %(place)s"),
    Verb.MOVE: N_("Moved: %(place)s"),
    Verb.COPY: N_("Copied: %(place)s"),
    Verb.REMOVE: N_("Removed: %(place)s"),
    Verb.RESTORE: N_("Returned to an earlier state"),
}
_PLACES = {
    "course": N_("course details"),
    "units": N_("list of the units"),
    "unit": N_("unit “%(unit)s”"),
    "block": N_("%(thing)s of the unit “%(unit)s”"),
    "question": N_("%(thing)s of the unit “%(unit)s”"),
    "outcomes": N_("outcomes"),
    "glossary": N_("glossary"),
    "workplace": N_("workplace plan"),
    "meeting": N_("meeting plan"),
    "practical": N_("practical test"),
    "policy": N_("completion rules"),
    "sources": N_("sources"),
    "test": N_("test before and after"),
}


#: What is not in the draft any more has no words to be called by.
_GONE = {"block": N_("a block"), "question": N_("a question")}


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states beside each other: what they are called and what differs."""

    #: None where there was nothing before; then everything is new and nothing is compared.
    before: Message | None
    after: Message
    found: list[Difference]


@bp.get("/draft/<slug>/history")
@pages.needs(Action.SEE_DRAFT)
def history(slug: str) -> ResponseReturnValue:
    """The saved states of a draft, by day and sitting; `before` continues after the last one seen."""
    found = service.see_draft(slug, viewer=pages.actor())
    before = asked.number(request.args.get("before"))
    rows = service.revision_rows(found.course_id, before=before, limit=ROWS + 1)
    shown = rows[:ROWS]
    names = Names(found.document)
    return pages.render(
        "content/history/history.html",
        draft=found,
        document=service.readable_document(found),
        days=sittings.days(shown),
        older=shown[-1].number if len(rows) > ROWS else None,
        before=before,
        versions=service.history(found.course_id) if before is None else [],
        said=lambda rows: _said(rows, names),
    )


def _said(rows: Sequence[RevisionRow], names: Names) -> list[Message]:
    """What was done in some saved states, each thing once, the newest first."""
    return list(dict.fromkeys(said_act(row, names) for row in rows))


def said_act(row: RevisionRow, names: Names) -> Message:
    """What somebody did, in a sentence; units and what is in them are called by their words of today."""
    place = row.place
    thing = names.thing(place.unit, place.part, place.id) or Message(_GONE.get(place.part, place.id))
    return Message(
        _VERBS[row.verb], place=Message(_PLACES[place.part], unit=names.unit(place.unit) or place.unit, thing=thing)
    )


@bp.route("/draft/<slug>/history/<int:number>", methods=["GET", "POST"])
@pages.needs(Action.SEE_DRAFT)
def revision(slug: str, number: int) -> ResponseReturnValue:
    """One saved state beside another one, and the button that returns to it."""
    found = service.see_draft(slug, viewer=pages.actor())
    row = next(iter(service.revision_rows(found.course_id, before=number + 1, limit=1)), None)
    if row is None or row.number != number:
        raise NotFound
    form = OnceForm()
    if form.sent():
        try:
            edited = service.restore(slug, number, by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", _restored(number, edited))
            return redirect(url_for("content.revision", slug=slug, number=edited.revision), 303)
    other = request.args.get("with", "before")
    compared = _with_revision(found, number, other)
    after = compared.found
    return pages.render(
        "content/history/revision.html",
        form=form,
        draft=found,
        document=service.readable_document(found),
        row=row,
        sentence=said_act(row, Names(found.document)),
        other=other,
        compared=compared,
        groups=grouped(shortened(after), service.readable_document(found)),
        left_out=len(after) - len(shortened(after)),
        may_write=pages.may(Action.WRITE_DRAFT, found),
    ), form.status


def _restored(number: int, edited: service.Edited) -> Message:
    """What to say when a draft has returned to an earlier state."""
    if not edited.changed:
        return Message(N_("The draft already says what revision %(number)s says."), number=number)
    return Message(
        N_("The draft says again what revision %(number)s says. This is revision %(now)s; nothing before it was lost."),
        number=number,
        now=edited.revision,
    )


def _with_revision(found: Draft, number: int, other: str) -> Compared:
    """A saved state beside the one before it, the draft of now, or another one by number; the older one first."""
    this = service.revision_state(found.course_id, number)
    name = _revision_name(number)
    if other == "now":
        return Compared(name, Message(N_("Now")), service.compare(this, service.draft_state(found)))
    beside = int(other) if other.isascii() and other.isdecimal() and len(other) < 9 else number - 1
    if beside < 1:
        return Compared(None, name, [])
    that = service.revision_state(found.course_id, beside)
    if beside > number:
        return Compared(name, _revision_name(beside), service.compare(this, that))
    return Compared(_revision_name(beside), name, service.compare(that, this))


def _revision_name(number: int) -> Message:
    """What a saved state is called above its side."""
    return Message(N_("Revision %(number)s"), number=number)


@bp.route("/draft/<slug>/version/<int:number>", methods=["GET", "POST"])
@pages.needs(Action.SEE_DRAFT)
def version(slug: str, number: int) -> ResponseReturnValue:
    """A published version beside the draft or another version, and the button that returns to it."""
    found = service.see_draft(slug, viewer=pages.actor())
    shown = service.numbered_version(found.course_id, number)
    form = OnceForm()
    if form.sent():
        try:
            service.roll_back(slug, number, by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(_ROLLED_BACK, number=number))
            return redirect(url_for("content.review", slug=slug), 303)
    other = request.args.get("with", "draft")
    compared = _with_version(found, service.version_state(shown), number, other)
    rows = service.history(found.course_id)
    return pages.render(
        "content/history/version.html",
        form=form,
        draft=found,
        document=service.readable_document(found),
        version=next(row for row in rows if row.number == number),
        versions=rows,
        other=other,
        compared=compared,
        groups=grouped(shortened(compared.found), service.readable_document(found)),
        left_out=len(compared.found) - len(shortened(compared.found)),
        is_draft=shown.hash == found.hash,
        may_write=pages.may(Action.WRITE_DRAFT, found),
    ), form.status


_ROLLED_BACK = N_(
    "The draft says again what version %(number)s says. Versions never change: once somebody else has published it, "
    "it is the next version."
)


def _with_version(found: Draft, this: CourseState, number: int, other: str) -> Compared:
    """A version beside the draft or another version, the older one first. Raises NotFound."""
    name = _version_name(number)
    if not (other.isascii() and other.isdecimal() and len(other) < 9):
        return Compared(name, Message(N_("Draft")), service.compare(this, service.draft_state(found)))
    that = service.version_state(service.numbered_version(found.course_id, int(other)))
    if int(other) < number:
        return Compared(_version_name(int(other)), name, service.compare(that, this))
    return Compared(name, _version_name(int(other)), service.compare(this, that))


def _version_name(number: int) -> Message:
    """What a version is called above its side."""
    return Message(N_("Version %(number)s"), number=number)
