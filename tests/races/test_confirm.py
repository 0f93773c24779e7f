"""Many hands on one week: it is confirmed once, written once, and never confirmed in a version nobody saw."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextvars import copy_context
from datetime import time
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from lmp.accounts import service as accounts
from lmp.core import db
from lmp.core.errors import Conflict, Gone
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.workplace import service
from lmp.workplace.models import DayEntry, DayState, Placement
from lmp.workplace.service.placements import load
from tests.builders.mails import mails, told
from tests.builders.workplace import (
    MONDAY,
    TUESDAY,
    a_placement,
    a_sent_week,
    changed,
    newest_token,
    the_bearer,
    today_is,
    told_day,
)
from tests.visitor import Visitor

HANDS = 20


@pytest.fixture(autouse=True)
def _wednesday() -> Iterator[None]:
    with today_is():
        yield


def at_once(acts: list[Callable[[], str]]) -> list[str]:
    """Let every hand do its act in the same moment; answers what came of each."""
    barrier, outcomes = threading.Barrier(len(acts)), ["no answer"] * len(acts)

    def run(hand: int) -> None:
        barrier.wait(timeout=60)
        try:
            outcomes[hand] = acts[hand]()
        except Exception as failure:  # noqa: BLE001 - whatever happens to a hand is what the test looks at
            outcomes[hand] = f"{type(failure).__name__}: {failure}"

    threads = [threading.Thread(target=copy_context().run, args=(run, hand)) for hand in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return outcomes


@pytest.fixture
def placement(app: Flask) -> Placement:
    """A committed placement."""
    with db.transaction():
        return a_placement()


def sent(placement: Placement) -> str:
    """Two days with the company; answers the link's token."""
    with db.transaction():
        a_sent_week(load(placement.id), [MONDAY, TUESDAY])
        return newest_token()


def what_stands(placement: Placement) -> tuple[int, int, int]:
    """Ledger entries, their minutes, and mails to the teacher."""
    with db.reading():
        posted = hours.entries(placement.enrolment_id)
        assert hours.check() == []
        return len(posted), hours.sums(placement.enrolment_id)[Strand.WORKPLACE], len(told("workplace/week_confirmed"))


def test_twenty_hands_confirm_one_link_and_the_minutes_are_posted_once(app: Flask, placement: Placement) -> None:
    token = sent(placement)
    hands = [Visitor(app) for _ in range(HANDS)]
    forms = [{"act": "confirm", "csrf_token": hand.token()} for hand in hands]

    def press(hand: Visitor, form: dict[str, str]) -> Callable[[], str]:
        return lambda: str(hand.client.post(f"/m/{token}", data=form).status_code)

    outcomes = Counter(at_once([press(hand, form) for hand, form in zip(hands, forms, strict=True)]))
    assert set(outcomes) <= {"303", "200"}
    assert what_stands(placement) == (2, 720, 1)
    assert {hand.open(f"/m/{token}").h1 for hand in hands} == {"Bu hafta onaylandı"}


@pytest.mark.parametrize("round_", range(2))
def test_a_day_that_changes_while_it_is_confirmed_is_one_or_the_other(placement: Placement, round_: int) -> None:
    token = sent(placement)

    def confirm() -> str:
        try:
            with db.transaction():
                link = accounts.open_link(token, "mentor")
                service.confirm(service.get_week(link.subject_id), link, by=the_bearer(link))
        except (Gone, Conflict):
            return "too late"
        return "confirmed"

    def change() -> str:
        try:
            with db.transaction():
                here = load(placement.id)
                entry = service.find_entry(here.id, MONDAY)
                assert entry is not None
                changed(here, entry, ends=time(15))
        except Conflict:
            return "too late"
        return "changed"

    outcomes = at_once([confirm, change])
    with db.reading() as session:
        rows = session.execute(select(DayEntry.day, DayEntry.state, DayEntry.version).order_by(DayEntry.day)).all()
    if outcomes == ["confirmed", "too late"]:
        assert [tuple(row) for row in rows] == [
            (MONDAY, DayState.CONFIRMED, 1),
            (TUESDAY, DayState.CONFIRMED, 1),
        ]
        assert what_stands(placement)[:2] == (2, 720)
    else:
        assert outcomes == ["too late", "changed"]
        assert [tuple(row) for row in rows] == [(MONDAY, DayState.DRAFT, 2), (TUESDAY, DayState.DRAFT, 1)]
        assert what_stands(placement) == (0, 0, 0)


def test_twenty_copies_of_one_day_from_one_device_are_one_entry(placement: Placement) -> None:
    with db.reading():
        told = told_day(load(placement.id), MONDAY)

    def save() -> str:
        with db.transaction():
            return str(service.save_day(load(placement.id), **told).id)

    assert Counter(at_once([save] * HANDS)) == {str(told["entry_id"]): HANDS}
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(DayEntry)) == 1
        assert UUID(str(session.scalar(select(DayEntry.id)))) == told["entry_id"]


def test_a_week_sent_by_many_hands_is_sent_once(placement: Placement) -> None:
    with db.transaction():
        here = load(placement.id)
        teacher = told_day(here, MONDAY)["by"]
        service.save_day(here, **told_day(here, MONDAY))

    def send() -> str:
        try:
            with db.transaction():
                service.send_week(load(placement.id), [MONDAY], by=teacher)
        except Conflict:
            return "sent already"
        return "sent"

    assert Counter(at_once([send] * HANDS)) == {"sent": 1, "sent already": HANDS - 1}
    with db.reading():
        assert len(mails("workplace/week_sent")) == 1
