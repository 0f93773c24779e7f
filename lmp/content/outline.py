"""A course at a glance: its units with their length, words and questions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lmp.content.document import (
    LANGS,
    Block,
    CourseDocument,
    FileBlock,
    ImageBlock,
    Label,
    Lang,
    QuestionBlock,
    Text,
    TextBlock,
    Unit,
    VideoBlock,
)
from lmp.content.document.unwritten import written
from lmp.content.render import RenderedBlock
from lmp.core.text import plain

_WORD = re.compile(r"\w[\w'’.,-]*")


@dataclass(frozen=True, slots=True)
class UnitOutline:
    """One unit: its place, title and summary, planned minutes, words in each language, and how many questions it asks."""

    number: int
    key: str
    title: Label
    summary: Text
    minutes: int
    words: Mapping[Lang, int]
    checks: int
    quiz: int


def outline(document: CourseDocument) -> list[UnitOutline]:
    """The units of a course in their order."""
    return [_unit(number, unit) for number, unit in enumerate(document.units, 1)]


def _unit(number: int, unit: Unit) -> UnitOutline:
    return UnitOutline(
        number=number,
        key=unit.key,
        title=unit.title,
        summary=unit.summary,
        minutes=unit.minutes,
        words={lang: word_count(unit, lang) for lang in LANGS},
        checks=sum(isinstance(block, QuestionBlock) for block in unit.blocks),
        quiz=unit.quiz.draw if unit.quiz else 0,
    )


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading of a unit with the blocks below it; number and title are empty before the first heading."""

    id: str
    number: str
    title: str
    blocks: tuple[RenderedBlock, ...]


def sections(blocks: Iterable[RenderedBlock]) -> list[Section]:
    """Rendered blocks grouped under their headings, in reading order."""
    groups: list[list[RenderedBlock]] = []
    for block in blocks:
        if block.number or not groups:
            groups.append([])
        groups[-1].append(block)
    return [
        Section(group[0].id, group[0].number, group[0].title if group[0].number else "", tuple(group))
        for group in groups
    ]


def word_count(unit: Unit, lang: Lang) -> int:
    """How many words of a unit's blocks somebody reads in one language; questions, and what says what to write, are not."""
    return sum(len(_WORD.findall(plain(written(text)))) for block in unit.blocks for text in _texts(block, lang))


def _texts(block: Block, lang: Lang) -> Iterator[str]:
    """What one reads of a block."""
    if isinstance(block, TextBlock):
        yield block.body.get(lang)
    elif isinstance(block, ImageBlock):
        yield block.caption.get(lang) if block.caption else ""
    elif isinstance(block, FileBlock):
        yield block.title.get(lang)
    elif isinstance(block, VideoBlock):
        yield from (block.title.get(lang), block.transcript.get(lang))
    elif not isinstance(block, QuestionBlock):
        yield from (block.title.get(lang), block.text.get(lang))
