"""The categories of a centre's bank: adding, naming, putting in order, taking away."""

from collections.abc import Callable
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, allows, require
from lmp.content import service
from lmp.content.forms.bank import ActForm, CategoryForm, NewCategoryForm
from lmp.content.models import BankCategory
from lmp.content.views.bank import chosen_category
from lmp.content.views.blueprint import bp
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.ids import new_id
from lmp.core.messages import N_, Message
from lmp.network import service as network
from lmp.network.models import Centre
from lmp.web import pages


@bp.get("/bank/category")
@pages.needs(Action.SEE_BANK)
def bank_category_choice() -> ResponseReturnValue:
    """The banks whose categories one may read; with one bank only its categories follow at once."""
    centres = service.seen_centres(pages.actor())
    if len(centres) == 1:
        return redirect(url_for("content.bank_categories", centre=centres[0].slug), 302)
    return pages.render("content/bank/centres.html", centres=centres)


@bp.route("/bank/category/<centre>", methods=["GET", "POST"])
@pages.needs(Action.SEE_BANK)
def bank_categories(centre: str) -> ResponseReturnValue:
    """The categories of one bank in their order, and the form that adds one."""
    found = network.centre(centre)
    require(pages.actor(), Action.SEE_BANK, found)
    categories = service.categories([found.id])
    form = NewCategoryForm()
    form.offer([one for one in categories if one.parent_id is None])
    if form.sent():
        try:
            _add(found, form)
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The category is added.")))
            return redirect(url_for("content.bank_categories", centre=centre), 303)
    return pages.render(
        "content/bank/categories.html",
        centre=found,
        categories=categories,
        counted=service.counted([found.id]),
        form=form,
        may_keep=allows(pages.actor(), Action.KEEP_BANK, found),
    ), form.status


def _add(centre: Centre, form: NewCategoryForm) -> None:
    parent = chosen_category(form.parent.data, centre.id)
    service.add_category(centre, _name(form), parent=parent, by=pages.actor())


def _name(form: CategoryForm) -> Bilingual:
    return Bilingual(form.name_tr.data or "", form.name_en.data or "")


@bp.route("/bank/category/<uuid:category_id>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_BANK)
def edit_bank_category(category_id: UUID) -> ResponseReturnValue:
    """One category: its name, its place, and taking it away while it is empty."""
    found = service.category(category_id)
    require(pages.actor(), Action.KEEP_BANK, found)
    centre = found.centre
    form = CategoryForm(data={"name_tr": found.name.tr, "name_en": found.name.en})
    if form.sent():
        try:
            service.rename_category(found, _name(form), by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("Saved.")))
            return redirect(url_for("content.bank_categories", centre=centre.slug), 303)
    keys = {act: str(new_id()) for act in _ACTS}
    return pages.render("content/bank/category.html", centre=centre, found=found, form=form, keys=keys), form.status


@bp.post("/bank/category/<uuid:category_id>/act")
@pages.needs(Action.KEEP_BANK)
def act_on_bank_category(category_id: UUID) -> ResponseReturnValue:
    """Move a category up or down, or take it away."""
    found = service.category(category_id)
    require(pages.actor(), Action.KEEP_BANK, found)
    centre, form = found.centre, ActForm()
    do = _ACTS.get(form.act.data or "")
    if not form.sent() or do is None:
        raise NotFound
    try:
        do(found)
    except RuleBroken as broken:
        pages.notify("bad", broken.message)
    return redirect(url_for("content.bank_categories", centre=centre.slug), 303)


def _remove(found: BankCategory) -> None:
    service.remove_category(found, by=pages.actor())
    pages.notify("ok", Message(N_("The category is removed.")))


_ACTS: dict[str, Callable[[BankCategory], None]] = {
    "up": lambda found: service.move_category(found, -1, by=pages.actor()),
    "down": lambda found: service.move_category(found, 1, by=pages.actor()),
    "remove": _remove,
}
