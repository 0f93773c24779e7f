"""Protocols between a centre and its partners."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, allows, require
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.network import service, words
from lmp.network.forms import ProtocolForm
from lmp.network.models import Field, Protocol
from lmp.network.service import lists
from lmp.network.views.blueprint import bp
from lmp.network.views.editing import Crumb, Record, chosen_fields, done, edit_page, management, record_page, saved
from lmp.network.views.listed import Listed, answer, centre_filter, field_filter, in_language, joined
from lmp.network.views.workplaces import of_partner
from lmp.web import listing, pages
from lmp.web.listing import Choice, Filter

_TITLE = Message(N_("Protocols"))
_STANDING = Filter("standing", Message(N_("State")), [Choice(one.value, word) for one, word in words.STANDINGS.items()])
_COLUMNS: list[Column[Any]] = [
    Column(Message(N_("Subject of the protocol")), lambda row: row[0].title, 44),
    Column(Message(N_("Partner")), lambda row: row[0].company.name, 36),
    Column(Message(N_("Centre")), lambda row: row[0].company.centre.short_name, 30),
    Column(Message(N_("State")), lambda row: words.STANDINGS[service.standing(row[0])], 16),
    Column(Message(N_("Signed on")), lambda row: row[0].signed_on, 12),
    Column(Message(N_("First day")), lambda row: row[0].starts_on, 12),
    Column(Message(N_("Last day")), lambda row: row[0].ends_on, 12),
    Column(Message(N_("Fields")), lambda row: joined(row[1]), 40),
]


def _with_fields(rows: Sequence[Protocol]) -> Iterator[tuple[Protocol, list[Field]]]:
    found = service.fields_of_protocols([row.id for row in rows])
    return ((row, found.get(row.id, [])) for row in rows)


@bp.get("/protocol")
@pages.needs(Action.SEE_PROTOCOL)
def protocols() -> ResponseReturnValue:
    """The protocols of the reader's centres."""
    filters = [centre_filter(service.kept_centres(pages.actor())), field_filter(), _STANDING]
    asked = listing.asked(filters)
    listed = Listed(
        title=_TITLE,
        label=Message(N_("Search by partner")),
        columns=_COLUMNS,
        link=lambda row: url_for("network.protocol", protocol_id=row[0].id),
        gather=_with_fields,
        empty=Message(N_("No protocol is recorded yet. Open a partner to add one.")),
    )
    return answer(listed, lists.protocol_list(asked.query, asked.chosen, pages.actor()), asked, filters)


@bp.route("/protocol/<uuid:protocol_id>", methods=["GET", "POST"])
@pages.needs(Action.SEE_PROTOCOL)
def protocol(protocol_id: UUID) -> ResponseReturnValue:
    """One protocol."""
    by = pages.actor()
    found = service.protocol(protocol_id, by)
    keeps = allows(by, Action.KEEP_PARTNER, found)
    fields = service.fields_of_protocols([found.id]).get(found.id, [])
    return record_page(
        Record(
            thing=found,
            title=found.title,
            crumbs=[management(), Crumb(_TITLE, url_for("network.protocols"))],
            kicker=words.STANDINGS[service.standing(found)],
            facts=[
                (Message(N_("Parties")), f"{in_language(found.company.centre.name)}; {found.company.name}"),
                (Message(N_("Signed on")), found.signed_on),
                (Message(N_("First day")), found.starts_on),
                (Message(N_("Last day")), found.ends_on),
                (Message(N_("Fields")), joined(fields)),
                (Message(N_("Duties of the parties")), found.duties),
            ],
            edit_url=url_for("network.edit_protocol", protocol_id=protocol_id) if keeps else None,
            acts={
                "close": lambda: service.close_protocol(found, by=by),
                "reopen": lambda: service.reopen_protocol(found, by=by),
                "remove": lambda: service.remove_protocol(found, by=by),
            }
            if keeps
            else {},
        )
    )


def _form(found: Protocol | None = None, **more: Any) -> ProtocolForm:
    names = ("title", "signed_on", "starts_on", "ends_on", "duties")
    kept: dict[str, Any] = {}
    if found is not None:
        fields = service.fields_of_protocols([found.id]).get(found.id, [])
        kept = {
            "version": str(found.version),
            "fields": [one.slug for one in fields],
            **{name: getattr(found, name) for name in names},
        }
    form = ProtocolForm(data=kept, **more)
    form.fields.offer(service.fields())
    return form


def _values(form: ProtocolForm) -> dict[str, Any]:
    return {
        "title": form.title.data or "",
        "duties": form.duties.data or "",
        "signed_on": form.signed_on.data,
        "starts_on": form.starts_on.data,
        "ends_on": form.ends_on.data,
        "fields": chosen_fields(form.fields.data),
        "by": pages.actor(),
    }


@bp.route("/partner/<uuid:company_id>/protocol/new", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PARTNER)
def add_protocol(company_id: UUID) -> ResponseReturnValue:
    """A new protocol with a partner."""
    company = service.company(company_id)
    require(pages.actor(), Action.KEEP_PARTNER, company)
    form, back = _form(), url_for("network.partner", company_id=company_id)
    if saved(form, lambda: service.add_protocol(company, **_values(form))):
        return done(back)
    return edit_page(form, Message(N_("Add a protocol")), of_partner(company), back, kicker=company.name)


@bp.route("/protocol/<uuid:protocol_id>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PARTNER)
def edit_protocol(protocol_id: UUID) -> ResponseReturnValue:
    """All about a protocol."""
    found = service.protocol(protocol_id, pages.actor())
    require(pages.actor(), Action.KEEP_PARTNER, found)
    form, back = _form(found), url_for("network.protocol", protocol_id=protocol_id)

    def save() -> None:
        service.change_protocol(found, seen=form.seen(), **_values(form))

    if saved(form, save, lambda: _form(found, formdata=None)):
        return done(back)
    crumbs = [*of_partner(found.company), Crumb(found.title, back)]
    return edit_page(form, found.title, crumbs, back, kicker=found.company.name)
