"""Writing a draft in the browser: one door for every change, on the newest document, kept as a revision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import update

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.content.document.canonical import hash_of_parts
from lmp.content.document.tree import Path
from lmp.content.editing import Place, Raw, carrying
from lmp.content.editing.checking import Valid, checked
from lmp.content.editing.exact import copied
from lmp.content.files.problems import path_in
from lmp.content.files.wording import sentence_of
from lmp.content.models import Draft, Verb
from lmp.content.service import comparing, drafts, media, revisions, states
from lmp.content.service.media import Checked
from lmp.content.service.revisions import Act
from lmp.core import clock, db
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.network import service as network

#: What lists of courses show and filter by.
_DESCRIBED = ("shape", "title", "fields")


class NotWritable(RuleBroken):
    """The schema refuses what was written; `places` names every part it refuses with the sentence for it."""

    def __init__(self, places: Sequence[tuple[Path, Message]]) -> None:
        """The first sentence stands for all."""
        super().__init__(places[0][1])
        self.places = tuple(places)


@dataclass(frozen=True, slots=True)
class Edited:
    """What a change left: the draft, what it says now (not to be changed), whether anything changed, its revision."""

    draft: Draft
    document: Raw
    changed: bool
    revision: int


def raw_document(draft: Draft) -> Raw:
    """What a draft says in its JSON form, yours to change."""
    document: Raw = copied(states.state_of(draft).document)
    return document


def edit(slug: str, change: Callable[[Raw], object], act: Act, *, by: Actor, files: Sequence[Checked] = ()) -> Edited:
    """Let `change` act on the newest document of a draft, whoever wrote it, and keep the result as a revision.

    `files` are those that the change names for the first time. The draft is held from here to the end of the transaction, so
    that two people who write at once in different places do not disturb each other. Raises what `change` raises,
    NotWritable for what the schema refuses, NotFound, NotAllowed.
    """
    draft = drafts.draft(slug)
    require(by, Action.WRITE_DRAFT, draft)
    _hold(draft)
    after = raw_document(draft)
    change(after)
    return _save(draft, after, act, by, {**draft.media, **_kept(draft, files)})


def restore(slug: str, number: int, *, by: Actor) -> Edited:
    """Make a draft what it was at one time, as a new revision. Raises NotFound, NotAllowed."""
    draft = drafts.draft(slug)
    require(by, Action.WRITE_DRAFT, draft)
    _hold(draft)
    after = revisions.revision_document(draft.course_id, number)
    pool = {**draft.media, **revisions.revision(draft.course_id, number).media}
    return _save(draft, after, Act(Verb.RESTORE, Place("course")), by, pool)


def roll_back(slug: str, number: int, *, by: Actor) -> Edited:
    """Make a draft what a published version says, with its files, as a new revision; publishing it makes the next version.

    Raises NotFound, NotAllowed.
    """
    draft = drafts.draft(slug)
    require(by, Action.WRITE_DRAFT, draft)
    version = comparing.numbered_version(draft.course_id, number)
    _hold(draft)
    act = Act(Verb.RESTORE, Place("course"))
    edited = _save(draft, version.document, act, by, {**draft.media, **version.media})
    if edited.changed:
        audit.record(by, "content.rolled_back", draft.course, number=number, revision=edited.revision)
    return edited


def _hold(draft: Draft) -> None:
    """Wait until nobody else is writing this draft, then read it as it is now."""
    session = db.session()
    held = update(Draft).where(Draft.course_id == draft.course_id).values(revision=Draft.revision)
    session.execute(held.execution_options(synchronize_session=False))
    session.refresh(draft, ["revision", "hash", "media", "author_id", "saved_at"])
    session.expire(draft, ["document"])


def _kept(draft: Draft, files: Sequence[Checked]) -> dict[str, dict[str, str]]:
    """New files, stored."""
    return media.keep(draft.course, list(files)) if files else {}


def _save(draft: Draft, after: Raw, act: Act, by: Actor, pool: Mapping[str, Any]) -> Edited:
    """Write the draft and keep the revision, unless nothing changed. What `after` shares with the draft costs nothing."""
    before = states.state_of(draft)
    valid = _validated(before.document, after)
    state, used = before.followed_by(valid.raw), _used(valid.raw, pool)
    hashed = hash_of_parts(valid.raw, state.pieces, {name: medium["sha256"] for name, medium in used.items()})
    if hashed == draft.hash:
        return Edited(draft, before.document, changed=False, revision=draft.revision)
    if (valid.read.slug, valid.read.centre) != (draft.course.slug, draft.course.centre.slug):
        raise ValueError("an edit never moves a course")
    draft.document, draft.media = valid.raw, used
    draft.hash, draft.revision = hashed, draft.revision + 1
    draft.author_id, draft.saved_at = by.id, clock.now()
    _describe(draft, before.document, valid)
    revisions.keep(draft, act, before.document)
    audit.record(by, "content.draft_saved", draft.course, revision=draft.revision, hash=hashed)
    db.session().flush()
    states.keep(hashed, state)
    return Edited(draft, valid.raw, changed=True, revision=draft.revision)


def _describe(draft: Draft, before: Raw, valid: Valid) -> None:
    """Let lists show what the draft of a course says that has no version yet, where that is something else than before."""
    if draft.course.current_version_id is None and any(valid.raw[name] != before[name] for name in _DESCRIBED):
        drafts.describe(draft.course, valid.read, [network.field(one) for one in valid.read.fields])


def _validated(before: Raw, after: Raw) -> Valid:
    """The document, if the schema takes it. Raises NotWritable."""
    try:
        return checked(before, after)
    except ValidationError as invalid:
        found = invalid.errors(include_url=False)
        raise NotWritable([(path_in(after, error["loc"]), sentence_of(error)) for error in found]) from None


def _used(document: Raw, pool: Mapping[str, Any]) -> dict[str, Any]:
    """The files the document names. Raises RuleBroken for one that nobody brought."""
    named = {name for unit in document["units"] for block in unit["blocks"] for name in carrying.files_of(block)}
    missing = named - set(pool)
    if missing:
        raise RuleBroken(Message(N_("The file %(name)s is not there. Upload it first."), name=min(missing)))
    return {name: pool[name] for name in sorted(named)}
