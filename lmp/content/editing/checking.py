"""What the schema says of a changed document, at the price of what was changed: what it took already is not read again.

The schema asks nothing of a unit, a block or a question that depends on another part of the course, so what is taken once is
taken always. What has to fit together is a finding (`document.findings`) and may be unfinished in a draft.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lmp.content.document import CourseDocument, TextBlock, Unit
from lmp.content.document.blocks import MarkdownText
from lmp.content.editing.exact import is_same
from lmp.content.editing.places import Raw
from lmp.content.texts import Label, Text


@dataclass(frozen=True, slots=True)
class Valid:
    """A document that the schema takes: `raw` as it is kept, and `read`, which holds only what is not in units.

    Units and blocks that were not changed are those of the document before, the very same objects.
    """

    raw: Raw
    read: CourseDocument


#: They stand in the place of what the schema took before: models are not read again.
_UNIT = Unit(key="taken", title=Label(), summary=Text(), minutes=0, outcomes=(), blocks=())
_BLOCK = TextBlock(id="taken", body=MarkdownText())


def checked(before: Raw, after: Raw) -> Valid:
    """What became of a document that the schema takes. Raises pydantic's ValidationError with what it says of the whole."""
    kept = _kept(before["units"], after.get("units"), "key")
    blocks = _kept_blocks(before, after.get("units"), kept)
    read = CourseDocument.model_validate(_to_read(after, kept, blocks))
    raw = read.model_dump(mode="json", exclude_none=True)
    for place, unit in enumerate(raw["units"]):
        unit["blocks"] = [blocks.get(place, {}).get(inner, block) for inner, block in enumerate(unit["blocks"])]
    raw["units"] = [kept.get(place, unit) for place, unit in enumerate(raw["units"])]
    return Valid(raw, read)


def _to_read(after: Raw, kept: Mapping[int, Raw], blocks: Mapping[int, Mapping[int, Raw]]) -> Raw:
    """The document with something that is not read in the place of what was taken before."""
    if not (kept or blocks):
        return after
    units = [_UNIT if place in kept else unit for place, unit in enumerate(after["units"])]
    for place, taken in blocks.items():
        unit = after["units"][place]
        units[place] = {**unit, "blocks": [_BLOCK if at in taken else one for at, one in enumerate(unit["blocks"])]}
    return {**after, "units": units}


def _kept_blocks(before: Raw, units: Any, kept: Mapping[int, Raw]) -> dict[int, dict[int, Raw]]:
    """The blocks that stand as they were in units that were changed, by the place of the unit and their own."""
    by_key = {unit["key"]: unit for unit in before["units"]}
    found: dict[int, dict[int, Raw]] = {}
    for place, unit in enumerate(units if isinstance(units, list) else []):
        was = by_key.get(_name(unit, "key"))
        if was is not None and place not in kept:
            found[place] = _kept(was["blocks"], unit.get("blocks"), "id")
    return {place: taken for place, taken in found.items() if taken}


def _kept(before: list[Raw], after: Any, name: str) -> dict[int, Raw]:
    """The things of a list that stand in the new one as they were, by their places there."""
    by_name = {one[name]: one for one in before}
    found: dict[int, Raw] = {}
    for place, one in enumerate(after if isinstance(after, list) else []):
        was = by_name.get(_name(one, name))
        if was is not None and is_same(was, one):
            found[place] = was
    return found


def _name(thing: Any, name: str) -> str | None:
    """What a thing is called, where it is a thing that has a name."""
    found = thing.get(name) if isinstance(thing, dict) else None
    return found if isinstance(found, str) else None
