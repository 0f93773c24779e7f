"""What the public lists say of a course: its planned minutes, its languages, and why a search has found it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lmp.content.document import CourseDocument, Lang, parity
from lmp.content.policy import STRANDS, Strand
from lmp.core import turkish
from lmp.core.messages import N_, Message, Translated


@dataclass(frozen=True)
class Part:
    """The planned minutes of one strand, as the strand bar takes them."""

    key: Strand
    planned: int


@dataclass(frozen=True)
class LanguageState:
    """The language a course was written in, and how much of its texts is translated, and reviewed, in per cent."""

    source: Lang
    translated: int
    reviewed: int


@dataclass(frozen=True)
class Glance:
    """What a list shows of a version; it never changes."""

    parts: tuple[Part, ...]
    languages: LanguageState


def glance(document: CourseDocument) -> Glance:
    """The strands a course has, in their order, and the state of its second language."""
    planned = document.minutes.by_strand()
    parts = tuple(Part(strand, planned[strand]) for strand in STRANDS if planned[strand])
    return Glance(parts, _languages(document))


def _languages(document: CourseDocument) -> LanguageState:
    """Shares are rounded down, so that 100 means all."""
    states = [state for _thing, state in parity(document)]
    number = len(states) or 1
    translated = sum(state != "missing" for state in states) * 100 // number
    reviewed = sum(state == "reviewed" for state in states) * 100 // number
    return LanguageState(document.source, translated, reviewed)


@dataclass(frozen=True)
class Named:
    """Something a course is found by: its name, and all words that lead to it."""

    name: Translated | str
    texts: tuple[str, ...]


def reason(query: str, title: Iterable[str], fields: Sequence[Named], centre: Named) -> Message | None:
    """Why a search has found a course whose title does not say it: its field, its centre, or what it teaches."""
    wanted = [word for word in turkish.words(query) if not _leads(word, title)]
    if not wanted:
        return None
    for word in wanted:
        for field in fields:
            if _leads(word, field.texts):
                return Message(N_("Field: %(name)s"), name=field.name)
        if _leads(word, centre.texts):
            return Message(N_("Centre: %(name)s"), name=centre.name)
    return Message(N_("Found in what the course teaches"))


def _leads(word: str, texts: Iterable[str]) -> bool:
    """Whether some word of the texts begins with a folded search word."""
    return any(one.startswith(word) for text in texts for one in turkish.words(text))
