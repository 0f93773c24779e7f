"""Blocks one after the other → Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lmp.content.editing.paste.words import Run, heading, literally, markdown, said

Kind = Literal["paragraph", "heading", "code", "table", "rule"]


#: The number of an item that is one more than that of the item before.
NEXT = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """The beginning of an item: how deep its list stands (1 is outermost), and its number if it has one."""

    level: int
    number: int | None = None


@dataclass(slots=True)
class Block:
    """One block: its letters, its Markdown if it is no paragraph, and where it stands."""

    kind: Kind
    runs: Sequence[Run]
    text: str = ""
    #: Of a heading as the source has it, 0 for a title.
    level: int = 0
    mark: Mark | None = None
    #: How many lists it stands in.
    depth: int = 0
    quotes: int = 0


@dataclass(slots=True)
class _Open:
    """A list that is being written."""

    indent: int
    number: int | None
    sign: str


def written(blocks: Sequence[Block]) -> str:
    """All blocks as Markdown; the outermost headings become ##, what is deeper ### and ####."""
    levels = sorted({block.level for block in blocks if block.kind == "heading"})
    deeper = {level: "#" * min(place + 2, 4) for place, level in enumerate(levels)}
    lines: list[str] = []
    lists: list[_Open] = []
    before: Block | None = None
    for block in blocks:
        text = block.text or _text(block, deeper)
        is_tight = _set_lists(lists, block) and before is not None and _joins(before, block)
        if before is not None:
            lines += [] if is_tight else [_quoted("", min(before.quotes, block.quotes))]
        lines += _indented(text, lists, block)
        before = block
    return "\n".join(lines)


def _text(block: Block, deeper: Mapping[int, str]) -> str:
    """The Markdown of a paragraph or heading."""
    return f"{deeper[block.level]} {heading(block.runs)}" if block.kind == "heading" else markdown(block.runs)


def literal(blocks: Sequence[Block]) -> str:
    """The letters alone, a paragraph for each block: what is left when nothing else can be written."""
    return "\n\n".join(literally(said(block.runs)) for block in blocks)


def _set_lists(lists: list[_Open], block: Block) -> bool:
    """Open and close lists for a block; whether it goes on in the list that was open before."""
    if block.mark is None:
        del lists[block.depth :]
        return False
    depth, goes_on = min(block.mark.level, len(lists) + 1), bool(lists)
    number = _counted(block.mark.number, lists[depth - 1] if len(lists) >= depth else None)
    del lists[depth:]
    if len(lists) < depth:
        lists.append(_Open(lists[-1].indent if lists else 0, number, "-" if number is None else "."))
        goes_on = goes_on and number in (None, 1)
    else:
        goes_on = _next_in(lists[-1], number)
    current = lists[-1]
    outer = lists[-2].indent if len(lists) > 1 else 0
    current.number = number
    current.indent = outer + (2 if number is None else len(str(number)) + 2)
    return goes_on


def _counted(number: int | None, current: _Open | None) -> int | None:
    """The number of an item; letters are counted."""
    if number != NEXT:
        return number
    return (current.number or 0) + 1 if current is not None else 1


def _next_in(current: _Open, number: int | None) -> bool:
    """Whether an item goes on in a list; one that begins anew gets another sign, or both would be read as one."""
    if (current.number is None) != (number is None):
        current.sign = "-" if number is None else "."
        return False
    if number is None or current.number is None or number > current.number:
        return True
    current.sign = ")" if current.sign == "." else "."
    return False


def _joins(before: Block, block: Block) -> bool:
    """Whether an item may follow without an empty line."""
    return before.kind == "paragraph" and before.mark is not None and before.quotes == block.quotes


def _indented(text: str, lists: Sequence[_Open], block: Block) -> list[str]:
    """The lines of a block under its marks."""
    indent = lists[-1].indent if lists else 0
    first = " " * indent
    if block.mark is not None:
        current = lists[-1]
        sign = "-" if current.number is None else f"{current.number}{current.sign}"
        first = f"{sign} ".rjust(indent)
    lines = text.split("\n")
    shown = [first + lines[0], *(" " * indent + line if line else "" for line in lines[1:])]
    return [_quoted(line, block.quotes) for line in shown]


def _quoted(line: str, quotes: int) -> str:
    return ("> " * quotes + line).rstrip() if quotes else line
