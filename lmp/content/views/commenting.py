"""What is said about a draft, on the pages where one says it: writing it, and finding what belongs beside a block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from lmp.access import Action
from lmp.content import service
from lmp.content.editing import PARTS, Place, Raw
from lmp.content.forms.review import CommentForm
from lmp.content.models import Draft
from lmp.content.service import Sheet, Thread
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.ids import new_id, parse_id
from lmp.core.messages import N_, Message
from lmp.web import pages

_DONE = {
    "comment": Message(N_("Comment saved.")),
    "answer": Message(N_("Answer saved.")),
    "resolve": Message(N_("The comment is settled.")),
    "reopen": Message(N_("The comment is open again.")),
}


def say(found: Draft, form: CommentForm, unit: str, act: str) -> Message | None:
    """Write a comment or an answer, or settle one; answers the sentence that says it is done.

    None where the form has to be shown again with what is wrong. Raises NotFound.
    """
    place, by = place_said(form, unit), pages.actor()
    try:
        if act in ("resolve", "reopen"):
            service.resolve(found, _asked(form), by=by, done=act == "resolve")
        elif not form.sent():
            return None
        elif act == "answer":
            service.answer(found, _asked(form), text=form.text.data or "", by=by)
        else:
            service.comment(found, place, text=form.text.data or "", lang=form.about.data or "", by=by)
    except RuleBroken as broken:
        form.show(broken)
        return None
    return _DONE.get(act, _DONE["comment"])


def _asked(form: CommentForm) -> UUID:
    """The comment that is answered or settled. Raises NotFound."""
    found = parse_id(form.answers.data or "")
    if found is None:
        raise NotFound
    return found


def place_said(form: CommentForm, unit: str) -> Place:
    """What the form is about. Raises NotFound for a part that no draft has."""
    part = next((one for one in PARTS if one == form.part.data), None)
    if part is None:
        raise NotFound
    return Place(part, unit, form.thing.data or "")


def may_comment(found: Draft) -> bool:
    """Whether one may say something about a draft now: one has the right, and somebody has asked for a review."""
    return pages.may(Action.COMMENT_DRAFT, found) and service.may_comment(found)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open comment in the list beside the editor; `number` is the place of its block, nought for anything else."""

    thread: Thread
    block: str
    number: int


@dataclass(frozen=True)
class Talk:
    """What is said about a unit and its questions, for the pages on which they are written."""

    #: Where the forms post.
    address: str
    threads: Mapping[tuple[str, str], list[Thread]]
    waiting: Sequence[Waiting]
    #: Questions that no block asks, and what is not there any more.
    apart: Mapping[str, list[Thread]]
    gone: Sequence[Thread]
    may: bool
    #: The form that came back with errors.
    failed: CommentForm | None = None

    def at(self, part: str, thing: str = "") -> list[Thread]:
        """What is said at a thing of the unit."""
        return self.threads.get((part, thing), [])

    def key(self) -> str:
        """A key for a form that creates."""
        return str(new_id())


def talk_about(found: Sheet, failed: CommentForm | None = None) -> Talk:
    """What is said about a unit of a draft since its newest published version."""
    key, unit = found.unit["key"], found.unit
    threads = service.at_places(service.threads(found.draft.course_id), key)
    spots = {place: spot_of(unit, *place) for place in threads}
    return Talk(
        address=url_for("content.comment_unit", slug=found.slug, key=key),
        threads=threads,
        waiting=_waiting(threads, spots),
        apart={name: threads["question", name] for (part, name), spot in spots.items() if spot == ("", -1)},
        gone=[one for place, spot in spots.items() if spot is None for one in threads[place]],
        may=may_comment(found.draft),
        failed=failed,
    )


def spot_of(unit: Raw, part: str, name: str) -> tuple[str, int] | None:
    """The block at which something is said, with its number (nought: the heading); None where it is not there any more.

    A question that no block asks has no block, and the number −1.
    """
    names = [block["id"] for block in unit["blocks"]]
    if part == "unit":
        return "heading", 0
    if part == "block":
        return (name, names.index(name) + 1) if name in names else None
    asking = next((block["id"] for block in unit["blocks"] if block.get("ask") == name), None)
    if asking is not None:
        return asking, names.index(asking) + 1
    return ("", -1) if any(one["key"] == name for one in unit.get("questions", [])) else None


def _waiting(
    threads: Mapping[tuple[str, str], list[Thread]], spots: Mapping[tuple[str, str], tuple[str, int] | None]
) -> list[Waiting]:
    """The open comments in the order of the page."""
    found = [
        Waiting(one, *spot)
        for place, spot in spots.items()
        if spot is not None
        for one in threads[place]
        if one.is_open
    ]
    return sorted(found, key=lambda one: (one.number < 0, one.number))
