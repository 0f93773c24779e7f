"""Acts on the questions of a unit: adding, writing, duplicating, removing, and the place in the page that asks one."""

import copy
import re
from typing import Any

from lmp.content.editing import blocks, marks
from lmp.content.editing.places import Raw, Superseded, block_in, free_id, mark_of, question_in, unit_in
from lmp.content.texts import Lang, other
from lmp.core.errors import NotFound
from lmp.core.ids import new_id

#: So many words of the prompt stand in a question's key.
_KEY_WORDS = 5
_WORD = re.compile(r"\w+")
#: The address of a question that is not there yet ends with it.
_NEW = "new"
#: What only the questions of a kind have, as an author finds it; whether the statement is right has to be said first.
_PARTS: dict[str, Raw] = {
    "single": {"options": ["a", "b", "c"]},
    "multiple": {"options": ["a", "b", "c", "d"]},
    "truefalse": {},
    "number": {},
    "text": {"accept": {"tr": [], "en": []}},
    "matching": {"pairs": ["a", "b", "c"], "others": []},
    "ordering": {"items": ["a", "b", "c"]},
}


class QuestionSuperseded(Superseded):
    """Somebody else has changed the question since the page was opened; `theirs` is what stands there now."""

    def __init__(self, theirs: Raw) -> None:
        """Keep the other person's question, so that both can be shown."""
        super().__init__()
        self.theirs = theirs


def blank(kind: str, outcome: str, use: str) -> Raw:
    """A question of a kind in which nothing is written yet; key and id are given when it is added."""
    parts = {name: _blank_part(name, value) for name, value in _PARTS[kind].items()}
    return {
        "kind": kind,
        "outcome": outcome,
        "use": use,
        "difficulty": 1,
        "prompt": _text(),
        **parts,
        "explanation": _text(),
    }


def _blank_part(name: str, value: Any) -> Any:
    """The rows of a part by their ids, or the part as it is."""
    return [blank_row(name, row) for row in value] if isinstance(value, list) else copy.deepcopy(value)


def blank_row(part: str, row: str) -> Raw:
    """An option, pair or item in which nothing is written yet."""
    if part == "options":
        return {"id": row, "correct": False, "text": _text()}
    if part == "pairs":
        return {"id": row, "left": _text(), "right": _text()}
    return {"id": row, "text": _text()}


def _text() -> Raw:
    """A text that is not written yet."""
    return {"tr": "", "en": ""}


def add_question(document: Raw, unit: str, question: Raw, after: str | None) -> str:
    """Add a question to a unit's bank, and where the page asks it a block behind another one; answers its key.

    `after` is as in `blocks.add`. Raises NotFound.
    """
    bank = unit_in(document, unit).setdefault("questions", [])
    key = key_of(document, unit, question)
    made = {"key": key, "id": str(new_id()), **question}
    bank.append(made)
    source: Lang = document["source"]
    marks.mark_translation(made, source, "draft")
    if made["use"] != "quiz":
        blocks.add(document, unit, _asking(key), after)
    return key


def key_of(document: Raw, unit: str, question: Raw) -> str:
    """A free key for a question: the first words of its prompt, or its number in the unit."""
    prompt = question["prompt"]
    words = _WORD.findall(prompt[document["source"]] or prompt[other(document["source"])])
    number = len(unit_in(document, unit).get("questions", [])) + 1
    return free_id(_taken(document), "-".join(words[:_KEY_WORDS]) or f"soru-{number}")


def _taken(document: Raw) -> list[str]:
    """The keys no other question may have: those of the whole course, and the word that stands in our own addresses."""
    return [_NEW, *(each["key"] for one in document["units"] for each in one.get("questions", []))]


def _asking(key: str) -> Raw:
    """A block that asks a question in the page; its id is the question's key where that is free."""
    return {"kind": "question", "id": key, "ask": key}


