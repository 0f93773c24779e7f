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
    document, sources = _content(slug, number)
    with tempfile.TemporaryDirectory() as beside:
        paths = {name: Path(beside) / name for name in sources}
        for name, path in paths.items():
            path.write_bytes(sources[name])
        return write_course(document, paths, folder)


def _content(slug: str, number: int | None) -> tuple[CourseDocument, dict[str, bytes]]:
    """What is exported: the document and its media as the author gave them."""
    if number is None:
        draft: Draft = drafts.draft(slug)
        return drafts.draft_document(draft), media.sources(draft)
    wanted = select(CourseVersion).join(Course, Course.id == CourseVersion.course_id)
    found = db.session().scalar(wanted.where(Course.slug == slug, CourseVersion.number == number))
    if found is None:
        raise NotFound
    return versions.document(found), media.sources(found)
