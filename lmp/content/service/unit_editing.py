"""Writing one unit: its heading, its blocks, and what is said of their translation."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lmp.access import Action, Actor, require
from lmp.content.editing import Place, Raw, blocks, carrying, marks
from lmp.content.editing import fields as forms
from lmp.content.editing.pairs import heading_of
from lmp.content.editing.panel import thing_of
from lmp.content.editing.places import block_in, check_mark, unit_in
from lmp.content.models import Draft, Verb
from lmp.content.service import drafts, media, presence, revisions
from lmp.content.service.bank import origin_of_copy
from lmp.content.service.editing import Edited, edit
from lmp.content.service.revisions import Act
from lmp.content.texts import LANGS, Lang
from lmp.core import files
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message

#: What a new block of a kind says before anybody has written in it.
_EMPTY: dict[str, Raw] = {
    "text": {"kind": "text", "body": {"tr": "", "en": ""}},
    "task": {"kind": "task", "minutes": 10, "title": {"tr": "", "en": ""}, "text": {"tr": "", "en": ""}},
    "safety": {"kind": "note", "tone": "safety", "title": {"tr": "", "en": ""}, "text": {"tr": "", "en": ""}},
    "tip": {"kind": "note", "tone": "tip", "title": {"tr": "", "en": ""}, "text": {"tr": "", "en": ""}},
}
ADDED = tuple(_EMPTY)


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A unit of a course by the course's slug and the unit's key."""

    slug: str
    key: str

    def block(self, block: str) -> Place:
        """One of its blocks."""
        return Place("block", self.key, block)


def write_block(
    unit: UnitPlace, block: str, values: Mapping[str, Any], seen: Mapping[str, str], *, by: Actor
) -> Edited:
    """Write fields of a block, those only that the writer changed.

    Raises TextsSuperseded with both texts where somebody else has changed the same field since `seen`, NotWritable, NotFound,
    NotAllowed.
    """

    def change(document: Raw) -> None:
        found = block_in(document, unit.key, block)
        _write(found, forms.fields_of(found), values, seen, document["source"])
        if found["kind"] == "image" and not any((found.get("caption") or {}).values()):
            found.pop("caption", None)

    done = edit(unit.slug, change, Act(Verb.WRITE, unit.block(block), _langs(values)), by=by)
    presence.note(done.draft, unit.key, by)
    return done


def write_heading(unit: UnitPlace, values: Mapping[str, Any], seen: Mapping[str, str], *, by: Actor) -> Edited:
    """Write the title, summary, minutes, outcomes and quiz of a unit; raises as `write_block` does."""

    def change(document: Raw) -> None:
        found = unit_in(document, unit.key)
        fields = forms.heading_fields(document["outcomes"], found["outcomes"])
        _write(found, fields, _with_quiz(found, values), seen, document["source"])

    done = edit(unit.slug, change, Act(Verb.WRITE, Place("unit", unit.key), _langs(values)), by=by)
    presence.note(done.draft, unit.key, by)
    return done


def _write(
    thing: Raw, fields: Sequence[forms.Field], values: Mapping[str, Any], seen: Mapping[str, str], source: Lang
) -> None:
    """Write what was changed into a thing."""
    changed, marked = forms.touched(thing, fields, values, seen)
    blocks.write_thing(thing, changed, marked, source)


