"""Mentor contacts: who confirms days at a company, and when the centre last made sure of them."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, require
from lmp.core.messages import N_, P_, Message
from lmp.network import service, words
from lmp.network.forms import ContactForm
from lmp.network.models import MentorContact
from lmp.network.views.blueprint import bp
from lmp.network.views.editing import Crumb, Record, done, edit_page, mailto, record_page, saved
from lmp.network.views.workplaces import of_partner
from lmp.web import pages


def _form(found: MentorContact | None = None, **more: Any) -> ContactForm:
    names = ("name", "title", "email", "phone", "lang", "certificate_kind")
    kept = {"version": str(found.version), **{name: getattr(found, name) for name in names}} if found else {}
    form = ContactForm(data=kept, **more)
    form.offer()
    return form


def _values(form: ContactForm) -> dict[str, Any]:
    return {
        "name": form.name.data or "",
        "title": form.title.data or "",
        "email": form.email.data or "",
        "phone": form.phone.data or "",
        "lang": form.lang.data or "",
        "certificate_kind": form.certificate_kind.data or "",
        "checked": bool(form.checked.data),
        "by": pages.actor(),
    }


@bp.route("/partner/<uuid:company_id>/contact/new", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PARTNER)
def add_contact(company_id: UUID) -> ResponseReturnValue:
    """A new mentor contact."""
    company = service.company(company_id)
    require(pages.actor(), Action.KEEP_PARTNER, company)
    form, back = _form(), url_for("network.partner", company_id=company_id)
    if saved(form, lambda: service.add_mentor_contact(company, **_values(form))):
        return done(back)
    return edit_page(form, Message(N_("Add a mentor")), of_partner(company), back, kicker=company.name)


@bp.route("/contact/<uuid:contact_id>", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PARTNER)
def contact(contact_id: UUID) -> ResponseReturnValue:
    """One mentor contact."""
    found, by = service.mentor_contact(contact_id), pages.actor()
    require(by, Action.KEEP_PARTNER, found)
    return record_page(
        Record(
            thing=found,
            title=found.name,
            crumbs=of_partner(found.company),
            kicker=found.company.name,
            facts=[
                (Message(N_("Duty at the company")), found.title),
                (Message(N_("E-mail")), mailto(found.email)),
                (Message(N_("Phone")), found.phone),
                (Message(N_("Language of the e-mails")), words.LANGUAGES.get(found.lang, found.lang)),
                (
                    Message(N_("Certificate")),
                    words.CERTIFICATE_KINDS.get(found.certificate_kind, found.certificate_kind),
                ),
                (Message(N_("Checked on")), found.checked_on or Message(N_("not checked yet"))),
            ],
            edit_url=url_for("network.edit_contact", contact_id=contact_id),
            acts={
                "close": lambda: service.close_contact(found, by=by),
                "reopen": lambda: service.reopen_contact(found, by=by),
                "remove": lambda: service.remove_contact(found, by=by),
            },
        )
    )


@bp.route("/contact/<uuid:contact_id>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PARTNER)
def edit_contact(contact_id: UUID) -> ResponseReturnValue:
    """All about a mentor contact; weeks that wait go to a new address at once."""
    found = service.mentor_contact(contact_id)
    require(pages.actor(), Action.KEEP_PARTNER, found)
    form, back = _form(found), url_for("network.contact", contact_id=contact_id)
    asked: list[int] = []
    if saved(
        form,
        lambda: asked.append(service.change_mentor_contact(found, seen=form.seen(), **_values(form))),
        lambda: _form(found, formdata=None),
    ):
        return done(back, _sent(asked[0]) if asked[0] else None)
    crumbs = [*of_partner(found.company), Crumb(found.name, back)]
    return edit_page(form, found.name, crumbs, back, kicker=found.company.name)


def _sent(weeks: int) -> Message:
    """What became of the weeks that waited."""
    return Message(
        *P_(
            "Saved. The old link no longer works; the week that waits was sent to the new address.",
            "Saved. The old links no longer work; %(n)s weeks that wait were sent to the new address.",
        ),
        n=weeks,
    )
