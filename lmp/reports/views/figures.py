"""A figure: the finding, what it counts and until when, the picture, and the one table that screen and files share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Response, request, url_for
from markupsafe import Markup

from lmp.core import clock, messages, written
from lmp.core.messages import N_, Message
from lmp.core.tables import Column, Format
from lmp.reports.rules import Shown
from lmp.web import listing
from lmp.web.language import current_language

FEW = Message(N_("fewer than 5"))
WITHHELD = Message(N_("withheld"))
#: What narrows an overview, and therefore its files; nothing else of an address is handed on into another.
NARROWING = ("period", "field", "year")

Row = tuple[object, ...]


def say(message: Message) -> str:
    """A message in the language of the page."""
    return messages.text(message, current_language())


def number(value: int) -> str:
    """A number as people write it."""
    return written.number(value, current_language())


def shown(value: Shown) -> object:
    """A public number, or the words in its place."""
    if value.value is not None:
        return value.value
    return FEW if value.few else WITHHELD


@dataclass(frozen=True)
class Table:
    """Heads and rows; the first cell of a row names it. Screen and files are both made from this."""

    heads: Sequence[Message]
    rows: Sequence[Row]
    #: Addresses of the rows' names, where they have one.
    links: Sequence[str] = ()

    def columns(self) -> list[Column[Row]]:
        """The columns for a file."""
        return [Column(head, _cell(place), 40 if place == 0 else 16) for place, head in enumerate(self.heads)]

    def on_screen(self) -> list[list[str | Markup]]:
        """The rows as the page writes them."""
        found: list[list[str | Markup]] = [[_written(value) for value in row] for row in self.rows]
        for row, link in zip(found, self.links, strict=bool(self.links)):
            row[0] = Markup('<a href="{}">{}</a>').format(link, row[0])
        return found


def _cell(place: int) -> Any:
    """What reads one cell of a row."""

    def value(row: Row) -> object:
        said = row[place]
        return said.in_language(current_language()) if hasattr(said, "in_language") else said

    return value


def _written(value: object) -> str:
    """A value on the page: numbers grouped, nothing as a dash."""
    return "—" if value is None else str(messages.spoken(value, current_language()))


@dataclass(frozen=True)
class Figure:
    """One picture with its words and its table."""

    id: str
    #: Its name: what files and screen readers call it.
    title: Message
    said: Message
    counted: Message
    until: datetime | None
    table: Table
    svg: Markup | None = None
    wide: bool = False
    with_key: bool = False
    rows: list[list[str | Markup]] = field(init=False)

    def __post_init__(self) -> None:
        """Write the table once."""
        object.__setattr__(self, "rows", self.table.on_screen())

    @property
    def name(self) -> str:
        """Its name on the page."""
        return say(self.title)

    @property
    def finding(self) -> str:
        """What it shows."""
        return say(self.said)

    @property
    def counts(self) -> str:
        """What it counts and until when."""
        what = say(self.counted)
        return f"{what} {say(until(self.until))}" if self.until is not None else what

    @property
    def heads(self) -> list[str]:
        """The heads of its table."""
        return [say(head) for head in self.table.heads]

    @property
    def csv_url(self) -> str:
        """Where its table is taken away as CSV."""
        return self._file("csv")

    @property
    def xlsx_url(self) -> str:
        """Where its table is taken away as XLSX."""
        return self._file("xlsx")

    def _file(self, format: str) -> str:
        narrowed = {name: request.args[name] for name in NARROWING if name in request.args}
        kept: dict[str, Any] = {**(request.view_args or {}), **narrowed}
        return url_for(request.endpoint or "", **kept, table=self.id, format=format)


class _Moment:
    """A moment on the wall clock."""

    def __init__(self, at: datetime) -> None:
        self.at = clock.local(at)

    def in_language(self, lang: str) -> str:
        """Day and time."""
        return written.moment(self.at, lang)


def until(at: datetime) -> Message:
    """The sentence that says until when something was counted."""
    return Message(N_("Counted until: %(moment)s."), moment=_Moment(at))


def file_of(figures: Sequence[Figure]) -> Response | None:
    """The table the address asks to take away; None when it asks for the page."""
    format = request.args.get("format", "")
    wanted = next((one for one in figures if one.id == request.args.get("table")), None)
    if wanted is None or format not in Format.__members__.values():
        return None
    return listing.file(Format(format), wanted.title, wanted.table.columns(), wanted.table.rows)
