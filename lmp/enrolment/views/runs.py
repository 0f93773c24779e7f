"""Pages of a centre's runs: the list, the desk of one run, its settings."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, admits, require
from lmp.content import service as content
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import desk, rules, service, words
from lmp.enrolment.forms import SettingsForm, policy_values
from lmp.enrolment.models import Run
from lmp.enrolment.views.blueprint import bp
from lmp.web import pages


def dates_of(run: Run) -> rules.Dates:
    """When a run is taught and when people may apply."""
    return rules.Dates(
        starts_on=run.starts_on, ends_on=run.ends_on, apply_from_on=run.apply_from_on, apply_until_on=run.apply_until_on
    )


def run_state(run: Run) -> tuple[str, Message]:
    """The mark and the words of what a run is doing today."""
    today, dates = clock.today(), dates_of(run)
    return words.run_mark(run.state, dates, today), words.run_in_words(run.state, dates, today)


@bp.get("/run")
@pages.needs(Action.SEE_RUN)
def runs() -> ResponseReturnValue:
    """The runs the viewer works with."""
    closed = request.args.get("show") == "closed"
    found = service.runs_of(pages.actor(), closed=closed)
    tallies = service.tallies([run.id for run in found])
    rows = [(run, run_state(run), tallies[run.id]) for run in found]
    may_open = admits(pages.actor(), [Action.OPEN_RUN])
    may_report = admits(pages.actor(), [Action.SEE_CENTRE_REPORT])
    return pages.render("enrolment/runs.html", rows=rows, closed=closed, may_open=may_open, may_report=may_report)


@bp.get("/run/<uuid:run_id>")
@pages.needs(Action.SEE_RUN)
def run(run_id: UUID) -> ResponseReturnValue:
    """The desk of one run: who needs somebody today, who is behind, what waits for whom, then everybody."""
    found = service.seen_run(run_id, pages.actor())
    view = request.args.get("show", "")
    view = view if view in {*desk.VIEWS, *desk.WATCHED} else ""
    states, late = service.numbers(found)
    watched = desk.look(found)
    between = found.apply_until_on < clock.today() < found.starts_on
    people = service.participants(found, pages.actor(), narrowed=desk.narrowed(found, view), at=request.args.get("at"))
    return pages.render(
        "enrolment/run.html",
        run=found,
        run_state=run_state(found),
        cards=desk.cards(states, watched, late=late, seats_free=service.places_left(found), applications_over=between),
        watched=watched,
        view=view,
        counts=desk.counts(states, watched),
        people=people,
        lines=desk.lines(people.rows, watched, service.policy_of(found)),
        has_test=found.starts_on <= clock.today() and content.document(found.version).test is not None,
    )


@bp.get("/participant/<uuid:enrolment_id>")
@pages.needs(Action.SEE_RUN)
def run_participant(enrolment_id: UUID) -> ResponseReturnValue:
    """One participant for the run's staff: the state in words and how it came to it."""
    found = service.enrolment(enrolment_id, pages.actor())
    require(pages.actor(), Action.SEE_RUN, found.run)
    return pages.render(
        "enrolment/participant.html",
        enrolment=found,
        words=service.state_in_words(found, service.reserve_rank(found)),
        mark=service.state_mark(found),
        events=service.timeline(found),
        asking=service.offices.asking(found),
        offer_until=service.offers.until(found),
        ended=found.state in rules.ENDED,
        seated=found.state in desk.VIEWS["main"],
    )


@bp.route("/run/<uuid:run_id>/settings", methods=["GET", "POST"])
@pages.needs(Action.OPEN_RUN)
def run_settings(run_id: UUID) -> ResponseReturnValue:
    """The seats, the policy and the MEBBİS number of a run that is open."""
    found = service.run(run_id)
    require(pages.actor(), Action.OPEN_RUN, found)
    policy = service.policy_of(found)
    seats = {"capacity": found.capacity, "offer_hours": found.offer_hours}
    form = SettingsForm(data={**policy_values(policy), **seats, "activity_no": found.activity_no or ""})
    if form.sent():
        try:
            service.set_activity_no(found, form.activity_no.data or "", by=pages.actor())
            service.set_seats(found, form.capacity.data, form.offer_hours.data, by=pages.actor())
            service.change_policy(found, form.policy(), reason=form.reason.data or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("Saved.")))
            return redirect(url_for("enrolment.run", run_id=found.id), 303)
    page = pages.render(
        "enrolment/settings.html",
        run=found,
        form=form,
        policy=policy,
        has_applications=service.has_applications(found),
        begun=found.starts_on <= clock.today(),
    )
    return page, form.status
