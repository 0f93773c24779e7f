"""Moving an enrolment from state to state, and the seats of a run: guarded statements, never count-then-write."""

from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, Update, select, update
from sqlalchemy.orm.attributes import set_committed_value

from lmp.access import Actor
from lmp.core import clock, db
from lmp.enrolment import rules
from lmp.enrolment.models import Enrolment, EnrolmentMove, EnrolmentState, Run
from lmp.enrolment.service import letters


def changes(statement: Update) -> int:
    """Run an update past the session's memory; how many rows it met."""
    done = db.session().execute(statement.execution_options(synchronize_session=False))
    return done.rowcount if isinstance(done, CursorResult) else 0


def move(enrolment: Enrolment, to: EnrolmentState, *, by: Actor | None, reason: str = "", **values: Any) -> None:
    """Move an enrolment and note who, when and why; `by` is None where a rule moved it. Raises Changed after a race."""
    if not _try_move(enrolment, to, by=by, reason=reason, **values):
        raise rules.Changed


def _try_move(enrolment: Enrolment, to: EnrolmentState, *, by: Actor | None, reason: str = "", **values: Any) -> bool:
    """Move an enrolment if it still is where it was seen."""
    now = enrolment.state
    rules.check_move(now, to)
    if not changes(_where(enrolment, now).values(state=to, **values)):
        return False
    for name, value in {"state": to, **values}.items():
        set_committed_value(enrolment, name, value)
    note(enrolment.id, now, to, by=by, reason=reason)
    return True


def note(enrolment_id: UUID, now: EnrolmentState | None, to: EnrolmentState, *, by: Actor | None, reason: str) -> None:
    """Write down a move."""
    db.session().add(
        EnrolmentMove(
            enrolment_id=enrolment_id,
            from_state=now,
            to_state=to,
            at=clock.now(),
            by_id=by.id if by else None,
            by_name=by.name if by else "",
            reason=reason,
        )
    )


def hold(enrolment: Enrolment) -> None:
    """Keep others from moving an enrolment until this transaction ends. Raises Changed when one was faster."""
    if not changes(_where(enrolment, enrolment.state).values(state=enrolment.state)):
        raise rules.Changed


def _where(enrolment: Enrolment, state: EnrolmentState) -> Update:
    return update(Enrolment).where(Enrolment.id == enrolment.id, Enrolment.state == state)


def seat(enrolment: Enrolment, *, by: Actor) -> None:
    """Give an approved teacher a seat, or a place on the reserve list when none is left."""
    if _take_seat(enrolment.run):
        move(enrolment, EnrolmentState.MAIN_LIST, by=by)
        letters.seated(enrolment)
    else:
        reserve(enrolment, by=by)


def reserve(enrolment: Enrolment, *, by: Actor) -> None:
    """Put an approved teacher on the reserve list.

    A seat may have been freed since none was found: taking the number holds the run's row against others who change its
    seats, so from here on the free seat is seen, and it goes to the first reserve.
    """
    run = enrolment.run
    move(enrolment, EnrolmentState.RESERVE_LIST, by=by, reserve_no=_next_reserve_no(run))
    fill_seats(run)
    if enrolment.state is EnrolmentState.RESERVE_LIST:
        letters.reserved(enrolment, reserve_rank(enrolment) or 1)


def free_seat(run: Run) -> None:
    """Give a seat back and let the first reserve have it, in this very transaction."""
    _give_back(run)
    fill_seats(run)


def fill_seats(run: Run) -> None:
    """No seat stays free while a reserve waits: move reserves up, the first first, as long as there are seats."""
    while (first := _first_reserve(run)) is not None and _take_seat(run):
        if _try_move(first, EnrolmentState.MAIN_LIST, by=None):
            letters.promoted(first)
        else:
            _give_back(run)
            db.session().expire(first, ["state"])


def _take_seat(run: Run) -> bool:
    """Take a seat if one is free: the statement that never sells the last one twice."""
    return _change_run(run, update(Run).where(Run.seats_taken < Run.capacity).values(seats_taken=Run.seats_taken + 1))


def _give_back(run: Run) -> None:
    """Free a seat."""
    _change_run(run, update(Run).values(seats_taken=Run.seats_taken - 1))


def _change_run(run: Run, statement: Update) -> bool:
    """Change a run's counters past the session's memory, which forgets them."""
    done = changes(statement.where(Run.id == run.id))
    db.session().expire(run, ["seats_taken", "reserve_head"])
    return done == 1


def _next_reserve_no(run: Run) -> int:
    """The next number of the reserve list; taking it makes others wait who change this run's seats."""
    _change_run(run, update(Run).values(reserve_head=Run.reserve_head + 1))
    return run.reserve_head


def _first_reserve(run: Run) -> Enrolment | None:
    """Who is first on the reserve list."""
    waiting = select(Enrolment).where(Enrolment.run_id == run.id, Enrolment.state == EnrolmentState.RESERVE_LIST)
    return db.session().scalars(waiting.order_by(Enrolment.reserve_no).limit(1)).unique().one_or_none()


def reserve_rank(enrolment: Enrolment) -> int | None:
    """The place on the reserve list today, beginning with one; None for somebody who is not on it."""
    if enrolment.state is not EnrolmentState.RESERVE_LIST or enrolment.reserve_no is None:
        return None
    return ranks([enrolment.run_id]).get(enrolment.id)


def ranks(run_ids: list[UUID]) -> dict[UUID, int]:
    """Enrolment → its place on the reserve list of its run, in one query for many runs."""
    waiting = select(Enrolment.run_id, Enrolment.id).where(
        Enrolment.run_id.in_(run_ids), Enrolment.state == EnrolmentState.RESERVE_LIST
    )
    places: dict[UUID, int] = {}
    lengths: dict[UUID, int] = {}
    for run_id, enrolment_id in db.session().execute(waiting.order_by(Enrolment.reserve_no)):
        lengths[run_id] = lengths.get(run_id, 0) + 1
        places[enrolment_id] = lengths[run_id]
    return places
