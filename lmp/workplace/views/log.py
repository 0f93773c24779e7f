"""The teacher's log: a day, its week, and sending the week to the company."""

from datetime import date
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.core import clock
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.ids import new_id, parse_id
from lmp.core.messages import N_, Message
from lmp.web import pages
from lmp.web.language import current_language
from lmp.workplace import rules, service
from lmp.workplace.forms import DayForm, SendForm, day_form
from lmp.workplace.models import Placement, SentWeek
from lmp.workplace.service import Week
from lmp.workplace.views.blueprints import bp, neutral, picture


@bp.get("/log")
@pages.needs(Action.WRITE_LOG)
def log() -> ResponseReturnValue:
    """A teacher's placements; with a single one, its current week."""
    actor, today = pages.actor(), clock.today()
    found = service.placements_of(actor.id) if actor.id else []
    now = [placement for placement in found if placement.starts_on <= today <= placement.ends_on] or found
    if len(now) == 1:
        number = rules.current_week(service.term_of(now[0]), today)
        return redirect(url_for("workplace.week", placement_id=now[0].id, number=number))
    return pages.render("workplace/log.html", placements=[(one, _current(one, today)) for one in found])


def _current(placement: Placement, today: date) -> int:
    return rules.current_week(service.term_of(placement), today)


@bp.route("/log/<uuid:placement_id>/<on>", methods=["GET", "POST"])
@pages.needs(Action.WRITE_LOG)
def day(placement_id: UUID, on: str) -> ResponseReturnValue:
    """One day: filled in from the plan, saved as often as one likes."""
    placement, asked = _own(placement_id), _date(on)
    number = rules.week_number(placement.starts_on, asked)
    week = service.week(placement, number, with_day=asked)
    row = week.row(asked)
    form = day_form(row, week.plan, placement, current_language())
    if form.sent():
        try:
            service.save_day(placement, on=asked, by=pages.actor(), **form.values())
        except RuleBroken as broken:
            form.show(broken)
            if isinstance(broken, Conflict):
                return _conflict(placement, number, asked, form)
        else:
            pages.notify(
                "ok", Message(N_("The day is saved. Your mentor sees it when you send the week for confirmation."))
            )
            return redirect(url_for("workplace.day", placement_id=placement_id, on=on), 303)
    return _day_page(week, asked, form), form.status


def _conflict(placement: Placement, number: int, on: date, form: DayForm) -> ResponseReturnValue:
    """Somebody else saved the day: show what is saved beside what was typed; saving again is a decision then."""
    week = service.week(placement, number, with_day=on)
    row = week.row(on)
    if row.entry is not None:
        form.entry_id.data, form.version.data = str(row.entry.id), str(row.entry.version)
    return _day_page(week, on, form, saved=row if row.entry else None), form.status


def _day_page(week: Week, on: date, form: DayForm, saved: service.Row | None = None) -> str:
    return pages.render(
        "workplace/day.html",
        form=form,
        week=week,
        row=week.row(on),
        placement=week.placement,
        saved=saved,
        special=week.plan.special(on),
        counted=_counted(on, form),
        today=clock.today(),
    )


def _counted(on: date, form: DayForm) -> int | None:
    """The minutes of the times in the form, or None while they make none."""
    starts, ends = form.starts.data, form.ends.data
    if starts is None or ends is None or starts == ends:
        return None
    minutes = rules.net_minutes(on, starts, ends, form.break_minutes.data or 0)
    return minutes if minutes > 0 else None


@bp.route("/log/<uuid:placement_id>/week/<int:number>", methods=["GET", "POST"])
@pages.needs(Action.WRITE_LOG)
def week(placement_id: UUID, number: int) -> ResponseReturnValue:
    """A week as the mentor will see it, with the button that sends it."""
    placement = _own(placement_id)
    shown = service.week(placement, number)
    form = SendForm()
    if form.sent():
        try:
            _act(placement, shown)
        except RuleBroken as broken:
            form.show(broken)
        else:
            return redirect(url_for("workplace.week", placement_id=placement_id, number=number), 303)
    return (
        pages.render(
            "workplace/week.html",
            form=form,
            week=shown,
            placement=placement,
            sent=[
                (one, clock.local(one.sent_at).date(), new_id(), service.pause_until(one))
                for one in _waiting(placement, shown)
            ],
            today=clock.today(),
        ),
        form.status,
    )


def _waiting(placement: Placement, shown: Week) -> list[SentWeek]:
    """What of this week waits for the company."""
    days = [row.on for row in shown.in_state("sent")]
    return service.sent_weeks(placement, days) if days else []


def _act(placement: Placement, shown: Week) -> None:
    """Send the saved days, or mail the link of a sent week again."""
    again = parse_id(request.form.get("again"))
    if again is not None:
        sent = service.get_week(again)
        service.send_again(sent, by=pages.actor())
        pages.notify("ok", Message(N_("The mail was sent again. It went to: %(mentor)s."), mentor=sent.mentor_name))
        return
    service.send_week(placement, [row.on for row in shown.in_state("saved")], by=pages.actor())
    pages.notify(
        "ok",
        Message(
            N_("The week was sent for confirmation. An e-mail with a link goes to: %(mentor)s."),
            mentor=placement.mentor.name,
        ),
    )


@neutral.get("/log/photo/<uuid:photo_id>")
@pages.needs(Action.SEE_LOG)
def photo(photo_id: UUID) -> ResponseReturnValue:
    """A photo of the log for the teacher and the run's staff."""
    return picture(service.open_photo(photo_id, viewer=pages.actor()))


def _own(placement_id: UUID) -> Placement:
    """A placement whose log this person writes."""
    return service.get_placement(placement_id, viewer=pages.actor(), to=Action.WRITE_LOG)


def _date(text: str) -> date:
    """The day of an address. Raises NotFound for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound from None
