"""What an origin offers to its copy: thing by thing, against what was taken before and what the copy says now.

A thing has a *mark* (what a reader meets, without identifiers and marks of translation). Each offer compares three of them:
what was decided last, what the origin says now, what the copy says now. Nothing is taken by itself.
"""

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lmp.content.editing.places import Raw, mark_of
from lmp.core.ids import new_id

Sort = Literal["detail", "outcome", "unit", "block", "question", "plan", "day", "criterion", "term"]
Kind = Literal["added", "changed", "removed"]
#: What stands for a thing that is not there.
ABSENT = ""
#: Parts of the course's own that are decided on one by one, in the order of the page.
DETAILS = ("title", "summary", "audience", "regulated", "minutes", "policy", "test", "licence", "sources", "notes")
_PLANS = ("workplace", "meeting", "practical")
_DAYS = ("workplace", "meeting")
_HEADING = ("title", "summary", "minutes", "outcomes", "quiz", "translation", "notes")
_PARENTS: dict[Sort, Sort] = {"block": "unit", "question": "unit", "day": "plan", "criterion": "plan"}
#: What no reader meets: a copy's questions have identifiers of their own.
_UNREAD = frozenset({"translation", "origin"})


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Something that is taken or kept as one. `unit` is the key of its unit or plan, `name` what it is called there."""

    sort: Sort
    unit: str = ""
    name: str = ""

    @property
    def key(self) -> str:
        """One word for forms and the JSON column."""
        return "/".join((self.sort, self.unit, self.name))

    @property
    def parent(self) -> "Thing | None":
        """The unit or plan it is a part of."""
        sort = _PARENTS.get(self.sort)
        return Thing(sort, self.unit) if sort else None


@dataclass(frozen=True, slots=True)
class Offer:
    """A thing that the origin changed: what it was there, what it is now, and what the copy says."""

    thing: Thing
    kind: Kind
    old: Any
    new: Any
    own: Any
    #: Whether the copy was changed in this place too, since it was made.
    conflict: bool

    @property
    def seen(self) -> str:
        """The mark of both sides, so that a decision is about what somebody saw."""
        return mark_of([mark(self.new), mark(self.own)])


def mark(value: Any) -> str:
    """The mark of a thing as readers meet it, empty for one that is not there."""
    return ABSENT if value is None else mark_of(_read(value))


def _read(value: Any) -> Any:
    """A value without what no reader meets and without languages in which nothing is written."""
    if isinstance(value, dict):
        is_question = "prompt" in value
        hidden = _UNREAD | {"id"} if is_question else _UNREAD
        return {key: _read(inner) for key, inner in value.items() if key not in hidden and inner not in ("", None)}
    return [_read(inner) for inner in value] if isinstance(value, list) else value


def things(document: Raw, media: Mapping[str, str]) -> dict[Thing, Any]:
    """Everything in a document that can be offered, in the order of the page; with it the hashes of the files it names."""
    found: dict[Thing, Any] = {Thing("detail", name=name): document.get(name) for name in DETAILS}
    found |= {Thing("outcome", name=one["id"]): one for one in document["outcomes"]}
    for unit in document["units"]:
        found[Thing("unit", unit["key"])] = {name: unit[name] for name in _HEADING if name in unit}
        found |= {Thing("block", unit["key"], one["id"]): _with_files(one, media) for one in unit["blocks"]}
        found |= {Thing("question", unit["key"], one["key"]): one for one in unit.get("questions", [])}
    for plan in _PLANS:
        if plan in document:
            parts = {"days", "criteria"}
            found[Thing("plan", plan)] = {key: value for key, value in document[plan].items() if key not in parts}
    for plan in _DAYS:
        found |= {Thing("day", plan, str(one["day"])): one for one in document.get(plan, {}).get("days", [])}
    criteria = document.get("practical", {}).get("criteria", [])
    found |= {Thing("criterion", "practical", one["id"]): one for one in criteria}
    found |= {Thing("term", name=name_of_term(one)): one for one in document.get("glossary", [])}
    return {thing: value for thing, value in found.items() if value is not None}


def name_of_term(term: Raw) -> str:
    """What a term is called: its Turkish word, else the English one."""
    return str(term["term"].get("tr") or term["term"].get("en") or "")


def _with_files(block: Raw, media: Mapping[str, str]) -> Raw:
    """A block with the hashes of its files, so that another picture under the same name is a change."""
    names = [name for key in ("file", "captions") for name in (block.get(key) or {}).values() if name]
    return {**block, "@files": {name: media[name] for name in names if name in media}} if names else block


def marks(document: Raw, media: Mapping[str, str]) -> dict[str, str]:
    """The mark of every thing, by its key."""
    return {thing.key: mark(value) for thing, value in things(document, media).items()}


Things = Mapping[Thing, Any]


def offers(decided: Mapping[str, str], taken: Things, theirs: Things, own: Things) -> list[Offer]:
    """What is to be decided, in the order of the page.

    `decided` holds the mark of every thing as it was at the origin when somebody last decided; `taken` is what the origin said
    then, for showing the old text. A unit or plan that came or went is one thing together with all it holds.
    """
    found = []
    for thing in _in_order(theirs, own, taken):
        around = thing.parent
        if around is None or (around in theirs and around in own):
            offer = _offer(thing, decided.get(thing.key, ABSENT), taken, theirs, own)
            found += [offer] if offer is not None else []
    return found


def decided_with(taken: Iterable[Offer], theirs: Things, own: Things) -> dict[str, str]:
    """The marks that are decided with these offers: theirs, those of what they hold, and of all that is the same by now."""
    offered = {one.thing for one in taken}
    return {
        thing.key: mark(theirs.get(thing))
        for thing in _in_order(theirs, own, offered)
        if thing in offered or thing.parent in offered or mark(theirs.get(thing)) == mark(own.get(thing))
    }


def _in_order(*sides: Iterable[Thing]) -> list[Thing]:
    """Every thing once, those of the first side first."""
    return list(dict.fromkeys(thing for side in sides for thing in side))


def _offer(thing: Thing, decided: str, taken: Things, theirs: Things, own: Things) -> Offer | None:
    """What is to be decided about one thing, if anything."""
    there, here = theirs.get(thing), own.get(thing)
    said = mark(there)
    if said in (decided, mark(here)):
        return None
    kind: Kind = "added" if decided == ABSENT else "removed" if said == ABSENT else "changed"
    return Offer(thing, kind, taken.get(thing), there, here, conflict=mark(here) != decided)


# --- taking


def take(document: Raw, origin: Raw, thing: Thing) -> None:
    """Make one thing of a document what it is in its origin, at the same place among its neighbours."""
    _TAKE[thing.sort](document, origin, thing)


def _take_detail(document: Raw, origin: Raw, thing: Thing) -> None:
    if thing.name in origin:
        document[thing.name] = copy.deepcopy(origin[thing.name])
    else:
        document.pop(thing.name, None)


def _take_listed(name: Callable[[Raw], str], *path: str) -> Callable[[Raw, Raw, Thing], None]:
    """Taking an element of the list at a path, which `name` gives the name of."""

    def act(document: Raw, origin: Raw, thing: Thing) -> None:
        way = [thing.unit if step == "@" else step for step in path]
        _take_element(_list_at(document, way), _list_at(origin, way), name, thing.name)

    return act


def _list_at(document: Raw, path: list[str]) -> list[Raw]:
    """The list at a path, made where there is none."""
    for step in path[:-1]:
        document = document.setdefault(step, {})
    found: list[Raw] = document.setdefault(path[-1], [])
    return found


def _take_element(own: list[Raw], theirs: list[Raw], name: Callable[[Raw], str], wanted: str) -> None:
    """Replace, add or remove one element."""
    here = next((place for place, one in enumerate(own) if name(one) == wanted), None)
    there = next((one for one in theirs if name(one) == wanted), None)
    if there is None:
        if here is not None:
            del own[here]
    elif here is None:
        own.insert(_place(own, theirs, name, wanted), copy.deepcopy(there))
    else:
        own[here] = copy.deepcopy(there)


def _place(own: list[Raw], theirs: list[Raw], name: Callable[[Raw], str], wanted: str) -> int:
    """Where an element comes: behind the nearest one before it there that is here too, else at the beginning."""
    names = [name(one) for one in own]
    before: list[str] = []
    for one in theirs:
        if name(one) == wanted:
            break
        before.append(name(one))
    return next((names.index(one) + 1 for one in reversed(before) if one in names), 0)


def _take_unit(document: Raw, origin: Raw, thing: Thing) -> None:
    """A unit's heading; the whole unit when it came or went."""
    there, here = _unit(origin, thing.unit), _unit(document, thing.unit)
    if there is None or here is None:
        _take_element(document["units"], origin["units"], _key, thing.unit)
        for question in (_unit(document, thing.unit) or {}).get("questions", []):
            renew(question)
        return
    for name in _HEADING:
        here.pop(name, None)
    here |= {name: copy.deepcopy(there[name]) for name in _HEADING if name in there}


