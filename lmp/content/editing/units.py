"""Acts on the units of a course: adding, ordering, copying, removing, bringing back."""

import copy
from collections.abc import Mapping

from lmp.content.document.unwritten import WORD
from lmp.content.editing.marks import follow
from lmp.content.editing.places import Raw, free_id, unit_in
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.ids import new_id
from lmp.core.messages import N_, Message

_SUMMARY = {"tr": "ünitenin sonunda ne yapılabildiği", "en": "what one can do after this unit"}
_FIRST = {"tr": "başlık ve metin", "en": "heading and text"}
#: What a copy is called, behind the title in each language.
_COPY = {"tr": "kopya", "en": "copy"}


def add(document: Raw, title: Mapping[str, str]) -> str:
    """A new unit at the end with one text that is still to be written; answers its key, made from the title."""
    key = free_id(_keys(document), title.get("tr") or title.get("en") or "unite")
    document["units"].append(
        {
            "key": key,
            "title": {"tr": title.get("tr", ""), "en": title.get("en", "")},
            "summary": _unwritten(_SUMMARY),
            "minutes": 0,
            "outcomes": [],
            "blocks": [{"kind": "text", "id": "giris", "body": _unwritten(_FIRST)}],
            "questions": [],
        }
    )
    return key


def _unwritten(texts: Mapping[str, str]) -> dict[str, str]:
    """A text that says what is to be written."""
    return {lang: f"{WORD} {text}" for lang, text in texts.items()}


def _keys(document: Raw) -> list[str]:
    """The keys of the units."""
    return [unit["key"] for unit in document["units"]]


def place_of(document: Raw, key: str) -> int:
    """The place of a unit, from nought. Raises NotFound."""
    unit_in(document, key)
    return _keys(document).index(key)


def move(document: Raw, key: str, step: int) -> None:
    """Move a unit by so many places (−1: up); at either end it stays. Raises NotFound."""
    place = place_of(document, key)
    unit = document["units"].pop(place)
    document["units"].insert(min(max(place + step, 0), len(document["units"])), unit)


def remove(document: Raw, key: str) -> None:
    """Take a unit out with everything in it. Raises NotFound, RuleBroken for the last one."""
    place = place_of(document, key)
    if len(document["units"]) == 1:
        raise RuleBroken(Message(N_("A course has at least one unit. Add another one before you remove this one.")))
    del document["units"][place]


def bring_back(document: Raw, earlier: Raw, key: str) -> None:
    """Put a removed unit back where it stood in an earlier state of the course. Raises NotFound."""
    if key in _keys(document):
        return
    unit = copy.deepcopy(unit_in(earlier, key))
    taken = {question["key"] for one in document["units"] for question in one.get("questions", [])}
    if taken & {question["key"] for question in unit.get("questions", [])}:
        raise NotFound(Message(N_("A question of this unit has a new place, so the unit cannot come back as a whole.")))
    document["units"].insert(place_of(earlier, key), unit)


def duplicate(document: Raw, key: str) -> str:
    """Put a copy of a unit behind it; answers its key.

    Its questions get keys and UUIDs of their own, because answers belong to a UUID, and name those they were copied from.
    """
    made = copy.deepcopy(unit_in(document, key))
    before = copy.deepcopy(made)
    made["key"] = free_id(_keys(document), key)
    made["title"] = {lang: _copied(text, lang) for lang, text in made["title"].items()}
    _renew_questions(document, made)
    follow(before, made, document["source"])
    document["units"].insert(place_of(document, key) + 1, made)
    return str(made["key"])


def _copied(title: str, lang: str) -> str:
    """The title of a copy; one that is still to be written stays."""
    return title if not title or title.startswith(WORD) else f"{title} ({_COPY[lang]})"


def _renew_questions(document: Raw, unit: Raw) -> None:
    """Keys and UUIDs that no other question of the course has, and blocks that ask by them."""
    taken = {question["key"] for one in document["units"] for question in one.get("questions", [])}
    renamed: dict[str, str] = {}
    for question in unit.get("questions", []):
        renamed[question["key"]] = free_id(taken, question["key"])
        taken.add(renamed[question["key"]])
        question.update(key=renamed[question["key"]], origin=question["id"], id=str(new_id()))
    for block in unit["blocks"]:
        if block["kind"] == "question":
            block["ask"] = renamed.get(block["ask"], block["ask"])
