"""Courses as they are being written: importing files as a draft revision, looking drafts up, saying what they lack."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from lmp.access import Action, Actor, Facts, Role, require
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.content import changes, gate, outline
from lmp.content.changes import Change
from lmp.content.document import CourseDocument, Finding, Lang, Unit, content_hash, findings, parity, unwritten
from lmp.content.document.translation import State
from lmp.content.document.tree import Node
from lmp.content.files import hindrances, read
from lmp.content.files.problems import Problem
from lmp.content.files.reader import Reading
from lmp.content.models import Course, CourseOrigin, CourseVersion, Draft, Review, Shape
from lmp.content.render import RenderedBlock, render_unit
from lmp.content.rules import ReviewState, Standing, standing
from lmp.content.service import media, revisions, states
from lmp.content.service.cache import Shelf
from lmp.content.service.revisions import Act
from lmp.core import clock, db, turkish
from lmp.core.db import Bilingual
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, P_, Message
from lmp.network import service as network
from lmp.network.models import Centre, Field


class NotImportable(RuleBroken):
    """The files of a course cannot be read; `problems` says what and where."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the list for whoever asked."""
        super().__init__(
            Message(
                *P_(
                    "Nothing was imported because of %(n)s mistake in the files.",
                    "Nothing was imported because of %(n)s mistakes in the files.",
                ),
                n=len(problems),
            )
        )
        self.problems = tuple(problems)


@dataclass(frozen=True)
class ImportResult:
    """What an import did: the course, whether its draft changed, the draft's revision, and what differs from before.

    Of a course that is new, everything was added.
    """

    course: Course
    changed: bool
    revision: int
    changes: tuple[Change, ...] = ()


def import_course(folder: Path, *, author: Person | None, by: Actor, unfinished: bool = False) -> ImportResult:
    """Make the files in `folder` the draft of their course; a new revision only when they say something else.

    An `unfinished` course may lack what a draft may lack. A person who imports is the author; only the platform imports for
    an `author`, or for nobody in particular. Raises NotImportable with every mistake in the files (a centre or field that does not exist is one of them),
    RuleBroken for media that cannot be shown, Conflict, NotAllowed.
    """
    reading = read(folder)
    document, refusals = reading.document, refusals_of(reading, unfinished=unfinished)
    if document is None or refusals:
        raise NotImportable(refusals)
    centre = network.centre(document.centre)
    require(by, Action.WRITE_DRAFT, Facts(centre=centre.id))
    used = {name: reading.folder.media[name] for name in document.media_names()}
    hashed = content_hash(document, media.read_hashes(used))
    found = find_draft(document.slug)
    if found is not None and found.hash == hashed:
        return ImportResult(found.course, changed=False, revision=found.revision)
    checked, fields = media.check(used), [network.field(slug) for slug in document.fields]
    before = (draft_document(found), media.hashes(found)) if found is not None else (None, {})
    content = Content(
        document=document,
        hashed=hashed,
        centre=centre,
        fields=fields,
        files=lambda course: media.keep(course, checked),
    )
    draft = save(found, content, revisions.IMPORTED, by.id or (author.id if author else None))
    difference = changes.changes(before[0], document, before[1], media.hashes(draft))
    audit.record(by, "content.draft_saved", draft.course, revision=draft.revision, hash=hashed)
    return ImportResult(draft.course, changed=True, revision=draft.revision, changes=tuple(difference))


def refusals_of(reading: Reading, *, unfinished: bool = False) -> list[Problem]:
    """Every mistake for which the files are not taken, in the order of files and lines; none when they may be."""
    strangers = strangers_in(reading)
    if not strangers and not hindrances(reading, unfinished=unfinished):
        return []
    among = reading.flaws if unfinished else reading.problems
    errors = [problem for problem in among if problem.severity == "error"]
    lossy = [problem for problem in hindrances(reading, unfinished=unfinished) if problem not in errors]
    return sorted([*errors, *lossy, *strangers], key=lambda problem: (problem.file, problem.line))


def strangers_in(reading: Reading) -> list[Problem]:
    """What course.yaml names that this installation does not have: a centre, fields; and a centre the course is not of."""
    root = Node(reading.raw)
    asked = [
        (root["centre"], network.centre, Message(N_("There is no centre “%(name)s”."), name=root["centre"].value)),
        *(
            (one, network.field, Message(N_("There is no field or subject “%(name)s”."), name=one.value))
            for one in root["fields"].items
        ),
    ]
    found = [(node, message) for node, known, message in asked if node.text and not _exists(known, node.text)]
    draft = find_draft(root["slug"].text or "")
    if draft is not None and root["centre"].text not in (None, draft.course.centre.slug):
        found.append((root["centre"], Message(N_("This course belongs to another centre; a course does not move."))))
    return [
        Problem(*reading.places.locate(node.path), ".".join(map(str, node.path)), message, "unknown-name")
        for node, message in found
    ]


