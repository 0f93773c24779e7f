"""Branches and the fields their teachers may attend."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Facts, allows, require
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.network import service
from lmp.network.forms import BranchForm
from lmp.network.models import Branch, Field
from lmp.network.service import lists
from lmp.network.views.blueprint import bp
from lmp.network.views.editing import (
    Crumb,
    Record,
    Section,
    chosen_fields,
    done,
    edit_page,
    management,
    record_page,
    saved,
)
from lmp.network.views.listed import STATE, Add, Listed, answer, field_filter, in_language, joined
from lmp.web import listing, pages
from lmp.web.listing import Choice

_COLUMNS: list[Column[Any]] = [
    Column(Message(N_("Branch")), lambda row: row[0].name, 44),
    Column(Message(N_("Fields")), lambda row: joined(row[1]), 60),
]
_WITHOUT = Choice("-", Message(N_("Without any field")))


def _with_fields(rows: Sequence[Branch]) -> Iterator[tuple[Branch, list[Field]]]:
    found = service.fields_by_branch([row.id for row in rows])
    return ((row, found.get(row.id, [])) for row in rows)


def _may_keep() -> bool:
    return allows(pages.actor(), Action.KEEP_NETWORK, Facts())


@bp.get("/branch")
@pages.needs(Action.SEE_NETWORK)
def branches() -> ResponseReturnValue:
    """All branches with their fields."""
    filters = [field_filter(_WITHOUT), STATE]
    asked = listing.asked(filters)
    listed = Listed(
        title=Message(N_("Branches")),
        label=Message(N_("Search by branch")),
        intro=Message(N_("Teachers can apply for the courses of the fields of their branch.")),
        columns=_COLUMNS,
        link=lambda row: url_for("network.branch", branch_id=row[0].id),
        gather=_with_fields,
        add=Add(Message(N_("Add a branch")), url_for("network.add_branch")) if _may_keep() else None,
    )
    return answer(listed, lists.branch_list(asked.query, asked.chosen), asked, filters)


def _above() -> list[Crumb]:
    return [management(), Crumb(Message(N_("Branches")), url_for("network.branches"))]


@bp.route("/branch/<uuid:branch_id>", methods=["GET", "POST"])
@pages.needs(Action.SEE_NETWORK)
def branch(branch_id: UUID) -> ResponseReturnValue:
    """One branch with its fields."""
    found = service.branch_by_id(branch_id)
    fields = [
        {"title": in_language(one.name), "url": url_for("network.field", slug=one.slug)}
        for one in service.fields_by_branch([found.id]).get(found.id, ())
    ]
    none = Message(N_("Teachers of this branch cannot apply for any course. Tick their fields."))
    by, keeps = pages.actor(), _may_keep()
    return record_page(
        Record(
            thing=found,
            title=found.name,
            crumbs=_above(),
            facts=[],
            sections=[Section(Message(N_("Fields")), fields, none)],
            edit_url=url_for("network.edit_branch", branch_id=branch_id) if keeps else None,
            acts={
                "close": lambda: service.close_branch(found, by=by),
                "reopen": lambda: service.reopen_branch(found, by=by),
                "remove": lambda: service.remove_branch(found, by=by),
            }
            if keeps
            else {},
        )
    )


@bp.route("/branch/new", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NETWORK)
def add_branch() -> ResponseReturnValue:
    """A new branch."""
    form = BranchForm()
    form.fields.offer(service.fields_on_offer())
    made: list[Branch] = []

    def save() -> None:
        made.append(
            service.add_branch(name=form.name.data or "", fields=chosen_fields(form.fields.data), by=pages.actor())
        )

    if saved(form, save):
        return done(url_for("network.branch", branch_id=made[0].id))
    return edit_page(form, Message(N_("Add a branch")), _above(), url_for("network.branches"))


def _form(found: Branch, **more: Any) -> BranchForm:
    fields = service.fields_by_branch([found.id]).get(found.id, [])
    form = BranchForm(
        data={"version": str(found.version), "name": found.name, "fields": [one.slug for one in fields]}, **more
    )
    form.fields.offer(service.fields_on_offer(fields))
    return form


@bp.route("/branch/<uuid:branch_id>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NETWORK)
def edit_branch(branch_id: UUID) -> ResponseReturnValue:
    """A branch's name and fields."""
    found = service.branch_by_id(branch_id)
    require(pages.actor(), Action.KEEP_NETWORK, Facts())
    form, back = _form(found), url_for("network.branch", branch_id=branch_id)

    def save() -> None:
        service.change_branch(
            found,
            seen=form.seen(),
            name=form.name.data or "",
            fields=chosen_fields(form.fields.data),
            by=pages.actor(),
        )

    if saved(form, save, lambda: _form(found, formdata=None)):
        return done(back)
    return edit_page(form, found.name, [*_above(), Crumb(found.name, back)], back)
