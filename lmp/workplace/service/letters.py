"""What leaves for the mentor and comes back to the teacher: the one-time link, its mail, and the answers."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import lazyload

from lmp.access import Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.core import addresses, clock, db, mail
from lmp.core.addresses import Page
from lmp.enrolment import service as enrolment_service
from lmp.notice import service as notice
from lmp.workplace import afterwards, rules
from lmp.workplace.models import DayEntry, DayState, Placement, SentWeek

PURPOSE = "mentor"


def open_weeks(placement_id: UUID) -> list[SentWeek]:
    """The weeks of a placement that wait for the company."""
    found = select(SentWeek).where(SentWeek.placement_id == placement_id, SentWeek.decided_at.is_(None))
    return list(db.session().scalars(found.options(lazyload(SentWeek.placement)).order_by(SentWeek.id)))


def undecided(week: SentWeek) -> list[DayEntry]:
    """The days of a sent week that the company has not decided and that have not changed since, in order."""
    wanted = [UUID(entry_id) for entry_id in week.entries]
    found = select(DayEntry).where(DayEntry.id.in_(wanted), DayEntry.state == DayState.SENT)
    entries = db.session().scalars(found.options(lazyload(DayEntry.placement)).order_by(DayEntry.day))
    return [entry for entry in entries if week.entries[str(entry.id)] == entry.version]


def take_back(week: SentWeek) -> None:
    """End a week's link and give the days that were not decided back to the teacher.

    The link goes first: confirming locks it first too, so the two never wait for each other.
    """
    accounts.end_links(PURPOSE, week.id)
    week.decided_at = clock.now()
    db.session().flush()
    waiting = [entry.id for entry in undecided(week)]
    db.session().execute(
        update(DayEntry)
        .where(DayEntry.id.in_(waiting), DayEntry.state == DayState.SENT)
        .values(state=DayState.DRAFT, sent_at=None)
    )


def ask_mentor(week: SentWeek, entries: Sequence[DayEntry]) -> None:
    """Make a fresh link for a week, let earlier ones die, and mail it to the placement's mentor."""
    mentor = week.placement.mentor
    accounts.end_links(PURPOSE, week.id)
    token = accounts.make_link(
        PURPOSE, week.id, bound_to=week.entries, bearer_name=mentor.name, days_valid=rules.LINK_DAYS
    )
    written = mail.queue(
        "workplace/week_sent",
        to=mentor,
        **_of_days(week.placement, entries),
        closes_on=clock.today() + timedelta(days=rules.LINK_DAYS),
        address=f"{addresses.link(token)}?lang={mentor.lang}",
    )
    week.mailed_at, week.mail_id = written.queued_at, written.id
    db.session().flush()


def _of_days(placement: Placement, entries: Sequence[DayEntry]) -> dict[str, Any]:
    """Whose days a mail to the mentor speaks of, where they were, and what they add up to."""
    return {
        "mentor": placement.mentor.name,
        "teacher": placement.enrolment.person.name,
        "company": placement.workplace.company.name,
        "centre": placement.enrolment.run.centre.name,
        "span": (min(entry.day for entry in entries), max(entry.day for entry in entries)),
        "days": len(entries),
        "minutes": sum(entry.minutes for entry in entries),
    }


def send_receipt(week: SentWeek, confirmed: Sequence[DayEntry]) -> None:
    """Tell the mentor what was confirmed in their name, with a link by which it can be taken back for some days."""
    mentor = week.placement.mentor
    token = accounts.make_link(
        PURPOSE, week.id, bound_to=week.entries, bearer_name=mentor.name, days_valid=afterwards.TAKE_BACK_DAYS
    )
    mail.queue(
        "workplace/receipt",
        to=mentor,
        **_of_days(week.placement, confirmed),
        until_on=clock.today() + timedelta(days=afterwards.TAKE_BACK_DAYS),
        address=f"{addresses.link(token)}?lang={mentor.lang}",
    )


def _tell(kind: str, who: Person, template: str, placement: Placement, page: Page, **values: Any) -> None:
    """Tell somebody about a placement."""
    run = placement.enrolment.run
    notice.tell(kind, who, template, page=page, topic=enrolment_service.topic(run), subject=placement.id, **values)


