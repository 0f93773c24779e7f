"""Ends that the centre decides: a run is cancelled, or one enrolment ends, each with a reason that people are told."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import func, select, update

from lmp.access import Action, Actor, require
from lmp.accounts import service as accounts
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.core.errors import RuleBroken
from lmp.core.text import TextTooLong, normalise
from lmp.enrolment import changing, rules
from lmp.enrolment.models import Enrolment, EnrolmentState, Run, RunState
from lmp.enrolment.service import interest, letters, offices, seats, telling

_S = EnrolmentState
#: What the strands let go of when people of a run end before its result, in the same transaction: links, batches. They
#: lie above this feature, so the application hands this in.
LettingGo = Callable[[Run, Sequence[Enrolment], Actor], None]
_lettings_go: tuple[LettingGo, ...] = ()


def configure(*lettings_go: LettingGo) -> None:
    """Say what else ends with an enrolment; once per process."""
    global _lettings_go
    _lettings_go = lettings_go


def touched(run: Run) -> dict[EnrolmentState, int]:
    """How many people of a run have not ended, by state: those whom cancelling it touches."""
    counted = (
        select(Enrolment.state, func.count())
        .where(Enrolment.run_id == run.id, Enrolment.state.not_in(rules.ENDED))
        .group_by(Enrolment.state)
    )
    return {row[0]: row[1] for row in db.session().execute(counted)}


def cancel_run(run: Run, why: Bilingual, *, by: Actor) -> int:
    """Cancel a run before or while it lasts; everybody who has not ended is cancelled and told. Answers how many.

    Minutes that people have earned stay theirs. Raises RuleBroken without a reason in both languages, or for a run that is
    closed or cancelled.
    """
    require(by, Action.OPEN_RUN, run)
    rules.check_open(run.state)
    tidy = Bilingual(normalise(why.tr).strip(), normalise(why.en).strip())
    changing.check_why(tidy)
    _hold_everybody(run)  # before the run itself: whoever gives up a seat locks in this order too
    _close(run, tidy)
    people = _load(_hold_everybody(run))
    holding = sum(one.state in rules.HOLDING for one in people)
    for one in people:
        seats.move(one, _S.CANCELLED, by=by, reason=tidy.tr)
    seats.release(run, holding)
    _let_go(run, people, by)
    interest.wait_again(run)
    audit.record(by, "enrolment.run_cancelled", run, people=len(people), why_tr=tidy.tr, why_en=tidy.en)
    telling.queue_cancelled(run)
    return len(people)


def _close(run: Run, why: Bilingual) -> None:
    """Cancel an open run, once. Raises RuleBroken when somebody else was faster."""
    still_open = update(Run).where(Run.id == run.id, Run.state == RunState.OPEN)
    done = seats.changes(
        still_open.values(
            state=RunState.CANCELLED, closed_at=clock.now(), cancelled_why_tr=why.tr, cancelled_why_en=why.en
        )
    )
    db.session().refresh(run)
    if not done:
        rules.check_open(run.state)


def _hold_everybody(run: Run) -> list[UUID]:
    """Lock everybody of a run who has not ended, in one order; answers who."""
    wanted = select(Enrolment.id).where(Enrolment.run_id == run.id, Enrolment.state.not_in(rules.ENDED))
    return list(db.session().scalars(wanted.order_by(Enrolment.id).with_for_update()))


def _load(ids: Sequence[UUID]) -> list[Enrolment]:
    """Enrolments as they stand now, whatever this session has read before."""
    found = select(Enrolment).where(Enrolment.id.in_(ids)).execution_options(populate_existing=True)
    return list(db.session().scalars(found.order_by(Enrolment.id)).unique())


def end_enrolment(enrolment: Enrolment, reason: str, *, by: Actor) -> None:
    """End one enrolment for its teacher, who is told why; a seat goes on to the next reserve before the first day.

    Minutes that were earned stay. Raises RuleBroken without a reason, Changed when it has ended already.
    """
    require(by, Action.END_ENROLMENT, enrolment)
    tidy = normalise(reason).strip()
    if len(tidy) > rules.LONGEST_REASON:
        raise RuleBroken(TextTooLong(rules.LONGEST_REASON).message, "reason")
    run, before = enrolment.run, enrolment.state
    changing.check_end(before, tidy)
    running = rules.is_running(before, run.starts_on, clock.today())
    seats.move(enrolment, _S.CANCELLED, by=by, reason=tidy)
    _let_go(run, [enrolment], by)
    audit.record(by, "enrolment.ended", enrolment, before=before.value, reason=tidy)
    letters.ended(enrolment, tidy)
    if before in rules.HOLDING and not running and run.state is RunState.OPEN:
        seats.free_seat(run)


def _let_go(run: Run, people: Sequence[Enrolment], by: Actor) -> None:
    """End the links of offices that were asked, and what the strands hold open."""
    for one in people:
        for step in one.steps:
            if step.opened_at is not None and step.decided_at is None:
                accounts.end_links(offices.OFFICE, step.id)
    for let_go in _lettings_go:
        let_go(run, people, by)