def put_question(document: Raw, unit: str, key: str, made: Raw, seen: str) -> None:
    """Put a question in the place of the one with its key; the page asks it exactly when its use says so.

    Raises NotFound, and QuestionSuperseded when the question is neither what `seen` marks nor what is to be written.
    """
    there = question_in(document, unit, key)
    if there == made:
        return
    if mark_of(there) != seen:
        raise QuestionSuperseded(copy.deepcopy(there))
    before = copy.deepcopy(there)
    there.clear()
    there.update(copy.deepcopy(made))
    marks.follow(before, there, document["source"])
    if before["use"] != there["use"]:
        _follow_use(document, unit, there)


def _follow_use(document: Raw, unit: str, question: Raw) -> None:
    """Ask a question in the page, or ask it there no longer, after its use was changed."""
    asking = blocks_that_ask(document, unit, question["key"])
    if question["use"] == "quiz":
        for block in asking:
            blocks.remove(document, unit, block["id"])
    elif not asking:
        blocks.add(document, unit, _asking(question["key"]), None)


def blocks_that_ask(document: Raw, unit: str, key: str) -> list[Raw]:
    """The blocks of a unit's page that ask a question."""
    return [block for block in unit_in(document, unit)["blocks"] if block.get("ask") == key]


def confirm_translation(question: Raw, source: Lang) -> None:
    """Say that somebody compared both languages of a question and found them equal."""
    marks.mark_translation(question, source, "reviewed")


def remove_question(document: Raw, unit: str, key: str) -> None:
    """Take a question out of a unit's bank, and the block that asks it out of the page. Raises NotFound."""
    found = question_in(document, unit, key)
    for block in blocks_that_ask(document, unit, key):
        blocks.remove(document, unit, block["id"])
    unit_in(document, unit)["questions"].remove(found)


def restore_question(document: Raw, earlier: Raw, unit: str, key: str) -> None:
    """Put a removed question back as it stood in an earlier state, and its block behind the one it stood behind.

    Nothing happens when it is there. Raises NotFound when the earlier state does not have it, or the unit is gone.
    """
    old, now = unit_in(earlier, unit), unit_in(document, unit)
    found = question_in(earlier, unit, key)
    bank = now.setdefault("questions", [])
    if any(question["key"] == key for question in bank):
        return
    place = sum(1 for each in old["questions"][: old["questions"].index(found)] if each in bank)
    bank.insert(place, copy.deepcopy(found))
    for block in blocks_that_ask(earlier, unit, key):
        before = old["blocks"][: old["blocks"].index(block)]
        there = {each["id"] for each in now["blocks"]}
        behind = next((each["id"] for each in reversed(before) if each["id"] in there), "")
        blocks.add(document, unit, copy.deepcopy(block), behind)


def duplicate_question(document: Raw, unit: str, key: str, origin: str = "") -> str:
    """Put a copy of a question behind it, also in the page where it is asked; answers the key of the copy.

    The copy has a UUID of its own, because answers belong to a UUID; `origin` names the question of a bank that both were
    made from. Raises NotFound.
    """
    asking = blocks_that_ask(document, unit, key)
    if asking:
        copied = blocks.duplicate(document, unit, asking[-1]["id"], origin)
        made = str(block_in(document, unit, copied)["ask"])
    else:
        found = question_in(document, unit, key)
        made = free_id(_taken(document), key)
        bank = unit_in(document, unit)["questions"]
        bank.append(blocks.copy_of(found, made, origin))
    _move_behind(unit_in(document, unit)["questions"], made, key)
    return made


def _move_behind(bank: list[Raw], key: str, other_key: str) -> None:
    """Let a question stand directly behind another one."""
    question = next((each for each in bank if each["key"] == key), None)
    if question is None:
        raise NotFound
    bank.remove(question)
    place = next(place for place, each in enumerate(bank) if each["key"] == other_key)
    bank.insert(place + 1, question)
