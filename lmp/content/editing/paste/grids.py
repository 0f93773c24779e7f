"""Tables: cells in rows and columns, merged ones laid out, empty rows and columns left away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lmp.content.editing.paste.tree import Element

MOST_COLUMNS = 40
MOST_ROWS = 2_000
_DIRECT = ("thead", "tbody", "tfoot")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its Markdown and its letters alone, and how it is aligned."""

    text: str = ""
    letters: str = ""
    align: str = ""


EMPTY = Cell()


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, not those of tables in it."""
    for child in table.children:
        if isinstance(child, Element) and child.tag == "tr":
            yield child
        elif isinstance(child, Element) and child.tag in _DIRECT:
            yield from rows_of(child)


def cells_of(row: Element) -> list[Element]:
    """The cells of a row."""
    return [child for child in row.children if isinstance(child, Element) and child.tag in ("td", "th")]


def is_layout(table: Element) -> bool:
    """Whether a table only arranges a page: one column, or other tables and headings in it."""
    return all(len(cells_of(row)) <= 1 for row in rows_of(table)) or any(table.every("table", *_HEADINGS))


def aligned(element: Element) -> str:
    """How a cell is aligned: right, center or as always."""
    inner = next(
        (child for child in element.children if isinstance(child, Element) and child.tag in ("p", "div")), None
    )
    for one in filter(None, (element, inner)):
        align = one.style.get("text-align") or one.attributes.get("align", "").lower()
        if align:
            return align if align in ("right", "center") else ""
    return ""


def spread(rows: Sequence[Sequence[tuple[Element, Cell]]]) -> list[list[Cell]]:
    """Cells in their columns: the text of a merged cell stands in its first place, its other places are empty."""
    taken: set[tuple[int, int]] = set()
    grid: list[list[Cell]] = []
    for number, row in enumerate(rows[:MOST_ROWS]):
        line: list[Cell] = []
        for element, cell in row:
            _skip_taken(line, number, taken)
            wide, high = (
                span(element, "colspan", MOST_COLUMNS - len(line)),
                span(element, "rowspan", len(rows) - number),
            )
            if wide < 1:
                break
            taken |= {(number + down, len(line) + right) for down in range(1, high) for right in range(wide)}
            line += [cell, *[EMPTY] * (wide - 1)]
        _skip_taken(line, number, taken)
        grid.append(line)
    return _without_blanks(grid)


def _skip_taken(line: list[Cell], number: int, taken: set[tuple[int, int]]) -> None:
    """Leave the places empty into which a cell from above reaches."""
    while (number, len(line)) in taken:
        line.append(EMPTY)


def span(element: Element, name: str, most: int) -> int:
    """Over how many places a cell reaches, at most so many."""
    written = element.attributes.get(name, "1").strip()
    wanted = int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 1
    return min(max(wanted, 1), most)


def _without_blanks(grid: list[list[Cell]]) -> list[list[Cell]]:
    """The rows of equal length, without those and the columns in which nothing stands."""
    width = max(map(len, grid), default=0)
    filled = [[*row, *[EMPTY] * (width - len(row))] for row in grid if any(cell.text for cell in row)]
    used = [column for column in range(width) if any(row[column].text for row in filled)]
    return [[row[column] for column in used] for row in filled]


def written(grid: Sequence[Sequence[Cell]]) -> str:
    """The table as Markdown; its first row is its head."""
    head, *body = grid
    marks = [_mark([row[column] for row in body]) for column in range(len(head))]
    lines = [[cell.text for cell in head], marks, *[[cell.text for cell in row] for row in body]]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |").replace("|  |", "| |") for line in lines)


def _mark(column: Sequence[Cell]) -> str:
    """The line under the head of a column: aligned where all its cells are."""
    aligns = {cell.align for cell in column if cell.text}
    return {frozenset({"right"}): "---:", frozenset({"center"}): ":---:"}.get(frozenset(aligns), "---")
