"""Checks of the two languages: what is missing, what nobody marked, what is older than its source."""

from collections.abc import Iterator

from lmp.content.document.findings import Finding, error, warning
from lmp.content.document.translation import (
    fingerprint_of,
    is_bilingual,
    is_unmarked,
    state_of,
    texts_of,
    things,
    words_in,
)
from lmp.content.document.tree import Node, Path
from lmp.content.document.unwritten import RULE as UNWRITTEN
from lmp.content.document.unwritten import is_unwritten
from lmp.content.texts import Lang, other
from lmp.core.messages import N_, Message

#: A document with these can still be read, kept as a draft, and written again without loss.
TOLERABLE = frozenset({"text-missing", "translation-missing", "translation-unmarked", UNWRITTEN})
_NAMES = {"tr": Message(N_("Turkish")), "en": Message(N_("English"))}


def texts_are_complete(root: Node) -> Iterator[Finding]:
    """Every text stands in both languages; a thing without any translation is named once."""
    source = _source(root)
    translated = {thing.path: thing for thing in things(root)}
    untranslated = [path for path, thing in translated.items() if state_of(thing, source) == "missing"]
    for path in untranslated:
        yield _missing(translated[path], other(source), "translation-missing")
    for text in _bilingual_texts(root):
        if not words_in(text, source).strip():
            yield _missing(text[source], source, "text-missing")
        if not words_in(text, other(source)).strip() and not _belongs(text, untranslated, translated):
            yield _missing(text[other(source)], other(source), "translation-missing")


def _belongs(text: Node, untranslated: list[Path], translated: dict[Path, Node]) -> bool:
    """Whether a text is part of a thing that was already named as untranslated."""
    around = (path for path in untranslated if text.path[: len(path)] == path)
    return any(text in texts_of(translated[path]).values() for path in around)


def _bilingual_texts(root: Node) -> Iterator[Node]:
    """Every text of a document that has languages; file names are not texts."""
    for node in root.walk():
        if is_bilingual(node) and node.path[-1:] not in (("file",), ("captions",)):
            yield node


def _missing(node: Node, lang: Lang, rule: str) -> Finding:
    """The finding that something is not written in a language."""
    return error(node, rule, Message(N_("The text is missing in this language: %(language)s."), language=_NAMES[lang]))


def translations_are_fresh(root: Node) -> Iterator[Finding]:
    """Every translated text says what it was made from, and that is still the source."""
    source = _source(root)
    for thing in things(root):
        state = state_of(thing, source)
        if state == "missing" or is_unwritten(thing):
            continue
        if is_unmarked(thing):
            message = Message(N_("This translation is not marked with its source; “lmp courses format” fills it in."))
            yield error(thing["translation"], "translation-unmarked", message)
        elif state == "stale":
            message = Message(
                N_("The source has changed since it was translated (from=%(now)s)."), now=fingerprint_of(thing, source)
            )
            yield warning(thing["translation"], "translation-stale", message)


def _source(root: Node) -> Lang:
    """The language written first."""
    return "en" if root["source"].text == "en" else "tr"
