"""What differs between two states of a course, thing by thing and text by text, with the words marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lmp.content import changes, difference_words, wording
from lmp.content.changes import Change
from lmp.content.document import LANGS, CourseDocument, Lang
from lmp.content.wording import Sides
from lmp.core.messages import Message

_YES, _NO = "yes", "no"
#: A text of a thing: in each language, or (under None) what has no language.
_Texts = dict[Lang | None, str]
#: What outcomes and fields are called in each language, by their keys.
Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One text of a thing, before and now. `lang` is None for what has no language, `name` tells apart texts of one kind."""

    label: Message
    name: str
    field: str
    lang: Lang | None
    sides: Sides

    def word(self, text: str) -> Message | None:
        """What people call a value that has no language, if they have a word for it."""
        return None if self.lang else difference_words.value(self.field, text)


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing that was added, changed or removed, and its texts that differ."""

    change: Change
    rows: tuple[Row, ...]


def differences(
    before: CourseDocument | None,
    after: CourseDocument,
    media_before: Mapping[str, str],
    media_after: Mapping[str, str],
    fields: Words | None = None,
) -> list[Difference]:
    """Every difference in the order of `changes.changes`, each with the texts that say it; `fields` are called by those words."""
    old = changes.things(before, media_before) if before else {}
    new = changes.things(after, media_after)
    were, are = {**words_of(before), **(fields or {})}, {**words_of(after), **(fields or {})}
    return [
        Difference(change, rows(old.get(change.thing), new.get(change.thing), were, are))
        for change in changes.changes(before, after, media_before, media_after)
    ]


def words_of(document: CourseDocument | None) -> dict[str, Mapping[str, str]]:
    """What the outcomes of a course are called."""
    return {one.id: {"tr": one.text.tr, "en": one.text.en} for one in document.outcomes} if document else {}


def rows(before: Any, after: Any, were: Words | None = None, are: Words | None = None) -> tuple[Row, ...]:
    """The texts of one thing that differ; of a thing that came or went, all of them.

    The bytes of a file and an order of keys say nothing. `were` and `are` call outcomes and fields by their words.
    """
    if isinstance(before, str | list) or isinstance(after, str | list):
        return ()
    old, new = dict(_texts(before, were or {})), dict(_texts(after, are or {}))
    return tuple(
        Row(difference_words.label(name), ".".join(name[:-1]), name[-1], lang, wording.compare(was, now))
        for name in (*new, *(name for name in old if name not in new))
        for lang in (None, *LANGS)
        if (was := old.get(name, {}).get(lang, "")) != (now := new.get(name, {}).get(lang, ""))
    )


def _texts(value: Any, words: Words, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], _Texts]]:
    """Every text in a thing with its place, without what only programs read."""
    if isinstance(value, dict):
        if value and set(value) <= set(LANGS):
            yield place, {lang: _said(value.get(lang)) for lang in LANGS}
            return
        for key, inner in value.items():
            if key not in difference_words.UNREAD:
                yield from _texts(inner, words, (*place, key))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, inner in enumerate(value, 1):
            name = inner.get("id") or inner.get("key") or number if isinstance(inner, dict) else number
            yield from _texts(inner, words, (*place, str(name)))
    elif value is not None:
        yield place, _called(place, value, words) or {None: _said(value)}


def _called(place: Sequence[str], value: Any, words: Words) -> _Texts | None:
    """Keys of outcomes or fields by their words, where all of them have some."""
    keys = value if isinstance(value, list) else [value]
    if place[-1] not in difference_words.KEYED or not all(key in words for key in keys):
        return None
    return {lang: "\n".join(words[key].get(lang) or "" for key in keys) for lang in LANGS}


def _said(value: Any) -> str:
    """A value as words; lists one below the other."""
    if isinstance(value, list):
        return "\n".join(_said(one) for one in value)
    if isinstance(value, bool):
        return _YES if value else _NO
    return "" if value is None else str(value)