def tell_placed(placement: Placement, *, changed: bool) -> None:
    """Tell the teacher where and with whom they learn on the job."""
    _tell(
        "workplace.placed",
        placement.enrolment.person,
        "workplace/placed",
        placement,
        addresses.page("workplace.log"),
        detail=placement.workplace.company.name,
        changed=changed,
        course=placement.enrolment.run.course.title,
        company=placement.workplace.company.name,
        workplace=placement.workplace.name,
        mentor=placement.mentor.name,
        title=placement.mentor.title,
        span=(placement.starts_on, placement.ends_on),
        hours=(placement.day_starts, placement.day_ends),
        briefed_on=placement.briefed_on,
    )


def tell_confirmed(week: SentWeek, confirmed: Sequence[DayEntry], returned: Sequence[DayEntry]) -> None:
    """Tell the teacher what was confirmed, and which days could not be counted; those ask for an act."""
    _tell(
        "workplace.returned" if returned else "workplace.confirmed",
        week.placement.enrolment.person,
        "workplace/week_confirmed",
        week.placement,
        _week_page(week, min(entry.day for entry in (*confirmed, *returned))),
        mentor=week.mentor_name,
        company=week.placement.workplace.company.name,
        days=len(confirmed),
        minutes=sum(entry.minutes for entry in confirmed),
        returned=[(entry.day, entry.returned_why) for entry in returned],
    )


def tell_returned(week: SentWeek, entry: DayEntry) -> None:
    """Tell the teacher which day is to be corrected, in the mentor's words."""
    _tell(
        "workplace.returned",
        week.placement.enrolment.person,
        "workplace/day_returned",
        week.placement,
        addresses.page("workplace.day", placement_id=week.placement_id, on=entry.day.isoformat()),
        detail=entry.returned_why,
        mentor=week.mentor_name,
        day=entry.day,
        why=entry.returned_why,
    )


def tell_taken_back(week: SentWeek, entries: Sequence[DayEntry], why: str) -> None:
    """Tell the teacher which confirmed days the company took back, in the mentor's words."""
    _tell(
        "workplace.returned",
        week.placement.enrolment.person,
        "workplace/taken_back",
        week.placement,
        _week_page(week, min(entry.day for entry in entries)),
        detail=why,
        mentor=week.mentor_name,
        days=[entry.day for entry in entries],
        number=len(entries),
        minutes=sum(entry.minutes for entry in entries),
        why=why,
    )


def end_every_link(placement_ids: Collection[UUID]) -> None:
    """Let every link of some placements die, also those by which a confirmation could still be taken back."""
    found = select(SentWeek.id).where(SentWeek.placement_id.in_(placement_ids))
    for week_id in db.session().scalars(found):
        accounts.end_links(PURPOSE, week_id)


def tell_denied(week: SentWeek) -> None:
    """Tell the centre and the teacher that somebody else got the mentor's link."""
    enrolment = week.placement.enrolment
    for who in (*_administrators(enrolment.run.centre_id), enrolment.person):
        is_teacher = who.id == enrolment.person_id
        _tell(
            "workplace.denied",
            who,
            "workplace/mentor_denied",
            week.placement,
            addresses.page("workplace.log")
            if is_teacher
            else addresses.page("workplace.staff_log", enrolment_id=enrolment.id),
            detail=week.placement.workplace.company.name,
            is_teacher=is_teacher,
            teacher=enrolment.person.name,
            mentor=week.mentor_name,
            company=week.placement.workplace.company.name,
        )


def _administrators(centre_id: UUID) -> list[Person]:
    """Who looks after the centre's placements."""
    return accounts.holders(Role.CENTRE_ADMINISTRATOR, ScopeKind.CENTRE, str(centre_id))


def _week_page(week: SentWeek, on: date) -> Page:
    """The teacher's page of the week a day lies in."""
    number = rules.week_number(week.placement.starts_on, on)
    return addresses.page("workplace.week", placement_id=week.placement_id, number=number)
