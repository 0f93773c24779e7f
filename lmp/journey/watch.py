"""Looks after the people of a run for its desk: numbers, names and waiting times in sentences."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from lmp.core import clock
from lmp.core.messages import N_, P_, Message
from lmp.enrolment import desk
from lmp.enrolment.models import Run
from lmp.journey import attention, rules
from lmp.journey.attention import Behind, Count, Counts, Lag, Need

_SAID = {
    Lag.LOG: P_("No log for %(n)s day, since %(day)s", "No log for %(n)s days, since %(day)s"),
    Lag.STUDY: P_("No unit completed for %(n)s day, since %(day)s", "No unit completed for %(n)s days, since %(day)s"),
}
_SHORT = {
    Lag.LOG: P_("No log for %(n)s day", "No log for %(n)s days"),
    Lag.STUDY: P_("No unit for %(n)s day", "No unit for %(n)s days"),
}
_CARDS = {
    Need.BEHIND: P_("person is behind", "people are behind"),
    Need.UNPLACED: P_("person has no company", "people have no company"),
    Need.COMPANY: P_("week has waited long for the company", "weeks have waited long for the company"),
}
_WAITS = {
    Need.APPROVAL: P_("%(n)s application waits for approval", "%(n)s applications wait for approval"),
    Need.COMPANY: P_("%(n)s week of logs waits for confirmation", "%(n)s weeks of logs wait for confirmation"),
    Need.UNPLACED: P_("%(n)s person waits for a company", "%(n)s people wait for a company"),
    Need.RETURNED: P_("%(n)s day of a log waits for correction", "%(n)s days of logs wait for correction"),
}
#: For whom something waits: the key of the state, and its words.
WHOM = {
    Need.APPROVAL: ("waiting", Message(N_("For the school or the directorate"))),
    Need.COMPANY: ("waiting_company", Message(N_("For the company"))),
    Need.UNPLACED: ("alert", Message(N_("For the centre"))),
    Need.RETURNED: ("returned", Message(N_("For the teacher"))),
}
#: Where the desk shows them.
VIEWS = {
    Need.BEHIND: "behind",
    Need.APPROVAL: "waiting",
    Need.UNPLACED: "unplaced",
    Need.COMPANY: "company",
    Need.RETURNED: "returned",
}


def said(one: Behind) -> Message:
    """In what somebody is behind, how long, and since when."""
    return Message(*_SAID[one.lag], n=attention.days_since(one.since), day=one.since)


def how_many(need: Need, number: int) -> Message:
    """How many things wait."""
    return Message(*_WAITS[need], n=number)


def how_long(need: Need, count: Count) -> Message | None:
    """Until when an answer is due, or how long the oldest thing has waited."""
    if need is Need.APPROVAL and count.late:
        pair = P_("%(n)s of them is overdue, since %(day)s", "%(n)s of them are overdue, since %(day)s")
        return Message(*pair, n=count.late, day=count.on)
    if need is Need.APPROVAL:
        return Message(N_("Next answer due by %(day)s"), day=count.on)
    days = count.days(clock.today())
    return Message(*P_("The oldest for %(n)s day", "The oldest for %(n)s days"), n=days) if days else None


class Watch:
    """What the application hands to the desk."""

    def look(self, run: Run) -> desk.Watched:
        """The most urgent numbers, who is behind longest, and what waits for whom."""
        behind = attention.everybody_behind(run)
        counts = {**attention.counts([run], with_behind=False)[run.id], **_count(behind)}
        return desk.Watched(
            cards=_cards(counts),
            behind=[desk.Behind(one.enrolment_id, one.name, said(one), one.since) for one in behind[: rules.MOST]],
            waiting=[_waiting(need, counts[need]) for need in _WAITS if need in counts],
            counts={VIEWS[need]: count.people for need, count in counts.items()},
            lags={one.enrolment_id: Message(*_SHORT[one.lag], n=attention.days_since(one.since)) for one in behind},
        )

    def narrowed(self, run: Run, view: str) -> ColumnElement[bool]:
        """One of the views it counts, as a filter of enrolments."""
        return attention.narrowed(run, next(need for need, name in VIEWS.items() if name == view))


def _count(behind: Sequence[Behind]) -> Counts:
    """People who are behind, those who are longest behind first, as one of the needs."""
    return {Need.BEHIND: Count(len(behind), len(behind), on=behind[0].since)} if behind else {}


def _cards(counts: Counts) -> list[desk.Card]:
    """People who are behind, then those without a company, then weeks that a company has left too long."""
    numbers = {
        Need.BEHIND: counts.get(Need.BEHIND, Count()).number,
        Need.UNPLACED: counts.get(Need.UNPLACED, Count()).number,
        Need.COMPANY: counts.get(Need.COMPANY, Count()).late,
    }
    return [desk.Card(number, Message(*_CARDS[need], n=number), VIEWS[need]) for need, number in numbers.items()]


def _waiting(need: Need, count: Count) -> desk.Waiting:
    state, whom = WHOM[need]
    return desk.Waiting(how_many(need, count.number), how_long(need, count), whom, state, VIEWS[need])
