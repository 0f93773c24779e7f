"""Moving an enrolment from state to state, and the seats of a run: guarded statements, never count-then-write."""

from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, Update, select, update
from sqlalchemy.orm.attributes import set_committed_value

from lmp.access import Actor
from lmp.core import clock, db
from lmp.enrolment import offering, rules
from lmp.enrolment.models import Enrolment, EnrolmentMove, EnrolmentState, Run, RunState
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
    if now is EnrolmentState.OFFERED:
        values = {"offered_at": None, "offer_until": None, **values}
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


def hold_offer(enrolment: Enrolment) -> bool:
    """Keep others from ending this very offer until this transaction ends; False when it is over or a later one stands."""
    offer = _where(enrolment, EnrolmentState.OFFERED).where(Enrolment.offer_until == enrolment.offer_until)
    return changes(offer.values(state=EnrolmentState.OFFERED)) == 1


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
    """Put an approved teacher at the end of the reserve list.

    A seat may have been freed since none was found: taking the number holds the run's row against others who change its
    seats, so from here on the free seat is seen, and it goes to the first reserve.
    """
    to_end(enrolment, by=by)
    fill_seats(enrolment.run)
    if enrolment.state is EnrolmentState.RESERVE_LIST:
        letters.reserved(enrolment, reserve_rank(enrolment) or 1)


def to_end(enrolment: Enrolment, *, by: Actor | None, reason: str = "") -> None:
    """Move an enrolment to the end of its run's reserve list. Raises Changed after a race."""
    number = _next_reserve_no(enrolment.run)
    move(enrolment, EnrolmentState.RESERVE_LIST, by=by, reason=reason, reserve_no=number)


def free_seat(run: Run) -> None:
    """Give a seat back and offer it to the first reserve, in this very transaction."""
    _give_back(run)
    fill_seats(run)


def fill_seats(run: Run) -> None:
    """No seat stays free while a reserve waits: each is given to a reserve, the first first."""
    while (first := _first_reserve(run)) is not None and _take_seat(run):
        if not give(first):
            _give_back(run)
            db.session().expire(first, ["state"])


def give(reserve: Enrolment, *, by: Actor | None = None, reason: str = "") -> bool:
    """Offer a seat that was taken for a reserve, or move them up where the run leaves no time to think it over.

    False when somebody moved them first.
    """
    run, now = reserve.run, clock.now()
    until = offering.offer_until(run.offer_hours, run.starts_on, clock.local(now))
    if until is None:
        given = _try_move(reserve, EnrolmentState.MAIN_LIST, by=by, reason=reason)
        tell = letters.promoted
    else:
        ends = {"offered_at": now, "offer_until": clock.wall(until.date(), until.time())}
        given = _try_move(reserve, EnrolmentState.OFFERED, by=by, reason=reason, **ends)
        tell = letters.offered
    if given:
        tell(reserve)
    return given


def resize(run: Run, capacity: int) -> bool:
    """Change how many seats a run has; False where more are taken or held."""
    done = _change_run(run, update(Run).where(Run.seats_taken <= capacity).values(capacity=capacity))
    db.session().expire(run, ["capacity"])
    return done


def release(run: Run, number: int) -> None:
    """Free the seats of people who end with their run; nobody moves up."""
    _change_run(run, update(Run).values(seats_taken=Run.seats_taken - number))


def keep_open(run: Run) -> None:
    """Keep others from cancelling or closing a run until this transaction ends. Raises RuleBroken when it is over."""
    if not changes(update(Run).where(Run.id == run.id, Run.state == RunState.OPEN).values(state=RunState.OPEN)):
        db.session().refresh(run)
        rules.check_open(run.state)


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
