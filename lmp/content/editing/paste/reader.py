"""Walks through the tree of what was pasted and collects its blocks."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lmp.content.editing.paste import grids, office
from lmp.content.editing.paste.layout import Block, Kind, Mark
from lmp.content.editing.paste.tree import BLOCKS, Element
from lmp.content.editing.paste.words import (
    PLAIN,
    Look,
    Run,
    cell,
    cleaned,
    link_of,
    lowered,
    paragraphs,
    raised,
    said,
)
from lmp.core.text import MAX_MARKDOWN, TextTooLong, normalise

MOST_BLOCKS = 5_000
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_LINE_ENDS = re.compile("\r\n?")


@dataclass(slots=True)
class Reader:
    """What has been read so far, and where the reading is."""

    blocks: list[Block] = field(default_factory=list)
    #: Pictures that were left away.
    pictures: int = 0
    _runs: list[Run] = field(default_factory=list)
    #: The open lists: the next number of each, None where there are none.
    _lists: list[int | None] = field(default_factory=list)
    _mark: Mark | None = None
    _depth: int = 0
    _quotes: int = 0
    _letters: int = 0

    def read(self, element: Element, look: Look = PLAIN) -> None:
        """Everything inside an element."""
        for child in element.children:
            if isinstance(child, str):
                self._runs.append(Run(cleaned(child), look))
            elif not office.is_junk(child):
                self._read_element(child, look)

    def end(self) -> None:
        """What has been read since the last block is a paragraph."""
        runs, self._runs = self._runs, []
        for part in paragraphs(runs):
            self._add("paragraph", part)

    def _read_element(self, element: Element, look: Look) -> None:
        """One element, by its kind."""
        tag = element.tag
        if tag == "img":
            self.pictures += office.is_picture(element)
        elif tag == "br":
            self._runs.append(Run("\n"))
        elif tag in ("sup", "sub"):
            self._runs += self._shifted(element, look)
        elif tag in BLOCKS or office.is_code(element):
            self.end()
            self._read_block(element, look)
            self.end()
        else:
            self.read(element, _look_of(element, look))

    def _shifted(self, element: Element, look: Look) -> list[Run]:
        """Letters above or below the line."""
        inner = Reader()
        inner.read(element, look)
        self.pictures += inner.pictures
        change = raised if element.tag == "sup" else lowered
        text = said(inner._runs)
        return [Run(change(text), look)] if change(text) != text else inner._runs

    def _read_block(self, element: Element, look: Look) -> None:
        """An element that begins and ends a block."""
        if not self._lists and element.tag != "p":
            self._depth = 0
        level = office.heading_level(element)
        if level is not None:
            self._read_heading(element, look, level)
        elif office.is_code(element):
            self._read_code(element, look)
        else:
            _READERS.get(element.tag, Reader._read_paragraph)(self, element, look)

    def _read_quote(self, element: Element, look: Look) -> None:
        """What somebody else said."""
        self._quotes += 1
        self.read(element, look)
        self.end()
        self._quotes -= 1

    def _read_paragraph(self, element: Element, look: Look) -> None:
        """A paragraph, which in Word may be an item of a list."""
        item = office.item_of(element)
        if item is not None:
            self._depth, self._mark = item.mark.level, item.mark
        elif not self._lists and not office.goes_on_in_list(element):
            self._depth = 0
        self.read(element, _look_of(element, look))
        if item is not None:
            self._runs = office.without_sign(self._runs, item.sign)
            self.end()
            self._mark = None

    def _read_heading(self, element: Element, look: Look, level: int) -> None:
        """A heading, which ends every list."""
        self.read(element, look)
        runs = [
            replace(run, text=run.text.replace("\n", " "), look=replace(run.look, bold=False)) for run in self._runs
        ]
        self._runs, self._mark = [], None
        if said(runs):
            depth, self._depth = self._depth, 0
            self._add("heading", runs, level=level)
            self._depth = depth

    def _read_code(self, element: Element, _look: Look) -> None:
        """Lines of code between fences, none of which could end the fence or the block."""
        program = next(element.every("code"), element)
        # Without what nobody sees first: it could hide the sign that ends a block.
        code = normalise(_LINE_ENDS.sub("\n", _lines_of(program))).expandtabs(4).replace("\u00a0", " ").strip("\n")
        text = "\n".join(f" {line}" if line.startswith(":::") else line.rstrip() for line in code.split("\n"))
        longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        if text.strip():
            self._add("code", [Run(text)], f"{fence}\n{text}\n{fence}")

    def _read_list(self, element: Element, look: Look) -> None:
        """A list; its items say how deep they stand."""
        start = element.attributes.get("start", "1").strip()
        first = int(start) if start.isascii() and start.isdecimal() and len(start) < 9 else 1
        self._lists.append(first if element.tag == "ol" else None)
        self.read(element, look)
        self.end()
        self._lists.pop()
        self._mark = None
        self._depth = len(self._lists)

    def _read_item(self, element: Element, look: Look) -> None:
        """An item of a list; Word online writes each item as a list of its own and says how deep it stands."""
        if not self._lists:
            self._lists.append(None)
            self._read_item(element, look)
            self._lists.pop()
            return
        number = self._lists[-1]
        if number is not None:
            self._lists[-1] = number + 1
        level = office.level_of(element) or len(self._lists)
        self._depth, self._mark = level, Mark(level, number)
        self.read(element, _look_of(element, look))
        self.end()
        self._mark = None

    def _read_table(self, table: Element, _look: Look) -> None:
        """A table; one that only arranges the page is read cell by cell."""
        for caption in table.children:
            if isinstance(caption, Element) and caption.tag == "caption":
                self.read(caption)
                self.end()
        if grids.is_layout(table):
            for row in grids.rows_of(table):
                for one in grids.cells_of(row):
                    self.read(one)
                    self.end()
            return
        rows = [
            [(one, self._cell(one, is_head=not number)) for one in grids.cells_of(row)]
            for number, row in enumerate(grids.rows_of(self._without_titles(table)))
        ]
        grid = grids.spread(rows)
        if grid:
            letters = " ".join(one.letters for row in grid for one in row)
            self._add("table", [Run(letters)], grids.written(grid))

    def _without_titles(self, table: Element) -> Element:
        """The table without rows on top that are one cell over several columns; they are paragraphs above it."""
        rows = list(grids.rows_of(table))
        while len(rows) > 2:
            first = [one for one in grids.cells_of(rows[0]) if one.text().strip()]
            if len(first) != 1 or grids.span(first[0], "colspan", grids.MOST_COLUMNS) < 2:
                break
            self.read(first[0])
            self.end()
            del rows[0]
        return Element("table", children=[*rows])

    def _cell(self, element: Element, *, is_head: bool) -> grids.Cell:
        """What a cell says in one line; the head of a table is bold anyway."""
        inner = Reader()
        inner.read(element)
        inner.end()
        self.pictures += inner.pictures
        runs: list[Run] = []
        for block in inner.blocks:
            if runs:
                runs.append(Run("; " if block.mark else " "))
            runs += block.runs
        if is_head:
            runs = [replace(run, look=replace(run.look, bold=False)) for run in runs]
        return grids.Cell(cell(runs), said(runs), grids.aligned(element))

    def _add_rule(self, element: Element, _look: Look) -> None:
        """A line between parts of a text."""
        if office.is_rule(element) and self.blocks and self.blocks[-1].kind != "rule":
            self._add("rule", [], "---")

    def _add(self, kind: Kind, runs: Sequence[Run], text: str = "", level: int = 0) -> None:
        """A block where the reading is. Raises TextTooLong rather than read on for nothing."""
        self._letters += sum(len(run.text) for run in runs)
        if self._letters > MAX_MARKDOWN or len(self.blocks) >= MOST_BLOCKS:
            raise TextTooLong(MAX_MARKDOWN)
        self.blocks.append(Block(kind, runs, text, level, self._mark, self._depth, self._quotes))
        self._mark = None


_READERS: Mapping[str, Callable[[Reader, Element, Look], None]] = {
    "table": Reader._read_table,
    "pre": Reader._read_code,
    "ul": Reader._read_list,
    "ol": Reader._read_list,
    "li": Reader._read_item,
    "blockquote": Reader._read_quote,
    "hr": Reader._add_rule,
}


def _look_of(element: Element, look: Look) -> Look:
    """The look of what stands in an element, by its name and its style."""
    tag = element.tag
    if tag == "a":
        look = replace(look, link=link_of(element.attributes.get("href", "")))
    elif tag in _CODE:
        look = replace(look, code=True)
    style = element.style
    weight, slant = style.get("font-weight", ""), style.get("font-style", "")
    bold = weight in ("bold", "bolder", "600", "700", "800", "900") or (tag in _BOLD and not weight)
    italic = slant in ("italic", "oblique") or (tag in _ITALIC and not slant)
    return replace(
        look,
        bold=bold or (look.bold and weight not in ("normal", "400")),
        italic=italic or (look.italic and slant != "normal"),
    )


def _lines_of(element: Element) -> str:
    """The letters of a program with its lines."""
    lines = ""
    for child in element.children:
        if isinstance(child, str):
            lines += child
        elif child.tag == "br":
            lines += "\n"
        elif not office.is_junk(child):
            inner = _lines_of(child)
            lines += f"{inner.removesuffix(chr(10))}\n" if child.tag in BLOCKS else inner
    return lines
