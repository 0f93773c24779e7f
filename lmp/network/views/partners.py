"""Companies and the other partners of a centre."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Role, admits, allows, require
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.network import service, words
from lmp.network.forms import NewPartnerForm, PartnerForm
from lmp.network.models import Centre, Company, PartnerKind
from lmp.network.service import lists
from lmp.network.views.blueprint import bp
from lmp.network.views.editing import (
    Crumb,
    Fact,
    Record,
    Section,
    done,
    edit_page,
    management,
    record_page,
    saved,
    site,
)
from lmp.network.views.listed import STATE, Add, Listed, answer, centre_filter, in_language
from lmp.web import listing, pages
from lmp.web.listing import Choice, Filter

_TITLE = Message(N_("Companies and partners"))
_KIND = Filter("kind", Message(N_("Type")), [Choice(kind.value, word) for kind, word in words.PARTNER_KINDS.items()])
_COLUMNS: list[Column[Any]] = [
    Column(Message(N_("Company or institution")), lambda row: row.name, 40),
    Column(Message(N_("Type")), lambda row: words.PARTNER_KINDS[row.kind], 20),
    Column(Message(N_("Centre")), lambda row: row.centre.short_name, 30),
    Column(Message(N_("Province of the centre")), lambda row: row.centre.province.name, 16),
    Column(Message(N_("Website")), lambda row: row.website, 28),
]
_CLOSED: Column[Any] = Column(Message(N_("Closed on")), lambda row: row.closed_on, 12)


def above() -> list[Crumb]:
    """The way back from a partner."""
    return [management(), Crumb(_TITLE, url_for("network.partners"))]


def _listed_centres() -> list[Centre]:
    """The centres to narrow by: all that the reader's list can hold."""
    if pages.actor().has(Role.NETWORK_ADMINISTRATOR) or pages.actor().has(Role.CENTRE_ADMINISTRATOR):
        return service.centres()
    return service.centres_of(pages.actor().scopes(Role.TRAINER))


@bp.get("/partner")
@pages.needs(Action.SEE_PARTNER)
def partners() -> ResponseReturnValue:
    """The partners, as far as the reader sees them."""
    filters = [_KIND, centre_filter(_listed_centres()), STATE]
    asked = listing.asked(filters)
    may_add = admits(pages.actor(), [Action.KEEP_PARTNER])
    listed = Listed(
        title=_TITLE,
        label=Message(N_("Search by company or institution")),
        columns=[*_COLUMNS, _CLOSED] if asked.get("state") else _COLUMNS,
        link=lambda row: url_for("network.partner", company_id=row.id),
        add=Add(Message(N_("Add a partner")), url_for("network.add_partner")) if may_add else None,
        empty=Message(N_("No partner is recorded yet. Teachers can be matched with a company once it stands here.")),
    )
    return answer(listed, lists.partner_list(asked.query, asked.chosen, pages.actor()), asked, filters)


@bp.route("/partner/<uuid:company_id>", methods=["GET", "POST"])
@pages.needs(Action.SEE_PARTNER)
def partner(company_id: UUID) -> ResponseReturnValue:
    """One partner with its workplaces, and for its own centre the mentors and protocols."""
    found, by = service.seen_company(company_id, pages.actor()), pages.actor()
    keeps = allows(by, Action.KEEP_PARTNER, found)
    facts: list[Fact] = [
        (Message(N_("Type")), words.PARTNER_KINDS[found.kind]),
        (Message(N_("Centre")), found.centre.name),
        (Message(N_("Website")), site(found.website)),
    ]
    sections = [_workplaces(found, keeps)] if found.kind is PartnerKind.COMPANY else []
    if found.kind is PartnerKind.COMPANY and allows(by, Action.SEE_CONTACT, found):
        sections.append(_contacts(found, keeps))
    if allows(by, Action.SEE_PROTOCOL, found):
        sections.append(_protocols(found, keeps))
    return record_page(
        Record(
            thing=found,
            title=found.name,
            crumbs=above(),
            kicker=found.centre.province.name,
            facts=facts,
            sections=sections,
            edit_url=url_for("network.edit_partner", company_id=company_id) if keeps else None,
            acts={
                "close": lambda: service.close_partner(found, by=by),
                "reopen": lambda: service.reopen_partner(found, by=by),
                "remove": lambda: service.remove_partner(found, by=by),
            }
            if keeps
            else {},
            notice=None
            if allows(by, Action.SEE_CONTACT, found)
            else Message(N_("Another centre works with this partner. You see what is public between centres.")),
        ),
        with_history=allows(by, Action.SEE_PROTOCOL, found),
    )


