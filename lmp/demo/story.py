"""The story of the demo: seven runs of one course besides those of its history, one at every stage of the chain, so that everybody has something to do."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from lmp.accounts.models import Person
from lmp.certificate import service as certificate
from lmp.certificate.models import RevocationKind
from lmp.demo import history, measures, people, words
from lmp.demo.days import Calendar, friday, monday, on
from lmp.demo.lives import Life, live
from lmp.demo.runs import Stage, apply, decide, open_run, seat
from lmp.demo.work import PLANNED_DAYS, Log
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Run, RunKind
from lmp.enrolment.offering import USUAL_HOURS
from lmp.workplace.rules import LATE_AFTER

#: From the Monday to the Friday of a run of five weeks.
_LENGTH = timedelta(days=32)
_ACTIVITY_NO = "DEMO-0001"
#: How many hours a place that became free is held in the small run.
_TO_THINK_OVER = 72
_ABSENT = Life(units=0, first_day=None)


def tell(stage: Stage) -> None:
    """Everything that has happened up to now, run by run."""
    _older(stage)
    history.tell(stage)
    _central(stage)
    _ended(stage)
    _running(stage)
    _coming(stage)
    _small(stage)
    _later(stage)


def _ready(number: int) -> Life:
    """Somebody who has done everything; every fourth of them was away for a day."""
    return Life(log=Log(away=4 if number % 4 == 3 else 0), host=number % 2, tests=((-2 - number % 3, True),))


def _begun(
    stage: Stage,
    starts_on: date,
    ends_on: date,
    lives: Mapping[str, Life],
    *,
    kind: RunKind = RunKind.OPEN,
    signatory: Person | None = None,
    measured: Sequence[str] = (),
) -> Run:
    """A run that has begun, with what everybody has done in it; those `measured` take the tests before and after it."""
    run = open_run(
        stage,
        starts_on,
        ends_on,
        opened_on=starts_on - timedelta(days=35),
        apply_until_on=starts_on - timedelta(days=10),
        capacity=12,
        kind=kind,
        signatory=signatory,
    )
    seated = seat(stage, run, lives, starts_on - timedelta(days=30), days=10)
    days = stage.calendar.between(starts_on, ends_on)
    measures.before(stage, [seated[name] for name in measured], starts_on)
    for number, (name, life) in enumerate(lives.items()):
        live(stage, seated[name], name, life, days, number=number)
    if ends_on < stage.calendar.today:
        measures.after(stage, [seated[name] for name in measured], ends_on)
    return run


def _older(stage: Stage) -> None:
    """Closed about a year ago: certificates, one of them revoked and replaced; ogretmen holds one too."""
    ends_on = friday(stage.calendar.ago(46 * 7))
    ready = ("ogretmen", *people.OLDER[:5])
    lives = {name: _ready(number) for number, name in enumerate(ready)}
    lives |= {people.OLDER[5]: Life(units=2, log=Log(confirmed=4)), people.OLDER[6]: _ABSENT}
    run = _begun(stage, ends_on - _LENGTH, ends_on, lives, measured=["ogretmen"])
    coordinator = stage.cast.actor("koordinator")
    with on(ends_on + timedelta(days=7), 14):
        _issue(stage, run, ready)
    with on(ends_on + timedelta(days=10), 10):
        enrolments.set_activity_no(run, _ACTIVITY_NO, by=coordinator)
        replaced = stage.cast.person(people.OLDER[1])
        (former,) = certificate.certificates_of_person(replaced.id)
        certificate.revoke(former, kind=RevocationKind.CORRECTION, note=words.REVOKED, by=coordinator)
        _issue(stage, run, [people.OLDER[1]])
    with on(ends_on + timedelta(days=20), 15):
        certificate.close_run(run, by=coordinator)


def _issue(stage: Stage, run: Run, names: Sequence[str]) -> None:
    """The coordinator reviews and issues."""
    wanted = {stage.cast.person(name).id for name in names}
    ids = [one.id for one in certificate.candidates(run) if one.person_id in wanted]
    coordinator = stage.cast.actor("koordinator")
    certificate.issue(certificate.prepare(run, ids, by=coordinator), by=coordinator)


def _central(stage: Stage) -> None:
    """Over for three weeks; six certificates wait for the confirmation of bakanlik, two people are not ready."""
    ends_on = friday(stage.calendar.ago(21))
    ready = people.CENTRAL[:6]
    lives = {name: _ready(number) for number, name in enumerate(ready)}
    lives |= {people.CENTRAL[6]: Life(units=2), people.CENTRAL[7]: Life(log=Log(confirmed=6), tests=((-2, True),))}
    signatory = stage.cast.person("bakanlik")
    run = _begun(
        stage, ends_on - _LENGTH, ends_on, lives, kind=RunKind.CENTRAL, signatory=signatory, measured=tuple(lives)
    )
    wanted = {stage.cast.person(name).id for name in ready}
    with on(stage.calendar.back(2), 15):
        ids = [one.id for one in certificate.candidates(run) if one.person_id in wanted]
        certificate.prepare(run, ids, by=stage.cast.actor("koordinator"))


def _ended(stage: Stage) -> None:
    """Over since last week: four are ready for koordinator, five are not, each for a reason of their own."""
    ends_on = friday(stage.calendar.ago(7))
    lives = {name: _ready(number) for number, name in enumerate(people.ENDED[:4])}
    open_unit, at_company, failed, untested, never = people.ENDED[4:]
    lives |= {
        open_unit: Life(units=2, begun=True, tests=((-2, True),)),
        at_company: Life(first_day=8, log=Log(confirmed=7, sent=1, returned=1)),
        failed: Life(tests=((-2, False),)),
        untested: Life(),
        never: _ABSENT,
    }
    _begun(stage, ends_on - _LENGTH, ends_on, lives, measured=people.ENDED[:8])


def _running(stage: Stage) -> None:
    """At work now: ogretmen and eleven others, each at another point."""
    starts_on, ends_on, lives = running(stage.calendar)
    _begun(stage, starts_on, ends_on, lives, measured=["ogretmen"])


def running(calendar: Calendar) -> tuple[date, date, dict[str, Life]]:
    """The run that began three weeks ago: its first day, its last, and how far everybody is."""
    starts_on, ends_on = monday(calendar.back(15)), friday(calendar.ahead(PLANNED_DAYS + 1))
    past = len([day for day in calendar.between(starts_on, ends_on) if day < calendar.today])
    sending, correcting, unmatched, done, away, failed, passed, early, newcomer, idle, busy = people.RUNNING
    not_yet = Log(confirmed=0)
    lives = {
        "ogretmen": _of_ogretmen(calendar, past),
        sending: Life(units=2, first_day=past - 7, log=Log(confirmed=5, sent=2, photos=True)),
        correcting: Life(units=2, begun=True, first_day=past - 6, log=Log(confirmed=4, returned=1, drafts=1)),
        unmatched: Life(first_day=None),
        done: Life(first_day=past - 12),
        away: Life(first_day=past - 12, log=Log(away=3), host=1),
        failed: Life(first_day=past - 12, tests=((past - 1, False),)),
        passed: Life(first_day=past - 12, host=1, tests=((past - 1, True),)),
        early: Life(units=1, first_day=past + 1, log=not_yet),
        newcomer: Life(units=0, begun=True, first_day=past + 1, log=not_yet, host=1),
        idle: Life(units=0, first_day=past + 1, log=not_yet),
        busy: Life(first_day=past - 6, log=Log(confirmed=6), host=1),
    }
    return starts_on, ends_on, lives


def _of_ogretmen(calendar: Calendar, past: int) -> Life:
    """A unit and a half; five days confirmed, the days after them written, one day still to be written.

    The placement begins on a Monday where the calendar allows it. The day to be written is today; when today is no working
    day it is the last one before, as long as the teacher may still begin it.
    """
    behind = next((number for number in (7, 6, 8, 9) if calendar.back(number).weekday() == 0), 7)
    drafts = behind - 5
    if calendar.today not in calendar.working and (calendar.today - calendar.back(1)).days <= LATE_AFTER:
        drafts -= 1
    return Life(units=1, begun=True, first_day=past - behind, log=Log(confirmed=5, drafts=drafts, photos=True))


def _coming(stage: Stage) -> None:
    """Begins in seven weeks, six of 24 seats free; three applications wait for okulmuduru, the oldest for too long."""
    calendar = stage.calendar
    starts_on = monday(calendar.today + timedelta(weeks=7))
    run = _open(stage, starts_on, opened_on=calendar.ago(15), capacity=24)
    seat(stage, run, people.COMING, calendar.ago(13), days=9)
    refused = apply(stage, run, people.REFUSED, calendar.ago(6))
    decide(stage, refused, calendar.ago(5), words.REFUSAL, approve=False)
    for number, (name, days) in enumerate(zip(people.ASKING, (1, 2, 5), strict=True)):
        apply(stage, run, name, calendar.ago(days), number=number)


def _small(stage: Stage) -> None:
    """Begins in four weeks and is full: one withdrew, the place is held for Cevdet, three are on the reserve list."""
    calendar = stage.calendar
    starts_on = monday(calendar.today + timedelta(weeks=4))
    run = _open(
        stage, starts_on, opened_on=calendar.ago(30), capacity=6, kind=RunKind.LOCAL, offer_hours=_TO_THINK_OVER
    )
    seated = seat(stage, run, people.SMALL, calendar.ago(28), days=10)
    leaving = people.SMALL[0]
    with on(calendar.ago(1), 15):
        enrolments.withdraw(seated[leaving], reason=words.WITHDRAWAL, by=stage.cast.actor(leaving))


def _later(stage: Stage) -> None:
    """Begins in another month and has many seats left."""
    calendar = stage.calendar
    run = _open(stage, monday(calendar.today + timedelta(weeks=15)), opened_on=calendar.ago(10), capacity=20)
    seat(stage, run, people.LATER, calendar.ago(8), days=4)


def _open(
    stage: Stage,
    starts_on: date,
    *,
    opened_on: date,
    capacity: int,
    kind: RunKind = RunKind.OPEN,
    offer_hours: int = USUAL_HOURS,
) -> Run:
    """A run that takes applications now, and until a week before it begins."""
    return open_run(
        stage,
        starts_on,
        starts_on + _LENGTH,
        opened_on=opened_on,
        apply_until_on=starts_on - timedelta(days=7),
        capacity=capacity,
        kind=kind,
        offer_hours=offer_hours,
    )
