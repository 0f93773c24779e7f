"""What the schema says of a changed document, at the price of what was changed: the units it takes already are not read again.

The schema asks nothing of a unit that depends on another part of the course, so a unit that is taken once is taken always.
What has to fit together across units is a finding (`document.findings`) and may be unfinished in a draft.
"""

from dataclasses import dataclass
from typing import Any

from lmp.content.document import CourseDocument, Unit
from lmp.content.editing.exact import is_same
from lmp.content.editing.places import Raw
from lmp.content.texts import Label, Text


@dataclass(frozen=True, slots=True)
class Valid:
    """A document that the schema takes: `raw` as it is kept, and `read`, which holds only what is not in units.

    Units that were not changed are those of the document before, the very same objects.
    """

    raw: Raw
    read: CourseDocument


#: Stands in the place of a unit that the schema took before; models are not read again.
_TAKEN = Unit(key="taken", title=Label(), summary=Text(), minutes=0, outcomes=(), blocks=())


def checked(before: Raw, after: Raw) -> Valid:
    """What became of a document that the schema takes. Raises pydantic's ValidationError with what it says of the whole."""
    kept = _unchanged(before, after)
    units = [_TAKEN if place in kept else unit for place, unit in enumerate(after["units"])] if kept else None
    read = CourseDocument.model_validate({**after, "units": units} if kept else after)
    raw = read.model_dump(mode="json", exclude_none=True)
    raw["units"] = [kept.get(place, unit) for place, unit in enumerate(raw["units"])]
    return Valid(raw, read)


def _unchanged(before: Raw, after: Raw) -> dict[int, Raw]:
    """The units of the document before that stand in the new one as they were, by their places there."""
    by_key = {unit["key"]: unit for unit in before["units"]}
    units: Any = after.get("units")
    found: dict[int, Raw] = {}
    for place, unit in enumerate(units if isinstance(units, list) else []):
        key = unit.get("key") if isinstance(unit, dict) else None
        was = by_key.get(key) if isinstance(key, str) else None
        if was is not None and is_same(was, unit):
            found[place] = was
    return found
