"""Where an edit happens: the thing it changes, the mark that says which state of it somebody saw, and names for new things."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from lmp.content.texts import LONGEST_SLUG
from lmp.core.errors import Conflict, NotFound
from lmp.core.messages import N_, Message
from lmp.network.rules import slug_of

#: A course document, or a part of it, in its JSON form.
Raw = dict[str, Any]
Part = Literal[
    "course",
    "units",
    "unit",
    "block",
    "question",
    "outcomes",
    "glossary",
    "workplace",
    "meeting",
    "practical",
    "policy",
    "sources",
    "test",
]
PARTS: tuple[Part, ...] = get_args(Part)
_MARK_DIGITS = 12
#: A dash and a number.
_NUMBER_ROOM = 5


@dataclass(frozen=True, slots=True)
class Place:
    """One thing of a course that is edited as one; `unit` is a unit's key, `id` a block's id or a question's key."""

    part: Part
    unit: str = ""
    id: str = ""

    def as_list(self) -> list[str]:
        """For the JSON column."""
        return [self.part, self.unit, self.id]


class Superseded(Conflict):
    """Somebody else has changed the thing since the page was opened."""

    def __init__(self) -> None:
        """The sentence that goes with both texts."""
        super().__init__(Message(N_("Somebody else has changed this since you opened it. Both texts are shown below.")))


class TextsSuperseded(Superseded):
    """Texts that two people wrote at once: name → (what stands there now, what was to be written)."""

    def __init__(self, texts: Mapping[str, tuple[Any, Any]]) -> None:
        """Keep both, so that nothing is lost."""
        super().__init__()
        self.texts = dict(texts)


def unit_in(document: Raw, key: str) -> Raw:
    """The unit with this key. Raises NotFound."""
    return _named(document["units"], "key", key)


def block_in(document: Raw, key: str, block: str) -> Raw:
    """A block of a unit. Raises NotFound."""
    return _named(unit_in(document, key)["blocks"], "id", block)


def question_in(document: Raw, key: str, question: str) -> Raw:
    """A question of a unit's bank. Raises NotFound."""
    return _named(unit_in(document, key).get("questions", []), "key", question)


def _named(things: Iterable[Raw], name: str, wanted: str) -> Raw:
    """The thing whose `name` is the wanted one. Raises NotFound, in words for somebody whose colleague removed it."""
    for thing in things:
        if thing[name] == wanted:
            return thing
    raise NotFound(Message(N_("This part of the course is not there any more. Somebody may have removed it.")))


def mark_of(value: object) -> str:
    """The mark of a thing as it is now: 12 hex digits of the SHA-256 of its JSON; equal things have equal marks."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK_DIGITS]


def check_mark(value: object, seen: str) -> None:
    """Raises Superseded unless `seen` marks the thing as it is now."""
    if mark_of(value) != seen:
        raise Superseded


def free_id(taken: Iterable[str], wanted: str) -> str:
    """A name in small ASCII letters, digits and dashes made from words, with a number behind it when it is taken."""
    return slug_of(wanted[: LONGEST_SLUG - _NUMBER_ROOM], set(taken))
