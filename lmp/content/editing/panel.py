"""How equal the two languages of one unit are: each block's state, and what does not fit, with the block it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass

from lmp.content import gate
from lmp.content.document import CourseDocument, Finding, findings
from lmp.content.document.translation import State, state_of, words_in
from lmp.content.document.translation import texts_of as bilingual_texts
from lmp.content.document.tree import Node
from lmp.content.document.unwritten import RULE as UNWRITTEN
from lmp.content.document.unwritten import told_once
from lmp.content.editing.places import Raw, unit_in
from lmp.content.texts import LANGS, Lang, other

#: What is said of a unit when all is well, by the rules that then found nothing.
PRAISED: dict[str, frozenset[str]] = {
    "terms": frozenset({"terms"}),
    "captions": frozenset({"captions"}),
    "numbers": frozenset({"numbers", "units", "drawing-numbers"}),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One finding; `block` is the id of its block and `question` the key of a question no block asks.

    Both are empty for the unit's heading. `number` is the block's place from one; `lang` the language it stands in, if one.
    """

    finding: Finding
    block: str = ""
    question: str = ""
    number: int = 0
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """The findings of a unit, gravest first, and how many of its blocks are equal in both languages."""

    rows: tuple[Row, ...]
    equal: int
    total: int
    praised: tuple[str, ...] = ()

    def of(self, block: str, lang: Lang) -> list[Row]:
        """What stops publication and stands in one language of a block ("": of the heading)."""
        return [row for row in self.rows if _is_in(row, block) and row.lang == lang and row.finding.severity == "error"]

    def is_unmarked(self, block: str) -> bool:
        """Whether nobody has said of a block ("": of the heading) what its translation was made from."""
        return any(_is_in(row, block) and row.finding.rule == "translation-unmarked" for row in self.rows)

    @property
    def errors(self) -> int:
        """How many findings stop publication."""
        return sum(row.finding.severity == "error" for row in self.rows)


def _is_in(row: Row, block: str) -> bool:
    return row.block == block and not row.question


def with_only(document: Raw, key: str) -> Raw:
    """The document with one of its units. Raises NotFound."""
    return {**document, "units": [unit_in(document, key)]}


def panel(document: Raw, drawings: Mapping[str, bytes]) -> Panel:
    """What the rules for courses find in the one unit of a document; what they say of the course as a whole is left out."""
    whole = CourseDocument.model_validate(document)
    found = told_once((*findings(whole), *gate.examine_units(whole, drawings)))
    (unit,) = document["units"]
    rows = [_row(unit, finding) for finding in found if finding.path[:2] == ("units", 0)]
    rows.sort(key=lambda row: (row.finding.severity != "error", row.number))
    wrong = {row.block for row in rows if row.finding.severity == "error" and not row.question}
    states = {block["id"]: block_state(unit, block, document["source"]) for block in unit["blocks"]}
    equal = sum(state in ("draft", "reviewed", None) and block not in wrong for block, state in states.items())
    return Panel(tuple(rows), equal, len(states), _praised(document, found))


def _row(unit: Raw, finding: Finding) -> Row:
    """A finding with the block of the unit it stands in."""
    lang: Lang | None = next((lang for lang in LANGS if finding.path[-1:] == (lang,)), None)
    match finding.path[2:4]:
        case ("blocks", int(place)):
            return Row(finding, unit["blocks"][place]["id"], "", place + 1, lang)
        case ("questions", int(place)):
            return _in_question(unit, unit["questions"][place]["key"], finding, lang)
    return Row(finding, lang=lang)


def _in_question(unit: Raw, key: str, finding: Finding, lang: Lang | None) -> Row:
    """A finding in a question, shown at the block that asks it."""
    for place, block in enumerate(unit["blocks"]):
        if block["kind"] == "question" and block["ask"] == key:
            return Row(finding, block["id"], "", place + 1, lang)
    return Row(finding, "", key, len(unit["blocks"]) + 1, lang)


def _praised(document: Raw, found: list[Finding]) -> tuple[str, ...]:
    """What can be praised: it is there, and no rule found anything wrong with it."""
    (unit,) = document["units"]
    broken = {finding.rule for finding in found if finding.path[:2] == ("units", 0)}
    if UNWRITTEN in broken:
        return ()
    there = {
        "terms": bool(document.get("glossary")),
        "captions": any(block["kind"] == "video" for block in unit["blocks"]),
        "numbers": bool(unit["blocks"]),
    }
    return tuple(name for name, rules in PRAISED.items() if there[name] and not rules & broken)


def thing_of(unit: Raw, block: Raw) -> Raw | None:
    """What carries the texts and the mark of a block: itself, or the question it asks; None for one that is not there."""
    if block["kind"] != "question":
        return block
    return next((one for one in unit.get("questions", []) if one["key"] == block["ask"]), None)


def block_state(unit: Raw, block: Raw, source: Lang) -> State | None:
    """How far the translation of a block is; None where there is nothing to translate."""
    thing = thing_of(unit, block)
    if thing is None or not is_written(thing, source):
        return None if thing is None else "missing"
    return state_of(Node(thing), source)


def is_written(thing: Raw, lang: Lang) -> bool:
    """Whether a thing says something in a language."""
    return any(words_in(text, lang).strip() for text in bilingual_texts(Node(thing)).values())


def second(source: Lang) -> Lang:
    """The language that is translated into."""
    return other(source)