def _exists(known: Callable[[str], object], slug: str) -> bool:
    """Whether looking something up finds it."""
    try:
        known(slug)
    except NotFound:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a draft is to say: the document, its hash, where it belongs, and how its files come to be the course's own."""

    document: CourseDocument
    hashed: str
    centre: Centre
    fields: list[Field]
    files: Callable[[Course], dict[str, dict[str, str]]]


def save(found: Draft | None, content: Content, act: Act, author_id: UUID | None) -> Draft:
    """Write course, draft and revision. Raises Conflict when somebody else was saving the same course."""
    session, document = db.session(), content.document
    try:
        with session.begin_nested():
            draft = found or Draft(course=_new_course(document, content.centre), revision=0)
            if draft.course.current_version_id is None:
                describe(draft.course, document, content.fields)
            draft.document = document.model_dump(mode="json", exclude_none=True)
            draft.media = content.files(draft.course)
            draft.hash, draft.revision = content.hashed, draft.revision + 1
            draft.author_id, draft.saved_at = author_id, clock.now()
            session.add(draft)
            session.flush()
            revisions.keep(draft, act, None)
            session.flush()
    except IntegrityError:
        raise Conflict(Message(N_("Somebody else saved this course at the same moment. Import it again."))) from None
    return draft


def _new_course(document: CourseDocument, centre: Centre) -> Course:
    """A course that only has a draft."""
    made = Course(
        slug=document.slug,
        centre=centre,
        shape=Shape(document.shape),
        title=Bilingual("", ""),
        sort_key_tr=b"",
        sort_key_en=b"",
    )
    db.session().add(made)
    db.session().flush()
    return made


def describe(course: Course, document: CourseDocument, fields: list[Field]) -> None:
    """Copy from the document what lists and filters need."""
    course.shape = Shape(document.shape)
    course.title = Bilingual(document.title.tr, document.title.en)
    course.sort_key_tr = turkish.sort_key(course.title.in_language("tr"))
    course.sort_key_en = turkish.sort_key(course.title.in_language("en"))
    course.fields = fields


def find_draft(slug: str) -> Draft | None:
    """The draft of a course, or None."""
    return db.session().scalar(select(Draft).join(Draft.course).where(Course.slug == slug))


def draft(slug: str) -> Draft:
    """The draft of a course. Raises NotFound."""
    found = find_draft(slug)
    if found is None:
        raise NotFound
    return found


def see_draft(slug: str, *, viewer: Actor) -> Draft:
    """The draft of a course for somebody who wants to read it. Raises NotFound for strangers too."""
    found = draft(slug)
    require(viewer, Action.SEE_DRAFT, found)
    return found


def draft_to_write(slug: str, *, by: Actor) -> Draft:
    """The draft of a course for somebody who writes it. Raises NotFound for strangers too, NotAllowed for who only reads."""
    found = draft(slug)
    require(by, Action.WRITE_DRAFT, found)
    return found


_documents: Shelf[CourseDocument] = Shelf(16)


def draft_document(draft: Draft) -> CourseDocument:
    """What a draft says."""
    found = _documents.find(draft.hash)
    if found is None:
        state = states.state_of(draft)
        found = _documents.get(draft.hash, state.whole)
    return found


_readable: Shelf[CourseDocument] = Shelf(16)


def readable_document(draft: Draft) -> CourseDocument:
    """What a draft says, for whoever reads it: what is still to be written stands in brackets."""
    return _readable.get(draft.hash, lambda: _made_readable(draft))


def _made_readable(draft: Draft) -> CourseDocument:
    """The same document where all is written."""
    shown = unwritten.readable(draft.document)
    return draft_document(draft) if shown is draft.document else CourseDocument.model_validate(shown)


def check_draft(draft: Draft) -> list[Finding]:
    """Everything that does not fit in a draft, and what the gate finds; errors among it stop publication."""
    return [*_findings.get(draft.hash, lambda: _examined(draft))]


_findings: Shelf[tuple[Finding, ...]] = Shelf(16)


