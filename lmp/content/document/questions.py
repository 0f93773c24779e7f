"""The questions of a unit's bank, one model for each kind."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from lmp.content.texts import Flag, Label, Line, Part, Plain, Real, Slug, Text, Translation, Words


class _Question(Part):
    """What every question has; `use` says whether the page asks it, the unit quiz draws it, or both."""

    key: Slug
    id: UUID
    outcome: Slug
    use: Literal["check", "quiz", "both"]
    difficulty: Annotated[int, Field(strict=True, ge=1, le=3)]
    prompt: Text
    explanation: Text
    translation: Translation | None = None
    #: The question of a centre's bank that this one was copied from.
    origin: UUID | None = None
    notes: Plain | None = None


class Option(Part):
    """One possible answer; `why` is shown under it once it was chosen."""

    id: Slug
    correct: Flag
    text: Text
    why: Text | None = None


class SingleQuestion(_Question):
    """Exactly one option is right."""

    kind: Literal["single"] = "single"
    options: tuple[Option, ...]


class MultipleQuestion(_Question):
    """Any number of options is right, but neither none nor all."""

    kind: Literal["multiple"] = "multiple"
    options: tuple[Option, ...]


class TrueFalseQuestion(_Question):
    """The prompt is a statement that is right or wrong."""

    kind: Literal["truefalse"] = "truefalse"
    correct: Flag


class NumberQuestion(_Question):
    """A number within an absolute tolerance, in a unit that may be typed after it."""

    kind: Literal["number"] = "number"
    value: Real
    tolerance: Annotated[Real, Field(ge=0)] = 0.0
    unit: Line | None = None


class TextQuestion(_Question):
    """A few words, compared after folding."""

    kind: Literal["text"] = "text"
    accept: Words


class Pair(Part):
    """Two things that belong together: `left` is shown, `right` is chosen for it."""

    id: Slug
    left: Label
    right: Label


class Item(Part):
    """One thing that can be chosen or has its place in an order."""

    id: Slug
    text: Label


class MatchingQuestion(_Question):
    """Every left side has one right side; `others` are right sides that fit none."""

    kind: Literal["matching"] = "matching"
    pairs: tuple[Pair, ...]
    others: tuple[Item, ...] = ()

    @property
    def answers(self) -> tuple[Item, ...]:
        """Everything that can be chosen: the right side of each pair under the pair's id, then what fits none."""
        return (*(Item(id=pair.id, text=pair.right) for pair in self.pairs), *self.others)


class OrderingQuestion(_Question):
    """The items stand in the right order in the document; they are never shown in it."""

    kind: Literal["ordering"] = "ordering"
    items: tuple[Item, ...]


AnyQuestion = (
    SingleQuestion
    | MultipleQuestion
    | TrueFalseQuestion
    | NumberQuestion
    | TextQuestion
    | MatchingQuestion
    | OrderingQuestion
)
Question = Annotated[AnyQuestion, Field(discriminator="kind")]
QUESTION_KINDS = ("single", "multiple", "truefalse", "number", "text", "matching", "ordering")
