"""The statement of minutes, on the screen and as a file."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.core import messages, written
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.journey import statement as statements
from lmp.journey.statement import Line
from lmp.journey.views.blueprint import bp
from lmp.web import listing, pages
from lmp.web.language import current_language
from lmp.web.listing import Choice, Filter

STRANDS = {
    "online": Message(N_("Distance")),
    "meeting": Message(N_("Face-to-face")),
    "workplace": Message(N_("On the job")),
    "practical": Message(N_("Practical test")),
}
COLUMNS: list[Column[Line]] = [
    Column(Message(N_("Day")), lambda line: line.day, 12),
    Column(Message(N_("Training")), lambda line: line.training, 50),
    Column(Message(N_("Source")), lambda line: line.source, 40),
    Column(Message(N_("Strand")), lambda line: STRANDS[line.strand], 16),
    Column(Message(N_("Minutes")), lambda line: line.minutes, 10),
    Column(Message(N_("Balance (minutes)")), lambda line: line.balance, 18),
]


@bp.get("/statement")
@pages.needs(Action.STUDY)
def statement() -> ResponseReturnValue:
    """Every minute of one's own with its source, the newest first."""
    actor = pages.actor()
    filters = [_trainings(actor.id or UUID(int=0))]
    asked = listing.asked(filters)
    chosen = asked.get("training")
    enrolment_id = UUID(chosen) if chosen else None
    if asked.format:
        name = Message(N_("Statement of minutes"))
        return listing.file(asked.format, name, COLUMNS, statements.every(actor, enrolment_id=enrolment_id))
    found = statements.page(actor, enrolment_id=enrolment_id, at=asked.at)
    return pages.render(
        "journey/statement.html",
        lines=[(line, _url(line)) for line in found.rows],
        listing=listing.listing(asked, found, filters),
        strands=STRANDS,
        newest=found.rows[0] if found.rows and not found.previous else None,
    )


def _trainings(person_id: UUID) -> Filter:
    """One's trainings to choose from."""
    lang = current_language()
    choices = [
        Choice(str(one), f"{messages.spoken(title, lang)}, {written.day(on, lang)}")
        for one, title, on in statements.trainings(person_id)
    ]
    return Filter("training", Message(N_("Training")), choices)


def _url(line: Line) -> str:
    return url_for(line.place[0], **line.place[1])  # type: ignore[arg-type]  # addresses take any value
