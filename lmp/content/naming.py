"""What blocks, questions and outcomes are called in sentences: by their kind and their first words, never by their keys."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lmp.content.document import LANGS
from lmp.content.document.unwritten import bracketed, readable
from lmp.core.messages import N_, Message

#: A name is cut behind so many characters.
LONGEST = 60
_KINDS = {
    "text": N_("text “%(name)s”"),
    "image": N_("picture “%(name)s”"),
    "video": N_("film “%(name)s”"),
    "file": N_("file “%(name)s”"),
    "task": N_("task “%(name)s”"),
    "note": N_("note “%(name)s”"),
}
_QUESTION = N_("question “%(name)s”")
_EMPTY = {"block": N_("block without words"), "question": N_("question without words")}
#: What Markdown puts in front of a line or around words.
_MARKUP = re.compile(r"^[#>\s]+|[*_`|]+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title of a document inside a sentence."""

    tr: str
    en: str

    def in_language(self, lang: str) -> str:
        """The title in `lang`, or in the other language where it is missing."""
        return (self.tr or self.en) if lang == "tr" else (self.en or self.tr)


def title_of(unit: Mapping[str, Any]) -> Title:
    """What a unit of a document in its JSON form is called; by its key where it has no title."""
    title = readable(unit["title"])
    return Title(title.get("tr") or str(unit["key"]), title.get("en") or "")


def first_words(text: Mapping[str, str]) -> Title:
    """The first line of a text in each language, without markup, cut between words."""
    return Title(*(_shortened(text.get(lang) or "") for lang in LANGS))


def _shortened(text: str) -> str:
    """The first line, cut between words where it is long."""
    line = next((_MARKUP.sub("", line).strip() for line in bracketed(text).splitlines() if line.strip()), "")
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rpartition(" ")[0] + "…"


def block_name(block: Mapping[str, Any], questions: Mapping[str, Mapping[str, Any]]) -> Message:
    """What a block is called; `questions` are those of its unit by their keys."""
    if block["kind"] == "question":
        return question_name(questions.get(block["ask"], {}))
    words = block.get("title") or block.get("body") or block.get("alt") or {}
    return _named(_KINDS[block["kind"]], words, "block")


def question_name(question: Mapping[str, Any]) -> Message:
    """What a question is called."""
    return _named(_QUESTION, question.get("prompt", {}), "question")


def _named(msgid: str, words: Mapping[str, str], part: str) -> Message:
    """A thing by its first words, or by what it is where nobody has written any."""
    name = first_words(words)
    return Message(msgid, name=name) if name.tr or name.en else Message(_EMPTY[part])


class Names:
    """What the things of a course are called now; a unit is read when somebody asks about it."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Take a document in its JSON form."""
        self._units = {unit["key"]: unit for unit in document["units"]}
        self._read: dict[str, dict[tuple[str, str], Message]] = {}

    def unit(self, key: str) -> Title | None:
        """The title of a unit, or None where it is not there any more."""
        found = self._units.get(key)
        return title_of(found) if found else None

    def thing(self, unit: str, part: str, key: str) -> Message | None:
        """What a block or question is called, or None where it is not there any more."""
        if unit not in self._read:
            self._read[unit] = dict(names_in(self._units[unit])) if unit in self._units else {}
        return self._read[unit].get((part, key))


def names_in(unit: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Message]]:
    """What the blocks and questions of a unit are called, by "block" or "question" and their key."""
    questions = {one["key"]: one for one in unit.get("questions", ())}
    yield from ((("block", one["id"]), block_name(one, questions)) for one in unit.get("blocks", ()))
    yield from ((("question", key), question_name(one)) for key, one in questions.items())
