"""Published courses: publishing a reviewed draft, and reading versions that never change."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from lmp.access import Action, Actor, require
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.content import rules
from lmp.content.document import LANGS, CourseDocument, Lang, parity
from lmp.content.models import Course, CourseVersion, Draft, VersionUnit
from lmp.content.render import RenderedBlock, render_unit
from lmp.content.service import drafts, held, reviewing
from lmp.content.service.cache import Shelf
from lmp.core import clock, db, search, text
from lmp.core.db import Bilingual
from lmp.core.errors import Conflict, NotFound
from lmp.core.messages import N_, Message
from lmp.network import service as network
from lmp.network.models import Field

SEARCH_KIND = "course"
MOST_DOCUMENTS, MOST_UNITS = 64, 512

_documents: Shelf[CourseDocument] = Shelf(MOST_DOCUMENTS)
_units: Shelf[tuple[RenderedBlock, ...]] = Shelf(MOST_UNITS)


def publish(
    draft: Draft, *, by: Actor, note: Bilingual, seen: str | None = None, review_id: UUID | None = None
) -> CourseVersion:
    """Make the draft the next version of its course; the only way to do so, and the answer to a request for review.

    `seen` is the hash of the draft that the reviewer read, `review_id` the open request that is decided with it. Raises
    NotAllowed for everybody but a reviewer of the centre who did not write last, NotPublishable with the findings in the way,
    RuleBroken for a missing note or content that the newest version has already, Conflict when the draft has changed or
    somebody else has decided.
    """
    require(by, Action.PUBLISH_COURSE, draft)
    cleaned = rules.check_note(note)
    document = CourseDocument.model_validate(draft.document)  # as a whole, whatever was read of it before
    rules.check_publishable(drafts.check_draft(draft))
    rendered = [(unit.key, lang, render_unit(document, unit, lang)) for unit in document.units for lang in LANGS]
    fields = [network.field(slug) for slug in document.fields]
    reviewing.claim(draft, seen or draft.hash)
    if review_id is not None:
        reviewing.hold_open(draft, review_id)
    reviewing.check_new(draft)
    version = _write(draft, cleaned, by)
    held.note(version.course_id, version.document, number=version.number)
    for key, lang, blocks in rendered:
        _write_unit(version, key, lang, blocks)
    _announce(version, document, fields)
    reviewing.approve(draft, version.number, by=by)
    audit.record(
        by, "content.published", draft.course, number=version.number, hash=version.hash, note=cleaned.as_dict()
    )
    return version


def _write(draft: Draft, note: Bilingual, by: Actor) -> CourseVersion:
    """The row of the new version. Raises Conflict when somebody else published at the same moment."""
    session = db.session()
    newest = (
        session.scalar(select(func.max(CourseVersion.number)).where(CourseVersion.course_id == draft.course_id)) or 0
    )
    version = CourseVersion(
        course=draft.course,
        number=newest + 1,
        hash=draft.hash,
        document=draft.document,
        media=draft.media,
        author_id=draft.author_id,
        reviewer_id=by.id,
        note=note,
        published_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(version)
    except IntegrityError:
        raise Conflict(Message(N_("Somebody else published this course at the same moment."))) from None
    return version


def _write_unit(version: CourseVersion, unit_key: str, lang: Lang, blocks: Sequence[RenderedBlock]) -> None:
    """The row of a unit in one language."""
    db.session().add(
        VersionUnit(
            version_id=version.id,
            lang=lang,
            unit_key=unit_key,
            blocks=[asdict(block) for block in blocks],
            sanitiser=text.SANITISER,
        )
    )


def _announce(version: CourseVersion, document: CourseDocument, fields: list[Field]) -> None:
    """Let lists and search show the new version."""
    course = version.course
    drafts.describe(course, document, fields)
    course.current_version_id = version.id
    course.planned_minutes = sum(document.minutes.by_strand().values())
    is_translated = all(state != "missing" for _thing, state in parity(document))
    course.complete_tr = document.source == "tr" or is_translated
    course.complete_en = document.source == "en" or is_translated
    search.index(SEARCH_KIND, course.id, _words(document, fields))
    db.session().flush()


def _words(document: CourseDocument, fields: list[Field]) -> list[tuple[str, str]]:
    """(language, text) pairs by which people find the course."""
    texts = [document.title, document.summary]
    texts += [outcome.text for outcome in document.outcomes]
    texts += [term.term for term in document.glossary]
    found = [(lang, item.get(lang)) for lang in LANGS for item in texts]
    found += [(lang, field.name.in_language(lang)) for lang in LANGS for field in fields]
    return [*found, *((lang, alias) for lang in LANGS for field in fields for alias in field.aliases)]


def course(slug: str) -> Course:
    """A course by its slug, published or not. Raises NotFound."""
    found = db.session().scalar(select(Course).where(Course.slug == slug))
    if found is None:
        raise NotFound
    return found


def courses() -> list[Course]:
    """The courses that have a published version, in Turkish order."""
    published = select(Course).where(Course.current_version_id.is_not(None))
    return list(db.session().scalars(published.order_by(Course.sort_key_tr, Course.slug)))


def find_current(course_id: UUID) -> CourseVersion | None:
    """The newest version of a course, or None while there is only a draft."""
    current = select(CourseVersion).join(Course, Course.current_version_id == CourseVersion.id)
    return db.session().scalar(current.where(Course.id == course_id))


def current_version(slug: str) -> CourseVersion:
    """The newest version of a course. Raises NotFound when there is none."""
    found = db.session().scalar(
        select(CourseVersion).join(Course, Course.current_version_id == CourseVersion.id).where(Course.slug == slug)
    )
    if found is None:
        raise NotFound
    return found


def version(version_id: UUID) -> CourseVersion:
    """A version by id. Raises NotFound."""
    found = db.session().get(CourseVersion, version_id)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the history of a course."""

    number: int
    published_at: datetime
    note: Bilingual
    reviewer: str

    @property
    def published_on(self) -> date:
        """The day it was published."""
        return clock.local(self.published_at).date()


def history(course_id: UUID) -> list[VersionRow]:
    """The versions of a course, newest first."""
    rows = db.session().execute(
        select(CourseVersion.number, CourseVersion.published_at, CourseVersion.note, Person.name)
        .join(Person, Person.id == CourseVersion.reviewer_id)
        .where(CourseVersion.course_id == course_id)
        .order_by(CourseVersion.number.desc())
    )
    return [VersionRow(*row) for row in rows]


def document(version: CourseVersion) -> CourseDocument:
    """What a version says; parsed once per process as long as it is in use."""
    return _documents.get(version.hash, lambda: CourseDocument.model_validate(version.document))


def unit_blocks(version: CourseVersion, unit_key: str, lang: Lang) -> tuple[RenderedBlock, ...]:
    """The blocks of a unit as safe HTML in one language. Raises NotFound for a unit the version does not have."""
    return _units.get((version.hash, unit_key, lang), lambda: _load_unit(version, unit_key, lang))


def _load_unit(version: CourseVersion, unit_key: str, lang: Lang) -> tuple[RenderedBlock, ...]:
    """The stored blocks; made again from the source when today's sanitiser is not the one that made them."""
    row = db.session().get(VersionUnit, (version.id, lang, unit_key))
    if row is None:
        raise NotFound
    if row.sanitiser == text.SANITISER:
        return tuple(RenderedBlock(**block) for block in row.blocks)
    said = document(version)
    return tuple(render_unit(said, said.unit(unit_key), lang))
