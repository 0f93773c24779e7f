"""Sentences for people, spoken by rules and services without knowing the reader's language."""

import gettext
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from lmp.core import written

LANGUAGES = ("tr", "en")
_catalogues: dict[str, gettext.NullTranslations] = {}


@runtime_checkable
class Translated(Protocol):
    """A value that has a wording in each language, for example a bilingual title."""

    def in_language(self, lang: str) -> str:
        """The wording in `lang`."""


class Message:
    """An English sentence with named places, resolved for a reader by `text`."""

    __slots__ = ("msgid", "plural", "values")

    def __init__(self, msgid: str, plural: str | None = None, /, **values: object) -> None:
        """Take a msgid marked with `N_` (or a pair marked with `P_`, then `n` is among the values)."""
        self.msgid = msgid
        self.plural = plural
        self.values: Mapping[str, object] = MappingProxyType(values)

    def in_language(self, lang: str) -> str:
        """The sentence in `lang`, so that one message can stand inside another."""
        return text(self, lang)

    def __eq__(self, other: object) -> bool:
        """Messages are values."""
        return isinstance(other, Message) and (self.msgid, self.plural, dict(self.values)) == (
            other.msgid,
            other.plural,
            dict(other.values),
        )

    def __hash__(self) -> int:
        """Messages with the same sentence fall together; values may be unhashable."""
        return hash(self.msgid)

    def __repr__(self) -> str:
        """The English sentence, for logs and test output."""
        return f"Message({text(self, 'en')!r})"


def N_(msgid: str) -> str:  # noqa: N802 - the conventional gettext marker
    """Mark an English sentence for the catalogues without translating it now."""
    return msgid


def P_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - the conventional gettext marker
    """Mark a pair of sentences that differ by number; pass it as `Message(*P_(…), n=…)`."""
    return one, many


def configure(folder: Path) -> None:
    """Load the compiled catalogues found under `folder/<lang>/LC_MESSAGES/messages.mo`."""
    for lang in LANGUAGES:
        _catalogues[lang] = gettext.translation("messages", str(folder), [lang], fallback=True)


def catalogue(lang: str) -> gettext.NullTranslations:
    """The loaded catalogue of a language; English msgids come back as they are when none is loaded."""
    return _catalogues.get(lang) or gettext.NullTranslations()


def text(message: Message, lang: str) -> str:
    """The sentence in `lang`, its values written as people of that language write them."""
    values = {name: spoken(value, lang) for name, value in message.values.items()}
    found = catalogue(lang)
    if message.plural is None:
        sentence = found.gettext(message.msgid)
    else:
        count = message.values["n"]
        sentence = found.ngettext(message.msgid, message.plural, count if isinstance(count, int) else 2)
    return sentence % values if values else sentence.replace("%%", "%")


def spoken(value: object, lang: str) -> object:
    """A value as it stands in a sentence: dates, times and numbers written out, bilingual things in `lang`."""
    if isinstance(value, str):  # the commonest first: asking for a protocol is dear
        return value
    if isinstance(value, Translated):
        return value.in_language(lang)
    if isinstance(value, date):
        return written.day(value, lang)
    if isinstance(value, time):
        return written.time_of_day(value, lang)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return written.number(value, lang, 0 if isinstance(value, int) else 1)
    return value
