"""The figures of one run."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.core import clock, written
from lmp.core.messages import N_, Message
from lmp.hours.models import Strand
from lmp.reports import findings, service
from lmp.reports.service import RunFigures
from lmp.reports.views import shared
from lmp.reports.views.blueprint import bp
from lmp.reports.views.figures import Figure, Table, file_of, number, say
from lmp.web import charts, pages
from lmp.web.charts import Bar, Column, Series
from lmp.web.language import current_language


@bp.get("/report/run/<uuid:run_id>")
@pages.needs(Action.SEE_RUN)
def run_report(run_id: UUID) -> ResponseReturnValue:
    """Participation, time, progress, absence and waiting of one run, counted when the page is opened."""
    found = service.run_figures(run_id, by=pages.actor())
    figures = [
        _progress(found),
        _participation(found),
        shared.strand_minutes(found.earned, found.planned, clock.now()),
        _shares(found),
        *_away(found),
        shared.waiting(found.waits, clock.now()),
        _provinces(found),
    ]
    answer = file_of(figures)
    if answer is not None:
        return answer
    return pages.render("reports/run.html", run=found.run, figures=figures, numbers=_numbers(found))


def _numbers(found: RunFigures) -> list[tuple[str, str]]:
    """The four numbers on top."""
    return [
        (number(found.applied), say(shared.APPLIED)),
        (f"{number(found.seated)} / {number(found.run.capacity)}", say(Message(N_("Seats taken")))),
        (number(found.certified), say(Message(N_("Certificates")))),
        (shared.hours(sum(found.earned.values())), say(Message(N_("Earned time")))),
    ]


def _participation(found: RunFigures) -> Figure:
    """From application to certificate."""
    title = Message(N_("Participation"))
    pairs = [
        (Message(N_("Applied")), found.applied),
        (shared.SEATED, found.seated),
        (Message(N_("Have earned time")), found.studying),
        (Message(N_("Ready for a certificate")), found.ready),
        (shared.CERTIFIED, found.certified),
    ]
    table, spoken, drawn = shared.counts_of("participation", title, pairs)
    return Figure(
        id="participation",
        title=title,
        said=findings.participation(found.seated, found.certified),
        counted=Message(N_("Teachers of this run, each once a row.")),
        until=clock.now(),
        table=table,
        svg=charts.bars(spoken, drawn),
    )


def _progress(found: RunFigures) -> Figure:
    """Hours earned, week by week, beside the plan."""
    title = Message(N_("Earned time by week"))
    lang, planned = current_language(), sum(found.planned.values())
    minutes = [max(so_far, 0) for _week, so_far in found.weeks]
    svg = None
    if minutes:
        series = [
            Series(say(Message(N_("planned"))), [planned] * len(minutes), shared.hours(planned), "c2"),
            Series(say(Message(N_("earned"))), minutes, shared.hours(minutes[-1])),
        ]
        first, last = (written.day(found.weeks[place][0], lang, "short")[:-5] for place in (0, -1))
        rows = [(written.day(week, lang), shared.hours(so_far)) for week, so_far in found.weeks]
        svg = charts.steps(shared.spoken("progress", title, rows), series, first, last)
    return Figure(
        id="progress",
        title=title,
        said=findings.earned(sum(found.earned.values()), planned),
        counted=Message(N_("Minutes of everybody's ledger up to the end of each week, by the day they were earned.")),
        until=clock.now(),
        table=Table((Message(N_("Week from")), Message(N_("Minutes so far"))), found.weeks),
        svg=svg,
        wide=True,
    )


def _shares(found: RunFigures) -> Figure:
    """How far everybody is, as a distribution."""
    title = Message(N_("How far everybody is"))
    lang = current_language()
    names = {
        tenth: written.percent(1, lang) if tenth == 10 else f"{written.percent(tenth / 10, lang)}"
        for tenth in range(11)
    }
    drawn = [
        Column(names[tenth], people, number(people), f"{names[tenth]}: {number(people)}")
        for tenth, people in found.shares.items()
    ]
    rows = [(one.label, one.said) for one in drawn]
    return Figure(
        id="shares",
        title=title,
        said=findings.complete(found.shares[10], found.seated),
        counted=Message(N_("Teachers by the part of the planned time they have earned, rounded down to tens.")),
        until=clock.now(),
        table=Table(
            (Message(N_("Earned part")), shared.TEACHERS), [(names[one], n) for one, n in found.shares.items()]
        ),
        svg=charts.dots(shared.spoken("shares", title, rows), drawn) if found.seated else None,
    )


def _away(found: RunFigures) -> list[Figure]:
    """Who was away: from companies, from meetings, or from both, as the run plans them."""
    meets = bool(found.planned[Strand.MEETING] or found.attendance)
    at_company = bool(found.planned[Strand.WORKPLACE] or found.log_days) or not meets
    return [
        *([_absence(found)] if at_company else []),
        *([shared.attendance(found.attendance, clock.now())] if meets else []),
    ]


def _absence(found: RunFigures) -> Figure:
    """Days away from the company, as a distribution."""
    title = Message(N_("Absence at companies"))
    away = sum(days * people for days, people in found.absent.items())
    drawn = [
        Column(number(days), people, number(people), f"{number(days)}: {number(people)}")
        for days, people in found.absent.items()
    ]
    return Figure(
        id="absence",
        title=title,
        said=findings.absence(away, found.log_days),
        counted=Message(N_("Teachers with a company, by the number of confirmed days on which they were away.")),
        until=clock.now(),
        table=Table((Message(N_("Days away")), shared.TEACHERS), list(found.absent.items())),
        svg=charts.dots(shared.spoken("absence", title, [(one.label, one.said) for one in drawn]), drawn)
        if found.log_days
        else None,
    )


def _provinces(found: RunFigures) -> Figure:
    """Where the teachers' schools are."""
    title = Message(N_("Teachers by province"))
    rows: list[tuple[object, ...]] = [(name or Message(N_("Province not known")), n) for name, n in found.provinces]
    drawn = [Bar(name or say(Message(N_("Province not known"))), n, number(n)) for name, n in found.provinces]
    return Figure(
        id="provinces",
        title=title,
        said=findings.provinces(found.provinces),
        counted=Message(N_("Teachers with a seat, by the province of their school.")),
        until=clock.now(),
        table=Table((Message(N_("Province")), shared.TEACHERS), rows),
        svg=charts.bars(shared.spoken("provinces", title, [(one.label, one.said) for one in drawn]), drawn),
    )
