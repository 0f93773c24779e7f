"""What the public lists say of a course: its planned minutes, its languages, and why a search has found it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lmp.content.document import CourseDocument, Lang
from lmp.content.gate import LanguageState as Counts
from lmp.content.gate import language_states
from lmp.content.policy import STRANDS, Strand
from lmp.content.texts import other
from lmp.core import turkish
from lmp.core.messages import N_, Message, Translated


@dataclass(frozen=True)
class Part:
    """The planned minutes of one strand, as the strand bar takes them."""

    key: Strand
    planned: int


@dataclass(frozen=True)
class LanguageState:
    """The language a course was written in, and how far the fingerprints say its translation into the other one is.

    Nobody keeps this by hand: it follows from the version, which never changes.
    """

    source: Lang
    counts: Counts

    @property
    def translation(self) -> Lang:
        """The language it was translated into."""
        return other(self.source)

    @property
    def reviewed(self) -> float:
        """The share of parts whose translation somebody has reviewed; 1 only when that is all of them."""
        return self.counts.percent / 100


@dataclass(frozen=True)
class Glance:
    """What a list shows of a version; it never changes."""

    parts: tuple[Part, ...]
    languages: LanguageState


def glance(document: CourseDocument) -> Glance:
    """The strands a course has, in their order, and the state of its second language."""
    planned = document.minutes.by_strand()
    parts = tuple(Part(strand, planned[strand]) for strand in STRANDS if planned[strand])
    translated = language_states(document)[other(document.source)]
    return Glance(parts, LanguageState(document.source, translated))


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
