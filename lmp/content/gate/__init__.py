"""The gate that keeps two languages equal: what a course has to fulfil beyond its format before it is published.

Each module holds one family of rules; `policy.RULES` says of every rule what it asks for and whether it blocks or warns.
"""

from collections.abc import Callable, Iterator, Mapping

from lmp.content.document.course import CourseDocument
from lmp.content.document.findings import Finding
from lmp.content.gate import (
    answers,
    coverage,
    drawings,
    illustrations,
    language,
    quantities,
    readability,
    structure,
    terms,
)
from lmp.content.gate.drawings import words_in_drawings
from lmp.content.gate.passages import Course, course
from lmp.content.gate.policy import RULES, Rule
from lmp.content.gate.states import LanguageState, ThingState, language_states, states

__all__ = [
    "RULES",
    "LanguageState",
    "Rule",
    "ThingState",
    "examine",
    "examine_units",
    "language_states",
    "states",
    "words_in_drawings",
]

CHECKS: tuple[Callable[[Course], Iterator[Finding]], ...] = (
    quantities.numbers_are_equal,
    quantities.units_are_equal,
    quantities.numbers_suit_their_language,
    language.texts_are_in_their_language,
    structure.texts_are_built_alike,
    terms.terms_are_rendered,
    terms.glossary_is_used,
    illustrations.pictures_are_described,
    illustrations.films_have_captions,
    illustrations.links_lead_somewhere,
    drawings.drawings_are_translated,
    drawings.drawings_show_equal_numbers,
    answers.numbers_are_explained,
    coverage.outcomes_are_covered,
    coverage.minutes_fit,
    readability.texts_can_be_read,
)


#: They never find anything in a unit, but in the glossary and the outcomes.
_OUTSIDE_UNITS = (terms.glossary_is_used, coverage.outcomes_are_covered)


def examine(document: CourseDocument, media: Mapping[str, bytes]) -> list[Finding]:
    """Every finding of the gate. `media` holds the content of the course's files by name; only drawings are read."""
    read = course(document, words_in_drawings(media))
    return [finding for check in CHECKS for finding in check(read)]


def examine_units(document: CourseDocument, media: Mapping[str, bytes]) -> list[Finding]:
    """The findings of the gate that stand in units."""
    read = course(document, words_in_drawings(media))
    found = (finding for check in CHECKS if check not in _OUTSIDE_UNITS for finding in check(read))
    return [finding for finding in found if finding.path[:1] == ("units",)]
