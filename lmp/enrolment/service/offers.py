"""A place that was offered: accepting it, time running out, and handing it on."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lmp.access import Action, Actor, require, system
from lmp.audit import service as audit
from lmp.core import clock, db, jobs
from lmp.core.errors import Conflict, RuleBroken
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.core.text import TextTooLong, normalise
from lmp.enrolment import offering, rules
from lmp.enrolment.models import Enrolment, EnrolmentMove, EnrolmentState, Run
from lmp.enrolment.service import letters, seats
from lmp.enrolment.words import Until

JOB = "enrolment.end_offer"
_S = EnrolmentState
_BATCH = 100
#: So many of the reserve list can be chosen when an offer is handed on.
CHOICES = 10


class Over(Conflict):
    """The time to accept is over; the place goes to the next person."""

    def __init__(self, until: Until) -> None:
        """Say when it ended."""
        super().__init__(
            Message(N_("The time to accept this place ended on %(until)s. It goes to the next person."), until=until)
        )


def until(enrolment: Enrolment) -> Until | None:
    """Until when a place is held for a teacher, by the clock on the wall; None where none is offered."""
    return Until(clock.local(enrolment.offer_until)) if enrolment.offer_until is not None else None


def stands(enrolment: Enrolment) -> bool:
    """Whether a place is offered and there is time left to accept it."""
    return enrolment.offer_until is not None and clock.now() < enrolment.offer_until


def is_last(enrolment: Enrolment) -> bool:
    """Whether the application ends when this offer passes without an answer."""
    return offering.after_silence(_silences(enrolment) + 1) is _S.WITHDRAWN


def _silences(enrolment: Enrolment) -> int:
    """How many offers have passed without an answer since the teacher applied."""
    passed = select(func.count()).where(
        EnrolmentMove.enrolment_id == enrolment.id,
        EnrolmentMove.from_state == _S.OFFERED,
        EnrolmentMove.to_state == _S.RESERVE_LIST,
        EnrolmentMove.by_name == "",  # a coordinator who takes an offer back has a name
        EnrolmentMove.at >= enrolment.applied_at,
    )
    return db.session().scalar(passed) or 0


def accept(enrolment: Enrolment, *, by: Actor) -> None:
    """Take the place that was offered; a second press changes nothing.

    Raises Over when time ran out, Changed when nothing is offered any more.
    """
    require(by, Action.ANSWER_OFFER, enrolment)
    if enrolment.state in rules.SEATED:
        return
    offering.check_offered(enrolment.state)
    ends = until(enrolment)
    if ends is not None and not stands(enrolment):
        raise Over(ends)
    if not seats.hold_offer(enrolment):
        db.session().refresh(enrolment)
        if enrolment.state not in rules.SEATED:
            raise rules.Changed
        return  # another hand of the same person was faster
    seats.move(enrolment, _S.MAIN_LIST, by=by)
    audit.record(by, "enrolment.offer_accepted", enrolment, run=str(enrolment.run_id))
    letters.accepted(enrolment)


def end_overdue() -> None:
    """Queue an end for every offer whose time ran out, each a transaction of its own; asked again and again."""
    overdue = select(Enrolment.id, Enrolment.offer_until).where(Enrolment.offer_until <= clock.now())
    for enrolment_id, ended in db.session().execute(overdue.order_by(Enrolment.offer_until).limit(_BATCH)):
        key = f"{JOB}:{enrolment_id}:{ended}:{clock.today()}"
        if not jobs.is_known(key):
            jobs.queue(JOB, {"enrolment_id": str(enrolment_id)}, unique=key)


def end(payload: dict[str, Any]) -> None:
    """The worker's job: an offer whose time ran out goes to the next reserve. It may run twice."""
    enrolment = db.session().get(Enrolment, parse_id(payload["enrolment_id"]))
    if enrolment is None or enrolment.state is not _S.OFFERED or stands(enrolment):
        return
    ended = until(enrolment)
    if ended is None or not seats.hold_offer(enrolment):
        return  # answered in this very moment
    if is_last(enrolment):
        seats.move(enrolment, _S.WITHDRAWN, by=None)
    else:
        seats.to_end(enrolment, by=None)
    audit.record(system("enrolment"), "enrolment.offer_ended", enrolment, run=str(enrolment.run_id))
    seats.free_seat(enrolment.run)
    if not _came_back(enrolment):
        letters.offer_ended(enrolment, ended, seats.reserve_rank(enrolment))


def _came_back(enrolment: Enrolment) -> bool:
    """Whether nobody else waited, so that the place was given to the same person again, who was told so."""
    return enrolment.state in (_S.OFFERED, _S.MAIN_LIST)


def next_reserves(run: Run) -> list[Enrolment]:
    """Those who are next on the reserve list, the first first."""
    waiting = select(Enrolment).where(Enrolment.run_id == run.id, Enrolment.state == _S.RESERVE_LIST)
    return list(db.session().scalars(waiting.order_by(Enrolment.reserve_no).limit(CHOICES)).unique())


def take_back(enrolment: Enrolment, *, chosen_id: UUID | None, reason: str, by: Actor) -> Enrolment:
    """Take an offer back and hand the place on to somebody of the reserve list; answers whom.

    The person goes to the end of the list and is told the reason. Raises RuleBroken, or Changed when the offer was
    answered or the chosen one has moved.
    """
    require(by, Action.KEEP_OFFERS, enrolment)
    tidy = normalise(reason).strip()
    if len(tidy) > rules.LONGEST_REASON:
        raise RuleBroken(TextTooLong(rules.LONGEST_REASON).message, "reason")
    chosen = next((one for one in next_reserves(enrolment.run) if one.id == chosen_id), None)
    offering.check_chosen(waits=chosen is not None, reason=tidy)
    offering.check_offered(enrolment.state)
    if chosen is None or not seats.hold_offer(enrolment):
        raise rules.Changed
    rank = seats.reserve_rank(chosen)
    seats.to_end(enrolment, by=by, reason=tidy)
    if not seats.give(chosen, by=by, reason=tidy):
        raise rules.Changed
    audit.record(by, "enrolment.offer_taken_back", enrolment, to=str(chosen.id), rank=rank, reason=tidy)
    letters.offer_taken_back(enrolment, tidy, seats.reserve_rank(enrolment))
    return chosen
