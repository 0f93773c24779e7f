"""Acts on the blocks of a unit: adding, moving, copying, removing, writing."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lmp.content.editing.marks import follow
from lmp.content.editing.places import Raw, TextsSuperseded, block_in, free_id, mark_of, unit_in
from lmp.content.texts import LANGS, Lang
from lmp.core.errors import RuleBroken
from lmp.core.ids import new_id
from lmp.core.messages import N_, Message

#: What the blocks of a kind are called in their ids.
_NAMES = {
    "text": "metin",
    "image": "gorsel",
    "video": "video",
    "file": "dosya",
    "question": "soru",
    "task": "gorev",
    "note": "not",
}


def add(document: Raw, unit: str, block: Raw, after: str | None) -> str:
    """Put a new block behind another one ("": at the beginning, None: at the end); answers its id.

    The id is the block's own when it is free, else made from its kind. Raises NotFound.
    """
    blocks = unit_in(document, unit)["blocks"]
    name = free_id((each["id"] for each in blocks), block.get("id") or _NAMES[block["kind"]])
    blocks.insert(_place_behind(document, unit, after), {**block, "id": name})
    return name


def _place_behind(document: Raw, unit: str, after: str | None) -> int:
    """The place in the list behind a block. Raises NotFound."""
    blocks = unit_in(document, unit)["blocks"]
    if after is None:
        return len(blocks)
    return place_of(document, unit, after) + 1 if after else 0


def place_of(document: Raw, unit: str, block_id: str) -> int:
    """The place of a block in its unit, from nought. Raises NotFound."""
    blocks: list[Raw] = unit_in(document, unit)["blocks"]
    return blocks.index(block_in(document, unit, block_id))


def move(document: Raw, unit: str, block_id: str, step: int) -> None:
    """Move a block by so many places (−1: up); at either end it stays. Raises NotFound."""
    blocks = unit_in(document, unit)["blocks"]
    place = place_of(document, unit, block_id)
    block = blocks.pop(place)
    blocks.insert(min(max(place + step, 0), len(blocks)), block)


def duplicate(document: Raw, unit: str, block_id: str, origin: str = "") -> str:
    """Put a copy of a block behind it; a question is copied with it. Answers the id of the copy. Raises NotFound.

    `origin`: as in `copy_to`.
    """
    block = block_in(document, unit, block_id)
    questions = unit_in(document, unit).get("questions", [])
    return copy_to(document, unit, block, questions, after=block_id, origin=origin)


def copy_to(document: Raw, unit: str, block: Raw, questions: Sequence[Raw], after: str | None, origin: str = "") -> str:
    """Copy a block from anywhere into a unit; answers its id.

    The question of a question block is looked for in `questions` and comes along under a new key and UUID, because answers
    belong to a UUID; the copy names the one it was made from, or the one of a bank that `origin` names. Raises NotFound,
    RuleBroken for a question that is not there.
    """
    made = copy.deepcopy(block)
    if made["kind"] == "question":
        made["ask"] = _copy_question(document, unit, made["ask"], questions, origin)
    return add(document, unit, made, after)


def _copy_question(document: Raw, unit: str, key: str, questions: Iterable[Raw], origin: str) -> str:
    """Add a copy of a question to a unit's bank; answers its key."""
    found = next((question for question in questions if question["key"] == key), None)
    if found is None:
        raise RuleBroken(Message(N_("There is no question “%(name)s” in this unit's questions."), name=key))
    taken = (question["key"] for one in document["units"] for question in one.get("questions", []))
    made = copy_of(found, free_id(taken, key), origin)
    unit_in(document, unit).setdefault("questions", []).append(made)
    return str(made["key"])


def copy_of(question: Raw, key: str, origin: str) -> Raw:
    """A question under another key and UUID, which names what it was made from: `origin`, or else that question."""
    return {**copy.deepcopy(question), "key": key, "id": str(new_id()), "origin": origin or question["id"]}


def remove(document: Raw, unit: str, block_id: str) -> None:
    """Take a block out of its unit; the question it asked stays in the bank. Raises NotFound."""
    unit_in(document, unit)["blocks"].remove(block_in(document, unit, block_id))


def write(document: Raw, unit: str, block_id: str, values: Mapping[str, Any], seen: Mapping[str, str]) -> None:
    """Write values of a block by name: `body.tr`, `title.en`, `minutes`, `tone`.

    `seen` holds for each name the mark of the value that the writer saw. What somebody else has changed since, to
    something else than is to be written, is not overwritten. Raises NotFound, TextsSuperseded with both texts.
    """
    write_thing(block_in(document, unit, block_id), values, seen, document["source"])


def write_thing(thing: Raw, values: Mapping[str, Any], seen: Mapping[str, str], source: Lang) -> None:
    """Write values of anything that is translated as one: a block, a unit's heading. Raises as `write` does."""
    before = copy.deepcopy(thing)
    clashes = {
        name: (value_of(thing, name), value) for name, value in values.items() if _clashes(thing, name, value, seen)
    }
    if clashes:
        raise TextsSuperseded(clashes)
    for name, value in values.items():
        put(thing, name, value)
    follow(before, thing, source)


def _clashes(block: Raw, name: str, value: object, seen: Mapping[str, str]) -> bool:
    """Whether a value is neither what the writer saw nor what the writer wants."""
    there = value_of(block, name)
    return there != value and name in seen and mark_of(there) != seen[name]


def value_of(thing: Raw, name: str) -> Any:
    """The value under a name like `body.tr`; an unwritten text is empty, anything else that is absent is None."""
    key, _, lang = name.partition(".")
    if not lang:
        return thing.get(key)
    return (thing.get(key) or {}).get(lang, "" if lang in LANGS else None)


def put(thing: Raw, name: str, value: Any) -> None:
    """Set the value under a name like `body.tr`; None takes it away."""
    key, _, lang = name.partition(".")
    if lang:
        thing.setdefault(key, {})
    target, last = (thing[key], lang) if lang else (thing, key)
    if value is None:
        target.pop(last, None)
    else:
        target[last] = value
