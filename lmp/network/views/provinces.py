"""Provinces and districts: what lies in them, and where their directorates are reached."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Facts, allows, require
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.network import rules, service
from lmp.network.forms import DirectorateForm
from lmp.network.models import District, Province
from lmp.network.service import lists
from lmp.network.views.blueprint import bp
from lmp.network.views.editing import (
    Crumb,
    Record,
    Section,
    done,
    edit_page,
    mailto,
    management,
    record_page,
    saved,
)
from lmp.network.views.listed import OFFICE, Listed, answer
from lmp.web import listing, pages

_TITLE = Message(N_("Provinces and districts"))
_COLUMNS: list[Column[Any]] = [
    Column(Message(N_("Province")), lambda row: row[0].name, 20),
    Column(Message(N_("Plate code")), lambda row: f"{row[0].code:02}", 10),
    Column(Message(N_("Centres")), lambda row: row[1], 10),
    Column(Message(N_("Schools")), lambda row: row[2], 10),
    Column(Message(N_("Workplaces")), lambda row: row[3], 10),
    Column(Message(N_("Office e-mail")), lambda row: row[0].office_email, 32),
]


def _keeps() -> bool:
    return allows(pages.actor(), Action.KEEP_NETWORK, Facts())


@bp.get("/province")
@pages.needs(Action.SEE_NETWORK)
def provinces() -> ResponseReturnValue:
    """The 81 provinces with what lies in them."""
    asked = listing.asked([OFFICE])
    listed = Listed(
        title=_TITLE,
        label=Message(N_("Search by province")),
        columns=_COLUMNS,
        link=lambda row: url_for("network.province", province_code=row[0].code),
    )
    return answer(listed, lists.province_list(asked.query, asked.chosen), asked, [OFFICE])


def _above() -> list[Crumb]:
    return [management(), Crumb(_TITLE, url_for("network.provinces"))]


def _above_district(of: Province) -> list[Crumb]:
    return [*_above(), Crumb(of.name, url_for("network.province", province_code=of.code))]


@bp.get("/province/<int:province_code>")
@pages.needs(Action.SEE_NETWORK)
def province(province_code: int) -> ResponseReturnValue:
    """A province with its directorate and its districts."""
    found = service.province(province_code)
    rows = [
        {
            "title": one.name,
            "url": url_for("network.district", province_code=province_code, district_id=one.id),
            "meta": Message(N_("Schools: %(number)s"), number=number),
            "more": one.office_email,
        }
        for one, number in service.districts(province_code)
    ]
    none = Message(N_("A district appears here with its first school."))
    return record_page(
        Record(
            thing=found,
            title=found.name,
            crumbs=_above(),
            facts=[
                (Message(N_("Plate code")), f"{found.code:02}"),
                (Message(N_("Provincial directorate")), rules.provincial_directorate(found.name)),
                (Message(N_("Office e-mail")), mailto(found.office_email)),
            ],
            sections=[
                Section(Message(N_("Districts")), rows, none),
                _schools(found),
            ],
            edit_url=url_for("network.edit_province", province_code=province_code) if _keeps() else None,
        )
    )


def _schools(of: Province) -> Section:
    """The way to the schools of the province."""
    see = Message(N_("See the schools of this province"))
    return Section(
        Message(N_("Schools and offices")), [{"title": see, "url": url_for("network.schools", province=of.code)}]
    )


@bp.get("/province/<int:province_code>/district/<uuid:district_id>")
@pages.needs(Action.SEE_NETWORK)
def district(province_code: int, district_id: UUID) -> ResponseReturnValue:
    """A district with its directorate."""
    within, found = service.province(province_code), service.district_of(province_code, district_id)
    return record_page(
        Record(
            thing=found,
            title=found.name,
            crumbs=_above_district(within),
            kicker=within.name,
            facts=[
                (Message(N_("Province")), within.name),
                (Message(N_("District directorate")), rules.district_directorate(found.name)),
                (Message(N_("Office e-mail")), mailto(found.office_email)),
            ],
            sections=[_schools(within)],
            edit_url=url_for("network.edit_district", province_code=province_code, district_id=district_id)
            if _keeps()
            else None,
        )
    )


def _form(found: Province | District, **more: Any) -> DirectorateForm:
    return DirectorateForm(data={"version": str(found.version), "office_email": found.office_email or ""}, **more)


@bp.route("/province/<int:province_code>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NETWORK)
def edit_province(province_code: int) -> ResponseReturnValue:
    """The address of a provincial directorate."""
    found = service.province(province_code)
    back = url_for("network.province", province_code=province_code)
    return _edit(found, rules.provincial_directorate(found.name), [*_above(), Crumb(found.name, back)], back)


@bp.route("/province/<int:province_code>/district/<uuid:district_id>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NETWORK)
def edit_district(province_code: int, district_id: UUID) -> ResponseReturnValue:
    """The address of a district directorate."""
    within, found = service.province(province_code), service.district_of(province_code, district_id)
    back = url_for("network.district", province_code=province_code, district_id=district_id)
    crumbs = [*_above_district(within), Crumb(found.name, back)]
    return _edit(found, rules.district_directorate(found.name), crumbs, back)


def _edit(found: Province | District, title: str, crumbs: list[Crumb], back: str) -> ResponseReturnValue:
    require(pages.actor(), Action.KEEP_NETWORK, Facts())
    form = _form(found)

    def save() -> None:
        service.change_directorate(found, seen=form.seen(), office_email=form.office_email.data or "", by=pages.actor())

    if saved(form, save, lambda: _form(found, formdata=None)):
        return done(back)
    return edit_page(form, title, crumbs, back)
