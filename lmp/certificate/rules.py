"""Completion, computed from evidence: what is missing, what the outcome is. Nothing of it is stored before a run closes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from lmp.content.policy import STRANDS, CompletionPolicy, Strand, allowed_absence
from lmp.core.db import Bilingual
from lmp.core.messages import N_, P_, Message
from lmp.meeting.rules import Tally

_ATTENDED: tuple[Strand, ...] = ("meeting", "workplace")


class Outcome(StrEnum):
    """What became of an enrolment, computed until the run closes and frozen then."""

    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"
    ABSENT = "absent"
    NOT_ATTENDED = "not_attended"


@dataclass(frozen=True, kw_only=True)
class PracticalEvidence:
    """The practical test that counts."""

    score: int
    passed: bool
    failed_steps: int = 0
    attempts_left: int = 0


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything completion is computed from; minutes are sums of ledger entries."""

    earned: Mapping[Strand, int]
    open_units: tuple[Bilingual, ...] = ()
    has_placement: bool = False
    days_draft: int = 0
    days_waiting: int = 0
    days_returned: int = 0
    days_confirmed: int = 0
    practical: PracticalEvidence | None = None
    #: Half days face to face; None where the run has no timetable.
    meeting: Tally | None = None
    #: Ids of the records behind it, sorted; they make the evidence hash.
    ids: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Missing:
    """One thing that is left, in words, with the strand it belongs to and who has to act (teacher, company, centre)."""

    strand: Strand
    message: Message
    waits_for: str = "teacher"


def missing(evidence: Evidence, policy: CompletionPolicy) -> list[Missing]:
    """What is left before a certificate can be issued; empty when nothing is."""
    return [
        *_online(evidence, policy),
        *_meeting(evidence, policy),
        *_workplace(evidence, policy),
        *_practical(evidence, policy),
    ]


def needed(policy: CompletionPolicy, strand: Strand) -> int:
    """Minutes a strand needs: what the policy asks for, less the absence it allows where people attend."""
    asked = policy.strands.of(strand)
    return asked - allowed_absence(policy, asked) if strand in _ATTENDED else asked


def shortfall(evidence: Evidence, policy: CompletionPolicy, strand: Strand) -> int:
    """Minutes still to be earned in a strand; time away that the policy does not count as absence need not be."""
    excused = evidence.meeting.excused if strand == "meeting" and evidence.meeting else 0
    return max(0, needed(policy, strand) - excused - evidence.earned.get(strand, 0))


def _online(evidence: Evidence, policy: CompletionPolicy) -> list[Missing]:
    if shortfall(evidence, policy, "online") == 0:
        return []
    if not evidence.open_units:
        left = shortfall(evidence, policy, "online")
        return [Missing("online", Message(N_("Distance learning: %(n)s minutes are missing"), n=left))]
    return [
        Missing("online", Message(N_("Distance learning: the unit “%(unit)s” is not completed"), unit=unit))
        for unit in evidence.open_units
    ]


def _meeting(evidence: Evidence, policy: CompletionPolicy) -> list[Missing]:
    left = shortfall(evidence, policy, "meeting")
    if left == 0:
        return []
    halves = evidence.meeting
    if halves is None or not halves.planned:
        return [Missing("meeting", Message(N_("Face-to-face training: %(n)s minutes are missing"), n=left), "centre")]
    if left > halves.minutes_ahead:
        return [Missing("meeting", _missed_too_much(halves, policy), "centre")]
    found = []
    if halves.not_closed:
        pair = P_(
            "Face-to-face training: the roster of %(n)s half day is not closed yet",
            "Face-to-face training: the rosters of %(n)s half days are not closed yet",
        )
        found.append(Missing("meeting", Message(*pair, n=halves.not_closed), "centre"))
    if halves.to_come:
        pair = P_(
            "Face-to-face training: %(n)s half day is still to come",
            "Face-to-face training: %(n)s half days are still to come",
        )
        found.append(Missing("meeting", Message(*pair, n=halves.to_come)))
    return found


def _missed_too_much(halves: Tally, policy: CompletionPolicy) -> Message:
    """Why the strand cannot be completed any more: what was missed, and what may be."""
    return Message(
        N_("Face-to-face training: %(missed)s minutes count as absence, at most %(allowed)s may"),
        missed=halves.missed - halves.excused,
        allowed=allowed_absence(policy, policy.strands.meeting),
    )


def _workplace(evidence: Evidence, policy: CompletionPolicy) -> list[Missing]:
    left = shortfall(evidence, policy, "workplace")
    if left == 0:
        return []
    if not evidence.has_placement:
        return [Missing("workplace", Message(N_("On the job: no company is matched yet")), "centre")]
    found = []
    if evidence.days_returned:
        pair = P_("On the job: %(n)s day came back for correction", "On the job: %(n)s days came back for correction")
        found.append(Missing("workplace", Message(*pair, n=evidence.days_returned)))
    if evidence.days_waiting:
        pair = P_(
            "On the job: %(n)s day waits for the company's confirmation",
            "On the job: %(n)s days wait for the company's confirmation",
        )
        found.append(Missing("workplace", Message(*pair, n=evidence.days_waiting), "company"))
    if evidence.days_draft:
        pair = P_("On the job: %(n)s day is written but not sent", "On the job: %(n)s days are written but not sent")
        found.append(Missing("workplace", Message(*pair, n=evidence.days_draft)))
    found.append(Missing("workplace", Message(N_("On the job: %(n)s minutes are not confirmed yet"), n=left)))
    return found


def _practical(evidence: Evidence, policy: CompletionPolicy) -> list[Missing]:
    if not policy.practical:
        return []
    test = evidence.practical
    if test is None:
        return [Missing("practical", Message(N_("Practical test: not taken yet")), "centre")]
    if test.passed:
        left = shortfall(evidence, policy, "practical")
        return (
            [Missing("practical", Message(N_("Practical test: %(n)s minutes are missing"), n=left), "centre")]
            if left
            else []
        )
    if test.failed_steps:
        pair = P_(
            "Practical test: %(n)s critical step was not met", "Practical test: %(n)s critical steps were not met"
        )
        return [Missing("practical", Message(*pair, n=test.failed_steps), "centre")]
    return [
        Missing(
            "practical",
            Message(
                N_("Practical test: %(score)s points, pass mark %(mark)s"), score=test.score, mark=policy.pass_mark
            ),
            "centre",
        )
    ]


def outcome(evidence: Evidence, policy: CompletionPolicy, *, ends_on: date, today: date) -> Outcome:
    """The outcome today: completed as soon as nothing is missing; decided against only when the grace period is over."""
    if not missing(evidence, policy):
        return Outcome.COMPLETED
    if today <= ends_on + timedelta(days=policy.grace_days):
        return Outcome.IN_PROGRESS
    if not any(evidence.earned.values()):
        return Outcome.NOT_ATTENDED
    if any(shortfall(evidence, policy, strand) for strand in _ATTENDED):
        return Outcome.ABSENT
    return Outcome.FAILED


def evidence_hash(evidence: Evidence) -> str:
    """SHA-256 over the minutes and the ids of the records behind them, for the frozen outcome."""
    body = {"earned": {strand: evidence.earned.get(strand, 0) for strand in STRANDS}, "ids": sorted(evidence.ids)}
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
