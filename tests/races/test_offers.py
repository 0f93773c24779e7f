"""Many hands on a place that became free: it is never given twice, never lost, and never free while somebody waits."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from lmp.accounts.models import Person
from lmp.app import job_handlers
from lmp.core import clock, db, jobs
from lmp.enrolment import rules, service
from lmp.enrolment.models import Enrolment, EnrolmentState, Run
from tests.builders.accounts import a_centre_administrator, a_teacher, acting
from tests.builders.enrolment import NOBODY, a_run, an_application
from tests.races.hands import ROUNDS, at_once
from tests.visitor import Visitor

S = EnrolmentState
STARTS = datetime(2026, 11, 30, 9, 50, tzinfo=clock.zone())
LAST_MOMENT, OVER = STARTS + timedelta(days=2), STARTS + timedelta(days=2, minutes=10)


def full_run(seats: int, reserves: int, *, leaving: int = 0) -> tuple[Run, list[Enrolment], Person]:
    """A run whose seats are taken, its people in the order in which they applied, and its coordinator."""
    with clock.at(STARTS), db.transaction():
        administrator = a_centre_administrator()
        run = a_run(
            capacity=seats,
            chain=NOBODY,
            starts_on=date(2026, 12, 14),
            offer_hours=48,
            administrator=administrator,
        )
        people = [an_application(run, a_teacher(f"Yarışan {number} Demo")) for number in range(seats + reserves)]
        for one in people[:leaving]:
            service.withdraw(one, reason="", by=acting(one.person))
        return run, people, administrator


def press(app: Flask, who: Person, path: str, at: datetime, **data: str) -> Callable[[], str]:
    """Somebody who presses a button at a moment; signed in before the race."""
    with clock.at(at):
        visitor = Visitor(app).sign_in(who)
        form = {"csrf_token": visitor.token(), **data}

    def act() -> str:
        with clock.at(at):
            return str(visitor.client.post(path, data=form).status_code)

    return act


def work(enrolment: Enrolment) -> Callable[[], str]:
    """The worker, who finds that the time is over."""

    def act() -> str:
        with clock.at(OVER), db.transaction():
            service.offers.end({"enrolment_id": str(enrolment.id)})
        return "worked"

    return act


def stand(run: Run, people: list[Enrolment]) -> list[EnrolmentState]:
    """How they stand: the counter says who holds a seat, and none is free while somebody waits."""
    with db.reading() as session:
        found = [session.get_one(Enrolment, one.id).state for one in people]
        again = session.get_one(Run, run.id)
        assert again.seats_taken == sum(state in rules.HOLDING for state in found) <= again.capacity
        assert again.seats_taken == again.capacity or S.RESERVE_LIST not in found
        return found


def accept_path(one: Enrolment) -> str:
    return f"/tr/enrolment/{one.id}/offer"


def withdraw_path(one: Enrolment) -> str:
    return f"/tr/enrolment/{one.id}/withdraw"


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_seats_that_become_free_at_once_are_held_for_two_people(app: Flask, _round: int) -> None:
    run, people, _administrator = full_run(4, 5)
    leaving = [press(app, one.person, withdraw_path(one), STARTS) for one in people[:4]]
    assert at_once(leaving) == {"303": 4}
    assert stand(run, people) == 4 * [S.WITHDRAWN] + 4 * [S.OFFERED] + [S.RESERVE_LIST]


@pytest.mark.parametrize("_round", ROUNDS)
def test_twelve_presses_on_one_offer_take_one_place(app: Flask, _round: int) -> None:
    run, people, _administrator = full_run(1, 2, leaving=1)
    first = people[1]
    outcomes = at_once([press(app, first.person, accept_path(first), LAST_MOMENT) for _hand in range(12)])
    assert outcomes == {"303": 12}
    assert stand(run, people[1:]) == [S.MAIN_LIST, S.RESERVE_LIST]
    with db.reading() as session:
        moves = service.moves(session.get_one(Enrolment, first.id))
        assert [one.to_state for one in moves].count(S.MAIN_LIST) == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_an_answer_at_the_last_moment_counts_or_the_next_is_asked(app: Flask, _round: int) -> None:
    run, people, _administrator = full_run(1, 3, leaving=1)
    first = people[1]
    hands = [press(app, first.person, accept_path(first), LAST_MOMENT) for _hand in range(4)]
    outcomes = at_once([*hands, *(work(first) for _hand in range(4))])
    assert set(outcomes) <= {"303", "409", "worked"}
    found = stand(run, people[1:])
    assert found in ([S.MAIN_LIST, S.RESERVE_LIST, S.RESERVE_LIST], [S.RESERVE_LIST, S.OFFERED, S.RESERVE_LIST])
    assert (outcomes["303"] > 0) == (found[0] is S.MAIN_LIST)


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_place_that_is_given_up_taken_back_and_out_of_time_at_once_goes_to_one_person(
    app: Flask, _round: int
) -> None:
    run, people, administrator = full_run(2, 6, leaving=2)
    first, second, *waiting = people[2:]
    back = f"/tr/participant/{first.id}/offer"
    hands = [
        press(app, first.person, withdraw_path(first), LAST_MOMENT),
        press(app, administrator, back, LAST_MOMENT, chosen=str(waiting[1].id), reason="Telefonla bildirdi"),
        work(first),
        press(app, first.person, accept_path(first), LAST_MOMENT),
        press(app, second.person, accept_path(second), LAST_MOMENT),
        press(app, second.person, withdraw_path(second), LAST_MOMENT),
        work(second),
        press(app, waiting[0].person, withdraw_path(waiting[0]), LAST_MOMENT),
    ]
    outcomes = at_once(hands)
    assert set(outcomes) <= {"303", "409", "worked"}
    found = stand(run, people)
    assert sum(state in rules.HOLDING for state in found) == 2


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_worker_that_runs_many_times_ends_an_offer_once(app: Flask, _round: int) -> None:
    run, people, _administrator = full_run(1, 1, leaving=1)
    with clock.at(OVER):
        assert at_once([work(people[1]) for _hand in range(6)]) == {"worked": 6}
        for _twice in range(2):
            with db.transaction():
                service.offers.end_overdue()
            jobs.run_all(job_handlers())
        assert stand(run, people[1:]) == [S.OFFERED]
        with db.reading() as session:
            assert service.offers.stands(session.get_one(Enrolment, people[1].id))