def _with_quiz(unit: Raw, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a heading's form, the quiz as the document keeps it: there with all it needs, or not at all."""
    kept = dict(values)
    has_quiz = kept.pop(forms.HAS_QUIZ.name, unit.get("quiz") is not None)
    if has_quiz:
        return kept
    rest = {name: value for name, value in kept.items() if not name.startswith("quiz.")}
    return rest | ({"quiz": None} if unit.get("quiz") is not None else {})


def _langs(values: Mapping[str, Any]) -> tuple[Lang, ...]:
    """The languages somebody wrote in."""
    return tuple(lang for lang in LANGS if any(name.endswith(f".{lang}") for name in values))


def add_block(unit: UnitPlace, kind: str, after: str | None, *, by: Actor) -> str:
    """Add an empty block of a kind behind another one (None: at the end); answers its id. Raises NotFound, NotAllowed."""
    if kind not in _EMPTY:
        raise NotFound
    made: list[str] = []

    def change(document: Raw) -> None:
        made.append(blocks.add(document, unit.key, copy.deepcopy(_EMPTY[kind]), after))

    edit(unit.slug, change, Act(Verb.ADD, unit.block(kind), LANGS), by=by)
    return made[0]


def move_block(unit: UnitPlace, block: str, step: int, *, by: Actor) -> Edited:
    """Move a block so many places down, or up where the number is negative."""
    return edit(
        unit.slug,
        lambda document: blocks.move(document, unit.key, block, step),
        Act(Verb.MOVE, unit.block(block)),
        by=by,
    )


def duplicate_block(unit: UnitPlace, block: str, *, by: Actor) -> str:
    """Put a copy of a block behind it; answers the id of the copy. Raises NotFound, NotAllowed."""
    made: list[str] = []
    draft = drafts.draft(unit.slug)
    require(by, Action.WRITE_DRAFT, draft)
    origin = _origin(draft, unit.key, block)

    def change(document: Raw) -> None:
        made.append(blocks.duplicate(document, unit.key, block, origin))

    edit(unit.slug, change, Act(Verb.COPY, unit.block(block), LANGS), by=by)
    return made[0]


def _origin(draft: Draft, key: str, block: str) -> str:
    """The question of the centre's bank that the question of a block belongs to; empty for anything else."""
    unit = unit_in(draft.document, key)
    found = block_in(draft.document, key, block)
    thing = thing_of(unit, found) if found["kind"] == "question" else None
    return origin_of_copy(draft.course, thing) if thing is not None else ""


def remove_block(unit: UnitPlace, block: str, *, by: Actor) -> int:
    """Take a block out; answers the revision in which it still stood."""
    done = edit(
        unit.slug,
        lambda document: blocks.remove(document, unit.key, block),
        Act(Verb.REMOVE, unit.block(block), LANGS),
        by=by,
    )
    return done.revision - 1


def put_back(unit: UnitPlace, block: str, number: int, *, by: Actor) -> Edited:
    """Put a removed block back to where it stood in an earlier revision; what others did since stays.

    Raises NotFound where that revision has no such block.
    """
    draft = drafts.draft(unit.slug)
    require(by, Action.WRITE_DRAFT, draft)
    then = revisions.revision_document(draft.course_id, number)
    kept = revisions.revision(draft.course_id, number).media
    brought = [_carried(name, name, kept) for name in carrying.files_of(block_in(then, unit.key, block))]
    return edit(
        unit.slug,
        lambda document: carrying.put_back(document, then, unit.key, block),
        Act(Verb.RESTORE, unit.block(block), LANGS),
        by=by,
        files=brought,
    )


def copy_block(unit: UnitPlace, block: str, to: UnitPlace, *, by: Actor) -> str:
    """Copy a block with its question and files to the end of another unit, also of another course of the same centre.

    Answers the id of the copy. Raises NotFound, NotAllowed, RuleBroken for another centre's course.
    """
    source = drafts.draft(unit.slug)
    require(by, Action.WRITE_DRAFT, source)
    target = drafts.draft(to.slug)
    require(by, Action.WRITE_DRAFT, target)
    if target.course.centre_id != source.course.centre_id:
        raise RuleBroken(Message(N_("A block is copied within one centre only.")))
    found = block_in(source.document, unit.key, block)
    questions = unit_in(source.document, unit.key).get("questions", [])
    brought, made = _files_for(found, source, target), list[str]()
    origin = _origin(source, unit.key, block)

    def change(document: Raw) -> None:
        copied = carrying.with_files(found, {name: one.name for name, one in brought.items()})
        made.append(blocks.copy_to(document, to.key, copied, questions, after=None, origin=origin))

    edit(to.slug, change, Act(Verb.COPY, to.block(block), LANGS), by=by, files=list(brought.values()))
    return made[0]


def _files_for(block: Raw, source: Draft, target: Draft) -> dict[str, media.Checked]:
    """The files of a block as another draft will keep them, by their old names; another file's name is not taken."""
    brought: dict[str, media.Checked] = {}
    for name in carrying.files_of(block):
        there = target.media.get(name)
        is_same = there is None or there["sha256"] == media.medium_of(source, name).sha256
        brought[name] = _carried(name, name if is_same else _free_name(name, target), source.media)
    return brought


def _carried(name: str, free: str, kept: Mapping[str, Any]) -> media.Checked:
    """A file that was looked at when it came in, under the name it will have. Raises NotFound."""
    medium = media.as_medium(kept[name]) if name in kept else None
    if medium is None:
        raise NotFound
    return media.Checked(free, medium, files.store().read(medium.sha256), media.read_medium(medium))


def _free_name(name: str, draft: Draft) -> str:
    """A name like this one that no file of a draft has."""
    stem, dot, kind = name.rpartition(".")
    return next(free for n in range(2, 1000) if (free := f"{stem}-{n}{dot}{kind}") not in draft.media)


def mark_block(unit: UnitPlace, block: str, seen: str, *, is_reviewed: bool, by: Actor) -> Edited:
    """Say of a block ("": of the heading) that its translation fits the source as it stands now.

    `is_reviewed`: somebody has read it in full; else it stays as far as it was. `seen` marks what the person read. Raises
    Superseded where that has changed since, NotFound, NotAllowed.
    """

    def change(document: Raw) -> None:
        found = unit_in(document, unit.key)
        thing = thing_of(found, block_in(document, unit.key, block)) if block else found
        if thing is None:
            raise NotFound
        check_mark(thing if block else heading_of(thing), seen)
        was = (thing.get("translation") or {}).get("state", "draft")
        marks.mark_translation(thing, document["source"], "reviewed" if is_reviewed else was)

    place = unit.block(block) if block else Place("unit", unit.key)
    return edit(unit.slug, change, Act(Verb.WRITE, place, ("en",)), by=by)
