"""How a course comes to be: from the template, or as a copy that keeps its origin."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lmp.access import Action, Actor, Facts, Role, allows, require
from lmp.audit import service as audit
from lmp.content.document import CourseDocument, content_hash
from lmp.content.document.course import Shape
from lmp.content.editing import Place, free_id, offers
from lmp.content.files.hours import FEWEST_HOURS, MOST_HOURS, spread
from lmp.content.files.template import Beginning, template
from lmp.content.models import Course, CourseOrigin, CourseVersion, Draft, Verb
from lmp.content.service import drafts, media, versions
from lmp.content.service.revisions import Act
from lmp.content.texts import LONGEST_LINE
from lmp.core import clock, db, turkish
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.network import service as network
from lmp.network.models import Centre

#: Words that stand where the slug of a course does in addresses of drafts.
RESERVED = frozenset({"new", "take-in"})


class TitleTaken(RuleBroken):
    """The centre has a course of this name; `slug` is it."""

    def __init__(self, slug: str, field: str) -> None:
        """Keep the course, so that the page can offer it."""
        super().__init__(Message(N_("Your centre has a course with this title. Write another one.")), field)
        self.slug = slug


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourse:
    """The five things one says of a course to begin it, and the centre it belongs to."""

    title: Bilingual
    field: str
    #: Of 60 minutes, all strands together.
    hours: int
    shape: Shape
    centre: str


def writing_centres(by: Actor) -> list[Centre]:
    """The centres in use whose courses somebody may write."""
    scopes = by.scopes(Role.TRAINER) | by.scopes(Role.CENTRE_ADMINISTRATOR)
    found = network.centres_of(scopes)
    return [one for one in found if one.closed_on is None and allows(by, Action.WRITE_DRAFT, Facts(centre=one.id))]


def create_course(wanted: NewCourse, *, by: Actor) -> Draft:
    """A course of which everything is still to be written. Raises RuleBroken at the field it is about, TitleTaken, NotFound."""
    centre = _writable(wanted.centre, by)
    if not FEWEST_HOURS <= wanted.hours <= MOST_HOURS:
        sentence = N_("Write the hours as a whole number from %(fewest)s to %(most)s.")
        raise RuleBroken(Message(sentence, fewest=FEWEST_HOURS, most=MOST_HOURS), "hours")
    field = _field(wanted.field)
    title = _title(wanted.title, centre)
    shape = wanted.shape
    made = template(
        _free_slug(title.tr),
        shape,
        Beginning(
            title_tr=title.tr, title_en=title.en, centre=centre.slug, field=field, spread=spread(wanted.hours, shape)
        ),
    )
    return _begin(made, centre, None, Act(Verb.CREATE, Place("course")), by)


def copy_course(slug: str, *, title: Bilingual, centre: str, by: Actor) -> Draft:
    """A course of one's centre made from another one: from the draft of an own course, from the newest version of any other.

    Questions get identifiers of their own, because answers belong to an identifier. Raises NotFound, RuleBroken, TitleTaken.
    """
    source = copied(slug, by=by)
    home = _writable(centre, by)
    named = _title(title, home)
    raw = CourseDocument.model_validate(source.document).model_dump(mode="json", exclude_none=True)
    known = offers.marks(raw, media.hashes(source))
    raw |= {"slug": _free_slug(named.tr), "centre": home.slug, "title": named.as_dict()}
    for unit in raw["units"]:
        for question in unit.get("questions", []):
            offers.renew(question)
    made = CourseDocument.model_validate(raw)
    draft = _begin(made, home, source, Act(Verb.COPY, Place("course")), by)
    number = source.number if isinstance(source, CourseVersion) else _newest_number(source.course_id)
    db.session().add(
        CourseOrigin(
            course_id=draft.course_id,
            origin_id=source.course_id,
            number=number,
            settled=number,
            decided=known,
            copied_at=clock.now(),
        )
    )
    db.session().flush()
    return draft


def copied(slug: str, *, by: Actor) -> Draft | CourseVersion:
    """What a copy of a course is made from. Raises NotFound where there is nothing that somebody may copy."""
    found = drafts.find_draft(slug)
    if found is not None and allows(by, Action.WRITE_DRAFT, found):
        return found
    current = versions.find_current(found.course_id) if found is not None else None
    if current is None or not writing_centres(by):
        raise NotFound
    return current


def _newest_number(course_id: UUID) -> int:
    """The number of a course's newest version, 0 before the first."""
    current = versions.find_current(course_id)
    return current.number if current is not None else 0


def _writable(slug: str, by: Actor) -> Centre:
    """A centre in use whose courses somebody may write. Raises NotFound, NotAllowed, RuleBroken for a closed one."""
    centre = network.centre(slug)
    require(by, Action.WRITE_DRAFT, Facts(centre=centre.id))
    if centre.closed_on is not None:
        raise RuleBroken(Message(N_("This centre is closed. Choose another one.")), "centre")
    return centre


def _field(slug: str) -> str:
    """A field in use. Raises RuleBroken."""
    if all(one.slug != slug for one in network.fields_on_offer()):
        raise RuleBroken(Message(N_("Choose the field of the course.")), "field")
    return slug


def _title(title: Bilingual, centre: Centre) -> Bilingual:
    """The title, cleaned. Raises RuleBroken at the language in which it is missing, TitleTaken."""
    cleaned = Bilingual(one_line(title.tr, LONGEST_LINE), one_line(title.en, LONGEST_LINE))
    for lang, sentence in (
        ("tr", N_("Write the title in Turkish.")),
        ("en", N_("Write the title in English.")),
    ):
        if not getattr(cleaned, lang):
            raise RuleBroken(Message(sentence), f"title_{lang}")
    there = db.session().execute(select(Course.slug, Course.title).where(Course.centre_id == centre.id))
    for slug, other in there:
        for lang in ("tr", "en"):
            if turkish.fold(getattr(other, lang)) == turkish.fold(getattr(cleaned, lang)):
                raise TitleTaken(slug, f"title_{lang}")
    return cleaned


def _free_slug(title: str) -> str:
    """The short name a course gets from its Turkish title."""
    return free_id({*db.session().scalars(select(Course.slug)), *RESERVED}, title)


def _begin(
    document: CourseDocument, centre: Centre, source: Draft | CourseVersion | None, act: Act, by: Actor
) -> Draft:
    """A new course with its first draft; the files of `source` become its own as well."""
    hashes = media.hashes(source) if source is not None else {}
    content = drafts.Content(
        document=document,
        hashed=content_hash(document, hashes),
        centre=centre,
        fields=[network.field(slug) for slug in document.fields],
        files=lambda course: media.adopt(course, source) if source is not None else {},
    )
    draft = drafts.save(None, content, act, by.id)
    audit.record(by, "content.draft_saved", draft.course, revision=draft.revision, hash=draft.hash)
    return draft
