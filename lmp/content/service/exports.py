"""Courses back to files, byte for byte as they were imported."""

import tempfile
from pathlib import Path

from sqlalchemy import select

from lmp.content.document import CourseDocument
from lmp.content.files import write_course
from lmp.content.models import Course, CourseVersion, Draft
from lmp.content.service import drafts, media, versions
from lmp.core import db
from lmp.core.errors import NotFound


def export_course(slug: str, folder: Path, *, number: int | None = None) -> list[str]:
    """Make `folder` hold the draft of a course, or one of its versions; answers the names of the files that changed.

    Raises NotFound for a course or version that does not exist.
    """
    thing = found(slug, number)
    document, sources = document_of(thing), media.sources(thing)
    with tempfile.TemporaryDirectory() as beside:
        paths = {name: Path(beside) / name for name in sources}
        for name, path in paths.items():
            path.write_bytes(sources[name])
        return write_course(document, paths, folder)


def found(slug: str, number: int | None) -> Draft | CourseVersion:
    """The draft of a course, or one of its versions. Raises NotFound."""
    if number is None:
        return drafts.draft(slug)
    wanted = select(CourseVersion).join(Course, Course.id == CourseVersion.course_id)
    version = db.session().scalar(wanted.where(Course.slug == slug, CourseVersion.number == number))
    if version is None:
        raise NotFound
    return version


def document_of(thing: Draft | CourseVersion) -> CourseDocument:
    """What a draft or version says."""
    return drafts.draft_document(thing) if isinstance(thing, Draft) else versions.document(thing)
