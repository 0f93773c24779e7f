"""What people are told about applications, each in their own language."""

from datetime import date
from typing import Any
from uuid import UUID

from lmp.access import Role
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.core import addresses, clock, written
from lmp.core.db import Bilingual
from lmp.enrolment.models import ApprovalStep, Enrolment, Run
from lmp.enrolment.words import Until
from lmp.notice import service as notice
from lmp.notice.service import Topic

#: A first and a last day.
Span = tuple[date, date]


def topic(run: Run) -> Topic:
    """The training that notices belong to: the course and its days."""
    title, days = run.course.title, (run.starts_on, run.ends_on)
    return Topic(
        run.id, Bilingual(*(f"{title.in_language(lang)}, {written.span(*days, lang)}" for lang in ("tr", "en")))
    )


def asked(step: ApprovalStep) -> None:
    """Ask everybody with an account who may decide a step, but never the teacher whose application it is."""
    enrolment = step.enrolment
    for approver in accounts.holders(Role.APPROVER, step.scope_kind, step.scope, about=enrolment.person_id):
        notice.tell(
            "application.decide",
            approver,
            "enrolment/asked",
            page=addresses.page("enrolment.application", step_id=step.id),
            topic=topic(enrolment.run),
            subject=step.id,
            due_on=step.due_on,
            detail=enrolment.person.name,
            teacher=enrolment.person.name,
            until_on=step.due_on,
            **about(enrolment.run),
        )


def declared_wrong(enrolment: Enrolment, step: ApprovalStep) -> None:
    """Tell the teacher that the school approved but calls their branch wrong."""
    notice.tell(
        "application",
        enrolment.person,
        "enrolment/declared_wrong",
        page=addresses.page("accounts.teaching"),
        topic=topic(enrolment.run),
        subject=enrolment.id,
        detail=step.reason,
        office=step.scope_name,
        reason=step.reason,
    )


def applied(enrolment: Enrolment, first: ApprovalStep) -> None:
    """Tell the teacher that the application has arrived, who is waited for and until when."""
    _tell(enrolment, "enrolment/applied", office=first.scope_name, until_on=first.due_on)


def passed_on(enrolment: Enrolment, done: ApprovalStep, following: ApprovalStep) -> None:
    """Tell the teacher that one step approved and the next was asked."""
    _tell(
        enrolment,
        "enrolment/passed_on",
        office=done.scope_name,
        next_office=following.scope_name,
        until_on=following.due_on,
    )


def refused(enrolment: Enrolment, step: ApprovalStep) -> None:
    """Tell the teacher who refused, and why."""
    _tell(enrolment, "enrolment/refused", detail=step.reason, office=step.scope_name, reason=step.reason)


def seated(enrolment: Enrolment) -> None:
    """Tell the teacher that they have a place."""
    _tell(enrolment, "enrolment/seated")


def reserved(enrolment: Enrolment, rank: int) -> None:
    """Tell the teacher their place on the reserve list."""
    _tell(enrolment, "enrolment/reserved", rank=rank)


def promoted(enrolment: Enrolment) -> None:
    """Tell a teacher of the reserve list that a place became free and is theirs."""
    _tell(enrolment, "enrolment/promoted", kind="place.offered")


def offered(enrolment: Enrolment) -> None:
    """Tell a teacher of the reserve list that a place is held for them, and until when."""
    ends = clock.local(enrolment.offer_until or clock.now())
    _tell(
        enrolment,
        "enrolment/offered",
        kind="place.offered",
        page=addresses.page("enrolment.offer", enrolment_id=enrolment.id),
        due_on=ends.date(),
        until=Until(ends),
    )


def accepted(enrolment: Enrolment) -> None:
    """Tell the teacher that the place they accepted is theirs."""
    _tell(enrolment, "enrolment/accepted")


def offer_ended(enrolment: Enrolment, until: Until, rank: int | None) -> None:
    """Tell the teacher that the time to answer is over; `rank` is their place on the reserve list, None off the list."""
    _tell(enrolment, "enrolment/offer_ended", kind="place.offered", until=until, rank=rank)


def offer_taken_back(enrolment: Enrolment, reason: str, rank: int | None) -> None:
    """Tell the teacher that the centre took the offer back, why, and their place on the reserve list."""
    _tell(enrolment, "enrolment/offer_taken_back", kind="place.offered", detail=reason, reason=reason, rank=rank)


def ended(enrolment: Enrolment, reason: str) -> None:
    """Tell the teacher that the centre ended their application or place, and why."""
    _tell(enrolment, "enrolment/ended", kind="run.changed", detail=reason, reason=reason)


def run_changed(
    run: Run, who: Person, page: addresses.Page, *, once: str, subject: UUID, why: Bilingual, before: Span | None
) -> None:
    """Tell somebody of a run that it has other days than `before`, or that it is cancelled where there are none."""
    notice.tell(
        "run.changed",
        who,
        "enrolment/dates_changed" if before else "enrolment/run_cancelled",
        page=page,
        topic=topic(run),
        subject=subject,
        due_on=run.starts_on if before else None,
        detail=why,
        once=f"run.changed:{once}",
        why=why,
        before=before,
        course_url=addresses.page("catalogue.course", slug=run.course.slug).address(who.lang),
        interest_url=addresses.page("enrolment.interest_in_course", slug=run.course.slug).address(who.lang),
        **about(run),
    )


def _tell(
    enrolment: Enrolment,
    template: str,
    *,
    kind: str = "application",
    detail: str = "",
    page: addresses.Page | None = None,
    due_on: date | None = None,
    **values: Any,
) -> None:
    """Tell the teacher, and lead to the page of their application unless to another."""
    notice.tell(
        kind,
        enrolment.person,
        template,
        page=page or addresses.page("journey.run", enrolment_id=enrolment.id),
        topic=topic(enrolment.run),
        subject=enrolment.id,
        due_on=due_on,
        detail=detail,
        **about(enrolment.run),
        **values,
    )


def about(run: Run) -> dict[str, Any]:
    """What every mail says of the run."""
    return {"title": run.course.title, "starts_on": run.starts_on, "ends_on": run.ends_on, "venue": run.venue}
