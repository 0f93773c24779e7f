"""What differs between two states of a course document, thing by thing, in each language."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from lmp.content import naming
from lmp.content.document import LANGS, CourseDocument, Lang
from lmp.core.messages import N_, Message

Kind = Literal["added", "changed", "removed"]
KINDS: tuple[Kind, ...] = ("added", "changed", "removed")
#: What people count when they ask what changed; everything else is a part of the course.
Sort = Literal["unit", "block", "question", "part"]
SORTS: tuple[Sort, ...] = ("unit", "block", "question", "part")
_APART = frozenset({"outcomes", "units", "workplace", "meeting", "practical", "glossary"})
#: Plan → its name, and the name of one of its days.
_PLANS = {
    "workplace": (N_("workplace plan"), N_("workplace day %(name)s")),
    "meeting": (N_("meeting plan"), N_("meeting day %(name)s")),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that changes as one: a block, a question, an outcome, a day, a file. `unit` is empty for the course's own."""

    unit: str
    msgid: str
    name: str = ""
    sort: Sort = "part"
    #: What people call it, where its key says nothing to them.
    called: Message | None = field(default=None, compare=False)

    @property
    def message(self) -> Message:
        """What files call it."""
        return Message(self.msgid, name=self.name)

    @property
    def said(self) -> Message:
        """What people call it."""
        return self.called or self.message


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was added, changed or removed, and the languages whose readers see a difference."""

    thing: Thing
    kind: Kind
    langs: tuple[Lang, ...]


def changes(
    before: CourseDocument | None,
    after: CourseDocument,
    media_before: Mapping[str, str],
    media_after: Mapping[str, str],
) -> list[Change]:
    """Every difference from `before` to `after`: the course's own things first, then the units in their new order.

    Where there was nothing before, everything was added.
    """
    old, new = things(before, media_before) if before else {}, things(after, media_after)
    order = {key: place for place, key in enumerate(["", *(unit.key for unit in after.units)])}
    ordered = sorted({**new, **old}, key=lambda thing: order.get(thing.unit, len(order)))
    return [change for thing in ordered if (change := _change(thing, old, new)) is not None]


def tally(found: Iterable[Change]) -> dict[Sort, Counter[Kind]]:
    """How many units, blocks, questions and other parts were added, changed and removed."""
    counted: dict[Sort, Counter[Kind]] = {sort: Counter() for sort in SORTS}
    for change in found:
        counted[change.thing.sort][change.kind] += 1
    return counted


def at_a_glance(found: Sequence[Change]) -> list[Change]:
    """The changes without those inside a unit that came or went as a whole."""
    whole = {change.thing.unit for change in found if change.thing.sort == "unit" and change.kind != "changed"}
    return [change for change in found if change.thing.unit not in whole or change.thing.sort == "unit"]


def _change(thing: Thing, old: Mapping[Thing, Any], new: Mapping[Thing, Any]) -> Change | None:
    """How one thing differs, or None when it does not."""
    if thing not in old:
        return Change(thing, "added", LANGS)
    if thing not in new:
        return Change(thing, "removed", LANGS)
    langs = tuple(lang for lang in LANGS if _read(old[thing], lang) != _read(new[thing], lang))
    return Change(thing, "changed", langs) if langs else None


def _read(value: Any, lang: Lang) -> Any:
    """A value as a reader of one language meets it; the mark of a translation is no reader's concern."""
    if isinstance(value, dict):
        if value and set(value) <= set(LANGS):
            return value.get(lang)
        return {key: _read(inner, lang) for key, inner in value.items() if key != "translation"}
    if isinstance(value, list):
        return [_read(inner, lang) for inner in value]
    return value


def things(document: CourseDocument, media: Mapping[str, str]) -> dict[Thing, Any]:
    """Everything in a document that has a name, with its content."""
    whole = document.model_dump(mode="json", exclude_none=True)
    found = dict(_of_the_course(whole))
    for unit in whole["units"]:
        found.update(_of_a_unit(unit))
    return found | {Thing("", N_("file %(name)s"), name): media.get(name) for name in sorted(document.media_names())}


def _of_the_course(whole: dict[str, Any]) -> Iterator[tuple[Thing, Any]]:
    """The things that belong to no unit."""
    yield Thing("", N_("course details")), {key: value for key, value in whole.items() if key not in _APART}
    yield Thing("", N_("order of the units")), [unit["key"] for unit in whole["units"]]
    for outcome in whole["outcomes"]:
        yield _thing("", N_("outcome %(name)s"), outcome["id"], N_("outcome “%(name)s”"), outcome["text"]), outcome
    for name, (plan, day) in _PLANS.items():
        if name in whole:
            yield Thing("", plan), {key: value for key, value in whole[name].items() if key != "days"}
            yield from ((Thing("", day, str(part["day"])), part) for part in whole[name]["days"])
    if "practical" in whole:
        practical = whole["practical"]
        yield Thing("", N_("practical test")), {key: value for key, value in practical.items() if key != "criteria"}
        for part in practical["criteria"]:
            yield _thing("", N_("criterion %(name)s"), part["id"], N_("criterion “%(name)s”"), part["text"]), part
    for term in whole["glossary"]:
        yield Thing("", N_("term “%(name)s”"), term["term"]["tr"] or term["term"]["en"]), term


def _of_a_unit(unit: dict[str, Any]) -> Iterator[tuple[Thing, Any]]:
    """The things of one unit."""
    key = unit["key"]
    yield (
        Thing(key, N_("title and details"), sort="unit"),
        {name: value for name, value in unit.items() if name not in ("blocks", "questions")},
    )
    yield Thing(key, N_("order of the blocks")), [block["id"] for block in unit["blocks"]]
    called = dict(naming.names_in(unit))
    for block in unit["blocks"]:
        yield Thing(key, N_("block %(name)s"), block["id"], "block", called["block", block["id"]]), block
    for question in unit["questions"]:
        name = question["key"]
        yield Thing(key, N_("question %(name)s"), name, "question", called["question", name]), question


def _thing(unit: str, msgid: str, name: str, called: str, words: Mapping[str, str]) -> Thing:
    """A thing that people call by its first words."""
    return Thing(unit, msgid, name, called=Message(called, name=naming.first_words(words)))