def _take_block(document: Raw, origin: Raw, thing: Thing) -> None:
    """A block; with it the question it asks, where the copy does not have it."""
    there, here = _unit(origin, thing.unit), _unit(document, thing.unit)
    if here is None or there is None:
        return
    _take_element(here["blocks"], there["blocks"], _id, thing.name)
    asked = next((one.get("ask") for one in here["blocks"] if one["id"] == thing.name), None)
    if asked and all(one["key"] != asked for one in here.get("questions", [])):
        _take_question(document, origin, Thing("question", thing.unit, asked))


def _take_question(document: Raw, origin: Raw, thing: Thing) -> None:
    """A question: answers belong to its identifier, so one that is here keeps its own and a new one gets another."""
    there, here = _unit(origin, thing.unit), _unit(document, thing.unit)
    if here is None or there is None:
        return
    own = here.setdefault("questions", [])
    kept = {one["key"]: (one["id"], one.get("origin")) for one in own}
    _take_element(own, there.get("questions", []), _key, thing.name)
    made = next((one for one in own if one["key"] == thing.name), None)
    if made is None:
        return
    renew(made)
    if thing.name in kept:
        made["id"], was = kept[thing.name]
        if was:
            made["origin"] = was


def renew(question: Raw) -> None:
    """Give a copied question an identifier of its own, and let it name the one it was made from."""
    question["origin"], question["id"] = question["id"], str(new_id())


