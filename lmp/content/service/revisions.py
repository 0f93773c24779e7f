"""Every saved state of a draft: kept whole now and then, in between as the steps from the state before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lmp.accounts.models import Person
from lmp.content.editing import Place, Raw, patches
from lmp.content.models import Draft, Revision, Verb
from lmp.content.service import held
from lmp.content.texts import Lang
from lmp.core import clock, db
from lmp.core.errors import NotFound

#: At least one revision in so many is kept whole, so that any state is found in so many steps.
WHOLE_EVERY = 25
#: Letters.
_FEW_LINES = 4_000


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to a draft, to which thing, and in which languages they wrote."""

    verb: Verb
    place: Place
    langs: tuple[Lang, ...] = ()


IMPORTED = Act(Verb.IMPORT, Place("course"))


def keep(draft: Draft, act: Act, before: Raw | None) -> None:
    """Keep the draft as it is now, and write down its questions.

    `before` is the state it came from, None where there is none to start from.
    """
    patch = _steps(draft, act, before)
    revision = Revision(
        course_id=draft.course_id,
        number=draft.revision,
        hash=draft.hash,
        document=draft.document if patch is None else None,
        patch=patch,
        media=draft.media,
        verb=act.verb,
        place=act.place.as_list(),
        langs=list(act.langs),
        author_id=draft.author_id,
        saved_at=draft.saved_at,
    )
    db.session().add(revision)
    held.note(draft.course_id, draft.document, before=before)


def _steps(draft: Draft, act: Act, before: Raw | None) -> patches.Patch | None:
    """The steps from the state before; None where the whole state is kept: now and then, and where steps save little."""
    if before is None or act.verb is Verb.IMPORT or draft.revision % WHOLE_EVERY == 1:
        return None
    patch = patches.difference(before, draft.document)
    return patch if patch is not None and _is_worth_it(patch, draft.document) else None


def _is_worth_it(patch: patches.Patch, document: Raw) -> bool:
    """Whether steps take less than half the room of the whole state; a few lines always do."""
    size = len(json.dumps(patch))
    return size < _FEW_LINES or 2 * size <= len(json.dumps(document))


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One saved state in the history of a draft."""

    number: int
    verb: Verb
    place: Place
    langs: tuple[Lang, ...]
    author_id: UUID | None
    #: None where files were imported by nobody in particular.
    author: str | None
    #: A moment in UTC.
    saved_at: datetime

    @property
    def saved_local(self) -> datetime:
        """When it was saved, on the wall clock."""
        return clock.local(self.saved_at)

    @property
    def saved_on(self) -> date:
        """The day it was saved."""
        return self.saved_local.date()


def revision_rows(course_id: UUID, *, before: int | None = None, limit: int = 50) -> list[RevisionRow]:
    """The saved states of a draft, newest first; with `before` those older than that number."""
    wanted = (
        select(
            Revision.number,
            Revision.verb,
            Revision.place,
            Revision.langs,
            Revision.author_id,
            Person.name,
            Revision.saved_at,
        )
        .outerjoin(Person, Person.id == Revision.author_id)
        .where(Revision.course_id == course_id)
        .order_by(Revision.number.desc())
        .limit(limit)
    )
    if before is not None:
        wanted = wanted.where(Revision.number < before)
    return [
        RevisionRow(number, verb, Place(*place), tuple(langs), author_id, author, saved_at)
        for number, verb, place, langs, author_id, author, saved_at in db.session().execute(wanted)
    ]


def revision(course_id: UUID, number: int) -> Revision:
    """One saved state. Raises NotFound."""
    found = db.session().scalar(select(Revision).where(Revision.course_id == course_id, Revision.number == number))
    if found is None:
        raise NotFound
    return found


def revision_document(course_id: UUID, number: int) -> Raw:
    """What a draft said at one time, yours to change. Raises NotFound."""
    revision(course_id, number)
    rows = _back_to_whole(course_id, number)
    document = rows[0][0]
    if document is None:
        raise NotFound
    for _whole, patch in rows[1:]:
        document = patches.apply(document, patch or [])
    return document


def _back_to_whole(course_id: UUID, number: int) -> Sequence[tuple[Raw | None, patches.Patch | None]]:
    """The newest whole state up to a number and the steps after it, oldest first."""
    rows = db.session().execute(
        select(Revision.document, Revision.patch)
        .where(Revision.course_id == course_id, Revision.number <= number)
        .order_by(Revision.number.desc())
        .limit(WHOLE_EVERY)
    )
    found: list[tuple[Raw | None, patches.Patch | None]] = []
    for whole, patch in rows:
        found.insert(0, (whole, patch))
        if whole is not None:
            break
    return found
