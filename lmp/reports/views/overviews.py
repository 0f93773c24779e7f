"""The overviews of a centre and of the network."""

from collections.abc import Sequence

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Role
from lmp.core import clock, written
from lmp.core.errors import NotFound
from lmp.core.messages import N_, Message
from lmp.network.models import Centre, Field
from lmp.reports import findings, rules, service
from lmp.reports.models import Measure
from lmp.reports.rules import Period
from lmp.reports.service import Overview
from lmp.reports.views import compared, shared
from lmp.reports.views.blueprint import bp
from lmp.reports.views.figures import Figure, Table, file_of, number, say
from lmp.web import charts, listing, pages
from lmp.web.charts import Column, Series
from lmp.web.language import current_language
from lmp.web.listing import Asked, Choice, Filter

PERIOD = Message(N_("Period"))
#: Centres side by side above the figures; whoever looks after more comes from the network's table.
MOST_CHIPS = 6
LAST_TWELVE = Message(N_("last 12 months"))


@bp.get("/report")
@pages.needs(Action.SEE_CENTRE_REPORT)
def start() -> ResponseReturnValue:
    """Lead to what the viewer looks after: the network, their centre, or a choice of centres."""
    actor = pages.actor()
    if actor.has(Role.NETWORK_ADMINISTRATOR):
        return redirect(url_for("reports.network"))
    centres = service.centres_seen(actor)
    if not centres:
        raise NotFound
    return redirect(url_for("reports.centre", slug=centres[0].slug))


@bp.get("/report/centre/<slug>")
@pages.needs(Action.SEE_CENTRE_REPORT)
def centre(slug: str) -> ResponseReturnValue:
    """The figures of one centre."""
    asked, period, years = _asked()
    found = service.centre_overview(slug, period, asked.get("field"), by=pages.actor())
    figures = [*_figures(found), *([compared.fields(found)] if len(found.fields) > 1 else []), compared.runs(found)]
    others = service.centres_seen(pages.actor())
    chips = _centre_chips(others, slug) if 1 < len(others) <= MOST_CHIPS else []
    return _page("reports/centre.html", found, figures, years, others=others if len(others) > 1 else [], chips=chips)


def _centre_chips(centres: Sequence[Centre], slug: str) -> list[dict[str, object]]:
    """The centres somebody looks after, side by side; the chosen period stays."""
    return [
        {
            "label": f"{one.short_name}, {one.province.name}",
            "url": url_for("reports.centre", slug=one.slug, period=request.args.get("period")),
            "current": one.slug == slug,
        }
        for one in centres
    ]


@bp.get("/report/network")
@pages.needs(Action.SEE_NETWORK_REPORT)
def network() -> ResponseReturnValue:
    """The figures of the network."""
    asked, period, years = _asked()
    found = service.network_overview(period, asked.get("field"), by=pages.actor())
    figures = [*_figures(found), *([compared.fields(found)] if found.fields else []), compared.centres(found)]
    return _page("reports/network.html", found, figures, years)


def _asked() -> tuple[Asked, Period, list[int]]:
    """What the address asks for; a field that is not there narrows nothing."""
    years = service.years()
    found = listing.asked([_periods(years), _fields(service.fields())])
    return found, rules.period(found.get("period"), years, clock.today()), years


def _periods(years: Sequence[int]) -> Filter:
    return Filter("period", PERIOD, [Choice(str(year), str(year)) for year in years])


def _fields(fields: Sequence[Field]) -> Filter:
    lang = current_language()
    return Filter("field", Message(N_("Field")), [Choice(one.slug, one.name.in_language(lang)) for one in fields])


def _page(
    template: str, found: Overview, figures: list[Figure], years: Sequence[int], **values: object
) -> ResponseReturnValue:
    """The page, or the one table of it that the address asks to take away."""
    answer = file_of(figures)
    if answer is not None:
        return answer
    return pages.render(
        template,
        overview=found,
        figures=figures,
        numbers=_numbers(found),
        filters=_filters(found, years),
        counted=found.facts.counted_at,
        **values,
    )


def _filters(found: Overview, years: Sequence[int]) -> dict[str, object]:
    """The two selects above the figures."""
    lang, period = current_language(), found.facts.period
    return {
        "years": [{"value": str(year), "chosen": year == period.year} for year in years],
        "fields": [
            {"value": one.slug, "label": one.name.in_language(lang), "chosen": found.field is one}
            for one in found.all_fields
        ],
    }


def _numbers(found: Overview) -> list[tuple[str, str]]:
    """The four numbers on top."""
    facts = found.facts
    return [
        (number(facts.sum(Measure.APPLIED)), say(shared.APPLIED)),
        (number(facts.sum(Measure.SEATED)), say(Message(N_("Seats taken")))),
        (number(facts.sum(Measure.CERTIFIED)), say(shared.CERTIFIED)),
        (shared.hours(facts.sum(Measure.MINUTES)), say(Message(N_("Earned time")))),
    ]


