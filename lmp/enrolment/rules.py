"""What is true about runs and enrolments: states and moves, dates, the approval chain, who may apply."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from lmp.access import ScopeKind
from lmp.core.db import Bilingual
from lmp.core.errors import Conflict, RuleBroken
from lmp.core.messages import N_, Message, Translated

MOST_SEATS = 500
LONGEST_WAIT = 30
LONGEST_MOTIVATION = 600
LONGEST_REASON = 600

#: The levels an approval chain can have, in the order in which they decide.
LEVELS = (ScopeKind.SCHOOL, ScopeKind.DISTRICT, ScopeKind.PROVINCE)
#: The district that holds a province's capital; the provincial directorate does its work.
CENTRAL_DISTRICT = "Merkez"


class RunKind(StrEnum):
    """How a run is organised; abroad and sector projects come later."""

    OPEN = "open"
    LOCAL = "local"
    CENTRAL = "central"


class RunState(StrEnum):
    """Whether a run takes part in life."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class EnrolmentState(StrEnum):
    """The stored states of an enrolment; completed, failed and absent are computed and frozen when the run closes."""

    DRAFT = "draft"
    APPLIED = "applied"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    MAIN_LIST = "main_list"
    RESERVE_LIST = "reserve_list"
    OFFERED = "offered"
    NOT_SELECTED = "not_selected"
    ACTIVE = "active"
    CLOSED = "closed"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Decision(StrEnum):
    """What an approver says."""

    APPROVED = "approved"
    REFUSED = "refused"


class Declared(StrEnum):
    """What a school says of the branch and school that a teacher declared."""

    RIGHT = "right"
    BRANCH = "branch"
    SCHOOL = "school"


_S = EnrolmentState
#: Where an enrolment can go from each state; a state without an entry is an end.
MOVES: dict[EnrolmentState, frozenset[EnrolmentState]] = {
    _S.DRAFT: frozenset({_S.APPLIED, _S.CANCELLED}),
    _S.APPLIED: frozenset({_S.IN_APPROVAL, _S.APPROVED, _S.WITHDRAWN, _S.CANCELLED}),
    _S.IN_APPROVAL: frozenset({_S.APPROVED, _S.REFUSED, _S.WITHDRAWN, _S.CANCELLED}),
    _S.APPROVED: frozenset({_S.MAIN_LIST, _S.RESERVE_LIST, _S.WITHDRAWN, _S.CANCELLED}),
    _S.MAIN_LIST: frozenset({_S.ACTIVE, _S.TRANSFERRED, _S.WITHDRAWN, _S.CANCELLED}),
    _S.RESERVE_LIST: frozenset({_S.MAIN_LIST, _S.OFFERED, _S.NOT_SELECTED, _S.WITHDRAWN, _S.CANCELLED}),
    _S.OFFERED: frozenset({_S.MAIN_LIST, _S.RESERVE_LIST, _S.NOT_SELECTED, _S.WITHDRAWN, _S.CANCELLED}),
    _S.ACTIVE: frozenset({_S.CLOSED, _S.TRANSFERRED, _S.WITHDRAWN, _S.CANCELLED}),
    _S.WITHDRAWN: frozenset({_S.APPLIED}),
}
#: Applications that nobody has answered for good yet.
UNDECIDED = frozenset({_S.APPLIED, _S.IN_APPROVAL, _S.APPROVED})
#: Enrolments that take part.
SEATED = frozenset({_S.MAIN_LIST, _S.ACTIVE})
#: Enrolments that hold a seat of their run: an offered place is kept free for its person, who takes part once they accept.
HOLDING = SEATED | {_S.OFFERED}

#: Enrolments that are over: their people are not reminded and not written to.
ENDED = frozenset({_S.NOT_SELECTED, _S.CLOSED, _S.TRANSFERRED, _S.WITHDRAWN, _S.REFUSED, _S.CANCELLED})


class Audience(StrEnum):
    """To whom of a run a message is written."""

    ALL = "all"
    MAIN = "main"
    RESERVE = "reserve"
    ONE = "one"


LONGEST_SUBJECT = 120
LONGEST_MESSAGE = 4000
LONGEST_NOTE = 2000
#: How many days before the first day people are reminded of it.
START_REMINDERS = (7, 1)
#: A decision is reminded of on its last day and the day before.
DECISION_REMINDER = 1


#: How long nobody asks an office again after a mail about the same application.
OFFICE_PAUSE = timedelta(hours=2)


def pause_until(mailed_at: datetime | None, now: datetime) -> datetime | None:
    """From when an office may be mailed again; None when it may be at once."""
    ends = mailed_at + OFFICE_PAUSE if mailed_at is not None else now
    return ends if ends > now else None


def audience_states(audience: Audience) -> frozenset[EnrolmentState]:
    """The states whose people a message reaches; one person is reached in any state that is not over."""
    if audience is Audience.MAIN:
        return SEATED
    if audience is Audience.RESERVE:
        return frozenset({_S.RESERVE_LIST, _S.OFFERED})
    return frozenset(_S) - ENDED - {_S.DRAFT}