def _examined(draft: Draft) -> tuple[Finding, ...]:
    """The findings in a draft's document and drawings; the draft's hash covers both."""
    document = draft_document(draft)
    drawings = {name for name in document.media_names() if name.endswith(".svg")}
    words = {name: media.read_medium(media.medium_of(draft, name)) for name in drawings}
    return tuple(unwritten.told_once((*findings(document), *gate.examine(document, words))))


def changes_since(draft: Draft, version: CourseVersion) -> list[Change]:
    """What the draft says differently from a version."""
    if draft.hash == version.hash:
        return []
    published = CourseDocument.model_validate(version.document)
    return changes.changes(published, draft_document(draft), media.hashes(version), media.hashes(draft))


def draft_parity(draft: Draft) -> dict[State, int]:
    """How many parts of a draft are translated and reviewed, only drafted, older than their source, or missing."""
    counted = Counter(state for _, state in parity(draft_document(draft)))
    return {state: counted[state] for state in ("reviewed", "draft", "stale", "missing")}


def render_draft_unit(draft: Draft, unit_key: str, lang: Lang) -> list[RenderedBlock]:
    """A unit of a draft as a teacher would see it. Raises NotFound for a unit the draft does not have."""
    document = readable_document(draft)
    return render_unit(document, draft_unit(draft, unit_key), lang)


def draft_unit(draft: Draft, unit_key: str) -> Unit:
    """A unit of a draft. Raises NotFound."""
    try:
        return readable_document(draft).unit(unit_key)
    except KeyError:
        raise NotFound from None


def draft_outline(draft: Draft) -> list[outline.UnitOutline]:
    """The units of a draft at a glance."""
    counted = outline.outline(draft_document(draft))
    shown = readable_document(draft).units
    return [replace(one, title=unit.title, summary=unit.summary) for one, unit in zip(counted, shown, strict=True)]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One course in the list of those who write: its newest version, if any, and whether its draft says something else."""

    slug: str
    title: Bilingual
    centre: Bilingual
    number: int | None
    published_at: datetime | None
    saved_at: datetime
    author_id: UUID | None
    #: Who wrote last; None where files were imported by nobody in particular.
    author: str | None
    #: Whether the draft says something that no version says yet.
    waits: bool
    review: ReviewState | None
    #: Whether the course it was copied from has a version that nobody has dealt with.
    has_news: bool

    @property
    def standing(self) -> Standing:
        """Where the course stands between its authors and its readers."""
        return standing(is_new=self.waits, review=self.review)

    @property
    def published_on(self) -> date | None:
        """The day of the newest version."""
        return clock.local(self.published_at).date() if self.published_at else None

    @property
    def saved_on(self) -> date:
        """The day the draft was saved."""
        return clock.local(self.saved_at).date()


def draft_rows(*, viewer: Actor) -> list[DraftRow]:
    """The courses whose drafts the viewer may see, in Turkish order."""
    asked = select(Review.state).where(Review.course_id == Draft.course_id).order_by(Review.number.desc()).limit(1)
    newest, source = aliased(CourseVersion), aliased(Course)
    rows = db.session().execute(
        select(
            Course.slug,
            Course.title,
            Centre.name,
            CourseVersion.number,
            CourseVersion.published_at,
            Draft.saved_at,
            Draft.author_id,
            Person.name,
            or_(CourseVersion.id.is_(None), Draft.hash != CourseVersion.hash),
            asked.scalar_subquery(),
            func.coalesce(newest.number > CourseOrigin.settled, false()),
        )
        .select_from(Draft)
        .outerjoin(Person, Person.id == Draft.author_id)
        .join(Course, Course.id == Draft.course_id)
        .join(Centre, Centre.id == Course.centre_id)
        .outerjoin(CourseVersion, CourseVersion.id == Course.current_version_id)
        .outerjoin(CourseOrigin, CourseOrigin.course_id == Course.id)
        .outerjoin(source, source.id == CourseOrigin.origin_id)
        .outerjoin(newest, newest.id == source.current_version_id)
        .where(_seen_by(viewer))
        .order_by(Course.sort_key_tr, Course.slug)
    )
    return [DraftRow(*row) for row in rows]


def _seen_by(viewer: Actor) -> ColumnElement[bool]:
    """SEE_DRAFT as a filter; it must agree with `Draft.access_facts` and `access.MAY`."""
    if viewer.has(Role.NETWORK_ADMINISTRATOR):
        return true()
    scopes = viewer.scopes(Role.TRAINER) | viewer.scopes(Role.CENTRE_ADMINISTRATOR)
    return Course.centre_id.in_([UUID(scope) for scope in scopes])
