"""Interest: asking to be told when a run takes applications, and telling it once."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, func, or_, select, update

from lmp.access import Action, Actor, Facts, require
from lmp.accounts import rules as accounts_rules
from lmp.accounts import service as accounts
from lmp.accounts.models import OneTimeLink, Person
from lmp.audit import service as audit
from lmp.content.models import Course
from lmp.core import addresses, clock, db, jobs, mail
from lmp.core.errors import NotFound
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.enrolment.models import Interest, Run, RunState
from lmp.enrolment.service import letters
from lmp.network.models import Field
from lmp.notice import service as notice

JOB = "enrolment.tell_interested"
PURPOSE = "interest"
BATCH = 200
LINK_DAYS = 7
#: When people are told on the first day of applications.
TOLD_AT = time(8, 30)
#: Mails that one place, and to one address, may be asked for: the form is open to everybody.
PER_PLACE = accounts_rules.Limit(20, timedelta(hours=1))
PER_ADDRESS = accounts_rules.Limit(3, timedelta(hours=24))


def _of(course: Course | None, field: Field | None) -> ColumnElement[bool]:
    return Interest.course_id == course.id if course is not None else Interest.field_id == (field.id if field else None)


def _waits() -> ColumnElement[bool]:
    """Confirmed, not ended, not told yet."""
    return Interest.confirmed_at.is_not(None) & Interest.ended_at.is_(None) & Interest.told_at.is_(None)


def ask(who: Person, *, course: Course | None, field: Field | None, province_code: int | None, by: Actor) -> Interest:
    """A person asks to be told; asking again for the same thing only changes the province."""
    require(by, Action.KEEP_INTEREST, Facts(owner=who.id))
    mine = select(Interest).where(Interest.person_id == who.id, _of(course, field), _waits())
    made = db.session().scalars(mine.limit(1)).unique().one_or_none()
    if made is None:
        made = _add(course, field, province_code, lang=who.lang, person_id=who.id, confirmed_at=clock.now())
        audit.record(by, "enrolment.interest_asked", made)
    made.province_code = province_code
    return made


def ask_by_mail(
    email: str, *, course: Course | None, field: Field | None, province_code: int | None, lang: str, place: str
) -> None:
    """Somebody without an account asks; nothing counts until the link in the mail is followed.

    Raises RuleBroken for an address that cannot be, TooMany where mails are asked for in heaps.
    """
    address = accounts_rules.address(email)
    for kind, what, limit in (("interest place", place, PER_PLACE), ("interest address", address, PER_ADDRESS)):
        accounts.check_limit(kind, what, limit)
        accounts.count_attempt(kind, what, limit)
    made = _add(course, field, province_code, lang=lang, email=address)
    token = accounts.make_link(PURPOSE, made.id, bound_to={}, bearer_name="", days_valid=LINK_DAYS)
    mail.queue(
        "enrolment/interest_asked",
        to=mail.Address("", address, lang),
        about=made.about,
        url=f"{addresses.link(token)}?lang={lang}",
        days=LINK_DAYS,
    )


def _add(course: Course | None, field: Field | None, province_code: int | None, **values: Any) -> Interest:
    made = Interest(course=course, field=field, province_code=province_code, asked_at=clock.now(), **values)
    db.session().add(made)
    db.session().flush()
    return made


def interest(interest_id: UUID) -> Interest:
    """An interest by id. Raises NotFound."""
    found = db.session().get(Interest, interest_id)
    if found is None:
        raise NotFound
    return found


def confirm(link: OneTimeLink, *, by: Actor) -> Interest:
    """Whoever got the mail says yes. Raises Gone when the link was used."""
    found = interest(link.subject_id)
    require(by, Action.KEEP_INTEREST, found)
    accounts.spend_link(link)
    found.confirmed_at = clock.now()
    audit.record(by, "enrolment.interest_confirmed", found)
    return found


def end(found: Interest, *, by: Actor) -> None:
    """No longer interested; ending it twice changes nothing."""
    require(by, Action.KEEP_INTEREST, found)
    if found.ended_at is None:
        found.ended_at = clock.now()
        audit.record(by, "enrolment.interest_ended", found)


def interests_of(person_id: UUID) -> list[Interest]:
    """What a person asked to be told about and still waits for, or was told lately; newest first."""
    mine = select(Interest).where(Interest.person_id == person_id, Interest.ended_at.is_(None))
    return list(db.session().scalars(mine.order_by(Interest.asked_at.desc(), Interest.id).limit(100)).unique())


def interested(courses: list[Course]) -> dict[UUID, int]:
    """Course → how many wait to be told of a run of it (for the course or one of its fields), in two queries."""
    by_course = _counts(Interest.course_id, [course.id for course in courses])
    by_field = _counts(Interest.field_id, [field.id for course in courses for field in course.fields])
    return {
        course.id: by_course.get(course.id, 0) + sum(by_field.get(field.id, 0) for field in course.fields)
        for course in courses
    }


def _counts(key: Any, ids: list[UUID]) -> dict[UUID, int]:
    counted = select(key, func.count()).where(key.in_(ids), _waits()).group_by(key)
    return {key_id: int(number) for key_id, number in db.session().execute(counted)}


def queue_telling(run: Run) -> None:
    """Tell whoever waits on the first day of applications; called when a run is opened."""
    begins = clock.wall(run.apply_from_on, TOLD_AT)
    jobs.queue(JOB, {"run": str(run.id), "after": ""}, unique=f"{JOB}:{run.id}", run_at=max(begins, clock.now()))


def tell(payload: dict[str, Any]) -> None:
    """The worker's job: tell the next people, and queue a job for those after them. It may run twice."""
    run, after = db.session().get(Run, UUID(payload["run"])), parse_id(payload["after"])
    if run is None or run.state is not RunState.OPEN or run.apply_until_on < clock.today():
        return
    wanted = select(Interest).where(
        _waits(),
        or_(Interest.course_id == run.course_id, Interest.field_id.in_([field.id for field in run.course.fields])),
        or_(Interest.province_code.is_(None), Interest.province_code == run.centre.province_code),
    )
    if after is not None:
        wanted = wanted.where(Interest.id > after)
    found = list(db.session().scalars(wanted.order_by(Interest.id).limit(BATCH)).unique())
    for one in found:
        _tell_one(one, run)
    if len(found) == BATCH:
        last = found[-1].id
        jobs.queue(JOB, {"run": str(run.id), "after": str(last)}, unique=f"{JOB}:{run.id}:{last}")


