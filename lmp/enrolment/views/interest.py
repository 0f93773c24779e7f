"""Interest: asking to be told about a course or a field, following the link, and one's own list."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import service as accounts
from lmp.accounts.models import OneTimeLink, Person
from lmp.content import service as content
from lmp.content.models import Course
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import service
from lmp.enrolment.forms import InterestForm
from lmp.enrolment.views.blueprint import bp
from lmp.network import service as network
from lmp.network.models import Field
from lmp.web import pages
from lmp.web.language import current_language


def _viewer() -> Person | None:
    """Whoever is signed in, or None."""
    found = pages.viewer()
    return accounts.person(found.person_id) if found is not None else None


@bp.route("/interest/course/<slug>", methods=["GET", "POST"])
@pages.public
def interest_in_course(slug: str) -> ResponseReturnValue:
    """Ask to be told when a run of a course takes applications."""
    return _ask(content.current_version(slug).course, None)


@bp.route("/interest/field/<slug>", methods=["GET", "POST"])
@pages.public
def interest_in_field(slug: str) -> ResponseReturnValue:
    """Ask to be told when a run of any course of a field takes applications."""
    return _ask(None, network.field(slug))


def _ask(course: Course | None, field: Field | None) -> ResponseReturnValue:
    who, form = _viewer(), InterestForm()
    form.offer(network.provinces(), known=who is not None)
    about = course.title if course is not None else field.name if field is not None else None
    if form.sent():
        try:
            if who is not None:
                service.interest.ask(
                    who, course=course, field=field, province_code=form.province_code(), by=pages.actor()
                )
                pages.notify("ok", Message(N_("You will hear from us as soon as applications open.")))
                return redirect(url_for("enrolment.interests"), 303)
            service.interest.ask_by_mail(
                form.email.data or "",
                course=course,
                field=field,
                province_code=form.province_code(),
                lang=current_language(),
                place=request.remote_addr or "",
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            return pages.render("enrolment/interest_mailed.html", email=form.email.data, about=about)
    back = url_for("catalogue.course", slug=course.slug) if course is not None else None
    if field is not None:
        back = url_for("catalogue.field", slug=field.slug)
    return pages.render("enrolment/interest.html", form=form, about=about, back=back), form.status


@bp.get("/interest")
@pages.needs(Action.KEEP_INTEREST)
def interests() -> ResponseReturnValue:
    """What the person asked to be told about."""
    who = _viewer()
    if who is None:
        raise NotFound
    return pages.render("enrolment/interests.html", interests=service.interest.interests_of(who.id))


@bp.post("/interest/<uuid:interest_id>/end")
@pages.needs(Action.KEEP_INTEREST)
def end_interest(interest_id: UUID) -> ResponseReturnValue:
    """No longer interested."""
    service.interest.end(service.interest.interest(interest_id), by=pages.actor())
    pages.notify("ok", Message(N_("You will not hear about this any more.")))
    return redirect(url_for("enrolment.interests"), 303)


def confirm_interest(link: OneTimeLink, token: str) -> ResponseReturnValue:
    """The link that was mailed: opening it shows a page, its button says yes."""
    accounts.open_link(token, service.interest.PURPOSE)
    found = service.interest.interest(link.subject_id)
    if request.method == "POST":
        service.interest.confirm(link, by=pages.actor())
    return pages.render("enrolment/interest_link.html", interest=found, done=request.method == "POST")


link_pages = {service.interest.PURPOSE: confirm_interest}
