"""A place that became free is held for the first reserve, who accepts it, gives it up or lets the time pass."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from lmp.accounts.models import Person
from lmp.app import job_handlers
from lmp.core import clock, db, jobs
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.enrolment import desk, offering, rules, service
from lmp.enrolment.models import Enrolment, EnrolmentState, Run
from lmp.notice.service import reminding
from tests.builders.accounts import a_centre, a_centre_administrator, a_teacher, a_trainer, acting
from tests.builders.enrolment import NOBODY, a_run, an_application
from tests.builders.mails import hears_at_once, mails, readers, told
from tests.enrolment.facts import path, states

S = EnrolmentState
MONDAY = date(2026, 11, 30)
BEGINS = date(2026, 12, 14)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall time."""
    return datetime.combine(day, time(hour, minute), clock.zone())


def on(day: date, hour: int, minute: int = 0) -> AbstractContextManager[None]:
    """The clock on the wall stands there."""
    return clock.at(clock.wall(day, time(hour, minute)))


# --- how long a place may be thought over


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        (48, at(MONDAY, 10), at(MONDAY + timedelta(days=2), 10)),
        (48, at(MONDAY, 10, 20), at(MONDAY + timedelta(days=2), 11)),  # the full hour after it
        (12, at(MONDAY, 10), at(MONDAY + timedelta(days=1), 9)),  # not at ten in the evening
        (48, at(MONDAY, 2), at(MONDAY + timedelta(days=2), 9)),  # not at two in the night
        (10, at(MONDAY, 10), at(MONDAY, 20)),
        (0, at(MONDAY, 10), None),
        (
            48,
            at(BEGINS - timedelta(days=2), 10),
            at(BEGINS - timedelta(days=1), 9),
        ),  # half of the 38 hours that are left
        (48, at(BEGINS - timedelta(days=1), 14), at(BEGINS - timedelta(days=1), 19)),
        (48, at(BEGINS - timedelta(days=1), 19), at(BEGINS - timedelta(days=1), 22)),  # the next morning is too late
        (48, at(BEGINS - timedelta(days=1), 21), None),
        (48, at(BEGINS, 9), None),
    ],
)
def test_how_long_a_place_may_be_thought_over(hours: int, now: datetime, until: datetime | None) -> None:
    assert offering.offer_until(hours, BEGINS, now) == until


@given(hours=st.integers(0, offering.LONGEST_HOURS), minutes=st.integers(-3 * 24 * 60, 40 * 24 * 60))
def test_an_offer_never_reaches_the_first_day_and_never_ends_before_one_could_answer(hours: int, minutes: int) -> None:
    begins = at(BEGINS, 0)
    now = begins - timedelta(minutes=minutes)
    until = offering.offer_until(hours, BEGINS, now)
    if until is not None:
        assert now + offering.SHORTEST <= until <= begins
        assert until.minute == 0
    elif hours >= 2:
        assert begins - now < 2 * offering.SHORTEST


@pytest.mark.parametrize("hours", [1, -1, 337])
def test_a_time_in_which_nobody_could_answer_is_refused(hours: int) -> None:
    with pytest.raises(RuleBroken) as broken:
        offering.check_offer_hours(hours)
    assert broken.value.field == "offer_hours"


def test_who_lets_two_offers_pass_leaves_the_list() -> None:
    assert [offering.after_silence(passed) for passed in (1, 2)] == [S.RESERVE_LIST, S.WITHDRAWN]


# --- offering, accepting, giving up, on both databases


@pytest.fixture
def monday(database: object) -> Iterator[None]:
    """Ten to ten on a Monday, two weeks before the run begins."""
    with on(MONDAY, 9, 50):
        yield


def a_full_run(reserves: int, hours: int = 48) -> tuple[Run, Enrolment, list[Enrolment]]:
    """A run of one seat that is taken, and people on its reserve list."""
    run = a_run(capacity=1, chain=NOBODY, starts_on=BEGINS, offer_hours=hours)
    seated, *waiting = (an_application(run, hears_at_once(a_teacher())) for _ in range(reserves + 1))
    return run, seated, waiting


def left(enrolment: Enrolment) -> None:
    """The teacher withdraws."""
    service.withdraw(enrolment, reason="Nakil", by=acting(enrolment.person))


@pytest.mark.usefixtures("monday")
def test_a_free_seat_is_held_for_the_first_reserve_who_is_told_at_once_until_when() -> None:
    run, seated, (first, second) = a_full_run(2)
    left(seated)
    assert states([seated, first, second]) == [S.WITHDRAWN, S.OFFERED, S.RESERVE_LIST]
    assert (run.seats_taken, service.places_left(run)) == (1, 0)
    assert first.offer_until == clock.wall(MONDAY + timedelta(days=2), time(10))
    (mail,) = mails("enrolment/offered")
    assert mail.to_address == first.person.email
    assert mail.send_after is None or mail.send_after <= clock.now()
    assert "2 Aralık 2026, 10.00" in mail.text
    assert f"/enrolment/{first.id}/offer" in mail.text
    assert told("enrolment/offered")[0].due_on == date(2026, 12, 2)
    assert service.reserve_rank(second) == 1