def check_message(subject: Bilingual, text: Bilingual) -> None:
    """Raises RuleBroken, at the field to repair, unless subject and text are there in at least one language, in pairs."""
    if not text.tr and not text.en:
        raise RuleBroken(Message(N_("Write the message in at least one language.")), "text_tr")
    for lang in ("tr", "en"):
        if bool(getattr(subject, lang)) != bool(getattr(text, lang)):
            missing = "text" if getattr(subject, lang) else "subject"
            raise RuleBroken(
                Message(N_("Write both subject and text in this language, or neither.")), f"{missing}_{lang}"
            )


def check_note_change(*, by_author: bool, written_on: date, today: date) -> None:
    """A note is changed by whoever wrote it, on the day it was written. Raises Conflict."""
    if not by_author:
        raise Conflict(Message(N_("Only the person who wrote a note can change it. Write a note of your own.")))
    if written_on != today:
        raise Conflict(
            Message(N_("A note can be changed on the day it was written. Write a new note that corrects it."))
        )


class Changed(Conflict):
    """The application moved on while its page was open."""

    def __init__(self) -> None:
        """One sentence for every such race."""
        super().__init__(
            Message(N_("This application has changed in the meantime. Open the page again to see how it stands now."))
        )


def check_move(now: EnrolmentState, to: EnrolmentState) -> None:
    """Raises Changed where no way leads from one state to the other."""
    if to not in MOVES.get(now, frozenset()):
        raise Changed


def is_running(state: EnrolmentState, starts_on: date, today: date) -> bool:
    """Whether the teacher takes part: people of the main list do from the first day on, without waiting for a job."""
    return state is _S.ACTIVE or (state is _S.MAIN_LIST and starts_on <= today)


@dataclass(frozen=True, kw_only=True)
class Dates:
    """When a run is taught and when people may apply; every day is included."""

    starts_on: date
    ends_on: date
    apply_from_on: date
    apply_until_on: date


def check_dates(dates: Dates, today: date) -> None:
    """Raises RuleBroken, at the field to repair, for dates that do not follow each other or windows that are over."""
    if dates.ends_on < dates.starts_on:
        raise RuleBroken(Message(N_("The last day lies before the first. Check both days.")), "ends_on")
    if dates.apply_until_on < dates.apply_from_on:
        raise RuleBroken(Message(N_("The last day to apply lies before the first. Check both days.")), "apply_until_on")
    if dates.apply_until_on > dates.starts_on:
        raise RuleBroken(
            Message(N_("Let applications end on the first day of the run at the latest.")), "apply_until_on"
        )
    if dates.apply_until_on < today:
        raise RuleBroken(
            Message(N_("The last day to apply is over already. Choose today or a later day.")), "apply_until_on"
        )


def check_centre_open(closed_on: date | None) -> None:
    """A centre that was closed opens no more runs. Raises RuleBroken."""
    if closed_on is not None:
        raise RuleBroken(Message(N_("This centre was closed on %(day)s and opens no more runs."), day=closed_on))


def check_capacity(capacity: int) -> None:
    """Raises RuleBroken unless there is at least one seat and no more than a run can hold."""
    if not 1 <= capacity <= MOST_SEATS:
        raise RuleBroken(Message(N_("Write a number of seats between 1 and %(most)s."), most=MOST_SEATS), "capacity")


def check_duties(trainers: Iterable[UUID], assessors: Iterable[UUID], signatory: UUID | None) -> None:
    """One person has one duty in a run, so nobody assesses or signs for what they teach. Raises RuleBroken."""
    taught, assessed = set(trainers), set(assessors)
    if taught & assessed:
        raise RuleBroken(Message(N_("Nobody assesses a run they train. Choose another assessor.")), "assessors")
    if signatory in taught | assessed:
        raise RuleBroken(
            Message(N_("The signatory neither trains nor assesses this run. Choose another person.")), "signatory"
        )


@dataclass(frozen=True)
class ChainStep:
    """One step of an approval chain: at which level, and within how many days."""

    scope_kind: ScopeKind
    days: int


def read_chain(steps: Iterable[Mapping[str, Any]]) -> tuple[ChainStep, ...]:
    """The chain as data ({scope_kind, days}) in the order in which the levels decide. Raises RuleBroken."""
    found = [ChainStep(ScopeKind(step["scope_kind"]), int(step["days"])) for step in steps]
    for step in found:
        if not 1 <= step.days <= LONGEST_WAIT:
            raise RuleBroken(
                Message(N_("Write between 1 and %(most)s days."), most=LONGEST_WAIT), f"{step.scope_kind}_days"
            )
    if len({step.scope_kind for step in found}) < len(found) or any(step.scope_kind not in LEVELS for step in found):
        raise RuleBroken(Message(N_("Each level approves once: school, district, province.")))
    return tuple(sorted(found, key=lambda step: LEVELS.index(step.scope_kind)))


