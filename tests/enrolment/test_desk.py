"""What the desk of a run puts before people: three cards at most, views, bars."""

from uuid import uuid4

from lmp.content.policy import CompletionPolicy
from lmp.core.messages import Message
from lmp.enrolment import desk
from lmp.enrolment.models import EnrolmentState
from lmp.enrolment.service import Participant

S = EnrolmentState
POLICY = CompletionPolicy.model_validate(
    {
        "strands": {"online": 100, "meeting": 0, "workplace": 300, "practical": 0},
        "absence_share": 0.2,
        "pass_mark": 70,
        "practical": False,
        "document": "completion",
        "lesson_minutes": 40,
        "grace_days": 14,
    }
)


def one(state: EnrolmentState, *, is_late: bool = False) -> Participant:
    return Participant(
        enrolment_id=uuid4(),
        name="Ayşe Demo",
        school="",
        province="",
        state=state,
        words=Message("x"),
        mark="done",
        running=False,
        office="",
        due_on=None,
        is_late=is_late,
        offer_until=None,
    )


def cards(states: dict[EnrolmentState, int], *, late: int = 0, free: int = 0, over: bool = False) -> list[desk.Card]:
    return desk.cards(states, desk.Watched(), late=late, seats_free=free, applications_over=over)


def test_late_approvals_are_counted_apart_from_those_that_still_have_time() -> None:
    found = cards({S.IN_APPROVAL: 3, S.RESERVE_LIST: 1}, late=1)
    assert [(card.number, card.view) for card in found] == [(1, "waiting"), (2, "waiting"), (1, "reserve")]


def test_empty_seats_need_a_person_only_when_nobody_can_apply_or_waits_any_more() -> None:
    assert cards({}, free=3) == []
    assert cards({S.IN_APPROVAL: 1}, free=3, over=True)[0].view == "waiting"
    assert [card.number for card in cards({S.MAIN_LIST: 1}, free=3, over=True)] == [3]


def test_people_who_are_behind_come_before_those_who_only_wait() -> None:
    watched = desk.Watched(cards=[desk.Card(2, Message("behind"), "behind"), desk.Card(0, Message("x"), "unplaced")])
    found = desk.cards({S.IN_APPROVAL: 3, S.RESERVE_LIST: 1}, watched, late=1, seats_free=0, applications_over=False)
    assert [card.view for card in found] == ["waiting", "behind", "waiting"]


def test_every_state_stands_in_some_view_and_never_in_two() -> None:
    for state in set(S) - {S.DRAFT}:
        assert sum(state in states for key, states in desk.VIEWS.items() if key) == 1, state


def test_a_bar_never_shows_more_than_was_planned_and_people_without_a_seat_have_none() -> None:
    seated, waiting = one(S.ACTIVE), one(S.IN_APPROVAL)
    desk.configure(
        lambda ids: {seated.enrolment_id: {"online": 500, "workplace": 150}} if seated.enrolment_id in ids else {}
    )
    first, second = desk.lines([seated, waiting], desk.Watched(), POLICY)
    assert first.parts is not None
    assert [part["earned"] for part in first.parts] == [100, 0, 150, 0]
    assert first.share == 250 / 400
    assert second.parts is None
