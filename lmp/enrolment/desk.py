"""What a run's desk shows beside its participants: their bars, and the few things that need a person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, false, true

from lmp.content.policy import STRANDS, CompletionPolicy
from lmp.core.messages import P_, Message
from lmp.enrolment.models import Enrolment, Run
from lmp.enrolment.rules import SEATED, UNDECIDED, EnrolmentState
from lmp.enrolment.service import Participant

#: Enrolments → minutes by strand. The ledger lies above this feature, so the application hands this in.
Minutes = Callable[[Sequence[UUID]], Mapping[UUID, Mapping[Any, int]]]


@dataclass(frozen=True)
class Card:
    """A number that needs a person, in one sentence, and the view in which they stand."""

    number: int
    sentence: Message
    view: str


@dataclass(frozen=True)
class Behind:
    """Somebody who is behind: with what, how long, and since when."""

    enrolment_id: UUID
    name: str
    said: Message
    since: date


@dataclass(frozen=True)
class Waiting:
    """Something that waits: for whom, until when or how long, and the view in which it stands."""

    said: Message
    more: Message | None
    whom: Message
    state: str
    view: str


@dataclass(frozen=True)
class Watched:
    """What a run needs of people: the most urgent numbers, who is behind, what waits for whom, how many in each view."""

    cards: Sequence[Card] = ()
    behind: Sequence[Behind] = ()
    waiting: Sequence[Waiting] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    #: In what everybody is behind who is, by enrolment.
    lags: Mapping[UUID, Message] = field(default_factory=dict)


class Watch(Protocol):
    """Looks after a run's people. The work itself lies above this feature, so the application hands this in."""

    def look(self, run: Run) -> Watched:
        """What a run needs of people today."""

    def narrowed(self, run: Run, view: str) -> ColumnElement[bool]:
        """One of the views it counts, as a filter of enrolments."""


class _Nobody:
    """Nothing is watched and nothing earned, until the application says who looks."""

    def look(self, _run: Run) -> Watched:
        return Watched()

    def narrowed(self, _run: Run, _view: str) -> ColumnElement[bool]:
        return false()


def _no_minutes(_enrolments: Sequence[UUID]) -> Mapping[UUID, Mapping[Any, int]]:
    """Nothing earned, until the application says where minutes are counted."""
    return {}


_minutes: Minutes = _no_minutes
_watch: Watch = _Nobody()


def configure(minutes: Minutes, watch: Watch | None = None) -> None:
    """Say where minutes are counted and who looks after a run's people; once per process."""
    global _minutes, _watch
    _minutes, _watch = minutes, watch or _Nobody()


def look(run: Run) -> Watched:
    """What a run needs of people today."""
    return _watch.look(run)


#: What one may look at: key of the address → the states it holds; none means everybody.
VIEWS: dict[str, frozenset[EnrolmentState]] = {
    "": frozenset(),
    "waiting": UNDECIDED,
    "offered": frozenset({EnrolmentState.OFFERED}),
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


#: Views of people who need somebody, counted by whoever looks after them.
WATCHED = ("behind", "unplaced", "company", "returned")


def narrowed(run: Run, view: str) -> ColumnElement[bool]:
    """One view of a run's people, as a filter of enrolments."""
    if view in WATCHED:
        return _watch.narrowed(run, view)
    return Enrolment.state.in_(VIEWS[view]) if view else true()


def counts(states: Mapping[EnrolmentState, int], watched: Watched) -> dict[str, int]:
    """How many people stand in each view, everybody first, then those who need somebody."""
    of_state = {
        view: sum(number for state, number in states.items() if not wanted or state in wanted)
        for view, wanted in VIEWS.items()
    }
    return {"": of_state.pop(""), **{view: watched.counts.get(view, 0) for view in WATCHED}, **of_state}


@dataclass(frozen=True)
class Line:
    """A participant with what they have earned; no bar for people without a seat."""

    participant: Participant
    parts: list[dict[str, Any]] | None
    #: Earned of planned minutes, as a share of one.
    share: float
    #: In what they are behind, in words.
    lag: Message | None = None


def lines(people: Sequence[Participant], watched: Watched, policy: CompletionPolicy) -> list[Line]:
    """The lines of the desk, with the minutes of everybody in one question."""
    with_bar = VIEWS["main"]
    seated = [one.enrolment_id for one in people if one.state in with_bar]
    earned = _minutes(seated)
    return [
        _line(one, earned.get(one.enrolment_id, {}), policy, watched.lags.get(one.enrolment_id))
        if one.state in with_bar
        else Line(one, None, 0)
        for one in people
    ]


def _line(one: Participant, earned: Mapping[Any, int], policy: CompletionPolicy, lag: Message | None) -> Line:
    """What one person has earned of each strand that the policy asks for."""
    planned = policy.strands.by_strand()
    counted = {strand: min(earned.get(strand, 0), planned[strand]) for strand in STRANDS}
    parts = [{"key": strand, "planned": planned[strand], "earned": counted[strand]} for strand in STRANDS]
    return Line(one, parts, sum(counted.values()) / (sum(planned.values()) or 1), lag)


def cards(
    states: Mapping[EnrolmentState, int], watched: Watched, *, late: int, seats_free: int, applications_over: bool
) -> list[Card]:
    """Who needs somebody today, three at most: late approvals, then people who are behind or wait, then the lists."""
    waiting = sum(states.get(state, 0) for state in UNDECIDED) - late
    reserve, offered = (states.get(state, 0) for state in (EnrolmentState.RESERVE_LIST, EnrolmentState.OFFERED))
    empty = seats_free if applications_over and not waiting and not late else 0
    found = [
        Card(late, Message(*P_("approval is overdue", "approvals are overdue"), n=late), "waiting"),
        *watched.cards,
        Card(
            waiting,
            Message(*P_("application waits for approval", "applications wait for approval"), n=waiting),
            "waiting",
        ),
        Card(
            offered,
            Message(*P_("offered place waits for an answer", "offered places wait for an answer"), n=offered),
            "offered",
        ),
        Card(
            reserve,
            Message(*P_("person is on the reserve list", "people are on the reserve list"), n=reserve),
            "reserve",
        ),
        Card(empty, Message(*P_("seat stayed empty", "seats stayed empty"), n=empty), "main"),
    ]
    return [card for card in found if card.number][:3]
