"""Pages that edit a part of a course as one form: shown, reshaped, saved, and superseded with both texts kept."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.content import service
from lmp.content.document import Finding
from lmp.content.editing import Part, Place, Raw, Superseded, check_mark, mark_of
from lmp.content.finding_words import place_said, said
from lmp.content.forms.sheet_fields import Faults, Shown, Ticked
from lmp.content.forms.sheets import Fields
from lmp.content.models import Draft, Verb
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import normalise
from lmp.web import pages, rows
from lmp.web.forms import SWITCH
from lmp.web.rows import ACT, Reshaped, Sheet, Typed

SEEN = "seen"
#: What a button makes of a form and the document.
Reshape = Callable[[Typed, Raw], Reshaped]
#: Digits of the largest number of a revision.
LONGEST_NUMBER = 9


class Faulty(RuleBroken):
    """What was typed cannot be saved; `faults` says at which fields."""

    def __init__(self, faults: Faults) -> None:
        """Keep the sentences for the page."""
        super().__init__(next(iter(faults.values()))[0])
        self.faults = faults


@dataclass(frozen=True)
class Topic:
    """One part of a course with a page of its own."""

    endpoint: str
    template: str
    part: Part
    #: What the form shows of a document, and how its fields are read.
    holder: Callable[[Raw], Raw]
    fields: Callable[[Raw], Fields]
    #: Puts the changed part back; it may refuse with Faulty.
    put: Callable[[Raw, Raw, Typed], None]
    #: Where its findings begin, and what of their path stands in the names of the fields.
    covers: Callable[[tuple[str | int, ...]], tuple[str | int, ...] | None]
    fresh: Mapping[str, Typed] = field(default_factory=dict)
    #: Buttons of this page alone: their name → what they make of the form.
    acts: Mapping[str, Reshape] = field(default_factory=dict)


def answer(slug: str, topic: Topic, more: Callable[[Draft, Raw, Sheet], dict[str, Any]]) -> ResponseReturnValue:
    """The page of a part: GET shows it, a button reshapes it, sending it saves it."""
    found = service.draft_to_write(slug, by=pages.actor())
    document = service.raw_document(found)
    holder = topic.holder(document)
    seen, sheet = _seen(holder, found), _opened(topic, document, holder)
    if request.method == "POST":
        values = rows.typed(request.form)
        seen = values.pop(SEEN, [""])[0]
        sheet.values = values
        if SWITCH in request.form:
            sheet.is_reshaped = True
        elif request.form.get(ACT):
            _reshape(sheet, topic, document, request.form[ACT])
        else:
            try:
                return _saved(slug, topic, values, seen)
            except Superseded as superseded:
                _beside(sheet, topic, document, superseded)
                _take_theirs(sheet, topic, found, seen)
                seen = _seen(holder, found)
            except RuleBroken as broken:
                _tell(sheet, broken)
    page = pages.render(
        topic.template,
        draft=found,
        slug=slug,
        title=service.readable_document(found).title,
        source=document["source"],
        sheet=sheet,
        seen=seen,
        findings=_findings(found, topic, sheet),
        topic=topic.endpoint,
        **more(found, document, sheet),
    )
    return page, sheet.status


def _seen(holder: Raw, found: Draft) -> str:
    """What a form carries to say what it showed: the mark of the part, and the revision of the draft."""
    return f"{mark_of(holder)}.{found.revision}"


def _opened(topic: Topic, document: Raw, holder: Raw) -> Sheet:
    """The form as it opens; the address may ask for a folded row to be open."""
    shown = Shown()
    topic.fields(document).show(holder, "", shown)
    return Sheet(shown.values, wanted=shown.wanted, focus=request.args.get("open", ""))


def _reshape(sheet: Sheet, topic: Topic, document: Raw, act: str) -> None:
    """Do what a button asks for; nothing is saved."""
    own = topic.acts.get(act)
    made = own(sheet.values, document) if own else rows.reshape(sheet.values, act, topic.fresh)
    sheet.values, sheet.focus, sheet.is_reshaped = made.values, made.focus, True


def _saved(slug: str, topic: Topic, values: Typed, seen: str) -> ResponseReturnValue:
    """Save what was typed on top of what was seen. Raises Superseded, Faulty, RuleBroken."""

    def change(document: Raw) -> None:
        before = topic.holder(document)
        check_mark(before, seen.partition(".")[0])
        after, faults = copy.deepcopy(before), Faults()
        topic.fields(document).read(values, "", after, faults)
        if faults:
            raise Faulty(faults)
        if after != before or any(name.endswith("-instead") for name in values):
            topic.put(document, after, values)

    edited = service.edit(slug, change, service.Act(Verb.WRITE, Place(topic.part)), by=pages.actor())
    if edited.changed:
        pages.notify("ok", Message(N_("Saved.")))
    else:
        pages.notify("info", Message(N_("Nothing was different, so nothing was saved.")))
    return redirect(url_for(topic.endpoint, slug=slug), 303)


def _beside(sheet: Sheet, topic: Topic, document: Raw, superseded: Superseded) -> None:
    """Both texts beside each other, so that saving again is on purpose."""
    topic.fields(document).compare(sheet.values, "", topic.holder(document), sheet.theirs)
    sheet.general.append(superseded.message)
    sheet.status = superseded.status


def _take_theirs(sheet: Sheet, topic: Topic, found: Draft, seen: str) -> None:
    """Where only somebody else wrote since the page was opened, their words take the place of the old ones."""
    number = revision_in(seen.partition(".")[2])
    if number is None or number >= found.revision:
        return
    earlier = service.revision_document(found.course_id, number)
    opened = _opened(topic, earlier, topic.holder(earlier)).values
    for name, there in list(sheet.theirs.items()):
        mine = [normalise(word) for word in sheet.values.get(name, [])]
        if not isinstance(there, Ticked) and mine and mine == opened.get(name):
            sheet.values[name] = [there]
            del sheet.theirs[name]


def _tell(sheet: Sheet, broken: RuleBroken) -> None:
    """What is to be repaired."""
    sheet.status = broken.status
    if isinstance(broken, Faulty):
        sheet.errors = broken.faults
    elif isinstance(broken, service.NotWritable):
        sheet.general = [message for _, message in broken.places]
    else:
        sheet.general = [broken.message]


@dataclass(frozen=True, slots=True)
class Said:
    """A finding as the page says it: its sentence, its place in words, and the address of the field."""

    finding: Finding
    message: Message
    place: list[Message]
    url: str


def _findings(found: Draft, topic: Topic, sheet: Sheet) -> list[Said]:
    """The findings of this part, those that stop publication first."""
    mine = [(one, path) for one in service.check_draft(found) if (path := topic.covers(one.path)) is not None]
    mine.sort(key=lambda pair: pair[0].severity != "error")
    return [
        Said(one, said(one), place_said(found.document, one.path), _address(found, topic, sheet, path))
        for one, path in mine
    ]


def _address(found: Draft, topic: Topic, sheet: Sheet, path: tuple[str | int, ...]) -> str:
    """Where a finding is repaired: its field, else the row or list it stands in."""
    for length in range(len(path), 0, -1):
        name = "-".join(str(part) for part in path[:length])
        if name in sheet.values:
            return _page(found, topic, path[:length], name)
        if f"{name}-tr" in sheet.values:
            return _page(found, topic, path[:length], f"{name}-tr")
        if f"{name}-{rows.KEY}" in sheet.values or rows.tokens(sheet.values, name):
            return _page(found, topic, path[:length], f"row-{name}")
    return _page(found, topic, (), "sheet")


def _page(found: Draft, topic: Topic, path: tuple[str | int, ...], anchor: str) -> str:
    """The page with the row open in which the field stands."""
    folded = "-".join(str(part) for part in path[:2]) if len(path) > 2 and isinstance(path[1], int) else None
    return url_for(topic.endpoint, slug=found.course.slug, open=folded, _anchor=anchor)


def revision_in(text: str) -> int | None:
    """The number of a revision as a form brings it; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else None
