"""A list of the network, drawn from its columns: on the page, in CSV and in XLSX."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from flask.typing import ResponseReturnValue

from lmp.core import messages, written
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.network import service
from lmp.network.models import Centre, Field
from lmp.network.service.lists import CLOSED, Ordered
from lmp.web import listing, pages
from lmp.web.language import current_language
from lmp.web.listing import Choice, Filter

_BATCH = 500
_YES, _NO = Message(N_("yes")), Message(N_("no"))

STATE = Filter("state", Message(N_("State")), [Choice(CLOSED, Message(N_("Closed")))])
OFFICE = Filter(
    "office",
    Message(N_("Office e-mail")),
    [Choice("known", Message(N_("Known"))), Choice("none", Message(N_("Missing")))],
)


@dataclass(frozen=True)
class Add:
    """The button that adds a record."""

    label: Message
    url: str


@dataclass(frozen=True)
class Listed:
    """What is to be listed, and how a reader sees it."""

    title: Message
    #: What the search box asks for.
    label: Message
    columns: list[Column[Any]]
    #: Where a row leads; None for a row without a page.
    link: Callable[[Any], str | None]
    intro: Message | None = None
    #: Gathers what the columns need beside the rows of one batch.
    gather: Callable[[Sequence[Any]], Iterable[Any]] = iter
    add: Add | None = None
    #: Said when nothing is recorded yet.
    empty: Message | None = None
    #: Places of columns that only the files hold: the page of the record says them, and a line has no room.
    only_in_files: frozenset[int] = frozenset()

    @property
    def shown(self) -> list[Column[Any]]:
        """The columns that stand on the page."""
        return [column for at, column in enumerate(self.columns) if at not in self.only_in_files]


def answer(listed: Listed, ordered: Ordered, asked: listing.Asked, filters: Sequence[Filter]) -> ResponseReturnValue:
    """The page of a list, or its file."""
    if asked.format is not None:
        return listing.file(asked.format, listed.title, listed.columns, _gathered(ordered.every(), listed))
    page = ordered.page(asked.at)
    rows = [(listed.link(row), [column.value(row) for column in listed.shown]) for row in listed.gather(page.rows)]
    return pages.render(
        "network/list.html",
        listed=listed,
        rows=[(link, [shown(value) for value in values]) for link, values in rows],
        counted=[at for at, value in enumerate(rows[0][1]) if type(value) is int] if rows else [],
        listing=listing.listing(asked, page, filters),
    )


def _gathered(rows: Iterator[Any], listed: Listed) -> Iterator[Any]:
    """All rows with what belongs to them, batch by batch."""
    while batch := list(islice(rows, _BATCH)):
        yield from listed.gather(batch)


def shown(value: object) -> str:
    """A value as it stands in a cell of the page."""
    lang = current_language()
    if value is None:
        return ""
    if isinstance(value, bool):
        return messages.text(_YES if value else _NO, lang)
    if isinstance(value, date):
        return written.day(value, lang, "numeric")
    return str(messages.spoken(value, lang))


def in_language(value: Any) -> str:
    """A bilingual value in the page's language."""
    return str(value.in_language(current_language()))


def joined(fields: Iterable[Field]) -> str:
    """Names of fields as one text."""
    return ", ".join(in_language(one.name) for one in fields)


def province_filter() -> Filter:
    """Narrow by province."""
    return Filter("province", Message(N_("Province")), [Choice(str(one.code), one.name) for one in service.provinces()])


def field_filter(*more: Choice) -> Filter:
    """Narrow by field; `more` stands first."""
    return Filter(
        "field", Message(N_("Field")), [*more, *(Choice(one.slug, in_language(one.name)) for one in service.fields())]
    )


def centre_filter(centres: Iterable[Centre]) -> Filter:
    """Narrow by centre."""
    return Filter(
        "centre", Message(N_("Centre")), [Choice(one.slug, f"{one.short_name}, {one.province.name}") for one in centres]
    )