def wait_again(run: Run) -> None:
    """Whoever was told of a run that is cancelled waits for the next one."""
    told = update(Interest).where(Interest.told_run_id == run.id, Interest.ended_at.is_(None))
    db.session().execute(told.values(told_at=None, told_run_id=None).execution_options(synchronize_session=False))


def _tell_one(one: Interest, run: Run) -> None:
    """Tell one reader, unless another worker was first."""
    claimed = update(Interest).where(Interest.id == one.id, Interest.told_at.is_(None))
    done = db.session().execute(
        claimed.values(told_at=clock.now(), told_run_id=run.id).execution_options(synchronize_session=False)
    )
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        return
    page = addresses.page("catalogue.course", slug=run.course.slug)
    values = {"about": one.about, "until_on": run.apply_until_on, **letters.about(run)}
    if one.person_id is not None:
        who = accounts.person(one.person_id)
        notice.tell(
            "interest",
            who,
            "enrolment/run_opens",
            page=page,
            topic=letters.topic(run),
            subject=run.id,
            due_on=run.apply_until_on,
            once=f"interest:{run.id}",
            **values,
        )
        return
    mail.queue(
        "enrolment/run_opens",
        to=mail.Address("", one.email, one.lang),
        stop_url=notice.stop_address(PURPOSE, one.id, PURPOSE, one.lang),
        name="",
        url=page.address(one.lang),
        **values,
    )


def _by_link(interest_id: UUID, by: Actor, *, ended: bool) -> None:
    found = interest(interest_id)
    require(by, Action.STOP_MAILS, Facts(subject=found.id))
    found.ended_at = clock.now() if ended else None
    audit.record(by, "enrolment.interest_ended" if ended else "enrolment.interest_resumed", found)


#: What the link at the foot of such a mail ends.
STOPPABLE = notice.Stoppable(
    words=lambda interest_id: Message(N_("News about “%(about)s”"), about=interest(interest_id).about),
    end=lambda interest_id, by: _by_link(interest_id, by, ended=True),
    resume=lambda interest_id, by: _by_link(interest_id, by, ended=False),
)