def _figures(found: Overview) -> list[Figure]:
    """What a centre and the network have in common."""
    facts = found.facts
    waits = (Measure.WAIT_APPROVAL, Measure.WAIT_COMPANY, Measure.WAIT_CERTIFICATE)
    return [
        _growth(found),
        shared.strand_minutes(facts.minutes(), None, facts.counted_at),
        _certificates(found),
        shared.waiting({one: facts.waited(one) for one in waits}, facts.counted_at),
        _participation(found),
        _absence(found),
        shared.attendance(facts.keys(Measure.ATTENDANCE), facts.counted_at),
        compared.provinces(found),
    ]


def _participation(found: Overview) -> Figure:
    """Applications, seats and certificates of the period."""
    facts, title = found.facts, Message(N_("Participation"))
    applied, seated, certified = (facts.sum(one) for one in (Measure.APPLIED, Measure.SEATED, Measure.CERTIFIED))
    pairs = [(shared.APPLIED, applied), (shared.SEATED, seated), (shared.CERTIFIED, certified)]
    table, spoken, drawn = shared.counts_of("participation", title, pairs)
    return Figure(
        id="participation",
        title=title,
        said=findings.participation(seated, certified),
        counted=Message(N_("Each is counted in the month in which it happened; a teacher in two runs counts twice.")),
        until=facts.counted_at,
        table=table,
        svg=charts.bars(spoken, drawn),
    )


def _growth(found: Overview) -> Figure:
    """Seats and certificates as they grew from month to month."""
    facts, title = found.facts, Message(N_("Seats and certificates as they grew"))
    seated, certified = _so_far(facts.months(Measure.SEATED)), _so_far(facts.months(Measure.CERTIFIED))
    months = [month for month, _number in facts.months(Measure.SEATED)]
    rows = [(findings.Month(month), one, other) for month, one, other in zip(months, seated, certified, strict=True)]
    svg = None
    if months and seated[-1] + certified[-1]:
        lang = current_language()
        series = [
            Series(say(Message(N_("seats"))), seated, number(seated[-1]), "c2"),
            Series(say(Message(N_("certificates"))), certified, number(certified[-1])),
        ]
        told = [(month.in_language(lang), f"{one}, {other}") for month, one, other in rows]
        ends = [f"{written.month_short(month, lang)} {month.year}" for month in (months[0], months[-1])]
        svg = charts.steps(shared.spoken("growth", title, told), series, *ends)
    return Figure(
        id="growth",
        title=title,
        said=findings.progress(seated[-1] if seated else 0, certified[-1] if certified else 0),
        counted=Message(N_("Seats given and first certificates issued in this time, added up from month to month.")),
        until=facts.counted_at,
        table=Table((Message(N_("Month")), Message(N_("Seats so far")), Message(N_("Certificates so far"))), rows),
        svg=svg,
    )


def _so_far(months: Sequence[tuple[object, int]]) -> list[int]:
    """Sums from the first month on."""
    found, so_far = [], 0
    for _month, n in months:
        so_far += n
        found.append(so_far)
    return found


def _certificates(found: Overview) -> Figure:
    """Certificates month by month."""
    facts, title, lang = found.facts, Message(N_("Certificates by month")), current_language()
    issued, revoked = facts.months(Measure.ISSUED), dict(facts.months(Measure.REVOKED))
    drawn = [
        Column(
            written.month_short(month, lang),
            n,
            number(n),
            f"{findings.Month(month).in_language(lang)}: {number(n)}",
            str(month.year),
        )
        for month, n in issued
    ]
    rows = [(findings.Month(month), n, revoked.get(month, 0)) for month, n in issued]
    told = [(month.in_language(lang), number(n)) for month, n, _revoked in rows]
    return Figure(
        id="certificates",
        title=title,
        said=findings.busiest_month(issued),
        counted=Message(N_("All certificates issued, replacements among them, by the month of issue.")),
        until=facts.counted_at,
        table=Table(
            (Message(N_("Month")), Message(N_("Issued certificates")), Message(N_("Revoked certificates"))), rows
        ),
        svg=charts.columns(shared.spoken("certificates", title, told), drawn) if any(n for _m, n in issued) else None,
    )


def _absence(found: Overview) -> Figure:
    """Confirmed days at companies, and those away."""
    facts, title = found.facts, Message(N_("Absence at companies"))
    days = facts.keys(Measure.LOG_DAYS)
    present, away = days.get(0, 0), days.get(1, 0)
    pairs = [(Message(N_("Days at the company")), present), (Message(N_("Days away")), away)]
    _table, spoken, drawn = shared.counts_of("absence", title, pairs)
    return Figure(
        id="absence",
        title=title,
        said=findings.absence(away, present + away),
        counted=Message(N_("Days of the work log that a company confirmed in this time.")),
        until=facts.counted_at,
        table=Table((Message(N_("What")), Message(N_("Number of days"))), pairs),
        svg=charts.bars(spoken, drawn) if present + away else None,
    )
