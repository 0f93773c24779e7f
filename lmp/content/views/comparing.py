"""Differences between two states of a course in sentences, under the unit they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lmp.content.changes import Change
from lmp.content.differences import Difference
from lmp.content.document import LANGS, CourseDocument
from lmp.content.naming import Title
from lmp.core.messages import N_, Message

#: A page shows so many things that differ; more are counted.
MOST_SHOWN = 80
_KINDS = {
    "added": N_("Added: %(thing)s, %(where)s"),
    "changed": N_("Changed: %(thing)s, %(where)s"),
    "removed": N_("Removed: %(thing)s, %(where)s"),
}
#: A unit that the newer state does not have any more has no number.
_GONE = N_("Unit %(key)s (removed)")
_WHERE = {
    LANGS: Message(N_("in both languages")),
    ("tr",): Message(N_("in Turkish")),
    ("en",): Message(N_("in English")),
}


@dataclass(slots=True)
class Group:
    """What differs in one unit, each thing with its sentence; `name` is None and `unit` empty for the course as a whole."""

    unit: str
    name: Message | None
    differences: list[tuple[Difference, Message]] = field(default_factory=list)


def said_change(change: Change) -> Message:
    """One difference in a sentence."""
    return Message(_KINDS[change.kind], thing=change.thing.said, where=_WHERE[change.langs])


def grouped(found: Sequence[Difference], after: CourseDocument) -> list[Group]:
    """Differences under the units of the newer state, in their order."""
    names = {unit.key: unit_name(number, unit.title.tr, unit.title.en) for number, unit in enumerate(after.units, 1)}
    groups: dict[str, Group] = {}
    for one in found:
        key = one.change.thing.unit
        name = names.get(key, Message(_GONE, key=key)) if key else None
        groups.setdefault(key, Group(key, name)).differences.append((one, said_change(one.change)))
    return list(groups.values())


def shortened(found: Sequence[Difference]) -> list[Difference]:
    """As many as a page shows: units that came or went as a whole say so once."""
    whole = {one.change.thing.unit for one in found if one.change.thing.sort == "unit" and one.change.kind != "changed"}
    glance = [one for one in found if one.change.thing.unit not in whole or one.change.thing.sort == "unit"]
    return glance[:MOST_SHOWN]


def unit_name(number: int, turkish: str, english: str) -> Message:
    """What a unit is called in lists."""
    return Message(N_("Unit %(number)s: %(title)s"), number=number, title=Title(turkish, english))
