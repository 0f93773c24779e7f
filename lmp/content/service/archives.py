"""Courses as ZIP files: out byte for byte, in through the one door for archives and the import that files use."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from lmp.access import Action, Actor, Facts, allows
from lmp.accounts import service as accounts
from lmp.content import changes
from lmp.content.changes import Change
from lmp.content.document import CourseDocument
from lmp.content.document.tree import Node
from lmp.content.files import read, write_course
from lmp.content.files.archive import pack_course, unpacked
from lmp.content.files.problems import Problem
from lmp.content.files.reader import Reading
from lmp.content.models import Draft
from lmp.content.service import creating, drafts, exports, media
from lmp.core import db, files
from lmp.core.errors import Conflict, NotFound
from lmp.core.files import StoredFile
from lmp.core.messages import N_, Message
from lmp.network import service as network
from lmp.network.models import Centre

#: An archive waits here between being looked at and being taken in; one for each person.
OWNER, PURPOSE = "take_in", "archive"
#: The rule broken by a course whose short name another centre's course has.
TAKEN = "taken"
_TAKEN = N_("Another centre has a course with the short name “%(name)s”. Copy its published version instead.")
_CHANGED = N_("Somebody saved this course after you opened this page. See what the file changes now, then import it.")
#: Where the reader says that this installation does not know a centre.
_STRANGER = ("centre", "unknown-name")


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that is being sent: its file name and its bytes, piece by piece."""

    name: str
    pieces: Iterator[bytes]


def pack(slug: str, number: int | None, *, viewer: Actor) -> Packed:
    """The draft of a course, or one of its versions, as an archive. Raises NotFound, for strangers too."""
    drafts.see_draft(slug, viewer=viewer)
    thing = exports.found(slug, number)
    document = exports.document_of(thing)
    hashes, store = media.hashes(thing), files.store()
    contents = ((name, store.read(sha256)) for name, sha256 in sorted(hashes.items()))
    return Packed(f"{slug}-v{number}.zip" if number else f"{slug}.zip", pack_course(document, contents))


@dataclass(frozen=True, slots=True)
class Looked:
    """What an archive holds and what taking it in would do."""

    #: None where the files cannot be read as a course.
    document: CourseDocument | None
    #: Why it is not taken in, with file and line; none when it may be.
    refusals: tuple[Problem, ...]
    #: What would still have to be done before publishing.
    findings: tuple[Problem, ...]
    #: The centre it comes to, and the one the file names where this installation does not know it.
    centre: Centre | None
    unknown_centre: str
    #: The draft that would get a new revision; None for a course that is new here.
    draft: Draft | None
    changes: tuple[Change, ...]
    media: tuple[str, ...]

    @property
    def revision(self) -> int:
        """The revision of the draft it is compared with, 0 for a course that is new here."""
        return self.draft.revision if self.draft is not None else 0


def receive(source: BinaryIO, name: str, *, by: Actor) -> StoredFile:
    """Keep an archive that can be opened until it is decided about; the one before goes. Raises BadArchive, RuleBroken."""
    if by.id is None or not creating.writing_centres(by):
        raise NotFound
    with unpacked(source):
        pass
    for row in files.owned(OWNER, by.id):
        files.drop(row)
    source.seek(0)
    return files.keep(
        source.read(),
        name=name[:200],
        media_type="application/zip",
        owner_kind=OWNER,
        owner_id=by.id,
        purpose=PURPOSE,
        is_personal=False,
    )


def received(upload_id: UUID, *, by: Actor) -> StoredFile:
    """One's archive that waits. Raises NotFound."""
    row = db.session().get(StoredFile, upload_id)
    if row is None or row.owner_kind != OWNER or row.owner_id != by.id:
        raise NotFound
    return row


def look(row: StoredFile, *, by: Actor, centre: str = "") -> Looked:
    """What an archive holds; `centre` is one's own that stands in for one this installation does not know."""
    with _opened(row) as folder:
        return _looked(read(folder), by, centre)


def take_in(row: StoredFile, *, by: Actor, centre: str = "", seen: int | None = None) -> Draft:
    """Make an archive the draft of its course.

    `seen` is the revision of the draft that it was compared with, 0 where there was none; None takes it in over whatever is
    there. Raises NotImportable with every mistake, NotFound, NotAllowed, Conflict when somebody saved since `seen`.
    """
    author = accounts.person(by.id) if by.id is not None else None
    with _opened(row) as folder:
        reading = read(folder)
        found = _looked(reading, by, centre)
        if found.refusals or found.document is None or found.centre is None:
            raise drafts.NotImportable(list(found.refusals))
        if seen is not None and seen != found.revision:
            raise Conflict(Message(_CHANGED))
        if found.unknown_centre:
            at_home = found.document.model_copy(update={"centre": found.centre.slug})
            write_course(at_home, reading.folder.media, folder)
        result = drafts.import_course(folder, author=author, by=by, unfinished=True)
    files.drop(row)
    return drafts.draft(result.course.slug)


def forget(row: StoredFile) -> None:
    """Do not take an archive in."""
    files.drop(row)


@contextmanager
def _opened(row: StoredFile) -> Iterator[Path]:
    """The course folder in an archive that waits."""
    with unpacked(BytesIO(files.read(row))) as folder:
        yield folder


def _looked(reading: Reading, by: Actor, wanted: str) -> Looked:
    """What a reading is here, and for this person."""
    root, document = Node(reading.raw), reading.document
    draft = drafts.find_draft(root["slug"].text or "")
    named = root["centre"].text or ""
    is_known = any(one.slug == named for one in network.centres())
    centre = network.centre(named) if is_known else _stand_in(draft, wanted, by)
    refusals = [
        one for one in drafts.refusals_of(reading, unfinished=True) if is_known or (one.where, one.rule) != _STRANGER
    ]
    if draft is not None and not allows(by, Action.WRITE_DRAFT, draft):
        refusals = [_refused(reading, "slug", Message(_TAKEN, name=draft.course.slug), TAKEN)]
        draft = None
    elif centre is None or not allows(by, Action.WRITE_DRAFT, Facts(centre=centre.id)):
        refusals.append(_refused(reading, "centre", Message(N_("The course belongs to a centre that is not yours."))))
    refused = {(one.file, one.line, one.rule) for one in refusals}
    findings = [one for one in reading.problems if (one.file, one.line, one.rule) not in refused]
    return Looked(
        document=document,
        refusals=tuple(refusals),
        findings=tuple(findings),
        centre=centre,
        unknown_centre="" if is_known else named,
        draft=draft,
        changes=tuple(_changes(reading, document, draft)) if document is not None and not refusals else (),
        media=tuple(sorted(reading.folder.media)),
    )


def _stand_in(draft: Draft | None, wanted: str, by: Actor) -> Centre | None:
    """The centre that takes the place of an unknown one: the course's own here, else the chosen or only one of somebody's."""
    if draft is not None:
        return draft.course.centre
    mine = creating.writing_centres(by)
    return next((one for one in mine if one.slug == wanted), mine[0] if mine else None)


def _refused(reading: Reading, key: str, message: Message, rule: str = "centre") -> Problem:
    """A refusal at a key of course.yaml."""
    return Problem(*reading.places.locate((key,)), key, message, rule)


def _changes(reading: Reading, document: CourseDocument, draft: Draft | None) -> list[Change]:
    """What taking the files in would change in the draft, or add as a new course."""
    used = {name: path for name, path in reading.folder.media.items() if name in document.media_names()}
    before = (drafts.draft_document(draft), media.hashes(draft)) if draft is not None else (None, {})
    return changes.changes(before[0], document, before[1], media.read_hashes(used))
