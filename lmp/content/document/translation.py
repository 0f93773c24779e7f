"""How far the second language is: which things are translated as one, from which source text, and in what state."""

from collections.abc import Iterator
from typing import Literal

from lmp.content.document.course import CourseDocument
from lmp.content.document.tree import Node
from lmp.content.texts import UNMARKED, Lang, other
from lmp.core.text import fingerprint

State = Literal["missing", "stale", "draft", "reviewed"]
_NOT_TEXTS = frozenset({"file", "captions", "translation", "blocks", "questions"})
_LANGUAGES = frozenset({"tr", "en"})


def is_bilingual(node: Node) -> bool:
    """Whether a node is a text in languages and nothing else."""
    return isinstance(node.value, dict) and bool(node.value) and set(node.value) <= _LANGUAGES


def things(document: Node) -> Iterator[Node]:
    """Everything that is translated as one and carries a mark: unit headings, blocks with texts, questions."""
    for unit in document["units"].items:
        yield unit
        yield from (block for block in unit["blocks"].items if block["kind"].text != "question")
        yield from unit["questions"].items


def texts_of(thing: Node) -> dict[str, Node]:
    """The bilingual texts of a thing by name (alt, options.a.why), without what is translated apart from it."""
    found: dict[str, Node] = {}
    for key, child in thing.keys.items():
        if key in _NOT_TEXTS:
            continue
        if is_bilingual(child):
            found[key] = child
        for element in child.items:
            name = f"{key}.{element['id'].text}"
            found |= {f"{name}.{inner}": text for inner, text in texts_of(element).items()}
    return found


def words_in(text: Node, lang: Lang) -> str:
    """A bilingual text in one language; accepted answers one under the other; empty when missing."""
    value = text[lang]
    words = value.items or [value]
    return "\n".join(str(word.value) for word in words if word.value not in (None, []))


def fingerprint_of(thing: Node, source: Lang) -> str:
    """The fingerprint a translation of `thing` is marked with: of its only text, or of all of them with their names."""
    texts = {name: words_in(text, source) for name, text in texts_of(thing).items()}
    if set(texts) == {"body"}:
        return fingerprint(texts["body"])
    return fingerprint("\n".join(f"{name}: {text}" for name, text in sorted(texts.items()) if text))


def state_of(thing: Node, source: Lang) -> State:
    """How far the translation of a thing is."""
    if not any(words_in(text, other(source)).strip() for text in texts_of(thing).values()):
        return "missing"
    mark = thing["translation"]
    if mark["from"].text != fingerprint_of(thing, source):
        return "stale"
    return "reviewed" if mark["state"].text == "reviewed" else "draft"


def is_unmarked(thing: Node) -> bool:
    """Whether nobody has said what the translation was made from."""
    return (thing["translation"]["from"].text or UNMARKED) == UNMARKED


def parity(document: CourseDocument) -> list[tuple[Node, State]]:
    """Every translated thing of a document with its state, in reading order."""
    root = tree(document)
    return [(thing, state_of(thing, document.source)) for thing in things(root)]


def tree(document: CourseDocument) -> Node:
    """The document as checks see it."""
    return Node(document.model_dump(mode="json", exclude_none=True))
