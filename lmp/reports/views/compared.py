"""Fields, centres, runs and provinces beside each other: in the order of names or dates, with numbers, without a rank."""

from collections.abc import Sequence

from flask import url_for
from markupsafe import Markup

from lmp.core import written
from lmp.core.messages import N_, P_, Message
from lmp.reports import findings
from lmp.reports.models import Measure
from lmp.reports.service import Line, Overview
from lmp.reports.views import shared
from lmp.reports.views.figures import Figure, Table, number
from lmp.web import charts
from lmp.web.charts import Bar
from lmp.web.language import current_language

_DARK = Message(N_("Whole bar: teachers who took part, filled part: those with a certificate."))
_FIELDS = P_("Certificates in %(n)s field", "Certificates in %(n)s fields")
_CENTRES = P_("Certificates from %(n)s centre", "Certificates from %(n)s centres")
_RUNS = P_("%(n)s run in this time", "%(n)s runs in this time")


def _bars(id: str, title: Message, lines: Sequence[Line], names: Sequence[str]) -> Markup:
    drawn = [
        Bar(name, one.certified, f"{number(one.certified)} / {number(one.seated)}", one.seated)
        for name, one in zip(names, lines, strict=True)
    ]
    return charts.bars(shared.spoken(id, title, [(one.label, one.said) for one in drawn]), drawn)


def _table(head: Message, lines: Sequence[Line], links: Sequence[str] = ()) -> Table:
    heads = (head, shared.APPLIED, shared.SEATED, shared.CERTIFIED)
    return Table(heads, [(one.name, one.applied, one.seated, one.certified) for one in lines], links)


def _with_some(lines: Sequence[Line]) -> int:
    return sum(one.certified > 0 for one in lines)


def fields(found: Overview) -> Figure:
    """The fields in which something happened."""
    title, lang = Message(N_("Fields")), current_language()
    names = [str(one.name.in_language(lang)) if not isinstance(one.name, str) else one.name for one in found.fields]
    return Figure(
        id="fields",
        title=title,
        said=Message(*_FIELDS, n=_with_some(found.fields)),
        counted=Message(
            N_("%(dark)s A course of two fields counts in both, so the rows add up to more than the whole."), dark=_DARK
        ),
        until=found.facts.counted_at,
        table=_table(Message(N_("Field")), found.fields),
        svg=_bars("fields", title, found.fields, names),
    )


def centres(found: Overview) -> Figure:
    """The centres in which something happened."""
    title = Message(N_("Centres"))
    links = [url_for("reports.centre", slug=one.slug) for one in found.centres]
    return Figure(
        id="centres",
        title=title,
        said=Message(*_CENTRES, n=_with_some(found.centres)),
        counted=_DARK,
        until=found.facts.counted_at,
        table=_table(Message(N_("Centre")), found.centres, links),
        svg=_bars("centres", title, found.centres, [str(one.name) for one in found.centres]),
    )


def runs(found: Overview) -> Figure:
    """The runs of a centre, the newest first."""
    title, lang = Message(N_("Runs")), current_language()
    names = [_run_name(one, lang) for one in found.runs]
    links = [url_for("reports.run_report", run_id=one.id) for one in found.runs]
    heads = (Message(N_("Run")), Message(N_("Seats")), shared.SEATED, shared.CERTIFIED)
    rows = [(name, one.capacity, one.seated, one.certified) for name, one in zip(names, found.runs, strict=True)]
    return Figure(
        id="runs",
        title=title,
        said=Message(*_RUNS, n=len(found.runs)),
        counted=Message(N_("%(dark)s The newest first, 50 at most; counted when the page was opened."), dark=_DARK),
        until=None,
        table=Table(heads, rows, links),
        svg=_bars("runs", title, found.runs, names),
        wide=True,
    )


def _run_name(one: Line, lang: str) -> str:
    """Dates first: they tell runs of one course apart."""
    title = one.name if isinstance(one.name, str) else one.name.in_language(lang)
    return f"{written.span(*one.span, lang)} · {title}" if one.span else title


def provinces(found: Overview) -> Figure:
    """Where the teachers' schools are, as tiles."""
    title = Message(N_("Teachers by province"))
    values = found.facts.keys(Measure.PROVINCE)
    known = [(name, values[code]) for code, name in found.provinces.items() if values.get(code)]
    rows: list[tuple[object, ...]] = [*known]
    if values.get(0):
        rows.append((Message(N_("Province not known")), values[0]))
    told = [(name, number(n)) for name, n in known]
    said = {code: number(n) for code, n in values.items()}
    return Figure(
        id="provinces",
        title=title,
        said=findings.provinces(known),
        counted=Message(
            N_("Seats given in this time, by the province of the teacher's school. The stronger the colour, the more.")
        ),
        until=found.facts.counted_at,
        table=Table((Message(N_("Province")), shared.TEACHERS), rows),
        svg=charts.tiles(shared.spoken("provinces", title, told), values, found.provinces, said) if known else None,
        wide=True,
    )
