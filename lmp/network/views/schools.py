"""Schools and offices."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Facts, allows, require
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.network import service
from lmp.network.forms import SchoolForm, offer_provinces
from lmp.network.models import School
from lmp.network.service import lists
from lmp.network.views.blueprint import bp
from lmp.network.views.editing import (
    Crumb,
    Record,
    chosen_province,
    done,
    edit_page,
    mailto,
    management,
    record_page,
    saved,
)
from lmp.network.views.listed import OFFICE, STATE, Add, Listed, answer, province_filter
from lmp.web import listing, pages

_COLUMNS: list[Column[Any]] = [
    Column(Message(N_("School or office")), lambda row: row.name, 50),
    Column(Message(N_("Institution code")), lambda row: row.code, 14),
    Column(Message(N_("Province")), lambda row: row.province.name, 16),
    Column(Message(N_("District")), lambda row: row.district.name, 16),
    Column(Message(N_("Office e-mail")), lambda row: row.office_email, 32),
]


def _may_keep() -> bool:
    return allows(pages.actor(), Action.KEEP_NETWORK, Facts())


@bp.get("/school")
@pages.needs(Action.SEE_NETWORK)
def schools() -> ResponseReturnValue:
    """All schools and offices."""
    filters = [province_filter(), OFFICE, STATE]
    asked = listing.asked(filters)
    listed = Listed(
        title=Message(N_("Schools and offices")),
        label=Message(N_("Search by name, district or code")),
        columns=_COLUMNS,
        link=lambda row: url_for("network.school", school_id=row.id),
        add=Add(Message(N_("Add a school or office")), url_for("network.add_school")) if _may_keep() else None,
        empty=Message(N_("No school is recorded yet.")),
    )
    return answer(listed, lists.school_list(asked.query, asked.chosen), asked, filters)


def _above() -> list[Crumb]:
    return [management(), Crumb(Message(N_("Schools and offices")), url_for("network.schools"))]


@bp.route("/school/<uuid:school_id>", methods=["GET", "POST"])
@pages.needs(Action.SEE_NETWORK)
def school(school_id: UUID) -> ResponseReturnValue:
    """One school or office."""
    found, by, keeps = service.school(school_id), pages.actor(), _may_keep()
    return record_page(
        Record(
            thing=found,
            title=found.name,
            crumbs=_above(),
            facts=[
                (Message(N_("Institution code")), found.code),
                (Message(N_("Province")), found.province.name),
                (Message(N_("District")), found.district.name),
                (Message(N_("Office e-mail")), mailto(found.office_email)),
            ],
            edit_url=url_for("network.edit_school", school_id=school_id) if keeps else None,
            acts={
                "close": lambda: service.close_school(found, by=by),
                "reopen": lambda: service.reopen_school(found, by=by),
                "remove": lambda: service.remove_school(found, by=by),
            }
            if keeps
            else {},
        )
    )


def _form(found: School | None = None, **more: Any) -> SchoolForm:
    kept = (
        {
            "version": str(found.version),
            "name": found.name,
            "code": found.code or "",
            "province": str(found.province_code),
            "district": found.district.name,
            "office_email": found.office_email or "",
        }
        if found
        else {}
    )
    form = SchoolForm(data=kept, **more)
    offer_provinces(form.province, service.provinces())
    return form


def _values(form: SchoolForm) -> dict[str, Any]:
    """What was typed, as the service takes it."""
    return {
        "name": form.name.data or "",
        "code": form.code.data or "",
        "province_code": chosen_province(form.province.data).code,
        "district_name": form.district.data or "",
        "office_email": form.office_email.data or "",
        "by": pages.actor(),
    }


@bp.route("/school/new", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NETWORK)
def add_school() -> ResponseReturnValue:
    """A new school or office."""
    form = _form()
    made: list[School] = []
    if saved(form, lambda: made.append(service.add_school(**_values(form)))):
        return done(url_for("network.school", school_id=made[0].id))
    return edit_page(form, Message(N_("Add a school or office")), _above(), url_for("network.schools"))


@bp.route("/school/<uuid:school_id>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NETWORK)
def edit_school(school_id: UUID) -> ResponseReturnValue:
    """All about a school."""
    found = service.school(school_id)
    require(pages.actor(), Action.KEEP_NETWORK, Facts())
    form, back = _form(found), url_for("network.school", school_id=school_id)

    def save() -> None:
        service.change_school(found, seen=form.seen(), **_values(form))

    if saved(form, save, lambda: _form(found, formdata=None)):
        return done(back)
    return edit_page(form, found.name, [*_above(), Crumb(found.name, back)], back)
