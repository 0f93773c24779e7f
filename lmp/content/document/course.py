"""The whole course document."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from lmp.content.document.blocks import Block, FileBlock, ImageBlock, VideoBlock
from lmp.content.document.plans import Meeting, Practical, Term, Workplace
from lmp.content.document.questions import AnyQuestion, Question
from lmp.content.policy import CompletionPolicy, StrandMinutes
from lmp.content.texts import Label, Lang, Line, Minutes, Part, Percent, Plain, Slug, Text, Translation

Shape = Literal["workplace", "meeting", "online"]


class Outcome(Part):
    """What somebody can do afterwards: as the certificate says it (`text`) and as the course page does (`you`)."""

    id: Slug
    text: Text
    you: Text


class Source(Part):
    """A standard, law or book the course rests on."""

    title: Line
    note: Text | None = None


class Quiz(Part):
    """The quiz at the end of a unit: how many questions it draws and the pass mark in per cent."""

    draw: Annotated[int, Field(strict=True, ge=1, le=50)]
    pass_mark: Percent = Field(validation_alias="pass", serialization_alias="pass")


class Unit(Part):
    """One online unit: its blocks in order and its question bank."""

    key: Slug
    title: Label
    summary: Text
    minutes: Minutes
    outcomes: tuple[Slug, ...]
    quiz: Quiz | None = None
    translation: Translation | None = None
    notes: Plain | None = None
    blocks: tuple[Block, ...]
    questions: tuple[Question, ...] = ()

    def question(self, key: str) -> AnyQuestion:
        """The question with this key. Raises KeyError."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)


class CourseDocument(Part):
    """Everything a course says and asks, in both languages; see `checks.findings` for what must fit together."""

    format: Literal[1]
    slug: Slug
    centre: Slug
    fields: Annotated[tuple[Slug, ...], Field(min_length=1)]
    shape: Shape
    source: Lang
    title: Label
    summary: Text
    audience: Text
    regulated: Text | None = None
    minutes: StrandMinutes
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    policy: CompletionPolicy
    licence: Line
    sources: tuple[Source, ...] = ()
    notes: Plain | None = None
    units: Annotated[tuple[Unit, ...], Field(min_length=1)]
    workplace: Workplace | None = None
    meeting: Meeting | None = None
    practical: Practical | None = None
    glossary: tuple[Term, ...] = ()

    def unit(self, key: str) -> Unit:
        """The unit with this key. Raises KeyError."""
        for unit in self.units:
            if unit.key == key:
                return unit
        raise KeyError(key)

    def number_of(self, unit: Unit) -> int:
        """The place of a unit in the course, beginning with one."""
        return self.units.index(unit) + 1

    def media_names(self) -> frozenset[str]:
        """The files in `media/` that some block names."""
        return frozenset(name for unit in self.units for block in unit.blocks for name in media_of(block))


def media_of(block: Block) -> Iterator[str]:
    """The files one block names."""
    if isinstance(block, ImageBlock | VideoBlock | FileBlock):
        yield from filter(None, (block.file.tr, block.file.en))
    if isinstance(block, VideoBlock):
        yield from filter(None, (block.captions.tr, block.captions.en))
