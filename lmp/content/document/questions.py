"""The questions of a unit's bank, one model for each kind."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from lmp.content.texts import Flag, Line, Part, Plain, Real, Slug, Text, Translation, Words


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


AnyQuestion = SingleQuestion | MultipleQuestion | TrueFalseQuestion | NumberQuestion | TextQuestion
Question = Annotated[AnyQuestion, Field(discriminator="kind")]
QUESTION_KINDS = ("single", "multiple", "truefalse", "number", "text")
