"""Lists as people use them: searched, filtered and paged by the address, and taken away as the file of what is shown."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Response, request, send_file, url_for

from lmp.core import messages, tables
from lmp.core.keyed import Page
from lmp.core.messages import Message
from lmp.core.tables import Column, Format
from lmp.core.text import one_line
from lmp.core.turkish import fold
from lmp.web.language import current_language

Row = TypeVar("Row")
LONGEST_QUERY = 120
#: Kept in memory up to here, in a temporary file above.
_IN_MEMORY = 1024 * 1024


@dataclass(frozen=True)
class Choice:
    """One value of a filter and the words for it."""

    value: str
    label: Message | str


@dataclass(frozen=True)
class Filter:
    """One thing a list can be narrowed by: its name in the address, its words, what can be chosen."""

    name: str
    label: Message
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Asked:
    """What the address asks of a list; everything in it is among what can be asked."""

    query: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    at: str | None = None
    format: Format | None = None

    def get(self, name: str) -> str | None:
        """The chosen value of a filter, or None."""
        return self.chosen.get(name)

    @property
    def narrowed(self) -> bool:
        """Whether the list is searched or filtered."""
        return bool(self.query or self.chosen)


def asked(filters: Sequence[Filter] = ()) -> Asked:
    """Read the address: `q`, one parameter a filter, `at` and `format`. What cannot be asked is left out."""
    chosen = {}
    for one in filters:
        value = request.args.get(one.name, "")
        if any(choice.value == value for choice in one.choices):
            chosen[one.name] = value
    format = request.args.get("format", "")
    return Asked(
        query=one_line(request.args.get("q", "")[:LONGEST_QUERY], 3 * LONGEST_QUERY),
        chosen=chosen,
        at=request.args.get("at"),
        format=Format(format) if format in Format.__members__.values() else None,
    )


@dataclass(frozen=True)
class Listing:
    """A list for its macros (macros/listing.html): how it is narrowed, where its pages and files are."""

    query: str
    filters: list[dict[str, object]]
    chips: list[dict[str, str]]
    base_url: str
    next_url: str | None
    previous_url: str | None
    csv_url: str
    xlsx_url: str
    narrowed: bool


def listing(found: Asked, page: Page[Row], filters: Sequence[Filter] = ()) -> Listing:
    """What the macros need of the list that was asked for."""
    return Listing(
        query=found.query,
        filters=[_shown(one, found) for one in filters],
        chips=[_chip(one, found) for one in filters if one.name in found.chosen],
        base_url=_address(),
        next_url=_narrowed(found, at=page.next) if page.next else None,
        previous_url=_narrowed(found, at=page.previous) if page.previous else None,
        csv_url=_narrowed(found, format="csv"),
        xlsx_url=_narrowed(found, format="xlsx"),
        narrowed=found.narrowed,
    )


def _address(**values: str | None) -> str:
    """The page of the request with these parameters."""
    all_values: dict[str, Any] = {**(request.view_args or {}), **values}
    return url_for(request.endpoint or "", **all_values)


def _narrowed(found: Asked, **values: str | None) -> str:
    """The list as it is narrowed, with these parameters beside."""
    return _address(**{**found.chosen, "q": found.query or None, **values})


def _words(label: Message | str) -> str:
    return label if isinstance(label, str) else messages.text(label, current_language())


def _shown(one: Filter, found: Asked) -> dict[str, object]:
    """A filter as a select of its form."""
    return {
        "name": one.name,
        "label": _words(one.label),
        "chosen": found.chosen.get(one.name, ""),
        "choices": [{"value": choice.value, "label": _words(choice.label)} for choice in one.choices],
    }


def _chip(one: Filter, found: Asked) -> dict[str, str]:
    """A set filter with the address of the list without it."""
    label = next(choice.label for choice in one.choices if choice.value == found.chosen[one.name])
    return {"label": _words(label), "url": _narrowed(found, **{one.name: None})}


def file(format: Format, name: Message, columns: list[Column[Row]], rows: Iterable[Row]) -> Response:
    """The list as a file in the reader's language, all pages of it; its name is folded to ASCII."""
    lang = current_language()
    made = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the answer closes it)
    tables.write(format, made, columns, rows, lang)
    made.seek(0)
    title = "-".join(fold(messages.text(name, lang)).split())
    answer = send_file(
        made, mimetype=tables.MEDIA_TYPES[format], as_attachment=True, download_name=f"{title}.{format.value}"
    )
    answer.call_on_close(made.close)
    return answer
