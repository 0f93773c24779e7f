"""The daily mail: one per person that has something, made in keyed batches, never twice for a person and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from lmp.accounts.models import Person, PersonState
from lmp.core import addresses, clock, db, jobs, mail
from lmp.core.ids import parse_id
from lmp.network import service as network
from lmp.network.models import DayKind as CalendarKind
from lmp.notice import rules
from lmp.notice.models import Digest, Notice
from lmp.notice.rules import DayKind, Delivery, Settings
from lmp.notice.service import choosing, stopping, telling

JOB = "notice.digest"
TEMPLATE = "notice/digest"
#: People a job looks at before it hands over to the next.
BATCH = 200
#: Lines of one mail; the page of notices has the rest.
MOST_LINES = 40
_LOOK_AHEAD = 14


def begin() -> None:
    """Once a day, when its time has come, start with the first people; asked again and again by the worker."""
    local = clock.local(clock.now())
    plan = plan_of(local.date())
    key = f"{JOB}:{local.date().isoformat()}"
    if local.time() >= plan.at and not jobs.is_known(key):
        _queue(local.date(), None, key)


def _queue(day: date, after: UUID | None, key: str) -> None:
    jobs.queue(JOB, {"day": day.isoformat(), "after": str(after or "")}, unique=key)


def plan_of(day: date) -> rules.DigestPlan:
    """When the daily mail of a day leaves, by the calendar."""
    calendar = network.calendar_between(day, day + timedelta(days=_LOOK_AHEAD))
    kinds = {
        on: _kind(on, calendar[on].kind if on in calendar else None)
        for on in (day + timedelta(days=number) for number in range(_LOOK_AHEAD + 1))
    }
    working = (on for on, kind in kinds.items() if on > day and kind is not DayKind.REST)
    return rules.digest_plan(kinds[day], next(working, day + timedelta(days=1)))


def _kind(day: date, special: CalendarKind | None) -> DayKind:
    if day.weekday() >= rules.SATURDAY or special in (CalendarKind.HOLIDAY, CalendarKind.LEAVE):
        return DayKind.REST
    return DayKind.HALF if special is CalendarKind.HALF_DAY else DayKind.WORKING


def make(payload: dict[str, Any]) -> None:
    """The worker's job: the mails of the next people, and a job for those after them. It may run twice."""
    day, after = date.fromisoformat(payload["day"]), parse_id(payload["after"])
    people = _waiting(plan_of(day), after)
    lines = _lines(people)
    settings = choosing.settings_of_many(people)
    found = db.session().scalars(select(Person).where(Person.id.in_(people)).order_by(Person.id))
    for who in found.unique():
        _make_one(who, day, lines[who.id], settings[who.id])
    if len(people) == BATCH:
        _queue(day, people[-1], f"{JOB}:{day.isoformat()}:{people[-1]}")


def _waiting(plan: rules.DigestPlan, after: UUID | None) -> list[UUID]:
    """The next people for whom something waits."""
    wanted = select(Notice.person_id).where(Notice.delivery == Delivery.DIGEST, Notice.digested_on.is_(None))
    if plan.due_until is not None:
        wanted = wanted.where(Notice.due_on <= plan.due_until)
    if after is not None:
        wanted = wanted.where(Notice.person_id > after)
    return list(db.session().scalars(wanted.distinct().order_by(Notice.person_id).limit(BATCH)))


def _lines(people: Sequence[UUID]) -> dict[UUID, list[Notice]]:
    """Person → what waits for them, oldest first."""
    waiting = select(Notice).where(
        Notice.person_id.in_(people), Notice.delivery == Delivery.DIGEST, Notice.digested_on.is_(None)
    )
    lines: dict[UUID, list[Notice]] = {person_id: [] for person_id in people}
    for one in db.session().scalars(waiting.order_by(Notice.told_at, Notice.id)):
        lines[one.person_id].append(one)
    return lines


def _make_one(who: Person, day: date, waiting: Sequence[Notice], settings: Settings) -> None:
    """The mail of one person, with what they have not read yet; the row's key keeps it from being made twice."""
    unread = [one for one in waiting if one.read_at is None]
    wanted = unread if who.state is PersonState.ACTIVE and settings.digest else []
    if wanted and not _claim(who.id, day, len(wanted)):
        return
    ids = [one.id for one in waiting]
    done = update(Notice).where(Notice.id.in_(ids)).values(digested_on=day)
    db.session().execute(done.execution_options(synchronize_session=False))
    if wanted:
        _send(who, wanted, settings)


def _claim(person_id: UUID, day: date, lines: int) -> bool:
    """Write down that this person has the mail of this day; False when another worker was first."""
    try:
        with db.session().begin_nested():
            db.session().add(Digest(person_id=person_id, day=day, lines=lines, made_at=clock.now()))
    except IntegrityError:
        return False
    return True


@dataclass(frozen=True)
class Line:
    """A line of the daily mail."""

    title: str
    detail: str
    url: str
    due_on: date | None


@dataclass(frozen=True)
class Group:
    """The lines of one training, what is due first on top."""

    title: str
    lines: Sequence[Line]


def groups(unread: Sequence[Notice], lang: str) -> list[Group]:
    """Lines by training: the training with the nearest due day first, and in each the nearest due day first."""
    last = date.max
    ordered = sorted(unread, key=lambda one: (one.due_on or last, one.told_at))[:MOST_LINES]
    found: dict[UUID | None, list[Notice]] = {}
    for one in ordered:
        found.setdefault(one.topic_id, []).append(one)
    return [Group(lines[0].topic.in_language(lang), [_line(one, lang) for one in lines]) for lines in found.values()]


def _line(one: Notice, lang: str) -> Line:
    url = addresses.absolute(rules.path_in(one.path, lang))
    return Line(one.title.in_language(lang), one.detail.in_language(lang), url, one.due_on)


def _send(who: Person, unread: Sequence[Notice], settings: Settings) -> None:
    due = min((one.due_on for one in unread if one.due_on is not None), default=None)
    mail.queue(
        TEMPLATE,
        to=who,
        stop_url=stopping.address(stopping.PERSON, who.id, rules.DIGEST, who.lang),
        send_after=telling.send_after(settings, due),
        name=who.name,
        groups=groups(unread, who.lang),
        number=len(unread),
        more=max(0, len(unread) - MOST_LINES),
        url=addresses.to("notice.notices", lang=who.lang),
    )
