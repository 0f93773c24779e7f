"""What a run's desk shows beside its participants: their bars, and the few things that need a person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lmp.content.policy import STRANDS, CompletionPolicy
from lmp.core.messages import P_, Message
from lmp.enrolment.rules import SEATED, UNDECIDED, EnrolmentState
from lmp.enrolment.service import Participant

#: Enrolments → minutes by strand. The ledger lies above this feature, so the application hands this in.
Minutes = Callable[[Sequence[UUID]], Mapping[UUID, Mapping[Any, int]]]


def _no_minutes(_enrolments: Sequence[UUID]) -> Mapping[UUID, Mapping[Any, int]]:
    """Nothing earned, until the application says where minutes are counted."""
    return {}


_minutes: Minutes = _no_minutes


def configure(minutes: Minutes) -> None:
    """Say where minutes are counted; once per process."""
    global _minutes
    _minutes = minutes


#: What one may look at: key of the address → the states it holds; none means everybody.
VIEWS: dict[str, frozenset[EnrolmentState]] = {
    "": frozenset(),
    "waiting": UNDECIDED,
    "main": SEATED | {EnrolmentState.CLOSED},
    "reserve": frozenset({EnrolmentState.RESERVE_LIST}),
    "ended": frozenset(
        {
            EnrolmentState.WITHDRAWN,
            EnrolmentState.REFUSED,
            EnrolmentState.NOT_SELECTED,
            EnrolmentState.TRANSFERRED,
            EnrolmentState.CANCELLED,
        }
    ),
}


def shown(people: Sequence[Participant], view: str) -> list[Participant]:
    """The participants of one view."""
    states = VIEWS[view]
    return [one for one in people if not states or one.state in states]


@dataclass(frozen=True)
class Line:
    """A participant with what they have earned; no bar for people without a seat."""

    participant: Participant
    parts: list[dict[str, Any]] | None
    #: Earned of planned minutes, as a share of one.
    share: float


def lines(people: Sequence[Participant], policy: CompletionPolicy) -> list[Line]:
    """The lines of the desk, with the minutes of everybody in one question."""
    with_bar = VIEWS["main"]
    earned = _minutes([one.enrolment_id for one in people if one.state in with_bar])
    return [
        _line(one, earned.get(one.enrolment_id, {}), policy) if one.state in with_bar else Line(one, None, 0)
        for one in people
    ]


def _line(one: Participant, earned: Mapping[Any, int], policy: CompletionPolicy) -> Line:
    """What one person has earned of each strand that the policy asks for."""
    planned = policy.strands.by_strand()
    counted = {strand: min(earned.get(strand, 0), planned[strand]) for strand in STRANDS}
    parts = [{"key": strand, "planned": planned[strand], "earned": counted[strand]} for strand in STRANDS]
    return Line(one, parts, sum(counted.values()) / (sum(planned.values()) or 1))


@dataclass(frozen=True)
class Card:
    """A number that needs a person, in one sentence, and the view in which they stand."""

    number: int
    sentence: Message
    view: str


def cards(people: Sequence[Participant], *, seats_free: int, applications_over: bool) -> list[Card]:
    """What needs a person, three at most: late approvals, waiting ones, reserves, seats that will stay empty."""
    late = sum(one.is_late for one in people)
    waiting = len(shown(people, "waiting")) - late
    reserve = len(shown(people, "reserve"))
    empty = seats_free if applications_over and not waiting and not late else 0
    found = [
        Card(late, Message(*P_("approval is overdue", "approvals are overdue"), n=late), "waiting"),
        Card(
            waiting,
            Message(*P_("application waits for approval", "applications wait for approval"), n=waiting),
            "waiting",
        ),
        Card(
            reserve,
            Message(*P_("person is on the reserve list", "people are on the reserve list"), n=reserve),
            "reserve",
        ),
        Card(empty, Message(*P_("seat stayed empty", "seats stayed empty"), n=empty), "main"),
    ]
    return [card for card in found if card.number][:3]
