"""The assessor's pages: who is to be tested and when, the checklist, the decision."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, require
from lmp.core import clock, turkish, written
from lmp.core.errors import LmpError, RuleBroken
from lmp.core.ids import parse_id
from lmp.core.messages import N_, P_, Message
from lmp.enrolment.models import Enrolment, Run
from lmp.practical import rules, service
from lmp.practical.forms import DayForm, TestForm, criterion_field, test_form
from lmp.practical.models import PracticalTest, TestDay
from lmp.web import pages
from lmp.web.language import current_language

bp = Blueprint("practical", __name__, template_folder="templates", url_prefix="/<any(tr, en):lang>")


@bp.get("/test")
@pages.needs(Action.ASSESS)
def tests() -> ResponseReturnValue:
    """The people of the runs this person assesses; those who wait come first."""
    found = sorted(
        service.candidates(pages.actor()),
        key=lambda one: (one.decided is not None, turkish.sort_key(one.enrolment.person.name)),
    )
    waiting = [one for one in found if one.decided is None or not one.decided.passed]
    done = [one for one in found if one.decided is not None and one.decided.passed]
    days = service.days_of([one.enrolment.id for one in waiting])
    runs = {one.enrolment.run.id: one.enrolment.run for one in waiting}
    return pages.render(
        "practical/tests.html",
        waiting=waiting,
        done=done,
        days=days,
        runs=[(run, *_counted(run, waiting, days)) for run in sorted(runs.values(), key=lambda run: run.ends_on)],
    )


def _counted(run: Run, waiting: Sequence[service.Candidate], days: Mapping[UUID, TestDay]) -> tuple[int, int]:
    """Of the people of a run who wait: (those with a day, those without)."""
    here = [one.enrolment.id for one in waiting if one.enrolment.run_id == run.id]
    planned = sum(one in days for one in here)
    return planned, len(here) - planned


@bp.route("/test/day/<uuid:run_id>", methods=["GET", "POST"])
@pages.needs(Action.ASSESS)
def set_day(run_id: UUID) -> ResponseReturnValue:
    """Day, hour and place of the tests of a run, for those who wait."""
    run = service.assessed_run(run_id, by=pages.actor())
    waiting = service.planned_in(run, by=pages.actor())
    form = DayForm(data=_first_day(run, waiting))
    hints = form.offer(waiting)
    if form.sent():
        try:
            number = _set(form, run)
        except LmpError as broken:
            form.show(broken)
        else:
            pages.notify(
                "ok", Message(*P_("%(n)s person was told the day.", "%(n)s people were told the day."), n=number)
            )
            return redirect(url_for("practical.tests"), 303)
    page = pages.render("practical/set_day.html", form=form, run=run, waiting=waiting, hints=hints)
    return page, form.status


def _first_day(run: Run, waiting: Sequence[service.Planned]) -> dict[str, object]:
    """The place of the run, and everybody who has no day yet."""
    return {
        "place": run.venue.in_language(current_language()),
        "people": [str(one.enrolment.id) for one in waiting if one.day is None],
    }


def _set(form: DayForm, run: Run) -> int:
    on, starts = form.on.data, form.starts.data
    if on is None or starts is None:
        raise RuleBroken(Message(N_("Write the start as hours and minutes, like 09:30.")), "starts")
    chosen = {key for key in map(parse_id, form.people.data or ()) if key is not None}
    return service.set_day(run, chosen, on=on, starts=starts, place=form.place.data or "", by=pages.actor())


@bp.route("/test/<uuid:enrolment_id>", methods=["GET", "POST"])
@pages.needs(Action.ASSESS)
def observe(enrolment_id: UUID) -> ResponseReturnValue:
    """The checklist of one person: save as you go."""
    enrolment = service.to_assess(enrolment_id, by=pages.actor())
    of, begun = service.checklist(enrolment), service.open_test(enrolment)
    form = test_form(of, current_language())(data=_shown(begun))
    if begun is not None and request.method == "GET":
        for one in of.criteria:
            criterion_field(form, one).data = str(begun.levels[one.id]) if one.id in begun.levels else None
    if form.sent():
        try:
            saved = _save(form, enrolment)
        except RuleBroken as broken:
            form.show(broken)
        else:
            if request.form.get("act") == "decide":
                return _to_result(saved)
            pages.notify(
                "ok",
                Message(
                    N_("Saved at %(time)s."),
                    time=written.time_of_day(clock.local(clock.now()).time(), current_language()),
                ),
            )
            return redirect(url_for("practical.observe", enrolment_id=enrolment.id), 303)
    return _observation(form, enrolment, begun), form.status


def _to_result(saved: PracticalTest) -> ResponseReturnValue:
    """The result, or back to the checklist with the number of open criteria; what was chosen is saved."""
    try:
        rules.check_complete(service.judged(saved))
    except RuleBroken as open_items:
        pages.notify("warn", open_items.message)
        return redirect(url_for("practical.observe", enrolment_id=saved.enrolment_id), 303)
    return redirect(url_for("practical.decide", test_id=saved.id), 303)


def _observation(form: TestForm, enrolment: Enrolment, begun: PracticalTest | None) -> str:
    of = service.checklist(enrolment)
    return pages.render(
        "practical/observe.html",
        form=form,
        enrolment=enrolment,
        checklist=of,
        rows=[(one, criterion_field(form, one)) for one in of.criteria],
        judged=service.judged(begun) if begun is not None else None,
        earlier=[one for one in service.tests_of(enrolment.id) if one.decided_at is not None],
    )


def _save(form: TestForm, enrolment: Enrolment) -> PracticalTest:
    starts, on, version = written.parse_time(form.starts.data or ""), form.on.data, form.version.data or ""
    if starts is None or on is None:
        raise RuleBroken(Message(N_("Write the start as hours and minutes, like 09:30.")), "starts")
    return service.save(
        enrolment,
        levels=form.levels(service.checklist(enrolment)),
        on=on,
        starts=starts,
        remark=form.remark.data or "",
        version=int(version) if version.isdigit() else 0,
        by=pages.actor(),
    )


def _shown(begun: PracticalTest | None) -> dict[str, object]:
    """What the form shows before anything is typed."""
    at = clock.local(begun.started_at if begun else clock.now())
    return {
        "on": begun.on if begun else clock.today(),
        "starts": written.time_of_day(at.time(), current_language()),
        "remark": begun.remark if begun else "",
        "version": str(begun.version if begun else 0),
    }


@bp.route("/test/result/<uuid:test_id>", methods=["GET", "POST"])
@pages.needs(Action.ASSESS)
def decide(test_id: UUID) -> ResponseReturnValue:
    """The computed result; making it final cannot be undone, so it has a page of its own."""
    test = service.test(test_id)
    require(pages.actor(), Action.ASSESS, test)
    error = None
    if request.method == "POST" and "_lang" not in request.form:
        try:
            service.decide(test, by=pages.actor())
        except RuleBroken as broken:
            error = broken
        else:
            pages.notify("ok", Message(N_("The result is final. The teacher was told.")))
            return redirect(url_for("practical.tests"), 303)
    of = service.checklist(test.enrolment)
    page = pages.render("practical/decide.html", test=test, checklist=of, judged=service.judged(test), error=error)
    return page, error.status if error else 200