@pytest.mark.usefixtures("monday")
def test_who_accepts_is_on_the_main_list_and_the_seat_is_counted_once() -> None:
    run, seated, (first, second) = a_full_run(2)
    left(seated)
    service.offers.accept(first, by=acting(first.person))
    assert states([first, second]) == [S.MAIN_LIST, S.RESERVE_LIST]
    assert (run.seats_taken, first.offer_until, first.offered_at) == (1, None, None)
    assert readers("enrolment/accepted") == [first.person.email]
    service.offers.accept(first, by=acting(first.person))  # pressed twice
    assert path(first)[-3:] == [S.RESERVE_LIST, S.OFFERED, S.MAIN_LIST]


@pytest.mark.usefixtures("monday")
def test_who_gives_the_place_up_has_withdrawn_and_the_next_is_asked() -> None:
    run, seated, (first, second) = a_full_run(2)
    left(seated)
    left(first)
    assert states([first, second]) == [S.WITHDRAWN, S.OFFERED]
    assert run.seats_taken == 1
    assert [event.title.msgid for event in service.timeline(first)][-1] == "The offered place was given up"
    assert service.offers.until(first) is None


@pytest.mark.usefixtures("monday")
def test_without_time_to_think_the_first_reserve_moves_up_as_before() -> None:
    _run, seated, (first, second) = a_full_run(2, hours=0)
    left(seated)
    assert states([first, second]) == [S.MAIN_LIST, S.RESERVE_LIST]
    assert readers("enrolment/promoted") == [first.person.email]


@pytest.mark.usefixtures("monday")
def test_only_the_teacher_accepts() -> None:
    run, seated, (first, _second) = a_full_run(2)
    left(seated)
    with pytest.raises(NotAllowed):
        service.offers.accept(first, by=acting(a_centre_administrator(run.centre)))
    with pytest.raises(NotFound):
        service.offers.accept(first, by=acting(a_teacher()))


@pytest.mark.usefixtures("monday")
def test_nobody_accepts_a_place_that_was_not_offered() -> None:
    _run, _seated, (first,) = a_full_run(1)
    with pytest.raises(Conflict):
        service.offers.accept(first, by=acting(first.person))


@pytest.mark.usefixtures("monday")
def test_the_database_knows_no_offer_without_an_end_and_no_end_without_an_offer() -> None:
    _run, _seated, (first,) = a_full_run(1)
    for values in ({"state": S.OFFERED}, {"offer_until": clock.now(), "offered_at": clock.now()}):
        with pytest.raises(IntegrityError), db.session().begin_nested():
            db.session().execute(update(Enrolment).where(Enrolment.id == first.id).values(**values))


# --- time runs out


@pytest.fixture
def days(app: object) -> None:
    """Committed rows, so that the worker finds them."""


def committed(reserves: int) -> tuple[Run, list[Enrolment]]:
    """A run whose seat is held for the first of its reserves."""
    with db.transaction():
        run, seated, waiting = a_full_run(reserves)
        left(seated)
        return run, waiting


def stand(run: Run, people: list[Enrolment]) -> list[EnrolmentState]:
    """How they stand; the counter must agree, and no seat is free while somebody waits."""
    with db.reading() as session:
        found = [session.get_one(Enrolment, one.id).state for one in people]
        everybody = [one.state for one in service.enrolments_in(run.id)]
        taken = session.get_one(Run, run.id).seats_taken
        assert taken == sum(state in rules.HOLDING for state in everybody) <= run.capacity
        assert taken == run.capacity or S.RESERVE_LIST not in everybody
        return found


def worked() -> None:
    """The worker looks for offers whose time ran out, twice."""
    for _twice in range(2):
        with db.transaction():
            service.offers.end_overdue()
        jobs.run_all(job_handlers())


@pytest.mark.usefixtures("days")
def test_when_time_runs_out_the_next_is_asked_and_the_person_goes_to_the_end_of_the_list() -> None:
    with on(MONDAY, 9, 50):
        run, people = committed(3)
    with on(MONDAY + timedelta(days=2), 9, 59):
        worked()
        assert stand(run, people) == [S.OFFERED, S.RESERVE_LIST, S.RESERVE_LIST]
    with on(MONDAY + timedelta(days=2), 10):
        worked()
        assert stand(run, people) == [S.RESERVE_LIST, S.OFFERED, S.RESERVE_LIST]
    with db.reading():
        assert service.ranks([run.id])[people[0].id] == 2
        (mail,) = mails("enrolment/offer_ended")
        assert mail.to_address == people[0].person.email
        assert "şimdiki sıranız: 2" in mail.text


