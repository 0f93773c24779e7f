"""Many approvals, withdrawals and applications at once: the last seat is never sold twice and never left to nobody."""

import os
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from uuid import UUID

import pytest
from sqlalchemy import func, select

from lmp.access import Actor
from lmp.core import db
from lmp.core.errors import RuleBroken
from lmp.enrolment import service
from lmp.enrolment.models import ApprovalStep, Enrolment, EnrolmentState, Run
from tests.builders.accounts import a_school, a_teacher, acting, an_approver
from tests.builders.content import a_published_course
from tests.builders.enrolment import NOBODY, a_run, a_seated_teacher, an_application, asked

ROUNDS = range(int(os.environ.get("LMP_RACES", "2")))
SEATS = 5
S = EnrolmentState


def at_once(acts: Sequence[Callable[[], None]]) -> list[str]:
    """Let every act begin in the same moment, each in a transaction of its own; answers what came of each."""
    barrier, outcomes = threading.Barrier(len(acts)), ["no answer"] * len(acts)

    def run(number: int) -> None:
        barrier.wait(timeout=60)
        try:
            with db.transaction():
                acts[number]()
            outcomes[number] = "done"
        except RuleBroken:
            outcomes[number] = "refused"
        except Exception as failure:  # noqa: BLE001 - whatever happens to a hand is what the test looks at
            outcomes[number] = f"{type(failure).__name__}: {failure}"

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return outcomes


def _approve(step_id: UUID, by: Actor) -> Callable[[], None]:
    """An approver presses the button."""
    return lambda: service.decide(db.session().get_one(ApprovalStep, step_id), approve=True, reason="", by=by)


def _withdraw(enrolment_id: UUID, by: Actor) -> Callable[[], None]:
    """A teacher gives up a seat."""
    return lambda: service.withdraw(db.session().get_one(Enrolment, enrolment_id), reason="", by=by)


def _states(run_id: UUID) -> Counter[EnrolmentState]:
    """How many stand where; the counter of the run must say the same."""
    with db.reading() as session:
        counted = select(Enrolment.state, func.count()).where(Enrolment.run_id == run_id).group_by(Enrolment.state)
        found = Counter({row[0]: row[1] for row in session.execute(counted)})
        assert session.get_one(Run, run_id).seats_taken == found[S.MAIN_LIST]
    return found


def _waiting(run: Run, number: int) -> tuple[list[UUID], Actor]:
    """Applications that wait for the same principal."""
    school = a_school("Yarış MTAL")
    principal = an_approver(school)
    steps = [asked(an_application(run, a_teacher(f"Öğretmen {one} Demo", school=school))).id for one in range(number)]
    return steps, acting(principal)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("_round", ROUNDS)
def test_forty_approvals_for_five_seats_give_five_seats_and_thirty_five_reserves(_round: int) -> None:
    with db.transaction():
        run = a_run(capacity=SEATS)
        steps, principal = _waiting(run, 40)
    assert Counter(at_once([_approve(step, principal) for step in steps])) == {"done": 40}
    assert _states(run.id) == {S.MAIN_LIST: SEATS, S.RESERVE_LIST: 35}
    with db.reading():
        assert sorted(service.ranks([run.id]).values()) == list(range(1, 36))


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("_round", ROUNDS)
def test_no_seat_stays_free_while_a_reserve_waits_whoever_withdraws_and_is_approved_at_once(_round: int) -> None:
    with db.transaction():
        run = a_run(capacity=SEATS)
        seated = [a_seated_teacher(run, a_teacher(f"Yerli {one} Demo")) for one in range(SEATS)]
        leaving = [(one.id, acting(one.person)) for one in seated]
        steps, principal = _waiting(run, 12)
    acts = [_withdraw(*one) for one in leaving] + [_approve(step, principal) for step in steps]
    assert Counter(at_once(acts[::2] + acts[1::2])) == {"done": 17}
    assert _states(run.id) == {S.MAIN_LIST: SEATS, S.RESERVE_LIST: 12 - SEATS, S.WITHDRAWN: SEATS}


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("_round", ROUNDS)
def test_twenty_presses_on_one_approval_take_one_seat(_round: int) -> None:
    with db.transaction():
        run = a_run(capacity=SEATS)
        (step,), principal = _waiting(run, 1)
    assert Counter(at_once([_approve(step, principal)] * 20)) == {"done": 1, "refused": 19}
    assert _states(run.id) == {S.MAIN_LIST: 1}


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("_round", ROUNDS)
def test_twenty_applications_of_one_teacher_are_one_enrolment(_round: int) -> None:
    with db.transaction():
        run = a_run(a_published_course(), capacity=SEATS, chain=NOBODY)
        teacher = acting(a_teacher())
    apply = [lambda: _apply(run.id, teacher)] * 20
    assert Counter(at_once(apply)) == {"done": 1, "refused": 19}
    assert _states(run.id) == {S.MAIN_LIST: 1}


def _apply(run_id: UUID, by: Actor) -> None:
    """A teacher presses the button."""
    service.apply(service.run(run_id), motivation="", by=by)
