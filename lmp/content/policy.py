"""The completion policy: what must be earned before a course counts as completed. Values only, no database."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from lmp.content.texts import Flag, Minutes, Part, Percent, Real
from lmp.core.messages import N_, Message

Strand = Literal["online", "meeting", "workplace", "practical"]
STRANDS: tuple[Strand, ...] = ("online", "meeting", "workplace", "practical")
#: Why somebody may be away with an excuse: a medical report, leave, another official duty.
Excuse = Literal["report", "leave", "duty"]
#: The minutes a lesson hour may have.
LESSONS = (40, 45, 50, 60)


class StrandMinutes(Part):
    """Minutes of the four strands."""

    online: Minutes
    meeting: Minutes
    workplace: Minutes
    practical: Minutes

    def of(self, strand: Strand) -> int:
        """The minutes of one strand."""
        return self.by_strand()[strand]

    def by_strand(self) -> dict[Strand, int]:
        """The minutes of every strand, in the order in which strands are always shown."""
        return {
            "online": self.online,
            "meeting": self.meeting,
            "workplace": self.workplace,
            "practical": self.practical,
        }


class CompletionPolicy(Part):
    """What a run asks of a teacher; a course gives the default, each run keeps its own copy."""

    strands: StrandMinutes
    absence_share: Annotated[Real, Field(ge=0, le=1)]
    pass_mark: Percent
    practical: Flag
    document: Literal["completion", "course", "seminar"]
    lesson_minutes: Literal[40, 45, 50, 60]
    grace_days: Annotated[int, Field(strict=True, ge=0, le=366)]
    #: Excuses that do not count as absence; none means that every missed minute counts.
    excused: tuple[Excuse, ...] | None = None
    #: True while the values are an example that nobody has confirmed.
    example: Flag = True


def unreachable(policy: CompletionPolicy, planned: StrandMinutes) -> dict[Strand, Message]:
    """Strands in which the policy asks for more than the course plans, each with the sentence to show."""
    return {
        strand: Message(
            N_("The policy asks for %(required)s minutes, but the course plans only %(planned)s."),
            required=required,
            planned=planned.of(strand),
        )
        for strand, required in policy.strands.by_strand().items()
        if required > planned.of(strand)
    }


def missing_minutes(policy: CompletionPolicy, earned: Mapping[Strand, int]) -> dict[Strand, int]:
    """Minutes that are still to be earned, only for strands where any are."""
    missing = {strand: need - earned.get(strand, 0) for strand, need in policy.strands.by_strand().items()}
    return {strand: minutes for strand, minutes in missing.items() if minutes > 0}


def allowed_absence(policy: CompletionPolicy, planned: int) -> int:
    """The most minutes one may miss of a planned length, rounded down."""
    return int(round(planned * policy.absence_share, 6))


def is_absent_too_long(policy: CompletionPolicy, *, absent: int, planned: int) -> bool:
    """Whether the missed minutes are more than the policy allows."""
    return absent > allowed_absence(policy, planned)


def is_excused(policy: CompletionPolicy, excuse: str) -> bool:
    """Whether time missed with this excuse is left out of the absence."""
    return excuse in (policy.excused or ())


def is_pass(policy: CompletionPolicy, score: float) -> bool:
    """Whether a score in per cent reaches the pass mark; it is compared as it is, never rounded up."""
    return score >= policy.pass_mark


def needs_activity_number(policy: CompletionPolicy) -> bool:
    """Whether the document's name belongs to activities that MEBBİS knows by number (kurs or seminer belgesi)."""
    return policy.document != "completion"
