"""The mails about applications, each in its reader's language."""

from lmp.access import Role
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.core import addresses, mail
from lmp.enrolment.models import ApprovalStep, Enrolment, Run


def asked(step: ApprovalStep) -> None:
    """Ask everybody who may decide a step, but never the teacher whose application it is."""
    enrolment = step.enrolment
    for approver in accounts.holders(Role.APPROVER, step.scope_kind, step.scope):
        if approver.id != enrolment.person_id:
            mail.queue(
                "enrolment/asked",
                to=(approver.name, approver.email),
                lang=approver.lang,
                name=approver.name,
                teacher=enrolment.person.name,
                until_on=step.due_on,
                url=addresses.to("enrolment.application", lang=approver.lang, step_id=step.id),
                **_about(enrolment.run),
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
    _tell(enrolment, "enrolment/refused", office=step.scope_name, reason=step.reason)


def seated(enrolment: Enrolment) -> None:
    """Tell the teacher that they have a place."""
    _tell(enrolment, "enrolment/seated")


def reserved(enrolment: Enrolment, rank: int) -> None:
    """Tell the teacher their place on the reserve list."""
    _tell(enrolment, "enrolment/reserved", rank=rank)


def promoted(enrolment: Enrolment) -> None:
    """Tell a teacher of the reserve list that a place became free and is theirs."""
    _tell(enrolment, "enrolment/promoted")


def _tell(enrolment: Enrolment, template: str, **values: object) -> None:
    """A mail to the teacher that leads to the page of their application."""
    teacher: Person = enrolment.person
    url = addresses.to("journey.run", lang=teacher.lang, enrolment_id=enrolment.id)
    mail.queue(
        template,
        to=(teacher.name, teacher.email),
        lang=teacher.lang,
        name=teacher.name,
        url=url,
        **_about(enrolment.run),
        **values,
    )


def _about(run: Run) -> dict[str, object]:
    """What every mail says of the run."""
    return {"title": run.course.title, "starts_on": run.starts_on, "ends_on": run.ends_on, "venue": run.venue}
