"""The states of runs and enrolments in words, and what has happened to an application so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from lmp.access import ScopeKind
from lmp.core import written
from lmp.core.db import Bilingual
from lmp.core.messages import N_, Message
from lmp.enrolment.rules import Audience, Dates, Decision, EnrolmentState, RunKind, RunState

_S = EnrolmentState

STATES: dict[EnrolmentState, Message] = {
    _S.DRAFT: Message(N_("Draft")),
    _S.APPLIED: Message(N_("Application sent")),
    _S.IN_APPROVAL: Message(N_("Waiting for approval")),
    _S.APPROVED: Message(N_("Approved")),
    _S.MAIN_LIST: Message(N_("On the main list")),
    _S.RESERVE_LIST: Message(N_("On the reserve list")),
    _S.OFFERED: Message(N_("A place was offered")),
    _S.NOT_SELECTED: Message(N_("No place became free")),
    _S.ACTIVE: Message(N_("In progress")),
    _S.CLOSED: Message(N_("Result recorded")),
    _S.TRANSFERRED: Message(N_("Moved to another run")),
    _S.WITHDRAWN: Message(N_("Application withdrawn")),
    _S.REFUSED: Message(N_("Refused")),
    _S.CANCELLED: Message(N_("Cancelled")),
}

#: Whose approval an application is at.
AT_LEVEL: dict[ScopeKind, Message] = {
    ScopeKind.SCHOOL: Message(N_("With the school")),
    ScopeKind.DISTRICT: Message(N_("With the district directorate")),
    ScopeKind.PROVINCE: Message(N_("With the provincial directorate")),
}

#: The office of a level, as the chain of a run names it.
LEVELS: dict[ScopeKind, Message] = {
    ScopeKind.SCHOOL: Message(N_("School principal")),
    ScopeKind.DISTRICT: Message(N_("District directorate")),
    ScopeKind.PROVINCE: Message(N_("Provincial directorate")),
}

KINDS: dict[RunKind, Message] = {
    RunKind.OPEN: Message(N_("Open activity")),
    RunKind.LOCAL: Message(N_("Local activity")),
    RunKind.CENTRAL: Message(N_("Central activity")),
}

NO_SIGNATORY = Message(N_("Nobody; the coordinator issues the certificates"))

#: State → the key of the state mark beside its word.
MARKS: dict[EnrolmentState, str] = {
    _S.DRAFT: "draft",
    _S.APPLIED: "waiting",
    _S.IN_APPROVAL: "waiting",
    _S.APPROVED: "approved",
    _S.MAIN_LIST: "approved",
    _S.RESERVE_LIST: "reserve",
    _S.OFFERED: "due",
    _S.NOT_SELECTED: "cancelled",
    _S.ACTIVE: "in_progress",
    _S.CLOSED: "done",
    _S.TRANSFERRED: "cancelled",
    _S.WITHDRAWN: "cancelled",
    _S.REFUSED: "refused",
    _S.CANCELLED: "cancelled",
}


@dataclass(frozen=True)
class Until:
    """A moment of the clock on the wall inside a sentence: 2 Aralık 2026, 14.00."""

    at: datetime

    def in_language(self, lang: str) -> str:
        """Day and time as people of that language write them."""
        return written.moment(self.at, lang)


def state_in_words(
    state: EnrolmentState, *, level: ScopeKind | None, reserve_rank: int | None, running: bool
) -> Message:
    """The state at this moment: whose approval, which place on the reserve list, whether the training has begun."""
    if running:
        return STATES[_S.ACTIVE]
    if state is _S.IN_APPROVAL and level is not None:
        return AT_LEVEL[level]
    if state is _S.RESERVE_LIST and reserve_rank is not None:
        return Message(N_("Reserve, place %(rank)s"), rank=reserve_rank)
    return STATES[state]


def mark_of(state: EnrolmentState, *, running: bool) -> str:
    """The key of the mark that stands beside the state."""
    return MARKS[_S.ACTIVE] if running else MARKS[state]


def run_in_words(state: RunState, dates: Dates, today: date) -> Message:
    """What a run is doing today."""
    if state is RunState.CANCELLED:
        return Message(N_("Cancelled"))
    if state is RunState.CLOSED:
        return Message(N_("Run closed"))
    if today > dates.ends_on:
        return Message(N_("Run ended"))
    if today >= dates.starts_on:
        return Message(N_("In progress"))
    if today > dates.apply_until_on:
        return Message(N_("Not begun"))
    if today >= dates.apply_from_on:
        return Message(N_("Open for applications"))
    return Message(N_("Applications open on %(day)s."), day=dates.apply_from_on)


def run_mark(state: RunState, dates: Dates, today: date) -> str:
    """The key of the mark that stands beside a run's state."""
    if state is not RunState.OPEN:
        return "cancelled" if state is RunState.CANCELLED else "done"
    if today >= dates.starts_on:
        return "in_progress" if today <= dates.ends_on else "due"
    return "saved" if dates.apply_from_on <= today <= dates.apply_until_on else "not_started"