def _workplaces(found: Company, keeps: bool) -> Section:
    """Where teachers learn."""
    rows = [
        {
            "title": one.name,
            "url": url_for("network.workplace", workplace_id=one.id) if keeps else None,
            "meta": f"{one.district}, {one.province.name}",
            "more": words.HAZARD_CLASSES.get(one.hazard_class, one.hazard_class),
            "closed_on": one.closed_on,
        }
        for one in service.workplaces_of(found.id)
    ]
    return Section(
        Message(N_("Workplaces")),
        rows,
        Message(N_("No workplace yet. Teachers learn at a workplace of the company.")),
        (Message(N_("Add a workplace")), url_for("network.add_workplace", company_id=found.id)) if keeps else None,
    )


def _contacts(found: Company, keeps: bool) -> Section:
    """Who confirms days."""
    rows = [
        {
            "title": one.name,
            "url": url_for("network.contact", contact_id=one.id) if keeps else None,
            "meta": one.title,
            "more": one.email,
            "checked_on": one.checked_on,
            "unchecked": one.checked_on is None,
            "closed_on": one.closed_on,
        }
        for one in service.contacts_of(found.id)
    ]
    return Section(
        Message(N_("Mentors")),
        rows,
        Message(N_("Nobody yet. The mentor confirms the teachers’ days by e-mail, without an account.")),
        (Message(N_("Add a mentor")), url_for("network.add_contact", company_id=found.id)) if keeps else None,
    )


def _protocols(found: Company, keeps: bool) -> Section:
    """What was agreed in writing."""
    rows = [
        {
            "title": one.title,
            "url": url_for("network.protocol", protocol_id=one.id),
            "from": one.starts_on,
            "until": one.ends_on,
            "standing": service.standing(one),
        }
        for one in service.protocols_of(found.id)
    ]
    return Section(
        Message(N_("Protocols")),
        rows,
        Message(N_("No protocol is recorded.")),
        (Message(N_("Add a protocol")), url_for("network.add_protocol", company_id=found.id)) if keeps else None,
    )


def _values(form: PartnerForm) -> dict[str, Any]:
    if form.kind.data not in list(PartnerKind):
        raise RuleBroken(Message(N_("Choose a kind.")), "kind")
    return {
        "name": form.name.data or "",
        "kind": PartnerKind(form.kind.data),
        "website": form.website.data or "",
        "by": pages.actor(),
    }


@bp.route("/partner/new", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PARTNER)
def add_partner() -> ResponseReturnValue:
    """A new partner of one of the reader's centres."""
    kept = service.centres_in_use(pages.actor())
    form = NewPartnerForm()
    form.offer()
    form.offer_centres(kept)
    made: list[Company] = []

    def save() -> None:
        centre = next((one for one in kept if one.slug == form.centre.data), None)
        if centre is None:
            raise RuleBroken(Message(N_("Choose the centre.")), "centre")
        made.append(service.add_company(centre=centre, **_values(form)))

    if saved(form, save):
        return done(url_for("network.partner", company_id=made[0].id))
    return edit_page(form, Message(N_("Add a partner")), above(), url_for("network.partners"), first=["centre"])


def _form(found: Company, **more: Any) -> PartnerForm:
    kept = {"version": str(found.version), "name": found.name, "kind": found.kind.value, "website": found.website}
    form = PartnerForm(data=kept, **more)
    form.offer()
    return form


@bp.route("/partner/<uuid:company_id>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PARTNER)
def edit_partner(company_id: UUID) -> ResponseReturnValue:
    """A partner's name, kind and website."""
    found = service.company(company_id)
    require(pages.actor(), Action.KEEP_PARTNER, found)
    form, back = _form(found), url_for("network.partner", company_id=company_id)

    def save() -> None:
        service.change_company(found, seen=form.seen(), **_values(form))

    if saved(form, save, lambda: _form(found, formdata=None)):
        return done(back)
    crumbs = [*above(), Crumb(found.name, back)]
    return edit_page(form, found.name, crumbs, back, kicker=in_language(found.centre.name))
