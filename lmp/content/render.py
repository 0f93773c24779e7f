"""Turns a unit into blocks of safe HTML in one language, the other one standing in where a text is missing."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from lmp.content.document import (
    Block,
    CourseDocument,
    FileBlock,
    ImageBlock,
    Lang,
    NoteBlock,
    QuestionBlock,
    TaskBlock,
    Text,
    TextBlock,
    Unit,
    VideoBlock,
)
from lmp.content.texts import other
from lmp.core.text import plain, to_html

#: So many texts of a kind are rendered once, for every author and reader of them.
_REMEMBERED = 8192
_SECTION = re.compile(r"##[ \t]+([^\n]+)\n*")


@dataclass(frozen=True, slots=True)
class RenderedBlock:
    """One block as a page shows it; what its kind does not have is empty."""

    id: str
    kind: str
    #: The language the texts really are in; with `is_fallback`, not the one that was asked for.
    lang: Lang
    is_fallback: bool = False
    #: The section number of a text block that begins with ##, for example 4.1.
    number: str = ""
    title: str = ""
    html: str = ""
    alt: str = ""
    caption: str = ""
    file: str = ""
    captions: str = ""
    question: str = ""
    tone: str = ""
    minutes: int = 0


def render_unit(document: CourseDocument, unit: Unit, lang: Lang) -> list[RenderedBlock]:
    """All blocks of a unit in reading order."""
    unit_number = document.number_of(unit)
    rendered: list[RenderedBlock] = []
    sections = 0
    for block in unit.blocks:
        actual = _language(unit, block, lang)
        opens_section = isinstance(block, TextBlock) and bool(_SECTION.match(block.body.get(actual)))
        sections += opens_section
        number = f"{unit_number}.{sections}" if opens_section else ""
        empty = RenderedBlock(block.id, block.kind, actual, is_fallback=actual != lang, number=number)
        rendered.append(_render(empty, block, actual))
    return rendered


def _language(unit: Unit, block: Block, wanted: Lang) -> Lang:
    """The wanted language when all texts of a block stand in it, else the other one."""
    texts = _texts(unit, block)
    is_there = all(text.get(wanted) or not text.get(other(wanted)) for text in texts)
    return wanted if is_there else other(wanted)


def _texts(unit: Unit, block: Block) -> list[Text]:
    """The bilingual texts a block shows; those of a question are its prompt's."""
    match block:
        case TextBlock():
            return [block.body]
        case ImageBlock():
            return [block.alt, *([block.caption] if block.caption else [])]
        case VideoBlock():
            return [block.title, block.transcript]
        case FileBlock():
            return [block.title]
        case TaskBlock() | NoteBlock():
            return [block.title, block.text]
        case QuestionBlock():
            return [question.prompt for question in unit.questions if question.key == block.ask]


def _render(empty: RenderedBlock, block: Block, lang: Lang) -> RenderedBlock:
    """The block with what its kind shows, in the language its texts are in."""
    match block:
        case TextBlock():
            title, body = _section(block.body.get(lang))
            return replace(empty, title=title, html=as_html(body))
        case ImageBlock():
            caption = block.caption.get(lang) if block.caption else ""
            return replace(empty, file=block.file.in_language(lang), alt=block.alt.get(lang), caption=caption)
        case VideoBlock():
            captions = (block.captions.tr if lang == "tr" else block.captions.en) or ""
            html = as_html(block.transcript.get(lang))
            title = block.title.get(lang)
            return replace(empty, file=block.file.in_language(lang), captions=captions, title=title, html=html)
        case FileBlock():
            return replace(empty, file=block.file.in_language(lang), title=block.title.get(lang))
        case QuestionBlock():
            return replace(empty, question=block.ask)
        case TaskBlock():
            html = as_html(block.text.get(lang))
            return replace(empty, title=block.title.get(lang), html=html, minutes=block.minutes)
        case NoteBlock():
            html = as_html(block.text.get(lang))
            return replace(empty, title=block.title.get(lang), html=html, tone=block.tone)


@lru_cache(_REMEMBERED)
def _section(markdown: str) -> tuple[str, str]:
    """The words of a heading at the very beginning, and the rest."""
    heading = _SECTION.match(markdown)
    return (plain(heading[0]), markdown[heading.end() :]) if heading else ("", markdown)


@lru_cache(_REMEMBERED)
def as_html(markdown: str) -> str:
    """Safe HTML of a text; equal texts are rendered once. Raises TextTooLong."""
    return to_html(markdown)
