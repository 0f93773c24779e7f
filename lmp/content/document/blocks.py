"""The blocks a unit is made of."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from lmp.content.texts import Captions, File, Label, Minutes, Part, Plain, Slug, Text, Translation


def _without_fences(text: str) -> str:
    """Refuse what would end the block in its file."""
    if text.startswith(":::") or "\n:::" in text:
        raise PydanticCustomError("fence_in_text", "A line of a text begins with ':::'.")
    return text


Markdown = Annotated[Plain, AfterValidator(_without_fences)]


class MarkdownText(Text):
    """The Markdown of a text block in both languages."""

    tr: Markdown = ""
    en: Markdown = ""


class _Block(Part):
    """What every block has: an id that is unique in its unit."""

    id: Slug


class _TranslatedBlock(_Block):
    """A block with texts, and the mark of their translation when there is one."""

    translation: Translation | None = None


class TextBlock(_TranslatedBlock):
    """Markdown; a block that begins with a second-level heading opens a section."""

    kind: Literal["text"] = "text"
    body: MarkdownText


class ImageBlock(_TranslatedBlock):
    """A picture, what it shows in words, and an optional caption."""

    kind: Literal["image"] = "image"
    file: File
    alt: Text
    caption: Text | None = None


class VideoBlock(_TranslatedBlock):
    """A film with its transcript and captions."""

    kind: Literal["video"] = "video"
    file: File
    captions: Captions = Captions()
    title: Label
    transcript: Text


class FileBlock(_TranslatedBlock):
    """A file to take along."""

    kind: Literal["file"] = "file"
    file: File
    title: Label


class QuestionBlock(_Block):
    """A question of the unit's bank, asked in the page."""

    kind: Literal["question"] = "question"
    ask: Slug


class TaskBlock(_TranslatedBlock):
    """Something to do away from the screen."""

    kind: Literal["task"] = "task"
    minutes: Minutes
    title: Label
    text: Text


class NoteBlock(_TranslatedBlock):
    """A safety rule or a tip, set apart from the text."""

    kind: Literal["note"] = "note"
    tone: Literal["safety", "tip"]
    title: Label
    text: Text


TranslatedBlock = TextBlock | ImageBlock | VideoBlock | FileBlock | TaskBlock | NoteBlock
Block = Annotated[TranslatedBlock | QuestionBlock, Field(discriminator="kind")]
BLOCK_KINDS = ("text", "image", "video", "file", "question", "task", "note")
