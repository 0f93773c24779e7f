"""What the address of the list of courses asks for, as filters, as a form and as chips."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import request, url_for

from lmp.catalogue.service import CentreCourses, FieldLine, Filters, Hours, ProvinceLine
from lmp.content.models import Shape
from lmp.core import messages
from lmp.core.errors import NotFound
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.web.language import current_language

LONGEST_QUERY = 120
MOST_FILTERS = 81
LANGUAGES = ("tr", "en")

_SLUG = re.compile(r"[a-z0-9-]{1,60}")
_Value = TypeVar("_Value")
_Name = TypeVar("_Name", bound=str)

SHAPE_WORDS = {
    Shape.WORKPLACE: Message(N_("With training on the job")),
    Shape.MEETING: Message(N_("With days face to face")),
    Shape.ONLINE: Message(N_("Online only")),
}
HOURS_WORDS = {
    Hours.UP_TO_30: Message(N_("Up to 30 hours")),
    Hours.UP_TO_60: Message(N_("31 to 60 hours")),
    Hours.MORE: Message(N_("More than 60 hours")),
}
LANGUAGE_WORDS = {"tr": Message(N_("Complete in Turkish")), "en": Message(N_("Complete in English"))}
OPEN_WORDS = Message(N_("Open for applications now"))


@dataclass(frozen=True)
class Choice:
    """One box of the filter form; `count` is how many courses it stands for, where that is known."""

    value: str
    label: str
    checked: bool
    count: int | None = None


@dataclass(frozen=True)
class Group:
    """The boxes of one filter."""

    name: str
    legend: str
    choices: Sequence[Choice]


def slug(text: str) -> str:
    """The text when it can be a slug, else nothing."""
    return text if _SLUG.fullmatch(text) else ""


def known_slug(text: str) -> str:
    """The slug of an address. Raises NotFound for what can be none."""
    if not slug(text):
        raise NotFound
    return text


def filters() -> Filters:
    """What the address asks for; what cannot be is left out."""
    return Filters(
        query=_typed(request.args.get("q", "")),
        fields=_slugs("field"),
        provinces=tuple(int(one) for one in _given("province") if re.fullmatch("[0-9]{1,2}", one)),
        centres=_slugs("centre"),
        shapes=_among("shape", {shape.value: shape for shape in Shape}),
        languages=_among("language", {lang: lang for lang in LANGUAGES}),
        hours=_among("hours", {length.value: length for length in Hours}),
        open_now=request.args.get("open") == "1",
    )


def _given(name: str) -> list[str]:
    """The values of a parameter, each once."""
    return list(dict.fromkeys(request.args.getlist(name)[:MOST_FILTERS]))


def _slugs(name: str) -> tuple[str, ...]:
    return tuple(one for one in _given(name) if slug(one))


def _among(name: str, known: dict[str, _Value]) -> tuple[_Value, ...]:
    return tuple(known[one] for one in _given(name) if one in known)


def _typed(text: str) -> str:
    """The searched words in one line; joining marks to letters may triple a text's length, never more."""
    return one_line(text[:LONGEST_QUERY], 3 * LONGEST_QUERY)


def address(filters: Filters, after: str | None = None, *, without: tuple[str, str] | None = None) -> str:
    """The list narrowed like this; `without` leaves out one (filter, value)."""
    values: dict[str, list[str]] = {
        "field": list(filters.fields),
        "province": [str(code) for code in filters.provinces],
        "centre": list(filters.centres),
        "shape": [shape.value for shape in filters.shapes],
        "language": list(filters.languages),
        "hours": [length.value for length in filters.hours],
        "open": ["1"] if filters.open_now else [],
    }
    if without is not None:
        values[without[0]] = [value for value in values[without[0]] if value != without[1]]
    return url_for("catalogue.courses", q=filters.query or None, after=after, _anchor=None, **values)  # type: ignore[arg-type]  # mypy takes the lists for Flask's own arguments


def groups(
    filters: Filters, fields: Iterable[FieldLine], provinces: Iterable[ProvinceLine], centres: Iterable[CentreCourses]
) -> list[Group]:
    """The filter form: what has courses, and whatever is set."""
    made = [
        Group("open", _say(Message(N_("Applications"))), [Choice("1", _say(OPEN_WORDS), filters.open_now)]),
        *_places(filters, fields, provinces, centres),
        Group("shape", _say(Message(N_("Shape"))), _named(SHAPE_WORDS, filters.shapes)),
        Group("hours", _say(Message(N_("Length"))), _named(HOURS_WORDS, filters.hours)),
        Group("language", _say(Message(N_("Language"))), _named(LANGUAGE_WORDS, filters.languages)),
    ]
    return [group for group in made if group.choices]


def _places(
    filters: Filters, fields: Iterable[FieldLine], provinces: Iterable[ProvinceLine], centres: Iterable[CentreCourses]
) -> list[Group]:
    """Fields, provinces and centres, each with the number of its courses."""
    lang = current_language()
    of_fields = [
        Choice(line.slug, line.name.in_language(lang), line.slug in filters.fields, line.courses) for line in fields
    ]
    of_provinces = [
        Choice(str(line.code), line.name, line.code in filters.provinces, line.courses) for line in provinces
    ]
    of_centres = [
        Choice(one.slug, f"{one.province}, {one.short_name}", one.slug in filters.centres, one.courses)
        for one in centres
    ]
    return [
        Group("field", _say(Message(N_("Field"))), _worth_showing(of_fields)),
        Group("province", _say(Message(N_("Province"))), _worth_showing(of_provinces)),
        Group("centre", _say(Message(N_("Centre"))), _worth_showing(of_centres)),
    ]


def _worth_showing(choices: Iterable[Choice]) -> list[Choice]:
    """What has courses, and whatever is set."""
    return [choice for choice in choices if choice.count or choice.checked]


def _named(words: Mapping[_Name, Message], chosen: Sequence[_Name]) -> list[Choice]:
    """One box a word."""
    return [Choice(str(key), _say(said), key in chosen) for key, said in words.items()]


def _say(message: Message) -> str:
    return messages.text(message, current_language())


def chips(filters: Filters, groups: Iterable[Group]) -> list[dict[str, str]]:
    """What the list is narrowed to, each with the address of the list without it."""
    return [
        {"label": choice.label, "url": address(filters, without=(group.name, choice.value))}
        for group in groups
        for choice in group.choices
        if choice.checked
    ]
