"""Copies and their origins: what later versions of an origin offer, and what a copy takes of it. Nothing is taken by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lmp.access import Actor
from lmp.audit import service as audit
from lmp.content.editing import Part, Place, Raw, Superseded, offers
from lmp.content.editing.offers import Offer, Sort, Thing
from lmp.content.models import Course, CourseOrigin, CourseVersion, Draft, Verb
from lmp.content.service import drafts, editing, media, versions
from lmp.content.service.media import Checked
from lmp.content.service.revisions import Act
from lmp.core import db
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound
from lmp.network.models import Centre

#: What a taken thing is called in the history of the draft.
_PARTS: dict[Sort, Part] = {
    "detail": "course",
    "outcome": "outcomes",
    "unit": "unit",
    "block": "block",
    "question": "question",
    "term": "glossary",
}
_PLANS: dict[str, Part] = {"workplace": "workplace", "meeting": "meeting", "practical": "practical"}


@dataclass(frozen=True, slots=True)
class Offered:
    """What a copy is offered: its origin, the origin's newest version, and every thing to be decided."""

    origin: CourseOrigin
    version: CourseVersion
    offers: list[Offer]

    @property
    def has_news(self) -> bool:
        """Whether a version appeared that nobody has dealt with."""
        return self.version.number > self.origin.settled

    @property
    def easy(self) -> list[Offer]:
        """What only the origin changed."""
        return [one for one in self.offers if not one.conflict]


def find_origin(course_id: UUID) -> CourseOrigin | None:
    """What a course was copied from, or None."""
    return db.session().get(CourseOrigin, course_id)


@dataclass(frozen=True, slots=True)
class OriginLine:
    """Where a course comes from, in a line."""

    slug: str
    title: Bilingual
    centre: Bilingual
    #: The version the copy was made from; 0 for a draft that had none.
    number: int
    has_news: bool


def origin_line(course_id: UUID) -> OriginLine | None:
    """Where a course comes from, and whether that has a version nobody has dealt with; None for a course that is no copy."""
    row = (
        db.session()
        .execute(
            select(
                Course.slug, Course.title, Centre.name, CourseOrigin.number, CourseOrigin.settled, CourseVersion.number
            )
            .select_from(CourseOrigin)
            .join(Course, Course.id == CourseOrigin.origin_id)
            .join(Centre, Centre.id == Course.centre_id)
            .outerjoin(CourseVersion, CourseVersion.id == Course.current_version_id)
            .where(CourseOrigin.course_id == course_id)
        )
        .one_or_none()
    )
    if row is None:
        return None
    slug, title, centre, number, settled, newest = row
    return OriginLine(slug, title, centre, number, has_news=(newest or 0) > settled)


def offered(draft: Draft) -> Offered:
    """What the origin of a course offers it now. Raises NotFound for a course that is no copy, or of an unpublished one."""
    origin = find_origin(draft.course_id)
    version = versions.find_current(origin.origin_id) if origin is not None else None
    if origin is None or version is None:
        raise NotFound
    return Offered(origin, version, _open(origin, version, draft.document, media.hashes(draft)))


def _open(origin: CourseOrigin, version: CourseVersion, own: Raw, own_media: Mapping[str, str]) -> list[Offer]:
    """What is to be decided about a copy that says this; nothing while no version is newer than what was dealt with."""
    if version.number <= origin.settled:
        return []
    theirs = offers.things(version.document, media.hashes(version))
    return offers.offers(origin.decided, _taken(origin), theirs, offers.things(own, own_media))


def _taken(origin: CourseOrigin) -> dict[Thing, Any]:
    """What the origin said in the version that was dealt with last, if there was one."""
    wanted = select(CourseVersion).where(CourseVersion.course_id == origin.origin_id)
    found = db.session().scalar(wanted.where(CourseVersion.number == origin.settled))
    return offers.things(found.document, media.hashes(found)) if found is not None else {}


def take(slug: str, key: str, seen: str, *, by: Actor) -> None:
    """Make one thing what it is in the origin. Raises Superseded when either side is not what somebody saw any more."""
    draft = drafts.draft_to_write(slug, by=by)
    found = offered(draft)
    _take(draft, found, [_seen(found, key, seen)], by)


def take_easy(slug: str, seen: str, *, by: Actor) -> int:
    """Take everything that only the origin changed; answers how many things. Raises Superseded as `take` does."""
    draft = drafts.draft_to_write(slug, by=by)
    found = offered(draft)
    if mark_of_easy(found) != seen:
        raise Superseded
    _take(draft, found, found.easy, by)
    return len(found.easy)


def mark_of_easy(found: Offered) -> str:
    """The mark of everything that would be taken at once."""
    return offers.mark([one.seen for one in found.easy])


def keep_own(slug: str, key: str, seen: str, *, by: Actor) -> None:
    """Leave one thing as it is; it is offered again only when the origin changes it again. Raises Superseded."""
    draft = drafts.draft_to_write(slug, by=by)
    found = offered(draft)
    one = _seen(found, key, seen)
    _decide(draft, found, [one])
    audit.record(by, "content.origin_kept", draft.course, part=one.thing.key, number=found.version.number)


def settle(slug: str, *, by: Actor) -> None:
    """Note that a new version of the origin holds nothing to decide. Raises Superseded when it does."""
    draft = drafts.draft_to_write(slug, by=by)
    found = offered(draft)
    if found.offers:
        raise Superseded
    _decide(draft, found, [])


def _seen(found: Offered, key: str, seen: str) -> Offer:
    """The offer somebody decides about, as they saw it. Raises Superseded."""
    one = next((one for one in found.offers if one.thing.key == key), None)
    if one is None or one.seen != seen:
        raise Superseded
    return one


def _take(draft: Draft, found: Offered, taken: list[Offer], by: Actor) -> None:
    """Take things in one revision of the draft. Raises Superseded when somebody saved one of them meanwhile."""
    theirs = found.version.document

    def change(document: Raw) -> None:
        now = offers.things(document, media.hashes(draft))
        for one in taken:
            if offers.mark(now.get(one.thing)) != offers.mark(one.own):
                raise Superseded
            offers.take(document, theirs, one.thing)

    files = _files(found.version, {name for one in taken for name in offers.files_of(theirs, one.thing)})
    if taken:
        editing.edit(draft.course.slug, change, Act(Verb.COPY, _place(taken)), by=by, files=files)
        _decide(draft, found, taken)


def _place(taken: list[Offer]) -> Place:
    """Where the history says it happened: the thing, or the course as a whole for several."""
    if len(taken) > 1:
        return Place("course")
    thing = taken[0].thing
    if thing.sort in _PARTS:
        return Place(_PARTS[thing.sort], thing.unit, thing.name)
    return Place(_PLANS[thing.unit])


def _files(version: CourseVersion, names: Iterable[str]) -> list[Checked]:
    """Files of a version, to be kept by another course as well."""
    return [media.again(version, name) for name in sorted(names)]


def _decide(draft: Draft, found: Offered, decided: list[Offer]) -> None:
    """Remember what was decided; when nothing else is left, the version is dealt with."""
    theirs = offers.things(found.version.document, media.hashes(found.version))
    own = offers.things(draft.document, media.hashes(draft))
    origin = found.origin
    origin.decided = {**origin.decided, **offers.decided_with(decided, theirs, own)}
    if not offers.offers(origin.decided, {}, theirs, own):
        origin.settled = found.version.number
    db.session().flush()
