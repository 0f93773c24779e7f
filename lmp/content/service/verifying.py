"""Proof that published versions still say what was published: their hashes, files, pages and the audit's word for them."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from pydantic import ValidationError
from sqlalchemy import select

from lmp.audit import service as audit
from lmp.audit.models import AuditEntry
from lmp.content.document import LANGS, CourseDocument, content_hash
from lmp.content.models import Course, CourseVersion, VersionUnit
from lmp.content.render import render_unit
from lmp.content.service import media
from lmp.core import db, files, text

#: The act under which the audit keeps the hash of each version.
PUBLISHED = "content.published"


@dataclass(frozen=True, slots=True)
class VersionVerdict:
    """What was found of one version; nothing in `faults` when it is what was published."""

    slug: str
    number: int
    faults: tuple[str, ...]


def verify_versions(slugs: frozenset[str] = frozenset()) -> Iterator[VersionVerdict]:
    """Recompute everything that gives a changed version away, of the named courses or of all, by slug and number.

    The sentences are for an operator at a terminal; whether the audit itself holds, `audit.verify` says.
    """
    wanted = select(CourseVersion.id).join(Course, CourseVersion.course_id == Course.id)
    if slugs:
        wanted = wanted.where(Course.slug.in_(slugs))
    session = db.session()
    for version_id in session.scalars(wanted.order_by(Course.slug, CourseVersion.number)).all():
        version = session.get_one(CourseVersion, version_id)
        yield VersionVerdict(version.course.slug, version.number, tuple(_faults(version)))
        session.expunge(version)  # its document is large, and an installation may hold thousands


def _faults(version: CourseVersion) -> Iterator[str]:
    """Everything that is not as it was."""
    try:
        document = CourseDocument.model_validate(version.document)
    except ValidationError:
        yield "the document cannot be read"
        return
    if not document.media_names() <= version.media.keys():
        yield "the document names a file that it did not come with"
    elif content_hash(document, media.hashes(version)) != version.hash:
        yield "the document does not match its hash"
    yield from _faults_of_files(version)
    yield from _faults_of_pages(version, document)
    said = [one.detail["hash"] for one in _publications(version)]
    if not said:
        yield "the audit does not know that it was published"
    elif said != [version.hash]:
        yield "the audit keeps another hash of it"


def _publications(version: CourseVersion) -> list[AuditEntry]:
    """The entries of the audit about its publication; one, unless somebody forged another."""
    entries = audit.history(version.course)
    return [one for one in entries if one.act == PUBLISHED and one.detail["number"] == version.number]


def _faults_of_files(version: CourseVersion) -> Iterator[str]:
    """Files that are gone or hold other bytes than their hashes say."""
    for name, medium in sorted(version.media.items()):
        for sha256 in sorted({medium["sha256"], medium["served"]}):
            try:
                found = hashlib.sha256(files.store().read(sha256)).hexdigest()
            except OSError:
                yield f"the file {name} cannot be read"
            else:
                if found != sha256:
                    yield f"the file {name} is not what it was"


def _faults_of_pages(version: CourseVersion, document: CourseDocument) -> Iterator[str]:
    """Units whose stored pages differ from what the document gives today, if today's sanitiser made them."""
    stored = {
        (row.unit_key, row.lang): row
        for row in db.session().scalars(select(VersionUnit).where(VersionUnit.version_id == version.id))
    }
    for unit in document.units:
        for lang in LANGS:
            row = stored.get((unit.key, lang))
            if row is None:
                yield f"the unit {unit.key} has no page in {lang}"
            elif row.sanitiser == text.SANITISER and row.blocks != [
                asdict(block) for block in render_unit(document, unit, lang)
            ]:
                yield f"the page of unit {unit.key} in {lang} is not what the document says"
