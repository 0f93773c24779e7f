"""The dated calendar: a year as a list by month, each day to be added, changed or removed."""

from datetime import date
from itertools import groupby
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Facts, allows, require
from lmp.core import clock
from lmp.core.errors import NotFound
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.network import service, words
from lmp.network.forms import CalendarForm, NewDayForm
from lmp.network.models import CalendarDay, DayKind
from lmp.network.views.blueprint import bp
from lmp.network.views.editing import Crumb, Record, done, edit_page, management, record_page, saved, trail
from lmp.network.views.listed import in_language
from lmp.web import listing, pages

_TITLE = Message(N_("Calendar"))
_COLUMNS: list[Column[Any]] = [
    Column(Message(N_("Day")), lambda row: row.on, 12),
    Column(Message(N_("Name")), lambda row: in_language(row.name), 40),
    Column(Message(N_("Type")), lambda row: words.DAY_KINDS[row.kind], 20),
]


def _above() -> list[Crumb]:
    return [management(), Crumb(_TITLE, url_for("network.calendar"))]


def _may_keep() -> bool:
    return allows(pages.actor(), Action.KEEP_NETWORK, Facts())


@bp.get("/calendar")
@pages.needs(Action.SEE_NETWORK)
def calendar() -> ResponseReturnValue:
    """One year by month; `year` in the address chooses it."""
    years = service.calendar_years()
    asked, text = listing.asked(), request.args.get("year", "")
    year = int(text) if text.isdecimal() and int(text) in years else clock.today().year
    found = service.calendar_between(date(year, 1, 1), date(year, 12, 31))
    days = [found[on] for on in sorted(found)]
    if asked.format is not None:
        return listing.file(asked.format, Message(N_("Calendar %(year)s"), year=str(year)), _COLUMNS, days)
    return pages.render(
        "network/calendar.html",
        year=year,
        years=years,
        months=[(month, list(rows)) for month, rows in groupby(days, lambda day: day.on.replace(day=1))],
        kinds=words.DAY_KINDS,
        files={kind: url_for("network.calendar", year=year, format=kind) for kind in ("csv", "xlsx")},
        may_keep=_may_keep(),
        trail=trail([management()]),
    )


@bp.route("/calendar/new", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NETWORK)
def add_day() -> ResponseReturnValue:
    """A day for the calendar."""
    form = NewDayForm()
    form.offer()
    made: list[CalendarDay] = []

    def save() -> None:
        made.append(service.add_day(form.on.data, kind=DayKind(form.kind.data), name=form.name(), by=pages.actor()))

    if saved(form, save):
        return done(url_for("network.calendar", year=made[0].on.year))
    return edit_page(form, Message(N_("Add a day")), _above(), url_for("network.calendar"), first=["on", "kind"])


def _day(text: str) -> CalendarDay:
    """The day of the address. Raises NotFound."""
    try:
        return service.calendar_day(date.fromisoformat(text))
    except ValueError:
        raise NotFound from None


@bp.route("/calendar/<on>", methods=["GET", "POST"])
@pages.needs(Action.SEE_NETWORK)
def calendar_day(on: str) -> ResponseReturnValue:
    """One day of the calendar."""
    found, by, keeps = _day(on), pages.actor(), _may_keep()
    return record_page(
        Record(
            thing=found,
            title=found.name,
            crumbs=[management(), Crumb(_TITLE, url_for("network.calendar", year=found.on.year))],
            kicker=found.on,
            facts=[(Message(N_("Day")), found.on), (Message(N_("Type")), words.DAY_KINDS[found.kind])],
            edit_url=url_for("network.edit_day", on=on) if keeps else None,
            acts={"remove": lambda: service.remove_day(found, by=by)} if keeps else {},
        )
    )


def _form(found: CalendarDay, **more: Any) -> CalendarForm:
    kept = {
        "version": str(found.version),
        "kind": found.kind.value,
        "name_tr": found.name.tr,
        "name_en": found.name.en,
    }
    form = CalendarForm(data=kept, **more)
    form.offer()
    return form


@bp.route("/calendar/<on>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_NETWORK)
def edit_day(on: str) -> ResponseReturnValue:
    """Why a day is not an ordinary one."""
    found = _day(on)
    require(pages.actor(), Action.KEEP_NETWORK, Facts())
    form, back = _form(found), url_for("network.calendar_day", on=on)

    def save() -> None:
        service.change_day(found, seen=form.seen(), kind=DayKind(form.kind.data), name=form.name(), by=pages.actor())

    if saved(form, save, lambda: _form(found, formdata=None)):
        return done(url_for("network.calendar", year=found.on.year))
    return edit_page(form, found.on, [*_above(), Crumb(found.name, back)], back, first=["kind"])
