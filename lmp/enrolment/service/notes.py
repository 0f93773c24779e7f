"""Notes of a run's staff about the run or a participant; the participant never sees them here."""

from uuid import UUID

from sqlalchemy import or_, select

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import NotAllowed, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import TextTooLong, normalise
from lmp.enrolment import rules
from lmp.enrolment.models import Enrolment, Run, StaffNote


def notes_of_run(run: Run, viewer: Actor) -> list[StaffNote]:
    """The notes on a run and on its participants, newest first; never those about the viewer."""
    require(viewer, Action.KEEP_NOTES, run)
    found = (
        select(StaffNote)
        .outerjoin(Enrolment, Enrolment.id == StaffNote.enrolment_id)
        .where(StaffNote.run_id == run.id, or_(Enrolment.id.is_(None), Enrolment.person_id != viewer.id))
    )
    return list(db.session().scalars(found.order_by(StaffNote.written_at.desc(), StaffNote.id)).unique())


def notes_about(enrolment: Enrolment, viewer: Actor) -> list[StaffNote]:
    """The notes on one participant, newest first."""
    require(viewer, Action.KEEP_NOTES, enrolment)
    found = select(StaffNote).where(StaffNote.enrolment_id == enrolment.id)
    return list(db.session().scalars(found.order_by(StaffNote.written_at.desc(), StaffNote.id)).unique())


def note(note_id: UUID, viewer: Actor) -> StaffNote:
    """A note for the run's staff. Raises NotFound for everybody else."""
    found = db.session().get(StaffNote, note_id)
    if found is None:
        raise NotFound
    require(viewer, Action.KEEP_NOTES, found)
    return found


def write(about: Run | Enrolment, text: str, *, by: Actor) -> StaffNote:
    """Note something down about a run or a participant. Raises RuleBroken for an empty or a long text."""
    require(by, Action.KEEP_NOTES, about)
    if by.id is None:
        raise NotAllowed
    made = StaffNote(
        run=about.run if isinstance(about, Enrolment) else about,
        enrolment=about if isinstance(about, Enrolment) else None,
        text=_tidy(text),
        by_id=by.id,
        by_name=by.name,
        written_at=clock.now(),
    )
    db.session().add(made)
    db.session().flush()
    audit.record(by, "enrolment.note_written", made)
    return made


def change(found: StaffNote, text: str, *, by: Actor) -> None:
    """Change a note: its author only, on the day it was written. Raises Conflict otherwise."""
    require(by, Action.KEEP_NOTES, found)
    rules.check_note_change(
        by_author=found.by_id == by.id, written_on=clock.local(found.written_at).date(), today=clock.today()
    )
    found.text, found.changed_at = _tidy(text), clock.now()
    audit.record(by, "enrolment.note_changed", found)


def may_change(found: StaffNote, viewer: Actor) -> bool:
    """Whether the viewer is offered to change a note."""
    return found.by_id == viewer.id and clock.local(found.written_at).date() == clock.today()


def _tidy(text: str) -> str:
    tidy = normalise(text).strip()
    if not tidy:
        raise RuleBroken(Message(N_("Write the note.")), "text")
    if len(tidy) > rules.LONGEST_NOTE:
        raise RuleBroken(TextTooLong(rules.LONGEST_NOTE).message, "text")
    return tidy
