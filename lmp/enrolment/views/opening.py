"""Opening a run: choose the course, then say when, where, how many, who, and what is asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Role, ScopeKind, allows, require
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.content import service as content
from lmp.content.models import Course
from lmp.core import turkish
from lmp.core.db import Bilingual
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import offering, service
from lmp.enrolment.forms import OpenRunForm, policy_values
from lmp.enrolment.models import Run, RunKind
from lmp.enrolment.views.blueprint import bp
from lmp.network import service as network
from lmp.web import pages

#: What most runs have; the coordinator changes it.
USUAL = {
    "capacity": 24,
    "offer_hours": offering.USUAL_HOURS,
    "kind": RunKind.OPEN.value,
    "school": True,
    "school_days": 3,
    "district_days": 3,
    "province_days": 3,
}


@bp.get("/run/new")
@pages.needs(Action.OPEN_RUN)
def open_run() -> ResponseReturnValue:
    """Which course the run is of."""
    in_use = {centre.id for centre in network.centres_in_use(pages.actor())}
    courses = [
        course
        for course in content.courses()
        if course.centre_id in in_use and allows(pages.actor(), Action.OPEN_RUN, course)
    ]
    return pages.render(
        "enrolment/choose_course.html", courses=courses, interested=service.interest.interested(courses)
    )


@dataclass(frozen=True)
class Staff:
    """The people of a centre who may be named for a run."""

    trainers: list[Person]
    assessors: list[Person]
    signatories: list[Person]


def _staff(course: Course) -> Staff:
    """Who may be named, by name in Turkish order."""
    here = str(course.centre_id)
    return Staff(
        trainers=_by_name(accounts.holders(Role.TRAINER, ScopeKind.CENTRE, here)),
        assessors=_by_name(accounts.holders(Role.ASSESSOR, ScopeKind.CENTRE, here)),
        signatories=_by_name(
            [
                *accounts.holders(Role.CENTRE_ADMINISTRATOR, ScopeKind.CENTRE, here),
                *accounts.holders(Role.NETWORK_ADMINISTRATOR, ScopeKind.NETWORK, ""),
            ]
        ),
    )


def _by_name(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (turkish.sort_key(person.name), person.id))


def _chosen(people: Sequence[Person], ids: Iterable[str]) -> list[Person]:
    """The people whose boxes were ticked."""
    wanted = set(ids)
    return [person for person in people if str(person.id) in wanted]


@bp.route("/run/new/<slug>", methods=["GET", "POST"])
@pages.needs(Action.OPEN_RUN)
def open_run_of(slug: str) -> ResponseReturnValue:
    """Everything a new run needs, prefilled with what the course and most runs have."""
    version = content.current_version(slug)
    require(pages.actor(), Action.OPEN_RUN, version.course)
    staff = _staff(version.course)
    form = OpenRunForm(data={**USUAL, **policy_values(content.document(version).policy)})
    form.offer(trainers=staff.trainers, assessors=staff.assessors, signatories=staff.signatories)
    if form.sent():
        try:
            made = _open(form, slug, staff)
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The run is open.")))
            return redirect(url_for("enrolment.run", run_id=made.id), 303)
    page = pages.render(
        "enrolment/open_run.html",
        form=form,
        course=version.course,
        version=version,
        interested=service.interest.interested([version.course])[version.course.id],
    )
    return page, form.status


def _open(form: OpenRunForm, slug: str, staff: Staff) -> Run:
    """Open the run as the form says."""
    signatory = _chosen(staff.signatories, [form.signatory.data])
    return service.open_run(
        slug,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        apply_from_on=form.apply_from_on.data,
        apply_until_on=form.apply_until_on.data,
        capacity=form.capacity.data,
        offer_hours=form.offer_hours.data,
        kind=RunKind(form.kind.data),
        policy=form.policy(),
        chain=form.chain(),
        venue=Bilingual(form.venue_tr.data or "", form.venue_en.data or ""),
        activity_no=form.activity_no.data,
        trainers=_chosen(staff.trainers, form.trainers.data or ()),
        assessors=_chosen(staff.assessors, form.assessors.data or ()),
        signatory=signatory[0] if signatory else None,
        by=pages.actor(),
    )
