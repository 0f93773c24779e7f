"""Centres: who hosts them, how they are reached, which fields they serve."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Facts, allows, require
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.network import service
from lmp.network.forms import CentreContactForm, CentreForm, offer_provinces
from lmp.network.models import Centre, Field
from lmp.network.service import lists
from lmp.network.views.blueprint import bp
from lmp.network.views.editing import (
    Crumb,
    Record,
    Section,
    chosen_fields,
    chosen_province,
    done,
    edit_page,
    mailto,
    management,
    record_page,
    saved,
    site,
)
from lmp.network.views.listed import STATE, Add, Listed, answer, field_filter, in_language, joined, province_filter
from lmp.web import listing, pages

Line = tuple[Centre, list[Field]]
_COLUMNS: list[Column[Any]] = [
    Column(Message(N_("Centre")), lambda row: in_language(row[0].name), 44),
    Column(Message(N_("Code")), lambda row: row[0].code, 8),
    Column(Message(N_("Host school")), lambda row: row[0].short_name, 30),
    Column(Message(N_("Province")), lambda row: row[0].province.name, 16),
    Column(Message(N_("District")), lambda row: row[0].district, 16),
    Column(Message(N_("Website")), lambda row: row[0].website, 26),
    Column(Message(N_("Office e-mail")), lambda row: row[0].office_email, 26),
    Column(Message(N_("Office phone")), lambda row: row[0].office_phone, 18),
    Column(Message(N_("Fields")), lambda row: joined(row[1]), 44),
]


def _with_fields(rows: Sequence[Centre]) -> Iterator[Line]:
    found = service.fields_by_centre([row.id for row in rows])
    return ((row, found.get(row.id, [])) for row in rows)


@bp.get("/centre")
@pages.needs(Action.SEE_NETWORK)
def centres() -> ResponseReturnValue:
    """All centres."""
    filters = [province_filter(), field_filter(), STATE]
    asked = listing.asked(filters)
    listed = Listed(
        title=Message(N_("Centres")),
        label=Message(N_("Search by name, host school or district")),
        columns=_COLUMNS,
        link=lambda row: url_for("network.centre", slug=row[0].slug),
        gather=_with_fields,
        only_in_files=frozenset({5, 7}),
        add=Add(Message(N_("Add a centre")), url_for("network.add_centre")) if _may_keep() else None,
    )
    return answer(listed, lists.centre_list(asked.query, asked.chosen), asked, filters)


def _above() -> list[Crumb]:
    return [management(), Crumb(Message(N_("Centres")), url_for("network.centres"))]


def _may_keep() -> bool:
    return allows(pages.actor(), Action.KEEP_NETWORK, Facts())


@bp.route("/centre/new", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NETWORK)
def add_centre() -> ResponseReturnValue:
    """A new centre; its code follows from the province."""
    form = CentreForm()
    _offer(form)
    made: list[Centre] = []
    if saved(form, lambda: made.append(service.add_centre(_details(form), by=pages.actor()))):
        return done(url_for("network.centre", slug=made[0].slug))
    return edit_page(form, Message(N_("Add a centre")), _above(), url_for("network.centres"))


@bp.route("/centre/<slug>", methods=["GET", "POST"])
@pages.needs(Action.SEE_NETWORK)
def centre(slug: str) -> ResponseReturnValue:
    """One centre."""
    found, by, keeps = service.centre(slug), pages.actor(), _may_keep()
    fields = [
        {"title": in_language(one.name), "url": url_for("network.field", slug=one.slug)}
        for one in service.fields_of_centre(found.id)
    ]
    partners = [
        {"title": Message(N_("See the partners of this centre")), "url": url_for("network.partners", centre=slug)}
    ]
    return record_page(
        Record(
            thing=found,
            title=found.name,
            crumbs=_above(),
            kicker=found.province.name,
            facts=[
                (Message(N_("Code")), found.code),
                (Message(N_("Host school")), found.host_school),
                (Message(N_("Province")), found.province.name),
                (Message(N_("District")), found.district),
                (Message(N_("Website")), site(found.website)),
                (Message(N_("Office e-mail")), mailto(found.office_email)),
                (Message(N_("Office phone")), found.office_phone),
            ],
            sections=[
                Section(Message(N_("Fields the centre serves")), fields, Message(N_("No field is recorded yet."))),
                Section(Message(N_("Partners")), partners),
            ],
            edit_url=url_for("network.edit_centre", slug=slug) if allows(by, Action.KEEP_CENTRE, found) else None,
            acts={
                "close": lambda: service.close_centre(found, by=by),
                "reopen": lambda: service.reopen_centre(found, by=by),
                "remove": lambda: service.remove_centre(found, by=by),
            }
            if keeps
            else {},
        )
    )


def _contact(found: Centre) -> dict[str, Any]:
    names = ("website", "office_email", "office_phone")
    return {"version": str(found.version), **{name: getattr(found, name) for name in names}}


def _whole(found: Centre, fields: Iterable[Field]) -> dict[str, Any]:
    return {
        **_contact(found),
        "name_tr": found.name.tr,
        "name_en": found.name.en,
        "host_school": found.host_school,
        "short_name": found.short_name,
        "province": str(found.province_code),
        "district": found.district,
        "fields": [one.slug for one in fields],
    }


@bp.route("/centre/<slug>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_CENTRE)
def edit_centre(slug: str) -> ResponseReturnValue:
    """The network changes everything, the centre itself how it is reached."""
    found = service.centre(slug)
    require(pages.actor(), Action.KEEP_CENTRE, found)
    whole = allows(pages.actor(), Action.KEEP_NETWORK, found)
    form = _whole_form(found) if whole else CentreContactForm(data=_contact(found))
    fresh = _fresh_whole if whole else _fresh_contact
    back = url_for("network.centre", slug=slug)
    if saved(form, lambda: _save(found, form), lambda: fresh(found)):
        return done(back)
    return edit_page(form, found.name, [*_above(), Crumb(found.name, back)], back)


def _whole_form(found: Centre) -> CentreForm:
    fields = service.fields_of_centre(found.id)
    form = CentreForm(data=_whole(found, fields))
    _offer(form, fields)
    return form


def _fresh_whole(found: Centre) -> CentreForm:
    fields = service.fields_of_centre(found.id)
    form = CentreForm(formdata=None, data=_whole(found, fields))
    _offer(form, fields)
    return form


def _fresh_contact(found: Centre) -> CentreContactForm:
    return CentreContactForm(formdata=None, data=_contact(found))


def _offer(form: CentreForm, kept: Sequence[Field] = ()) -> None:
    offer_provinces(form.province, service.provinces())
    form.fields.offer(service.fields_on_offer(kept))


def _save(found: Centre, form: CentreForm | CentreContactForm) -> None:
    """Write what the form holds."""
    if isinstance(form, CentreForm):
        service.change_centre(found, _details(form), seen=form.seen(), by=pages.actor())
        return
    service.change_contact(found, seen=form.seen(), **_contact_of(form), by=pages.actor())


def _contact_of(form: CentreForm | CentreContactForm) -> dict[str, str]:
    return {
        "website": form.website.data or "",
        "office_email": form.office_email.data or "",
        "office_phone": form.office_phone.data or "",
    }


def _details(form: CentreForm) -> service.CentreDetails:
    return service.CentreDetails(
        name=form.name(),
        host_school=form.host_school.data or "",
        short_name=form.short_name.data or "",
        province=chosen_province(form.province.data),
        district=form.district.data or "",
        fields=chosen_fields(form.fields.data),
        **_contact_of(form),
    )
