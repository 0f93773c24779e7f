"""A question kept beyond a course: what of it belongs to the bank, how it is copied, and whether two of them say the same. Pure."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from lmp.content.document import LANGS, AnyQuestion, Lang
from lmp.content.document.questions import Question
from lmp.content.document.translation import state_of, texts_of
from lmp.content.document.tree import Node
from lmp.content.editing import Raw, free_id, mark_of, unit_in
from lmp.content.editing.marks import mark_translation
from lmp.content.texts import UNMARKED
from lmp.core.ids import new_id

#: What a question says. Its outcome, use and difficulty, its names and notes belong to the course that holds it.
SUBSTANCE = (
    "kind",
    "prompt",
    "explanation",
    "options",
    "correct",
    "value",
    "tolerance",
    "unit",
    "accept",
    "pairs",
    "others",
    "items",
)
#: How many earlier states of a question are remembered; a copy of a still older one reads as changed in its course.
MOST_FORMER = 50
_QUESTIONS: TypeAdapter[AnyQuestion] = TypeAdapter(Question)
_NOBODY = UUID(int=0)


class Standing(StrEnum):
    """How a course's question stands to the one of the bank that it belongs to."""

    SAME = "same"
    #: The course still says what the bank said before.
    OLDER = "older"
    #: The course says something that the bank never said.
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Held:
    """A question of a document: where it stands and what it says."""

    unit_key: str
    question_key: str
    question_id: UUID
    origin: UUID | None
    mark: str


def mark(question: Raw) -> str:
    """The mark of what a question says; equal for questions that read alike, whatever course they stand in."""
    return mark_of({name: question[name] for name in SUBSTANCE if name in question})


def held_by(document: Raw) -> Iterator[Held]:
    """Every question of a document in its JSON form."""
    for unit in document["units"]:
        for question in unit.get("questions", []):
            origin = question.get("origin")
            yield Held(
                unit["key"], question["key"], UUID(question["id"]), UUID(origin) if origin else None, mark(question)
            )


def kept(question: Raw) -> Raw:
    """What of a course's question belongs to the bank: what it says, its key as a wish, and the mark of its translation."""
    return {name: copy.deepcopy(question[name]) for name in ("key", *SUBSTANCE, "translation") if name in question}


def spoken(question: Raw) -> AnyQuestion:
    """A question of the bank as the document's own type, for reading and for checking. Raises pydantic's ValidationError."""
    return _QUESTIONS.validate_python({**_BARE, **question})


_BARE: Mapping[str, Any] = {"id": _NOBODY, "outcome": "x", "use": "both", "difficulty": 1}


def tidy(question: Raw) -> Raw:
    """A question of the bank in the one form in which documents hold questions, so that marks can be compared."""
    said = spoken(question).model_dump(mode="json", exclude_none=True)
    return kept(said)


def standing(of: str, now: str, former: Iterable[str]) -> Standing:
    """How a question with the mark `of` stands to one that has the mark `now` and had the `former` ones."""
    if of == now:
        return Standing.SAME
    return Standing.OLDER if of in former else Standing.OTHER


def add_copy(
    document: Raw, unit: str, question: Raw, *, origin: UUID, outcome: str, use: str, difficulty: int, source: Lang
) -> str:
    """Add a bank's question to a unit under a fresh key and UUID; answers the key. Raises NotFound.

    `source` is the language the bank's question was written in first.
    """
    taken = [each["key"] for one in document["units"] for each in one.get("questions", [])]
    made = {
        **copy.deepcopy(question),
        "key": free_id(taken, question["key"]),
        "id": str(new_id()),
        "outcome": outcome,
        "use": use,
        "difficulty": difficulty,
        "origin": str(origin),
    }
    _carry_mark(made, question, source, document["source"])
    unit_in(document, unit).setdefault("questions", []).append(made)
    return str(made["key"])


def take(held: Raw, question: Raw, *, origin: UUID, source: Lang, document_source: Lang) -> None:
    """Let a course's question say what the bank's says now; its key, UUID, outcome, use, difficulty and notes stay."""
    for name in (*SUBSTANCE, "translation"):
        held.pop(name, None)
    held |= {name: copy.deepcopy(question[name]) for name in SUBSTANCE if name in question}
    held["origin"] = str(origin)
    _carry_mark(held, question, source, document_source)


def _carry_mark(made: Raw, question: Raw, source: Lang, document_source: Lang) -> None:
    """Give a copy the mark its translation deserves: reviewed and drafted stay so, a stale one stays stale.

    Where the course was written first in the other language, the mark is made anew from there.
    """
    made.pop("translation", None)
    state = state_of(Node(question), source)
    if state == "reviewed" or state == "draft":
        mark_translation(made, document_source, state)
    elif state == "stale" and "translation" in question:
        kept_mark = question["translation"] if source == document_source else {"from": UNMARKED, "state": "draft"}
        made["translation"] = copy.deepcopy(kept_mark)


def names_of(question: Raw) -> list[str]:
    """The names of a question's texts in reading order: prompt, options.a.text, options.a.why, …, explanation."""
    found = list(texts_of(Node(question)))
    first, last = ["prompt"], ["explanation"]
    return [*first, *(name for name in found if name not in (*first, *last)), *last]


def text_in(question: Raw, name: str, lang: Lang) -> str:
    """One of a question's texts; accepted answers one under the other."""
    value = _text(question, name).get(lang, "")
    return "\n".join(value) if isinstance(value, list) else str(value)


def put_text(question: Raw, name: str, lang: Lang, words: str) -> None:
    """Write one of a question's texts; of accepted answers each line is one."""
    text = _text(question, name)
    if isinstance(text.get("tr", text.get("en")), list):
        text[lang] = [line.strip() for line in words.splitlines() if line.strip()]
    else:
        text[lang] = words


def _text(question: Raw, name: str) -> Raw:
    """The bilingual text under a name like `options.a.why`, made where it is absent."""
    key, *inner = name.split(".")
    holder = next(each for each in question[key] if each["id"] == inner[0]) if inner else question
    found: Raw = holder.setdefault(inner[1] if inner else key, {})
    return found


_ROWS = ("options", "pairs", "others", "items")


def ids_of(*questions: Raw) -> dict[str, list[str]]:
    """The ids of options, pairs, others and items, each once, in the order of the first question that has them."""
    return {
        rows: list(dict.fromkeys(str(each["id"]) for question in questions for each in question.get(rows, [])))
        for rows in _ROWS
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """One text that two questions have differently: its name, the language, and both wordings; empty where it is absent."""

    name: str
    lang: Lang
    here: str
    there: str


def differences(here: Raw, there: Raw) -> list[Difference]:
    """What two questions say differently, text by text."""
    names = list(dict.fromkeys([*names_of(there), *names_of(here)]))
    pairs = [
        Difference(name, lang, text_if(here, name, lang), text_if(there, name, lang))
        for name in names
        for lang in LANGS
    ]
    return [one for one in pairs if one.here != one.there]


def text_if(question: Raw, name: str, lang: Lang) -> str:
    """One of a question's texts, empty where the question has no such text."""
    return text_in(question, name, lang) if name in names_of(question) else ""
