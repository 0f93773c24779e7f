"""What every part of a course document is made of: bilingual texts, names, minutes, and the mark of a translation."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from lmp.core.text import MAX_MARKDOWN, normalise, one_line

Lang = Literal["tr", "en"]
LANGS: tuple[Lang, Lang] = ("tr", "en")
LONGEST_LINE = 300
LONGEST_SLUG = 60

#: The `from` of a translated text that nobody has compared with its source yet.
UNMARKED = "0" * 12


def other(lang: Lang) -> Lang:
    """The other one of the two languages."""
    return "en" if lang == "tr" else "tr"


def _line(text: str) -> str:
    """A text in one line; its length has been checked by the field."""
    return one_line(text, LONGEST_LINE)


Plain = Annotated[str, Field(max_length=MAX_MARKDOWN), AfterValidator(normalise)]
Line = Annotated[str, Field(max_length=LONGEST_LINE), AfterValidator(_line)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=LONGEST_SLUG)]
MediaName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*\.(svg|png|jpg|mp4|vtt|pdf)$", max_length=80)
]
Minutes = Annotated[int, Field(strict=True, ge=0, le=100_000)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Flag = Annotated[bool, Field(strict=True)]


def _unsigned_zero(value: float) -> float:
    """Minus nought as nought, so that equal documents have equal bytes."""
    return value + 0.0


Real = Annotated[float, Field(strict=True, allow_inf_nan=False), AfterValidator(_unsigned_zero)]


class Part(BaseModel):
    """A piece of a document: never changed, never holding a key that the format does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True)


class Text(Part):
    """A text in both languages; an empty one is not written yet."""

    tr: Plain = ""
    en: Plain = ""

    def get(self, lang: Lang) -> str:
        """The text in `lang`, empty when it is missing."""
        return self.tr if lang == "tr" else self.en

    def in_language(self, lang: str) -> str:
        """The text in `lang`, or in the other language where it is missing."""
        return (self.tr or self.en) if lang == "tr" else (self.en or self.tr)


class Label(Text):
    """A title, a name or a chip: one line in both languages."""

    tr: Line = ""
    en: Line = ""


class Words(Part):
    """Short answers that are accepted, in both languages."""

    tr: tuple[Line, ...] = ()
    en: tuple[Line, ...] = ()


class File(Part):
    """A file in `media/`; English may have its own."""

    tr: MediaName
    en: MediaName | None = None

    def in_language(self, lang: str) -> str:
        """The name of the file that a reader of `lang` gets."""
        return (self.en or self.tr) if lang == "en" else self.tr


class Captions(Part):
    """Caption files of a video, one for each language that has them."""

    tr: MediaName | None = None
    en: MediaName | None = None


class Translation(Part):
    """What a translated text was made from (12 hex digits of its source's fingerprint) and how far it is."""

    made_from: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")] = Field(
        validation_alias="from", serialization_alias="from"
    )
    state: Literal["draft", "reviewed"]
