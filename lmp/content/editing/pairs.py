"""A unit as its editor shows it: every block as a pair of sides, one for each language, each saying only what stands there."""

from collections.abc import Callable
from dataclasses import dataclass

from lmp.content.document.translation import State
from lmp.content.document.unwritten import wanted_in
from lmp.content.editing.panel import block_state, thing_of
from lmp.content.editing.places import Raw, mark_of
from lmp.content.texts import LANGS, Lang
from lmp.core import messages, written
from lmp.core.messages import N_, P_, Message

#: Makes safe HTML of Markdown.
Rendering = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Side:
    """A block in one language; what its kind does not have, and what is not written, is empty."""

    lang: Lang
    title: str = ""
    html: str = ""
    alt: str = ""
    caption: str = ""
    file: str = ""
    #: Short facts under the text, in the side's language.
    facts: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written here."""
        return not (self.title or self.html or self.alt or self.caption)


@dataclass(frozen=True, slots=True)
class Pair:
    """A block in both languages. `number` is its place from one; `kind` tells a safety note from a tip."""

    id: str
    number: int
    kind: str
    sides: tuple[Side, Side]
    #: How far the translation is; None where there is nothing to translate.
    state: State | None
    #: The mark of what carries the translation, for saying that it was read.
    seen: str
    minutes: int = 0
    question: str = ""


def pairs(unit: Raw, source: Lang, html: Rendering) -> list[Pair]:
    """All blocks of a unit in their order."""
    return [pair(unit, block, place + 1, source, html) for place, block in enumerate(unit["blocks"])]


def pair(unit: Raw, block: Raw, number: int, source: Lang, html: Rendering) -> Pair:
    """One block."""
    thing = thing_of(unit, block)
    return Pair(
        id=block["id"],
        number=number,
        kind=block["tone"] if block["kind"] == "note" else block["kind"],
        sides=(_side(block, thing, "tr", html), _side(block, thing, "en", html)),
        state=block_state(unit, block, source),
        seen=mark_of(thing),
        minutes=block.get("minutes", 0),
        question=block.get("ask", ""),
    )


def heading(unit: Raw, html: Rendering) -> tuple[Side, Side]:
    """The title and the summary of a unit."""
    turkish, english = (
        Side(lang, title=_said(unit, "title", lang), html=_rendered(unit, "summary", lang, html)) for lang in LANGS
    )
    return turkish, english


def heading_of(unit: Raw) -> Raw:
    """What of a unit is its heading: everything but its blocks and questions."""
    return {name: value for name, value in unit.items() if name not in ("blocks", "questions")}


def _side(block: Raw, thing: Raw | None, lang: Lang, html: Rendering) -> Side:
    """A block in one language."""
    match block["kind"]:
        case "text":
            return Side(lang, html=_rendered(block, "body", lang, html))
        case "image":
            return Side(
                lang, alt=_said(block, "alt", lang), caption=_said(block, "caption", lang), file=_file(block, lang)
            )
        case "video":
            transcript = _rendered(block, "transcript", lang, html)
            return Side(lang, title=_said(block, "title", lang), html=transcript, file=_file(block, lang))
        case "file":
            return Side(lang, title=_said(block, "title", lang), file=_file(block, lang))
        case "question":
            return _asked(thing, lang, html)
    return Side(lang, title=_said(block, "title", lang), html=_rendered(block, "text", lang, html))


def _said(thing: Raw, name: str, lang: Lang) -> str:
    """A text as it stands, empty while it is still to be written."""
    found = (thing.get(name) or {}).get(lang, "")
    return "" if wanted_in(found) is not None else str(found)


def _rendered(thing: Raw, name: str, lang: Lang, html: Rendering) -> str:
    """A Markdown text as HTML."""
    found = _said(thing, name, lang)
    return html(found) if found else ""


def _file(block: Raw, lang: Lang) -> str:
    """The file that a reader of a language gets."""
    named = block["file"]
    return str((named.get("en") if lang == "en" else None) or named["tr"])


def _asked(question: Raw | None, lang: Lang, html: Rendering) -> Side:
    """What a question asks, and in short its answers."""
    if question is None:
        return Side(lang)
    facts = messages.text(_answers(question, lang), lang)
    return Side(lang, html=_rendered(question, "prompt", lang, html), facts=facts)


def _number(question: Raw, lang: Lang) -> str:
    """The right number as the language writes it, with its unit."""
    places = len(f"{question['value']:.6f}".rstrip("0").partition(".")[2])
    return f"{written.number(question['value'], lang, places)} {question.get('unit', '')}".strip()


def _answers(question: Raw, lang: Lang) -> Message:
    """How many answers there are to choose from, and which are right."""
    match question["kind"]:
        case "single" | "multiple":
            right = ", ".join(_said(one, "text", lang) for one in question["options"] if one["correct"])
            options = P_("%(n)s option, right: %(right)s", "%(n)s options, right: %(right)s")
            return Message(*options, n=len(question["options"]), right=right or "–")
        case "truefalse":
            return Message(N_("Right answer: true")) if question["correct"] else Message(N_("Right answer: false"))
        case "number":
            return Message(N_("Right answer: %(value)s"), value=_number(question, lang))
        case "text":
            accepted = question.get("accept", {}).get(lang) or []
            return Message(N_("Right answer: %(value)s"), value=", ".join(accepted) or "–")
        case "matching":
            return Message(*P_("%(n)s pair", "%(n)s pairs"), n=len(question["pairs"]))
    return Message(*P_("%(n)s step in order", "%(n)s steps in order"), n=len(question["items"]))
