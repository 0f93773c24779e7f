"""Acts on the glossary: terms one by one, and a table of terms as people paste it."""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lmp.content.editing.places import Raw, Superseded, mark_of
from lmp.content.texts import LONGEST_LINE
from lmp.core import turkish
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import normalise, one_line

#: What one paste may bring.
MOST_PASTED = 500
#: The words of a heading line, folded; a line made of them is no term.
_HEADS = frozenset(
    {"terim", "turkce", "turkce terim", "terim (tr)", "ingilizce", "ingilizce terim", "english", "english term", "term"}
    | {"term (en)", "tanim", "turkce tanim", "ingilizce tanim", "definition", "english definition", "tr", "en"}
)
_SEMICOLONS = re.compile(r"\s*;\s*")


def in_order(terms: Sequence[Raw]) -> list[Raw]:
    """The terms in Turkish order; those without a Turkish word by their English one."""
    return sorted(terms, key=lambda term: turkish.sort_key(term["term"]["tr"] or term["term"]["en"]))


def matching(terms: Sequence[Raw], asked: str) -> list[Raw]:
    """The terms that have the asked letters in a word or a definition, whatever marks and case they are written with."""
    wanted = turkish.fold(asked).strip()
    return [term for term in terms if wanted in turkish.fold(" ".join(_texts(term)))] if wanted else list(terms)


def _texts(term: Raw) -> list[str]:
    """Everything a term says."""
    return [term[part][lang] for part in ("term", "definition") for lang in ("tr", "en")]


def place_of(document: Raw, mark: str) -> int:
    """The place of the term with this mark, from nought. Raises Superseded when somebody has changed or removed it."""
    for place, term in enumerate(document.get("glossary", [])):
        if mark_of(term) == mark:
            return place
    raise Superseded


def add(document: Raw, term: Raw) -> None:
    """A new term at the end. Raises RuleBroken, at its field, for one that is empty or stands there already."""
    check(document, term)
    document.setdefault("glossary", []).append(copy.deepcopy(term))


def write(document: Raw, mark: str, term: Raw) -> None:
    """Put a term in the place of the one with this mark. Raises Superseded, RuleBroken."""
    place = place_of(document, mark)
    check(document, term, besides=place)
    document["glossary"][place] = copy.deepcopy(term)


def remove(document: Raw, mark: str) -> int:
    """Take a term out; answers the place it had. Raises Superseded."""
    place = place_of(document, mark)
    del document["glossary"][place]
    return place


def bring_back(document: Raw, earlier: Raw, mark: str) -> None:
    """Put a removed term back where it stood in an earlier state of the course. Raises Superseded."""
    place = place_of(earlier, mark)
    term = earlier["glossary"][place]
    check(document, term)
    document["glossary"].insert(place, copy.deepcopy(term))


def check(document: Raw, term: Raw, besides: int | None = None) -> None:
    """Raises RuleBroken, at its field, for a term without words, or with a word that another term has."""
    if not (term["term"]["tr"] or term["term"]["en"]):
        raise RuleBroken(Message(N_("Write the term.")), "term-tr")
    others = [one for place, one in enumerate(document.get("glossary", [])) if place != besides]
    for lang in ("tr", "en"):
        word = term["term"][lang].casefold()
        if word and any(one["term"][lang].casefold() == word for one in others):
            sentence = Message(N_("“%(name)s” stands in the glossary already."), name=term["term"][lang])
            raise RuleBroken(sentence, f"term-{lang}")


@dataclass(frozen=True, slots=True)
class Pasted:
    """One line of a pasted table: the term it makes, or why it makes none."""

    number: int
    term: Raw
    refused: Message | None = None


@dataclass
class Table:
    """A pasted table, read."""

    lines: list[Pasted] = field(default_factory=list)

    @property
    def terms(self) -> list[Raw]:
        """What would be added."""
        return [line.term for line in self.lines if line.refused is None]


def read_table(text: str, document: Raw) -> Table:
    """The terms of a table as text: Turkish and English word, then, if there are four columns, both definitions.

    Columns are parted by tabs, as spreadsheets and word processors copy them, or by semicolons. A heading line is passed over.
    """
    table = Table()
    known = {lang: {one["term"][lang].casefold() for one in document.get("glossary", [])} for lang in ("tr", "en")}
    rows = [line for line in normalise(text).split("\n") if line.strip()]
    for number, row in enumerate(rows[:MOST_PASTED], 1):
        cells = _cells(row)
        if number == 1 and all(turkish.fold(cell) in _HEADS for cell in cells if cell):
            continue
        table.lines.append(_line(number, cells, known))
    return table


def _cells(row: str) -> list[str]:
    """The columns of a line; a separator at its very end makes none."""
    cells = [cell.strip() for cell in (row.split("\t") if "\t" in row else _SEMICOLONS.split(row))]
    cells = [cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell for cell in cells]
    while len(cells) not in (2, 4) and cells and not cells[-1]:
        cells.pop()
    return cells


def _line(number: int, cells: list[str], known: dict[str, set[str]]) -> Pasted:
    """One line as a term, with what is in its way; a term that is taken is known from then on."""
    padded = [*cells, "", "", "", ""][:4]
    term = {
        "term": {"tr": one_line(padded[0], len(padded[0]) + 1), "en": one_line(padded[1], len(padded[1]) + 1)},
        "definition": {"tr": normalise(padded[2]), "en": normalise(padded[3])},
    }
    refused = _refused(cells, term, known)
    if refused is None:
        for lang in ("tr", "en"):
            known[lang].add(term["term"][lang].casefold())
    return Pasted(number, term, refused)


def _refused(cells: list[str], term: Raw, known: dict[str, set[str]]) -> Message | None:
    """Why a line makes no term."""
    if len(cells) not in (2, 4):
        return Message(N_("A line has two or four columns; this one has %(count)s."), count=len(cells))
    if max(len(term["term"]["tr"]), len(term["term"]["en"])) > LONGEST_LINE:
        return Message(N_("A term has at most %(limit)s characters."), limit=LONGEST_LINE)
    for lang in ("tr", "en"):
        word = term["term"][lang].casefold()
        if word and word in known[lang]:
            return Message(N_("“%(name)s” stands in the glossary already."), name=term["term"][lang])
    return None
