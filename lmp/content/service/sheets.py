"""A unit as its editor shows it, read from the newest draft; the course's other units are not looked at."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from lmp.access import Action, Actor, require
from lmp.content.document.translation import State, state_of
from lmp.content.document.tree import Node
from lmp.content.editing import Raw
from lmp.content.editing.pairs import Pair, Side, heading, heading_of, pair, pairs
from lmp.content.editing.panel import Panel, panel, with_only
from lmp.content.editing.places import block_in, mark_of, unit_in
from lmp.content.models import Course, Draft
from lmp.content.naming import Title, title_of
from lmp.content.render import as_html
from lmp.content.service import drafts, media, states
from lmp.content.service.cache import Shelf
from lmp.content.texts import Lang
from lmp.core import db
from lmp.core.db import Bilingual

_panels: Shelf[Panel] = Shelf(64)


@dataclass(frozen=True)
class Sheet:
    """One unit of a draft on its editor's page; `document` and `unit` are only read."""

    draft: Draft
    document: Raw
    unit: Raw

    @property
    def slug(self) -> str:
        """The course's."""
        return self.draft.course.slug

    @property
    def unit_title(self) -> Title:
        """What the unit is called."""
        return title_of(self.unit)

    @property
    def number(self) -> int:
        """The unit's place in the course, from one."""
        return [unit["key"] for unit in self.document["units"]].index(self.unit["key"]) + 1

    @property
    def source(self) -> Lang:
        """The language that is written first."""
        return "en" if self.document["source"] == "en" else "tr"

    def pairs(self) -> list[Pair]:
        """The unit's blocks in both languages."""
        return pairs(self.unit, self.source, as_html)

    def pair(self, block: str) -> Pair:
        """One block in both languages. Raises NotFound."""
        found = block_in(self.document, self.unit["key"], block)
        return pair(self.unit, found, self.unit["blocks"].index(found) + 1, self.source, as_html)

    def heading(self) -> tuple[Side, Side]:
        """The unit's heading in both languages."""
        return heading(self.unit, as_html)

    @property
    def heading_state(self) -> State:
        """How far the translation of the heading is."""
        return state_of(Node(self.unit), self.source)

    @property
    def heading_seen(self) -> str:
        """The mark of the heading as it stands, for saying that it was read."""
        return mark_of(heading_of(self.unit))


def sheet(slug: str, key: str, *, viewer: Actor) -> Sheet:
    """A unit for somebody who may write it. Raises NotFound, NotAllowed."""
    draft = drafts.draft(slug)
    require(viewer, Action.WRITE_DRAFT, draft)
    return sheet_of(draft, key)


def sheet_of(draft: Draft, key: str) -> Sheet:
    """A unit of a draft that was looked up before. Raises NotFound."""
    document = states.state_of(draft).document
    return Sheet(draft, document, unit_in(document, key))


def unit_panel(found: Sheet) -> Panel:
    """What the rules find in a unit; looked for once in each state of it."""
    document = with_only(found.document, found.unit["key"])
    drawings = _drawings(found)
    key = (mark_of(document), tuple(sorted((name, one.served) for name, one in drawings.items())))
    return _panels.get(key, lambda: panel(document, {name: media.read_medium(one) for name, one in drawings.items()}))


def _drawings(found: Sheet) -> Mapping[str, media.Medium]:
    """The unit's drawings by name."""
    named = {name for block in found.unit["blocks"] for name in (block.get("file") or {}).values()}
    there = (name for name in named if name.endswith(".svg") and name in found.draft.media)
    return {name: media.medium_of(found.draft, name) for name in there}


@dataclass(frozen=True, slots=True)
class Target:
    """A course that a block can be copied to, and its units as (key, title)."""

    slug: str
    title: Bilingual
    units: tuple[tuple[str, Title], ...]


def targets(draft: Draft) -> list[Target]:
    """The courses of a draft's centre with their units, the draft's own course first, then in Turkish order."""
    rows = db.session().execute(
        select(Course.slug, Course.title, Draft.document)
        .join(Draft, Draft.course_id == Course.id)
        .where(Course.centre_id == draft.course.centre_id)
        .order_by(Course.id != draft.course_id, Course.sort_key_tr, Course.slug)
    )
    return [Target(slug, title, _titles(document)) for slug, title, document in rows]


def _titles(document: Raw) -> tuple[tuple[str, Title], ...]:
    """The units of a course."""
    return tuple((unit["key"], title_of(unit)) for unit in document["units"])