def _take_plan(document: Raw, origin: Raw, thing: Thing) -> None:
    """What a plan says beside its days or criteria; the whole plan when it came or went."""
    there, here = origin.get(thing.unit), document.get(thing.unit)
    if there is None:
        document.pop(thing.unit, None)
    elif here is None:
        document[thing.unit] = copy.deepcopy(there)
    else:
        parts = {key: here[key] for key in ("days", "criteria") if key in here}
        document[thing.unit] = {**copy.deepcopy(there), **parts}


def _take_day(document: Raw, origin: Raw, thing: Thing) -> None:
    """A day, in the order of the days."""
    if thing.unit not in document:
        return
    days = document[thing.unit].setdefault("days", [])
    _take_element(days, origin.get(thing.unit, {}).get("days", []), _day, thing.name)
    days.sort(key=lambda one: one["day"])


def _take_criterion(document: Raw, origin: Raw, thing: Thing) -> None:
    """A criterion of the practical test."""
    if "practical" in document:
        theirs = origin.get("practical", {}).get("criteria", [])
        _take_element(document["practical"].setdefault("criteria", []), theirs, _id, thing.name)


def _unit(document: Raw, key: str) -> Raw | None:
    return next((unit for unit in document["units"] if unit["key"] == key), None)


def _id(one: Raw) -> str:
    return str(one["id"])


def _key(one: Raw) -> str:
    return str(one["key"])


def _day(one: Raw) -> str:
    return str(one["day"])


_TAKE: dict[Sort, Callable[[Raw, Raw, Thing], None]] = {
    "detail": _take_detail,
    "outcome": _take_listed(_id, "outcomes"),
    "unit": _take_unit,
    "block": _take_block,
    "question": _take_question,
    "plan": _take_plan,
    "day": _take_day,
    "criterion": _take_criterion,
    "term": _take_listed(name_of_term, "glossary"),
}


def files_of(document: Raw, thing: Thing) -> Iterator[str]:
    """The files that a thing of a document names."""
    unit = _unit(document, thing.unit) if thing.sort in ("unit", "block") else None
    for block in (unit or {}).get("blocks", []):
        if thing.sort == "unit" or block["id"] == thing.name:
            for key in ("file", "captions"):
                yield from (name for name in (block.get(key) or {}).values() if name)
