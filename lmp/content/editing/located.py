"""Which thing of a course a place in its document belongs to, so that a finding can lead to where it is mended."""

from lmp.content.document.tree import Path
from lmp.content.editing.places import PARTS, Part, Place, Raw

#: Keys of the document that are edited as a part of that name, or as another one.
_PARTS: dict[str, Part] = {part: part for part in PARTS if part not in ("course", "unit", "block", "question")}


def place_of(document: Raw, path: Path) -> Place:
    """The thing that holds a place of a document; the course itself where no smaller thing does."""
    match path:
        case ("units", int() as number, "blocks" | "questions" as inside, int() as place, *_):
            return _inside(document, number, inside, place)
        case ("units", int() as number, *_):
            return Place("unit", _named(document["units"], number, "key"))
        case (str() as key, *_) if key in _PARTS:
            return Place(_PARTS[key])
    return Place("course")


def _inside(document: Raw, number: int, inside: str, place: int) -> Place:
    """A block or question of a unit, or the unit where there is no such thing."""
    unit = document["units"][number] if number < len(document["units"]) else {}
    name = _named(unit.get(inside, []), place, "id" if inside == "blocks" else "key")
    if not name:
        return Place("unit", unit.get("key", ""))
    return Place("block" if inside == "blocks" else "question", unit["key"], name)


def _named(things: list[Raw], place: int, name: str) -> str:
    """What the thing at a place of a list is called; empty where there is none."""
    return str(things[place].get(name, "")) if place < len(things) else ""
