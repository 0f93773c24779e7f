"""Staff notes on a run and on its participants."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import service
from lmp.enrolment.forms import NoteForm
from lmp.enrolment.models import Enrolment, Run, StaffNote
from lmp.enrolment.views.blueprint import bp
from lmp.web import pages


@bp.route("/run/<uuid:run_id>/note", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NOTES)
def run_notes(run_id: UUID) -> ResponseReturnValue:
    """The notes on a run and its participants, and a new one on the run."""
    run = service.run(run_id)
    found = service.notes.notes_of_run(run, pages.actor())
    return _notes(run, run, None, found, url_for("enrolment.run_notes", run_id=run.id))


@bp.route("/participant/<uuid:enrolment_id>/note", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NOTES)
def participant_notes(enrolment_id: UUID) -> ResponseReturnValue:
    """The notes on one participant, and a new one."""
    about = service.enrolment(enrolment_id)
    found = service.notes.notes_about(about, pages.actor())
    return _notes(about, about.run, about, found, url_for("enrolment.participant_notes", enrolment_id=about.id))


def _notes(
    about: Run | Enrolment, run: Run, enrolment: Enrolment | None, found: list[StaffNote], here: str
) -> ResponseReturnValue:
    form = NoteForm()
    if form.sent():
        try:
            service.notes.write(about, form.text.data or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The note is saved.")))
            return redirect(here, 303)
    page = pages.render(
        "enrolment/notes.html",
        form=form,
        run=run,
        enrolment=enrolment,
        notes=[(one, service.notes.may_change(one, pages.actor())) for one in found],
        local=clock.local,
        paragraphs=service.messages.paragraphs,
    )
    return page, form.status


@bp.route("/note/<uuid:note_id>", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NOTES)
def note(note_id: UUID) -> ResponseReturnValue:
    """Change a note on the day it was written."""
    found = service.notes.note(note_id, pages.actor())
    form = NoteForm(data={"text": found.text})
    back = url_for("enrolment.run_notes", run_id=found.run_id)
    if found.enrolment_id is not None:
        back = url_for("enrolment.participant_notes", enrolment_id=found.enrolment_id)
    if form.sent():
        try:
            service.notes.change(found, form.text.data or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The note is saved.")))
            return redirect(back, 303)
    may_change = service.notes.may_change(found, pages.actor())
    return pages.render("enrolment/note.html", form=form, note=found, back=back, may_change=may_change), form.status
