"""Marks of translation: what a text in the second language was made from, kept true while people write in both."""

from typing import Literal

from lmp.content.document.translation import fingerprint_of, texts_of, words_in
from lmp.content.document.tree import Node
from lmp.content.editing.places import Raw
from lmp.content.texts import Lang, other


def mark_translation(thing: Raw, source: Lang, state: Literal["draft", "reviewed"]) -> None:
    """Say that the second language of a unit, block or question was made from the source as it stands now.

    Nothing is said of a thing that has no second language yet.
    """
    if has_language(thing, other(source)):
        thing["translation"] = {"from": fingerprint_of(Node(thing), source), "state": state}
    else:
        thing.pop("translation", None)


def has_language(thing: Raw, lang: Lang) -> bool:
    """Whether any text of a thing stands in a language."""
    return any(words_in(text, lang).strip() for text in texts_of(Node(thing)).values())


def follow(before: Raw, after: Raw, source: Lang) -> None:
    """Keep the mark true after somebody wrote: new words in the second language were made from the source as it is now.

    Where only the source changed the mark stays as it was, which is what makes exactly this translation stale.
    """
    if after.get("translation") != before.get("translation"):
        return
    if _words(before, other(source)) != _words(after, other(source)):
        mark_translation(after, source, "draft")


def _words(thing: Raw, lang: Lang) -> dict[str, str]:
    """The texts of a thing in one language by name; what is not written reads as absent."""
    found = {name: words_in(text, lang) for name, text in texts_of(Node(thing)).items()}
    return {name: words for name, words in found.items() if words}
