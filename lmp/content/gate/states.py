"""How far each part of a course is in each language, computed from fingerprints; nobody keeps it by hand."""

from dataclasses import dataclass

from lmp.content.document.course import CourseDocument
from lmp.content.document.translation import State, state_of, texts_of, things, tree, words_in
from lmp.content.document.tree import Node
from lmp.content.texts import LANGS, Lang


@dataclass(frozen=True, slots=True)
class ThingState:
    """One block, question or unit heading in one language."""

    thing: Node
    lang: Lang
    state: State


@dataclass(frozen=True, slots=True)
class LanguageState:
    """A whole course in one language: how many of its parts are in each state."""

    reviewed: int = 0
    draft: int = 0
    stale: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        """All parts."""
        return self.reviewed + self.draft + self.stale + self.missing

    @property
    def percent(self) -> int:
        """How much is reviewed, in whole per cent; 100 only when everything is."""
        return self.reviewed * 100 // self.total if self.total else 100


def states(document: CourseDocument) -> list[ThingState]:
    """Every part in both languages, in reading order.

    A text in the language it was written in is reviewed when it stands there (a version is published only after somebody
    else has read it) and missing otherwise; a translation is what its mark and the fingerprint of its source say.
    """
    return [
        ThingState(thing, lang, state_of(thing, document.source) if lang != document.source else _written(thing, lang))
        for thing in things(tree(document))
        for lang in LANGS
    ]


def _written(thing: Node, lang: Lang) -> State:
    """The state of a thing in the language it was written in."""
    return "reviewed" if any(words_in(text, lang).strip() for text in texts_of(thing).values()) else "missing"


def language_states(document: CourseDocument) -> dict[Lang, LanguageState]:
    """The course as a whole in each language."""
    found = states(document)
    counted: dict[Lang, dict[State, int]] = {lang: {} for lang in LANGS}
    for each in found:
        counted[each.lang][each.state] = counted[each.lang].get(each.state, 0) + 1
    return {lang: LanguageState(**counted[lang]) for lang in LANGS}