@dataclass(frozen=True)
class Office:
    """Where a teacher's approvals are given: a school, a district or a province."""

    scope_kind: ScopeKind
    scope: str
    name: str


def steps_for(chain: Iterable[ChainStep], offices: Collection[Office]) -> list[Office]:
    """The offices that have to approve, in order; a level that does not exist for this teacher is skipped.

    Raises RuleBroken when approval is needed and the teacher's school is not known.
    """
    wanted = list(chain)
    if wanted and not offices:
        raise RuleBroken(
            Message(N_("Your school is not in your profile, and it has to approve. Ask your centre to add it."))
        )
    by_level = {office.scope_kind: office for office in offices}
    return [by_level[step.scope_kind] for step in wanted if step.scope_kind in by_level]


def has_office(district: str) -> bool:
    """Whether a district has a directorate of its own."""
    return district != CENTRAL_DISTRICT


def days_to_decide(chain: Iterable[ChainStep], level: ScopeKind) -> int:
    """How many days the chain gives a level; one where the chain does not name it any more."""
    return next((step.days for step in chain if step.scope_kind is level), 1)


def due_on(opened_on: date, days: int) -> date:
    """The last day for a decision that was asked for on a day."""
    return opened_on + timedelta(days=days)


def check_open(state: RunState) -> None:
    """Raises RuleBroken for a run that is closed or cancelled."""
    if state is RunState.CLOSED:
        raise RuleBroken(Message(N_("This run is closed.")))
    if state is RunState.CANCELLED:
        raise RuleBroken(Message(N_("This run was cancelled.")))


def check_window(state: RunState, apply_from_on: date, apply_until_on: date, today: date) -> None:
    """Applications are taken from the first to the last day, both included. Raises RuleBroken."""
    check_open(state)
    if today < apply_from_on:
        raise RuleBroken(Message(N_("Applications open on %(day)s."), day=apply_from_on))
    if today > apply_until_on:
        raise RuleBroken(Message(N_("Applications ended on %(day)s."), day=apply_until_on))


@dataclass(frozen=True)
class Names:
    """Several names in one sentence, each in the reader's language."""

    of: tuple[Translated, ...]

    def in_language(self, lang: str) -> str:
        """The names with commas between them."""
        return ", ".join(name.in_language(lang) for name in self.of)


def check_branch(branch: str | None, open_to: Collection[UUID], fields: Mapping[UUID, Translated]) -> None:
    """A teacher may attend courses of the fields their branch is open to. Raises RuleBroken."""
    if branch is None:
        raise RuleBroken(Message(N_("Your branch is not in your profile. Ask your centre to add it, then apply.")))
    if not set(open_to) & set(fields):
        raise RuleBroken(
            Message(
                N_("This course is for teachers of: %(fields)s. Your branch: %(branch)s."),
                fields=Names(tuple(fields.values())),
                branch=branch,
            )
        )


def check_not_on_duty(person_id: UUID, on_duty: Collection[UUID]) -> None:
    """Nobody attends a run they teach, assess or sign for. Raises RuleBroken."""
    if person_id in on_duty:
        raise RuleBroken(Message(N_("You have a duty in this run, so you cannot attend it.")))


def check_again(state: EnrolmentState) -> None:
    """One enrolment per teacher and run; only somebody who withdrew may apply again. Raises RuleBroken."""
    if state is _S.REFUSED:
        raise RuleBroken(Message(N_("Your application to this run was refused. You can apply to another run.")))
    if state is not _S.WITHDRAWN:
        raise RuleBroken(Message(N_("You have already applied to this run.")))


def check_reason(*, approve: bool, reason: str) -> None:
    """A refusal always says why. Raises RuleBroken."""
    if not approve and not reason:
        raise RuleBroken(Message(N_("Write why you refuse; the teacher reads this sentence.")), "reason")


def check_declared(declared: Declared, *, approve: bool, reason: str) -> None:
    """Where something is wrong the school says what; it does not approve for teachers of another. Raises RuleBroken."""
    if declared is Declared.SCHOOL and approve:
        raise RuleBroken(
            Message(N_("The school where the teacher works decides. Refuse, and write that they work elsewhere.")),
            "declared",
        )
    if declared is not Declared.RIGHT and not reason:
        raise RuleBroken(Message(N_("Write what is wrong; the teacher reads this sentence.")), "reason")


def check_change(*, has_applications: bool, reason: str) -> None:
    """From the first application on, the policy changes only with a reason. Raises RuleBroken."""
    if has_applications and not reason:
        raise RuleBroken(Message(N_("People have applied already. Write why the policy changes.")), "reason")


def working_days(first: date, last: date, closed: Collection[date] = ()) -> int:
    """Mondays to Fridays from the first to the last day, without the days on which nobody works."""
    span = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return sum(1 for day in span if day.weekday() < 5 and day not in closed)


def days_away(planned: int, working: int) -> int:
    """Working days away from lessons: those the course plans, never more than the run has; all where it plans none."""
    return min(planned, working) if planned else working
