"""What the pages of all records share: saving against a version, closing, removing, the history below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lmp.audit import history
from lmp.core import written
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.network import service, words
from lmp.network.forms import ActForm, RecordForm
from lmp.network.models import Field, Province
from lmp.network.views.listed import shown
from lmp.web import pages
from lmp.web.language import current_language

Fact = tuple[Message, object]


@dataclass(frozen=True)
class Crumb:
    """A page above this one."""

    label: object
    url: str


def saved(form: RecordForm, save: Callable[[], object], fresh: Callable[[], RecordForm] | None = None) -> bool:
    """Whether the form was sent and what it asks for is done; what stands in the way is shown in the form."""
    if not form.sent():
        return False
    try:
        save()
    except service.Stale as stale:
        form.show(stale)
        if fresh is not None:
            form.compare(fresh())
    except RuleBroken as broken:
        form.show(broken)
    else:
        return True
    return False


def done(url: str, message: Message | None = None) -> ResponseReturnValue:
    """Say that it is saved, and lead to the record."""
    pages.notify("ok", message or Message(N_("Saved.")))
    return redirect(url, 303)


def trail(crumbs: Sequence[Crumb]) -> list[dict[str, str]]:
    """The way back as the layout draws it."""
    return [{"label": shown(one.label), "url": one.url} for one in crumbs]


def edit_page(
    form: RecordForm,
    title: object,
    crumbs: Sequence[Crumb],
    back: str,
    *,
    kicker: str | None = None,
    first: Sequence[str] = (),
) -> ResponseReturnValue:
    """The form of a record; the fields named `first` stand on top."""
    form.remember()
    drawn = [one for one in form if one.type not in ("HiddenField", "CSRFTokenField")]
    page = pages.render(
        "network/edit.html",
        form=form,
        title=title,
        kicker=kicker,
        trail=trail(crumbs),
        back=back,
        ordered=sorted(drawn, key=lambda one: first.index(one.name) if one.name in first else len(first)),
    )
    return page, form.status


@dataclass(frozen=True)
class Section:
    """Rows below a record's facts."""

    title: Message
    rows: Sequence[dict[str, Any]]
    empty: Message | None = None
    add: tuple[Message, str] | None = None


@dataclass(frozen=True)
class Record:
    """A record's page."""

    thing: Any
    title: object
    crumbs: Sequence[Crumb]
    facts: Sequence[Fact]
    kicker: object = None
    edit_url: str | None = None
    sections: Sequence[Section] = ()
    #: Acts by name; without permission there are none.
    acts: dict[str, Callable[[], object]] = field(default_factory=dict)
    notice: Message | None = None


def record_page(record: Record, *, with_history: bool = True) -> ResponseReturnValue:
    """A record with its acts and its history; sending an act does it."""
    form = ActForm()
    if request.method == "POST":
        if not form.sent():
            raise NotFound
        return _act(record, form)
    return pages.render(
        "network/record.html",
        record=record,
        trail=trail(record.crumbs),
        value_words=_fact,
        form=form,
        closed_on=getattr(record.thing, "closed_on", None),
        history=past(record.thing) if with_history else None,
        here=request.path,
    )


def past(thing: Any) -> history.History:
    """The page of a record's history that the address asks for."""
    return history.history(thing, before=parse_id(request.args.get("before")), words=words.HISTORY)


def _act(record: Record, form: ActForm) -> ResponseReturnValue:
    """Close, open again or remove; removing is asked about first, because it cannot be undone."""
    act = record.acts.get(form.act.data or "")
    if act is None:
        raise NotFound
    above = record.crumbs[-1].url
    if form.act.data == "remove" and form.sure.data != "1":
        return pages.render(
            "network/remove.html", record=record, trail=trail(record.crumbs), form=form, here=request.path
        )
    try:
        act()
    except RuleBroken as broken:
        pages.notify("bad", broken.message)
        return redirect(request.path, 303)
    if form.act.data == "remove":
        return done(above, Message(N_("The record is deleted.")))
    return done(request.path, _DONE[form.act.data or ""])


def _fact(value: object) -> object:
    """A fact in words, days as in running text; links stay links."""
    if isinstance(value, date):
        return written.day(value, current_language())
    return value if isinstance(value, Markup) else shown(value)


_DONE = {
    "close": Message(N_("The record is closed. It can be opened again here.")),
    "reopen": Message(N_("The record is open again.")),
}


def chosen_province(code: str | None) -> Province:
    """The province of a select. Raises RuleBroken for none."""
    try:
        return service.province(int(code or ""))
    except (ValueError, NotFound):
        raise RuleBroken(Message(N_("Choose the province.")), "province") from None


def chosen_fields(slugs: Sequence[str] | None) -> list[Field]:
    """The fields that were ticked; what is no field is left out."""
    wanted = set(slugs or ())
    return [one for one in service.fields() if one.slug in wanted]


def management() -> Crumb:
    """The way back to all records."""
    return Crumb(Message(N_("Management")), url_for("journey.management"))


def mailto(address: str | None) -> object:
    """An address one can write to."""
    return Markup('<a href="mailto:{0}">{0}</a>').format(address) if address else ""


def site(address: str) -> object:
    """A website one can open."""
    return Markup('<a href="https://{0}" rel="noopener">{0}</a>').format(address) if address else ""
