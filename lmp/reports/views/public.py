"""The numbers that everybody may see."""

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from lmp.core import clock
from lmp.core.messages import N_, Message
from lmp.network.models import Field
from lmp.reports import service
from lmp.reports.rules import Shown
from lmp.reports.service import PublicYear
from lmp.reports.views import shared
from lmp.reports.views.blueprint import bp
from lmp.reports.views.figures import FEW, WITHHELD, Figure, Table, file_of, number, say, shown
from lmp.web import charts, kept, pages
from lmp.web.charts import Bar
from lmp.web.language import current_language

_CERTIFIED = Message(N_("Teachers with a certificate"))
_SEVERAL = Message(N_("Courses of different fields"))


@bp.get("/numbers")
@pages.public
@kept.for_everybody
def numbers() -> ResponseReturnValue:
    """Teachers with a certificate by year, field and province; small groups stay hidden."""
    years = service.years() or [clock.today().year]
    year = next((one for one in years if str(one) == request.args.get("year")), years[0])
    found = service.public_year(year)
    figures = [*_provinces(found), *_fields(found)]
    answer = file_of(figures)
    if answer is not None:
        return answer
    return pages.render("reports/numbers.html", found=found, figures=figures, years=years, total=_said(found.total))


def _said(value: Shown) -> str:
    """A public number as people write it, or the words in its place."""
    if value.value is not None:
        return number(value.value)
    return say(FEW if value.few else WITHHELD)


def _provinces(found: PublicYear) -> list[Figure]:
    """The provinces as tiles; nothing where they may not be shown."""
    shares, title = found.provinces, Message(N_("Teachers with a certificate by province"))
    if not shares:
        return []
    there = [(name, shares[code]) for code, name in found.names.items() if code in shares]
    rows: list[tuple[object, ...]] = [(name, shown(value)) for name, value in there]
    if 0 in shares:
        rows.append((Message(N_("Province not known")), shown(shares[0])))
    rows.append((Message(N_("Altogether")), shown(found.total)))
    values = {code: value.value or 0 for code, value in shares.items()}
    said = {code: _short(value) for code, value in shares.items()}
    figure = Figure(
        id="provinces",
        title=title,
        said=Message(N_("Teachers with a certificate by province, %(year)s"), year=str(found.year)),
        counted=Message(
            N_("People who got a valid certificate in %(year)s, by the province of their school."), year=str(found.year)
        ),
        until=found.counted_at,
        table=Table((Message(N_("Province")), _CERTIFIED), rows),
        svg=charts.tiles(
            shared.spoken("provinces", title, [(name, _said(value)) for name, value in there]),
            values,
            found.names,
            said,
        ),
        wide=True,
    )
    return [figure]


def _short(value: Shown) -> str:
    """What stands in a tile."""
    return number(value.value) if value.value is not None else "<5" if value.few else "•"


def _of_fields(fields: Sequence[Field]) -> str:
    """The fields that a line is about."""
    return ", ".join(one.name.in_language(current_language()) for one in fields) or say(_SEVERAL)


def _briefly(fields: Sequence[Field]) -> str:
    """The first of the fields and how many more there are, where a chart has no room for all."""
    return f"{_of_fields(fields[:1])} +{len(fields) - 1}" if len(fields) > 1 else _of_fields(fields)


def _fields(found: PublicYear) -> list[Figure]:
    """The fields in alphabetical order; nothing where they may not be shown."""
    title = Message(N_("Teachers with a certificate by field"))
    if not found.fields:
        return []
    named = [(_of_fields(fields), value) for fields, value in found.fields]
    rows: list[tuple[object, ...]] = [(name, shown(value)) for name, value in named]
    rows.append((Message(N_("Altogether")), shown(found.total)))
    drawn = [Bar(_briefly(fields), value.value or 0, _said(value)) for fields, value in found.fields]
    figure = Figure(
        id="fields",
        title=title,
        said=Message(N_("Teachers with a certificate by field, %(year)s"), year=str(found.year)),
        counted=Message(
            N_(
                "Every teacher counts once, in the line of the fields that their course has; in the last line where courses have different fields."
            )
        ),
        until=found.counted_at,
        table=Table((Message(N_("Field")), _CERTIFIED), rows),
        svg=charts.bars(shared.spoken("fields", title, [(name, _said(value)) for name, value in named]), drawn),
        wide=True,
    )
    return [figure]
