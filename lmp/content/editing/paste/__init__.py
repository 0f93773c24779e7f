"""What people paste: HTML of word processors, spreadsheets, mails and web pages → Markdown that our renderer shows."""

from dataclasses import dataclass

from lmp.content.editing.paste.layout import Block, literal, written
from lmp.content.editing.paste.reader import Reader
from lmp.content.editing.paste.tree import read_html
from lmp.content.editing.paste.words import said
from lmp.core.text import forbidden_markup, plain


@dataclass(frozen=True, slots=True)
class Pasted:
    """The Markdown; whether it needs lines of its own; how many pictures were left away."""

    text: str
    is_block: bool
    pictures: int


def from_html(source: str) -> Pasted:
    """Markdown with the words of a piece of HTML. Raises TextTooLong when it would be longer than any text of ours."""
    reader = Reader()
    reader.read(read_html(source))
    reader.end()
    blocks = reader.blocks
    text = written(blocks)
    if not _is_sound(text, blocks):
        text = literal(blocks)
    is_block = len(blocks) > 1 or any(block.kind != "paragraph" or block.mark for block in blocks)
    return Pasted(text, is_block, reader.pictures)


def _is_sound(text: str, blocks: list[Block]) -> bool:
    """Whether the renderer reads all words and nothing else."""
    words = "".join(said(block.runs) for block in blocks)
    return forbidden_markup(text) is None and "".join(plain(text).split()) == "".join(words.split())
