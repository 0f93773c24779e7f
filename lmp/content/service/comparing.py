"""States of a course beside each other: drafts, saved revisions and versions, in any pair."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lmp.content.differences import Difference, differences
from lmp.content.document import CourseDocument
from lmp.content.models import CourseVersion, Draft
from lmp.content.service import drafts, media, revisions, versions
from lmp.content.service.cache import Shelf
from lmp.core import db
from lmp.core.errors import NotFound
from lmp.network import service as network


@dataclass(frozen=True, slots=True)
class CourseState:
    """What a course said at one time, and the hashes of its files."""

    document: CourseDocument
    media: Mapping[str, str]


def draft_state(draft: Draft) -> CourseState:
    """What a draft says now."""
    return CourseState(drafts.draft_document(draft), media.hashes(draft))


def version_state(version: CourseVersion) -> CourseState:
    """What a version says for good."""
    return CourseState(versions.document(version), media.hashes(version))


def revision_state(course_id: UUID, number: int) -> CourseState:
    """What a draft said at one time. Raises NotFound."""
    document = CourseDocument.model_validate(revisions.revision_document(course_id, number))
    kept = revisions.revision(course_id, number).media
    return CourseState(document, {name: medium["sha256"] for name, medium in kept.items()})


def compare(before: CourseState | None, after: CourseState) -> list[Difference]:
    """What `after` says differently; of a course that was not there before, everything."""
    if before is None:
        return differences(None, after.document, {}, after.media)
    moved = set(before.document.fields) ^ set(after.document.fields)
    names = {one.slug: {"tr": one.name.tr, "en": one.name.en} for one in network.fields()} if moved else {}
    return differences(before.document, after.document, before.media, after.media, names)


def differences_since(draft: Draft, version: CourseVersion) -> list[Difference]:
    """What a draft says differently from a version, with the words marked."""
    if draft.hash == version.hash:
        return []
    found = _compared.get(
        (version.hash, draft.hash), lambda: tuple(compare(version_state(version), draft_state(draft)))
    )
    return [*found]


_compared: Shelf[tuple[Difference, ...]] = Shelf(16)


def numbered_version(course_id: UUID, number: int) -> CourseVersion:
    """A version of a course by its number. Raises NotFound."""
    wanted = select(CourseVersion).where(CourseVersion.course_id == course_id, CourseVersion.number == number)
    found = db.session().scalar(wanted)
    if found is None:
        raise NotFound
    return found