@pytest.mark.usefixtures("days")
def test_who_waits_alone_is_asked_once_more_and_then_leaves_the_list() -> None:
    with on(MONDAY, 9, 50):
        run, people = committed(1)
        with db.reading():
            assert not service.offers.is_last(people[0])
    with on(MONDAY + timedelta(days=3), 12):
        worked()
        assert stand(run, people) == [S.OFFERED]
        with db.reading() as session:
            assert service.offers.is_last(session.get_one(Enrolment, people[0].id))
            assert mails("enrolment/offer_ended") == []  # the second offer says it
    with on(MONDAY + timedelta(days=6), 12):
        worked()
        assert stand(run, people) == [S.WITHDRAWN]
    with db.reading() as session:
        assert session.get_one(Run, run.id).seats_taken == 0
        assert "İkinci öneri de yanıtsız kaldığı için" in mails("enrolment/offer_ended")[0].text


@pytest.mark.usefixtures("days")
def test_nobody_accepts_after_the_last_moment_even_before_the_worker_came() -> None:
    with on(MONDAY, 9, 50):
        run, people = committed(2)
    with (
        on(MONDAY + timedelta(days=2), 10),
        db.transaction() as session,
    ):
        late = session.get_one(Enrolment, people[0].id)
        with pytest.raises(service.offers.Over):
            service.offers.accept(late, by=acting(late.person))
    assert stand(run, people) == [S.OFFERED, S.RESERVE_LIST]


@pytest.mark.usefixtures("monday")
def test_a_reminder_comes_once_on_the_day_before_the_end() -> None:
    _run, seated, (first, _second) = a_full_run(2)
    left(seated)
    seen = []
    for days_later, hour in ((0, 11), (1, 9), (1, 10), (2, 9)):
        with on(MONDAY + timedelta(days=days_later), hour):
            reminding.make({"name": "offer_ends", "day": clock.today().isoformat(), "after": ""})
            seen.append(len(told("enrolment/offer_ends_soon")))
    assert seen == [0, 1, 1, 1]
    assert readers("enrolment/offer_ends_soon") == [first.person.email]


# --- the coordinator


def coordinator(run: Run) -> Person:
    """Somebody who looks after the run."""
    return a_centre_administrator(run.centre)


@pytest.mark.usefixtures("monday")
def test_more_seats_are_offered_at_once_and_fewer_than_are_taken_or_held_are_refused() -> None:
    run, _seated, (first, second) = a_full_run(2)
    by = acting(coordinator(run))
    service.set_seats(run, 2, 48, by=by)
    assert states([first, second]) == [S.OFFERED, S.RESERVE_LIST]
    assert (run.capacity, run.seats_taken) == (2, 2)
    with pytest.raises(RuleBroken) as broken:
        service.set_seats(run, 1, 48, by=by)
    assert broken.value.field == "capacity"
    with pytest.raises(NotFound):
        service.set_seats(run, 3, 48, by=acting(a_centre_administrator(a_centre("smm-bur-oib"))))


@pytest.mark.usefixtures("monday")
def test_an_offer_is_taken_back_with_a_reason_and_handed_to_somebody_of_the_list() -> None:
    run, seated, (first, second, third) = a_full_run(3)
    left(seated)
    by = acting(coordinator(run))
    for chosen, reason, field in ((uuid4(), "Telefonla bildirdi", "chosen"), (third.id, "  ", "reason")):
        with pytest.raises(RuleBroken) as broken:
            service.offers.take_back(first, chosen_id=chosen, reason=reason, by=by)
        assert broken.value.field == field
    service.offers.take_back(first, chosen_id=third.id, reason="Telefonla bildirdi", by=by)
    assert states([first, second, third]) == [S.RESERVE_LIST, S.RESERVE_LIST, S.OFFERED]
    assert service.ranks([run.id]) == {second.id: 1, first.id: 2}
    assert run.seats_taken == 1
    (mail,) = mails("enrolment/offer_taken_back")
    assert "Telefonla bildirdi" in mail.text
    assert not service.offers.is_last(first)  # taking back is no silence
    with pytest.raises(Conflict):
        service.offers.take_back(first, chosen_id=second.id, reason="Yine", by=by)


@pytest.mark.usefixtures("monday")
def test_a_trainer_sees_an_offer_and_does_not_take_it_back() -> None:
    trainer = a_trainer()
    run = a_run(capacity=1, chain=NOBODY, starts_on=BEGINS, offer_hours=48, trainers=[trainer])
    seated, first, second = (an_application(run) for _ in range(3))
    left(seated)
    with pytest.raises(NotAllowed):
        service.offers.take_back(first, chosen_id=second.id, reason="Olmaz", by=acting(trainer))
    people = service.participants(run, acting(trainer), narrowed=desk.narrowed(run, "offered"))
    (one,) = people.rows
    assert (one.words.msgid, one.offer_until) == ("A place was offered", at(MONDAY + timedelta(days=2), 10))
    assert service.tallies([run.id])[run.id] == service.Tally(reserve=1, offered=1)
