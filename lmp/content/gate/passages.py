"""What the gate reads: every bilingual text of a course with its place, and the words drawn in its pictures."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache

from lmp.content.document.course import CourseDocument
from lmp.content.document.translation import is_bilingual, things, tree, words_in
from lmp.content.document.tree import Node, Path
from lmp.content.texts import Lang

#: What rules learn of a text is remembered for so many texts; after an edit all but one are those of before.
REMEMBERED = 8192
#: File names and accepted answers: bilingual in form, but nothing that says the same twice.
_NO_TEXT = frozenset({"file", "captions", "accept"})
#: Code, words in italics and in quotation marks: often in the other language, and meant to be.
_QUOTED = re.compile(
    r"(?m)^>.*$|`[^`\n]+`|(?<![*\w])\*(?!\*)[^*\n]+\*(?!\*)|_[^_\n]+_(?!\w)|“[^”\n]*”|‘[^’\n]*’|«[^»\n]*»"
)
#: One of these is in everything that the pattern above finds.
_QUOTES = frozenset(">`*_“‘«")
_LETTER = re.compile(r"[^\n]")
_FENCED = re.compile(r"(?ms)^```.*?^```[ \t]*$|^~~~.*?^~~~[ \t]*$")
_LIST_MARK = re.compile(r"(?m)^[ \t]*(?:(\d+)[.)]|[-*+])[ \t]+")
_LINK = re.compile(r"\]\([^)\s]*\)|https?://\S+")


@dataclass(frozen=True, slots=True)
class Passage:
    """One text in both languages. `thing` is what it belongs to: a block, a question, a unit's heading, a criterion."""

    node: Node
    thing: Node
    tr: str
    en: str

    def get(self, lang: Lang) -> str:
        """The text in a language, empty when it is missing."""
        return self.tr if lang == "tr" else self.en

    def at(self, lang: Lang) -> Node:
        """The place of the text in a language."""
        return self.node[lang]

    @property
    def is_complete(self) -> bool:
        """Whether both languages say something, so that they can be compared."""
        return bool(self.tr.strip() and self.en.strip())


@dataclass(frozen=True, slots=True)
class Course:
    """A course as the gate reads it. `drawings` holds the lines of words in each SVG by file name."""

    root: Node
    source: Lang
    drawings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()

    def by_thing(self) -> dict[Path, list[Passage]]:
        """The complete texts of each thing together."""
        found: dict[Path, list[Passage]] = {}
        for passage in self.passages:
            if passage.is_complete:
                found.setdefault(passage.thing.path, []).append(passage)
        return found


def course(document: CourseDocument, drawings: Mapping[str, tuple[str, ...]]) -> Course:
    """The course as the gate reads it."""
    root = tree(document)
    return Course(root, document.source, drawings, tuple(_passages(root)))


def _passages(root: Node) -> Iterator[Passage]:
    """Every bilingual text in reading order."""
    translated = {thing.path for thing in things(root)}
    yield from _below(root, root, translated)


def _below(node: Node, thing: Node, translated: Set[Path]) -> Iterator[Passage]:
    """The texts below a node; a new thing begins with whatever is translated as one, and with a list outside of those."""
    is_element = bool(node.path) and isinstance(node.path[-1], int)
    if node.path in translated or (is_element and thing.path not in translated):
        thing = node
    if is_bilingual(node) and not _NO_TEXT & set(node.path):
        yield Passage(node, thing, words_in(node, "tr"), words_in(node, "en"))
        return
    for child in (*node.items, *node.keys.values()):
        yield from _below(child, thing, translated)


@lru_cache(REMEMBERED)
def unquoted(text: str) -> str:
    """A text without code, quotations and addresses, each replaced by blanks of the same length."""
    return blanked(text)


def blanked(text: str) -> str:
    """The same for a piece of a text, which is not remembered."""
    found = without_code(text)
    if not _QUOTES.isdisjoint(found):
        found = _QUOTED.sub(_blank, found)
    return without_addresses(found)


def without_code(text: str) -> str:
    """A text without its fenced code, replaced by blanks of the same length."""
    return _FENCED.sub(_blank, text) if "```" in text or "~~~" in text else text


def list_marks(text: str) -> list[re.Match[str]]:
    """The marks of list items. A number at the beginning of a line is one only where two others or more count with it,
    because Turkish writes ordinals with a point (1. kullanıcı).
    """
    marks = list(_LIST_MARK.finditer(without_code(text)))
    is_counted = {"1", "2"} <= {mark[1] for mark in marks}
    return [mark for mark in marks if is_counted or mark[1] is None]


def without_addresses(text: str) -> str:
    """A text without the addresses of its links, each replaced by blanks of the same length."""
    return _LINK.sub(_blank, text) if "](" in text or "://" in text else text


def _blank(found: re.Match[str]) -> str:
    """Blanks in place of what was found; line ends stay."""
    return _LETTER.sub(" ", found[0])
