"""The first page."""

from collections.abc import Iterable
from itertools import groupby

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.catalogue import service
from lmp.catalogue.service import FieldLine
from lmp.catalogue.views.blueprint import bp
from lmp.core import clock, turkish
from lmp.network.models import FieldKind
from lmp.web import kept, pages
from lmp.web.language import current_language

OFFERS_AT_HOME = 4


@bp.get("/")
@pages.public
@kept.for_everybody
def home() -> ResponseReturnValue:
    """The network at a glance."""
    fields, provinces = service.field_lines(current_language()), service.province_lines()
    vocational = [line for line in fields if line.kind is FieldKind.FIELD]
    most_first = sorted(provinces, key=lambda one: one.centres, reverse=True)
    return pages.render(
        "catalogue/home.html",
        letters=[{"letter": letter, "entries": _entries(group)} for letter, group in _letters(vocational)],
        subjects=_entries(line for line in fields if line.kind is FieldKind.SUBJECT),
        fields_number=len(vocational),
        provinces=[{"name": one.name, "count": one.centres} for one in most_first],
        centres_number=sum(one.centres for one in provinces),
        offers=service.coming_offers(OFFERS_AT_HOME),
        today=clock.today(),
    )


def _letters(lines: list[FieldLine]) -> list[tuple[str, list[FieldLine]]]:
    """The book index: first letter, then the fields under it; İ and I are two letters in Turkish."""
    lang = current_language()

    def first(line: FieldLine) -> str:
        letter = line.name.in_language(lang)[:1]
        return turkish.upper(letter) if lang == "tr" else letter.upper()

    return [(letter, list(group)) for letter, group in groupby(lines, key=first)]


def _entries(lines: Iterable[FieldLine]) -> list[dict[str, object]]:
    """Fields as entries of the index."""
    lang = current_language()
    return [
        {
            "label": line.name.in_language(lang),
            "url": url_for("catalogue.field", slug=line.slug),
            "count": line.open,
        }
        for line in lines
    ]
