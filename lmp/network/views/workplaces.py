"""Workplaces of a company."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, require
from lmp.core.messages import N_, Message
from lmp.network import service, words
from lmp.network.forms import WorkplaceForm
from lmp.network.models import Company, Workplace
from lmp.network.views.blueprint import bp
from lmp.network.views.editing import Crumb, Record, chosen_province, done, edit_page, record_page, saved
from lmp.network.views.partners import above
from lmp.web import pages


def of_partner(company: Company) -> list[Crumb]:
    """The way back from what belongs to a partner."""
    return [*above(), Crumb(company.name, url_for("network.partner", company_id=company.id))]


def _form(found: Workplace | None = None, **more: Any) -> WorkplaceForm:
    names = ("name", "district", "hazard_class", "capacity", "photos_allowed")
    kept = (
        {
            "version": str(found.version),
            "province": str(found.province_code),
            **{name: getattr(found, name) for name in names},
        }
        if found
        else {"photos_allowed": True}
    )
    form = WorkplaceForm(data=kept, **more)
    form.offer(service.provinces())
    return form


def _values(form: WorkplaceForm) -> dict[str, Any]:
    return {
        "name": form.name.data or "",
        "province_code": chosen_province(form.province.data).code,
        "district_name": form.district.data or "",
        "hazard_class": form.hazard_class.data or "",
        "photos_allowed": bool(form.photos_allowed.data),
        "capacity": form.capacity.data,
        "by": pages.actor(),
    }


@bp.route("/partner/<uuid:company_id>/workplace/new", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PARTNER)
def add_workplace(company_id: UUID) -> ResponseReturnValue:
    """A new workplace."""
    company = service.company(company_id)
    require(pages.actor(), Action.KEEP_PARTNER, company)
    form, back = _form(), url_for("network.partner", company_id=company_id)
    if saved(form, lambda: service.add_workplace(company, **_values(form))):
        return done(back)
    return edit_page(form, Message(N_("Add a workplace")), of_partner(company), back, kicker=company.name)


@bp.route("/workplace/<uuid:workplace_id>", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PARTNER)
def workplace(workplace_id: UUID) -> ResponseReturnValue:
    """One workplace."""
    found, by = service.workplace(workplace_id), pages.actor()
    require(by, Action.KEEP_PARTNER, found)
    return record_page(
        Record(
            thing=found,
            title=found.name,
            crumbs=of_partner(found.company),
            kicker=found.company.name,
            facts=[
                (Message(N_("Province")), found.province.name),
                (Message(N_("District")), found.district),
                (Message(N_("Hazard class")), words.HAZARD_CLASSES.get(found.hazard_class, found.hazard_class)),
                (Message(N_("Places")), found.capacity),
                (Message(N_("Photographs allowed")), found.photos_allowed),
            ],
            edit_url=url_for("network.edit_workplace", workplace_id=workplace_id),
            acts={
                "close": lambda: service.close_partner(found, by=by),
                "reopen": lambda: service.reopen_partner(found, by=by),
                "remove": lambda: service.remove_partner(found, by=by),
            },
        )
    )


@bp.route("/workplace/<uuid:workplace_id>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PARTNER)
def edit_workplace(workplace_id: UUID) -> ResponseReturnValue:
    """All about a workplace."""
    found = service.workplace(workplace_id)
    require(pages.actor(), Action.KEEP_PARTNER, found)
    form, back = _form(found), url_for("network.workplace", workplace_id=workplace_id)

    def save() -> None:
        service.change_workplace(found, seen=form.seen(), **_values(form))

    if saved(form, save, lambda: _form(found, formdata=None)):
        return done(back)
    crumbs = [*of_partner(found.company), Crumb(found.name, back)]
    return edit_page(form, found.name, crumbs, back, kicker=found.company.name)
