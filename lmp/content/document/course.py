"""The whole course document."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from lmp.content.document.blocks import Block, FileBlock, ImageBlock, VideoBlock
from lmp.content.document.plans import Meeting, Practical, Term, Workplace
from lmp.content.document.questions import AnyQuestion, Question
from lmp.content.policy import CompletionPolicy, StrandMinutes
from lmp.content.texts import Flag, Label, Lang, Line, Minutes, Part, Percent, Plain, Slug, Text, Translation

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


Attempts = Annotated[int, Field(strict=True, ge=1, le=20)]
TimeLimit = Annotated[int, Field(strict=True, ge=1, le=600)]
#: When right answers and explanations are shown: after each try, after the last one, or once answers count no more.
ReviewOpens = Literal["each", "last", "closed"]


class Quiz(Part):
    """The quiz at the end of a unit. What is left out keeps a document's bytes, and with them its hash, as they were."""

    #: How many questions are drawn.
    draw: Annotated[int, Field(strict=True, ge=1, le=50)]
    #: In per cent.
    pass_mark: Percent = Field(validation_alias="pass", serialization_alias="pass")
    #: How often one may try; left out: as often as one likes.
    attempts: Attempts | None = None
    #: Time limit of one try; left out: none.
    minutes: TimeLimit | None = None
    #: Whether an answer that is right in part counts in part; left out: it does.
    partial: Flag | None = None
    #: Left out: after each try.
    review: ReviewOpens | None = None


class CourseTest(Part):
    """The same questions before and after the course: so many for each outcome, drawn from the units' questions."""

    per_outcome: Annotated[int, Field(strict=True, ge=1, le=10)]
    minutes: TimeLimit | None = None


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
    test: CourseTest | None = None
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
