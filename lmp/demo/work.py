"""How the demo's teachers spend their days at the company: they write them, send them, and the mentor answers the mail."""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby

from sqlalchemy import select

from lmp.access import Actor, ActorKind
from lmp.accounts import service as accounts
from lmp.accounts.models import OneTimeLink
from lmp.core import clock, db
from lmp.core.ids import new_id
from lmp.core.mail import Mail
from lmp.demo import pictures, words
from lmp.demo.days import monday, on
from lmp.demo.places import Host
from lmp.enrolment.models import Enrolment
from lmp.workplace import service as workplace
from lmp.workplace.models import Placement, Presence, SentWeek

DAY_STARTS, DAY_ENDS, BREAK = time(8, 30), time(15, 30), 60
PLANNED_DAYS = 10
_LINK = re.compile(r"/m/([\w-]+)")


@dataclass(frozen=True)
class Log:
    """How far a teacher's days at the company are; in order of the days: confirmed, sent, returned, drafts."""

    confirmed: int = PLANNED_DAYS
    sent: int = 0
    returned: int = 0
    drafts: int = 0
    #: The number of a day on which the teacher was away.
    away: int = 0
    photos: bool = False
    #: How many days after a week was sent the company answers.
    answered_after: int = 0

    @property
    def written(self) -> int:
        """How many days are written."""
        return self.confirmed + self.sent + self.returned + self.drafts


def place(enrolment: Enrolment, host: Host, days: Sequence[date], *, on_day: date, by: Actor) -> Placement:
    """The coordinator matches a company for the planned working days; the briefing is on the first of them."""
    with on(on_day, 9, 30):
        return workplace.place(
            enrolment,
            workplace_id=host.workplace.id,
            mentor_id=host.mentor.id,
            starts_on=days[0],
            ends_on=days[-1],
            planned_days=len(days),
            day_starts=DAY_STARTS,
            day_ends=DAY_ENDS,
            break_minutes=BREAK,
            briefed_on=days[0],
            by=by,
        )


def keep_log(placement: Placement, days: Sequence[date], log: Log, *, by: Actor) -> None:
    """Write the days one by one, send them week by week, and let the mentor answer."""
    plan = workplace.plan_of(placement)
    for number, day in enumerate(days[: log.written], 1):
        _write(placement, plan, day, number, log, by)
    for _, week in groupby(days[: log.confirmed], monday):
        sent, link = _send(placement, list(week), by)
        with _evening(sent, log.answered_after):
            workplace.confirm(sent, link, by=_mentor(link))
    asked = list(days[log.confirmed : log.confirmed + log.sent + log.returned])
    if asked:
        _ask_corrections(placement, *_send(placement, asked, by), asked[log.sent :])


def _write(placement: Placement, plan: workplace.Plan, day: date, number: int, log: Log, by: Actor) -> None:
    """One day, written in the afternoon: three of the planned tasks and a sentence, or why the teacher was away."""
    present = number != log.away
    planned = plan.day(day)
    with on(day, 16, 10):
        workplace.save_day(
            placement,
            entry_id=new_id(),
            on=day,
            presence=Presence.PRESENT if present else Presence.ABSENT,
            starts=DAY_STARTS,
            ends=DAY_ENDS,
            break_minutes=BREAK,
            tasks=[task.id for task in planned.tasks[:3]] if planned else [],
            version=0,
            other_work=words.pick(words.OTHER_WORK, number),
            reflection=words.pick(words.REFLECTIONS, number - 1) if present else "",
            reason="" if present else words.AWAY,
            photos=_photos(number) if log.photos and present else (),
            by=by,
        )


def _photos(number: int) -> tuple[bytes, ...]:
    """What somebody photographed on a day; nothing on most days."""
    match number:
        case 1:
            return (pictures.panel(4),)
        case 4:
            return pictures.panel(8), pictures.panel(6)
        case 5:
            return (pictures.meter("0,08"),)
        case 7:
            return pictures.meter("231,4"), pictures.panel(5)
    return ()


def _send(placement: Placement, days: list[date], by: Actor) -> tuple[SentWeek, OneTimeLink]:
    """Send some days on the afternoon of the last one; answers the week and the link from the mentor's mail."""
    with on(days[-1], 16, 40):
        week = workplace.send_week(placement, days, by=by)
        newest = select(Mail.text).where(Mail.template == "workplace/week_sent").order_by(Mail.id.desc()).limit(1)
        found = _LINK.search(db.session().scalars(newest).one())
        if found is None:
            raise LookupError("the mail to the mentor has no link")
        return week, accounts.open_link(found[1], "mentor")


def _mentor(link: OneTimeLink) -> Actor:
    """Whoever holds the link."""
    return Actor(ActorKind.LINK, name=link.bearer_name, purpose=link.purpose, subject=link.subject_id)


def _evening(week: SentWeek, days: int = 0) -> AbstractContextManager[None]:
    """When the mentor answers: on the evening of the day on which the week was sent, or some days later."""
    return on(clock.local(week.sent_at).date() + timedelta(days=days), 18, 20)


def _ask_corrections(placement: Placement, week: SentWeek, link: OneTimeLink, days: Sequence[date]) -> None:
    """The mentor wants some days changed and leaves the others for later."""
    for day in days:
        entry = workplace.find_entry(placement.id, day)
        if entry is None:
            raise LookupError(f"{day} is not written")
        with _evening(week):
            workplace.ask_correction(week, entry.id, words.CORRECTION, link, by=_mentor(link))