class MoveMade(Protocol):
    """A recorded move of an enrolment."""

    from_state: EnrolmentState | None
    to_state: EnrolmentState
    at: datetime
    by_name: str
    reason: str


class StepAsked(Protocol):
    """One step of an application's chain."""

    scope_kind: ScopeKind
    scope_name: str
    opened_at: datetime | None
    due_on: date | None
    decision: Decision | None
    reason: str
    decided_at: datetime | None
    decided_by_name: str
    decided_for_name: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of the timeline: what happened, by whom, why; or what is waited for, until when."""

    mark: str
    tone: str
    title: Message
    at: datetime | None
    who: str = ""
    #: In whose name they decided.
    on_behalf_of: str = ""
    reason: str | Bilingual = ""
    office: str = ""
    until_on: date | None = None


_TOLD: dict[EnrolmentState, tuple[str, str]] = {
    _S.APPLIED: ("done", "ok"),
    _S.MAIN_LIST: ("done", "ok"),
    _S.RESERVE_LIST: ("clock", "info"),
    _S.OFFERED: ("clock", "warn"),
    _S.NOT_SELECTED: ("cross", "quiet"),
    _S.ACTIVE: ("half", "primary"),
    _S.CLOSED: ("done", "ok"),
    _S.TRANSFERRED: ("cross", "quiet"),
    _S.WITHDRAWN: ("back", "quiet"),
    _S.CANCELLED: ("cross", "quiet"),
}


def timeline(moves: Iterable[MoveMade], steps: Iterable[StepAsked], *, waiting: bool) -> list[Event]:
    """Moves and decisions by time, then the step that is waited for; states a step tells of are not said twice."""
    asked = list(steps)
    past = [(step.decided_at, _decided(step)) for step in asked if step.decided_at is not None]
    past += [(move.at, _moved(move)) for move in moves if move.to_state in _TOLD]
    open_now = [_awaited(step) for step in asked if waiting and step.decided_at is None and step.opened_at]
    return [event for _, event in sorted(past, key=lambda pair: pair[0])] + open_now


def _moved(move: MoveMade) -> Event:
    mark, tone = _TOLD[move.to_state]
    return Event(mark=mark, tone=tone, title=_title(move), at=move.at, who=move.by_name, reason=move.reason)


#: What the timeline says where the centre ended one enrolment, and where it cancelled the run.
ENDED_BY_CENTRE = Message(N_("The centre ended it"))
RUN_CANCELLED = Message(N_("The run was cancelled"))

#: How an offer ended, by where it led; in brackets whether a person did it or time ran out.
_OFFER_ENDED: dict[tuple[EnrolmentState, bool], Message] = {
    (_S.MAIN_LIST, True): Message(N_("Place accepted, on the main list")),
    (_S.RESERVE_LIST, True): Message(N_("The offer was taken back, at the end of the reserve list")),
    (_S.RESERVE_LIST, False): Message(N_("The time to answer ended, at the end of the reserve list")),
    (_S.WITHDRAWN, True): Message(N_("The offered place was given up")),
    (_S.WITHDRAWN, False): Message(N_("The time to answer ended again, the application is over")),
}


def _title(move: MoveMade) -> Message:
    """What a move meant."""
    if move.to_state is _S.CANCELLED and move.reason:
        return ENDED_BY_CENTRE
    if move.from_state is _S.OFFERED:
        return _OFFER_ENDED.get((move.to_state, bool(move.by_name)), STATES[move.to_state])
    return STATES[move.to_state]


def _decided(step: StepAsked) -> Event:
    approved = step.decision is Decision.APPROVED
    return Event(
        mark="done" if approved else "cross",
        tone="ok" if approved else "bad",
        title=Message(N_("Approved")) if approved else Message(N_("Refused")),
        at=step.decided_at,
        who=step.decided_by_name,
        on_behalf_of=step.decided_for_name,
        reason=step.reason,
        office=step.scope_name,
    )


def _awaited(step: StepAsked) -> Event:
    return Event(
        mark="clock",
        tone="warn",
        title=AT_LEVEL[step.scope_kind],
        at=None,
        office=step.scope_name,
        until_on=step.due_on,
    )


ANYWHERE = Message(N_("Anywhere"))
#: To whom a message is written; a single participant is chosen by name.
AUDIENCES: dict[Audience, Message] = {
    Audience.ALL: Message(N_("Everybody in this run")),
    Audience.MAIN: Message(N_("The main list")),
    Audience.RESERVE: Message(N_("The reserve list")),
}
ONE_READER = Message(N_("One participant"))
