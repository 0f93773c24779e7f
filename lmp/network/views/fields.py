"""Fields and subjects."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Facts, allows, require
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.network import service, words
from lmp.network.forms import FieldForm, NewFieldForm
from lmp.network.models import Field, FieldKind
from lmp.network.service import lists
from lmp.network.views.blueprint import bp
from lmp.network.views.editing import Crumb, Record, Section, done, edit_page, management, record_page, saved
from lmp.network.views.listed import STATE, Add, Listed, answer, in_language
from lmp.web import listing, pages
from lmp.web.language import current_language
from lmp.web.listing import Choice, Filter

_KIND = Filter("kind", Message(N_("Type")), [Choice(kind.value, words.FIELD_KINDS[kind]) for kind in FieldKind])
_NAMES: list[Column[Any]] = [
    Column(Message(N_("Name in Turkish")), lambda row: row.name.tr, 36),
    Column(Message(N_("Name in English")), lambda row: row.name.en, 36),
]
_COLUMNS: list[Column[Any]] = [
    Column(Message(N_("Type")), lambda row: words.FIELD_KINDS[row.kind], 10),
    Column(Message(N_("MTAL code")), lambda row: row.mtal_code, 12),
    Column(Message(N_("MESEM code")), lambda row: row.mesem_code, 12),
    Column(Message(N_("ISCED-F code")), lambda row: row.isced_f, 12),
    Column(Message(N_("Other names")), lambda row: ", ".join(row.aliases), 40),
]


@bp.get("/field")
@pages.needs(Action.SEE_NETWORK)
def fields() -> ResponseReturnValue:
    """The 25 fields and three subjects."""
    filters = [_KIND, STATE]
    asked = listing.asked(filters)
    listed = Listed(
        title=Message(N_("Fields and subjects")),
        label=Message(N_("Search by name or other name")),
        columns=_columns(),
        link=lambda row: url_for("network.field", slug=row.slug),
        add=Add(Message(N_("Add a field or subject")), url_for("network.add_field")) if _may_keep() else None,
    )
    return answer(listed, lists.field_list(asked.query, asked.chosen, current_language()), asked, filters)


def _columns() -> list[Column[Any]]:
    """The name by which the list is ordered comes first."""
    return [*(reversed(_NAMES) if current_language() == "en" else _NAMES), *_COLUMNS]


def _may_keep() -> bool:
    return allows(pages.actor(), Action.KEEP_NETWORK, Facts())


def _above() -> list[Crumb]:
    return [management(), Crumb(Message(N_("Fields and subjects")), url_for("network.fields"))]


@bp.route("/field/new", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NETWORK)
def add_field() -> ResponseReturnValue:
    """A new field or subject."""
    form = NewFieldForm()
    form.offer()
    made: list[Field] = []
    if saved(
        form,
        lambda: made.append(service.add_field(FieldKind(form.kind.data), _details(form), by=pages.actor())),
    ):
        return done(url_for("network.field", slug=made[0].slug))
    title = Message(N_("Add a field or subject"))
    return edit_page(form, title, _above(), url_for("network.fields"), first=("name_tr", "name_en", "kind"))


def _details(form: FieldForm) -> service.FieldDetails:
    return service.FieldDetails(
        name=form.name(),
        mtal_code=form.mtal_code.data or "",
        mesem_code=form.mesem_code.data or "",
        isced_f=form.isced_f.data or "",
        aliases=(form.aliases.data or "").splitlines(),
    )


@bp.route("/field/<slug>", methods=["GET", "POST"])
@pages.needs(Action.SEE_NETWORK)
def field(slug: str) -> ResponseReturnValue:
    """One field with its centres and branches."""
    found, by, keeps = service.field(slug), pages.actor(), _may_keep()
    centres = [
        {"title": in_language(one.name), "meta": one.province.name, "url": url_for("network.centre", slug=one.slug)}
        for one in service.centres_of_field(found.id)
    ]
    branches = [
        {"title": one.name, "url": url_for("network.branch", branch_id=one.id)}
        for one in service.branches_of_fields([found.id])
    ]
    none = Message(N_("No branch can apply for the courses of this field. Open a branch and tick the field there."))
    return record_page(
        Record(
            thing=found,
            title=found.name,
            crumbs=_above(),
            kicker=words.FIELD_KINDS[found.kind],
            facts=[
                (Message(N_("Name in Turkish")), found.name.tr),
                (Message(N_("Name in English")), found.name.en),
                (Message(N_("MTAL code")), found.mtal_code),
                (Message(N_("MESEM code")), found.mesem_code),
                (Message(N_("ISCED-F code")), found.isced_f),
                (Message(N_("Other names")), ", ".join(found.aliases)),
            ],
            sections=[
                Section(Message(N_("Centres")), centres, Message(N_("No centre serves this field yet."))),
                Section(Message(N_("Branches that may apply")), branches, none),
            ],
            edit_url=url_for("network.edit_field", slug=slug) if keeps else None,
            acts={
                "close": lambda: service.close_field(found, by=by),
                "reopen": lambda: service.reopen_field(found, by=by),
                "remove": lambda: service.remove_field(found, by=by),
            }
            if keeps
            else {},
        )
    )


def _form(found: Field) -> FieldForm:
    """The form with what is saved; what was sent wins."""
    return FieldForm(data=_kept(found))


def _kept(found: Field) -> dict[str, Any]:
    return {
        "version": str(found.version),
        "name_tr": found.name.tr,
        "name_en": found.name.en,
        "mtal_code": found.mtal_code or "",
        "mesem_code": found.mesem_code or "",
        "isced_f": found.isced_f,
        "aliases": "\n".join(found.aliases),
    }


@bp.route("/field/<slug>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NETWORK)
def edit_field(slug: str) -> ResponseReturnValue:
    """Names, codes and aliases of a field."""
    found = service.field(slug)
    require(pages.actor(), Action.KEEP_NETWORK, Facts())
    form, back = _form(found), url_for("network.field", slug=slug)

    def save() -> None:
        service.change_field(found, _details(form), seen=form.seen(), by=pages.actor())

    if saved(form, save, lambda: FieldForm(formdata=None, data=_kept(found))):
        return done(back)
    return edit_page(form, found.name, [*_above(), Crumb(found.name, back)], back)
