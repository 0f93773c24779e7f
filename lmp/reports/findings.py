"""What a picture shows, said in one sentence above it; every sentence holds for nought, one and many."""

from collections.abc import Mapping, Sequence
from datetime import date

from lmp.core import written
from lmp.core.messages import N_, P_, Message
from lmp.hours.models import Strand
from lmp.reports.rules import Waited

STRANDS: dict[Strand, Message] = {
    Strand.ONLINE: Message(N_("Distance learning")),
    Strand.MEETING: Message(N_("Face-to-face training")),
    Strand.WORKPLACE: Message(N_("On-the-job training")),
    Strand.PRACTICAL: Message(N_("Practical test")),
}
NOTHING = Message(N_("Nothing to show yet"))


class Month:
    """A month as people write it: Kasım 2026."""

    def __init__(self, first: date) -> None:
        """Keep its first day."""
        self.first = first

    def in_language(self, lang: str) -> str:
        """Name and year."""
        return f"{written.MONTHS[lang][self.first.month - 1]} {self.first.year}"


class Hours:
    """A number of minutes, written in hours: 81,5 saat."""

    def __init__(self, minutes: int) -> None:
        """Keep the minutes."""
        self.minutes = minutes

    def in_language(self, lang: str) -> str:
        """Hours with one decimal at most."""
        return written.hours(self.minutes, lang)


class Percent:
    """A share, written as per cent."""

    def __init__(self, part: int, whole: int) -> None:
        """Keep both; nothing of nothing is nought."""
        self.share = part / whole if whole else 0

    def in_language(self, lang: str) -> str:
        """%87 or 87%."""
        return written.percent(self.share, lang)


def participation(seated: int, certified: int) -> Message:
    """How many took part and how many hold a certificate."""
    if not seated and not certified:
        return Message(N_("Nobody took part in this time"))
    return Message(
        N_("%(seated)s teachers took part, %(certified)s got a certificate"), seated=seated, certified=certified
    )


def strongest_strand(minutes: Mapping[Strand, int]) -> Message:
    """The strand with most minutes."""
    total = sum(minutes.values())
    if total <= 0:
        return NOTHING
    strand = max(minutes, key=lambda one: minutes[one])
    return Message(
        N_("Most time by strand: %(strand)s, %(hours)s (%(share)s)"),
        strand=STRANDS[strand],
        hours=Hours(minutes[strand]),
        share=Percent(minutes[strand], total),
    )


def busiest_month(months: Sequence[tuple[date, int]]) -> Message:
    """The month with most certificates."""
    if not any(number for _month, number in months):
        return Message(N_("No certificate was issued in this time"))
    month, number = max(months, key=lambda pair: pair[1])
    pair = P_(
        "Month with most certificates: %(month)s, %(n)s certificate",
        "Month with most certificates: %(month)s, %(n)s certificates",
    )
    return Message(*pair, month=Month(month), n=number)


_COMPANY = P_(
    "Half of the companies' confirmations came within %(n)s day",
    "Half of the companies' confirmations came within %(n)s days",
)
_APPROVAL = P_("Half of the approvals came within %(n)s day", "Half of the approvals came within %(n)s days")


def waiting(company: Waited | None, approval: Waited | None) -> Message:
    """How long the wait for companies was, or else the one for approvals."""
    if company is not None:
        return Message(*_COMPANY, n=company.half)
    if approval is not None:
        return Message(*_APPROVAL, n=approval.half)
    return Message(N_("Nobody has waited for anything yet"))


def absence(away: int, days: int) -> Message:
    """The share of confirmed days on which teachers were away."""
    if not days:
        return Message(N_("No day at a company was confirmed yet"))
    if not away:
        return Message(
            *P_("Nobody was away on %(n)s day at a company", "Nobody was away on %(n)s days at a company"), n=days
        )
    return Message(
        N_("Absence at companies: %(share)s, %(away)s of %(days)s days"),
        share=Percent(away, days),
        away=away,
        days=days,
    )


def attendance(marks: Mapping[int, int]) -> Message:
    """The share of half days face to face at which people were there."""
    everybody, there = sum(marks.values()), marks.get(0, 0)
    if not everybody:
        return Message(N_("No roster was closed yet"))
    return Message(
        N_("People were there in %(share)s of all cases, %(there)s of %(n)s"),
        share=Percent(there, everybody),
        there=there,
        n=everybody,
    )


def provinces(names: Sequence[tuple[str, int]]) -> Message:
    """From how many provinces, and from where most."""
    there = [(name, number) for name, number in names if name and number]
    if not there:
        return NOTHING
    name, number = max(there, key=lambda pair: pair[1])
    pair = P_(
        "Teachers from %(n)s province; most from: %(name)s (%(number)s)",
        "Teachers from %(n)s provinces; most from: %(name)s (%(number)s)",
    )
    return Message(*pair, n=len(there), name=name, number=number)


def progress(seated: int, certified: int) -> Message:
    """Seats and certificates as they grew."""
    if not seated and not certified:
        return NOTHING
    return Message(
        N_("Certificates grew to %(certified)s, seats to %(seated)s in this time"), certified=certified, seated=seated
    )


def earned(minutes: int, planned: int) -> Message:
    """How much of the planned time is earned."""
    return Message(
        N_("%(earned)s of the planned %(planned)s hours are earned"),
        earned=round(minutes / 60),
        planned=round(planned / 60),
    )


def complete(people: int, everybody: int) -> Message:
    """How many have the whole of the planned time."""
    return Message(N_("The whole time is earned by %(people)s of %(n)s teachers"), people=people, n=everybody)
