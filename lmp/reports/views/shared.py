"""Figures that several pages draw alike."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lmp.core import written
from lmp.core.messages import N_, P_, Message
from lmp.hours.models import Strand
from lmp.reports import findings
from lmp.reports.findings import STRANDS
from lmp.reports.models import Measure
from lmp.reports.rules import Waited
from lmp.reports.views.figures import Figure, Table, number, say
from lmp.web import charts
from lmp.web.charts import Bar, Spoken, Wait
from lmp.web.language import current_language

TEACHERS = Message(N_("Teachers"))
APPLIED = Message(N_("Applications"))
SEATED = Message(N_("Took part"))
CERTIFIED = Message(N_("Got a certificate"))

#: In the order of reports.rules.MARKS.
_MARKS = (
    Message(N_("Present")),
    Message(N_("Absent")),
    Message(N_("Excused, medical report")),
    Message(N_("Excused, on leave")),
    Message(N_("Excused, official duty")),
)
_WAITS: dict[Measure, Message] = {
    Measure.WAIT_APPROVAL: Message(N_("Approval of an application")),
    Measure.WAIT_COMPANY: Message(N_("Confirmation by the company")),
    Measure.WAIT_CERTIFICATE: Message(N_("Certificate after the last evidence")),
}


def hours(minutes: int) -> str:
    """Minutes in hours, never below nought in a picture."""
    return written.hours(max(minutes, 0), current_language())


def spoken(id: str, title: Message, rows: Sequence[tuple[str, str]]) -> Spoken:
    """What a chart says to those who do not see it."""
    return Spoken(id, say(title), "; ".join(f"{name}: {value}" for name, value in rows))


def counts_of(id: str, title: Message, pairs: Sequence[tuple[Message, int]]) -> tuple[Table, charts.Spoken, list[Bar]]:
    """A table and bars of a few numbers of people."""
    table = Table((Message(N_("What")), TEACHERS), pairs)
    said = [(say(name), number(value)) for name, value in pairs]
    drawn = [Bar(name, value, written) for (name, written), (_name, value) in zip(said, pairs, strict=True)]
    return table, spoken(id, title, said), drawn


def waiting(waits: Mapping[Measure, Waited | None], until: datetime | None) -> Figure:
    """How long people waited, kind by kind."""
    title = Message(N_("Waiting times"))
    rows = [(_WAITS[measure], found) for measure, found in waits.items() if found is not None]
    drawn = [Wait(say(name), found.half, found.most, _in_words(found)) for name, found in rows]
    return Figure(
        id="waiting",
        title=title,
        said=findings.waiting(waits.get(Measure.WAIT_COMPANY), waits.get(Measure.WAIT_APPROVAL)),
        counted=Message(
            N_(
                "Days from asking to answering, begun days counted as whole. In colour: half of the cases, with grey: nine of ten."
            )
        ),
        until=until,
        table=Table(
            (
                Message(N_("What was waited for")),
                Message(N_("Cases")),
                Message(N_("Half within (days)")),
                Message(N_("Nine of ten within (days)")),
            ),
            [(name, found.number, found.half, found.most) for name, found in rows],
        ),
        svg=charts.waits(spoken("waiting", title, [(one.label, one.said) for one in drawn]), drawn),
    )


def attendance(marks: Mapping[int, int], until: datetime | None) -> Figure:
    """Who was there face to face, who was not, and with which excuse."""
    title = Message(N_("Face-to-face attendance"))
    rows = [(words, marks.get(place, 0)) for place, words in enumerate(_MARKS)]
    drawn = [Bar(say(name), value, number(value)) for name, value in rows]
    return Figure(
        id="attendance",
        title=title,
        said=findings.attendance(marks),
        counted=Message(
            N_("Each person once for each half day whose roster was closed in this time, as corrected until now.")
        ),
        until=until,
        table=Table((Message(N_("What")), Message(N_("Number of attendances"))), rows),
        svg=charts.bars(spoken("attendance", title, [(one.label, one.said) for one in drawn]), drawn)
        if any(marks.values())
        else None,
    )


def _in_words(found: Waited) -> str:
    """Median and ninth decile in a few letters."""
    return say(
        Message(
            *P_("half in %(half)s, 90%% in %(n)s day", "half in %(half)s, 90%% in %(n)s days"),
            half=found.half,
            n=found.most,
        )
    )


def strand_minutes(
    earned: Mapping[Strand, int], planned: Mapping[Strand, int] | None, until: datetime | None
) -> Figure:
    """Minutes by strand, beside what was planned where that is known."""
    title = Message(N_("Minutes by strand"))
    drawn = []
    for strand, minutes in earned.items():
        of = planned[strand] if planned else None
        if minutes or of:
            words = f"{written.hours(minutes, current_language()).split()[0]} / {hours(of)}" if of else hours(minutes)
            drawn.append(Bar(say(STRANDS[strand]), max(minutes, 0), words, of, f"s-{strand.value}"))
    heads = [Message(N_("Strand")), Message(N_("Minutes"))]
    rows: list[tuple[object, ...]] = [(STRANDS[strand], minutes) for strand, minutes in earned.items()]
    if planned:
        heads.append(Message(N_("Planned minutes")))
        rows = [(*row, planned[strand]) for row, strand in zip(rows, earned, strict=True)]
    return Figure(
        id="minutes",
        title=title,
        said=findings.strongest_strand(earned),
        counted=Message(N_("Minutes in the ledger, those taken back subtracted.")),
        until=until,
        table=Table(heads, rows),
        svg=charts.bars(spoken("minutes", title, [(one.label, one.said) for one in drawn]), drawn),
    )
