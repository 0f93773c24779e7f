"""The mentor's one page: no account, nothing done by opening it, one button, and a way back for each day.

Its pages are kept nowhere: whoever uses the browser next must not find them.
"""

from datetime import timedelta
from uuid import UUID

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Actor, ActorKind
from lmp.accounts import service as accounts
from lmp.accounts.models import OneTimeLink
from lmp.core import clock
from lmp.core.errors import Gone, NotAllowed, NotFound, RuleBroken
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.web import pages
from lmp.web.forms import SWITCH
from lmp.web.language import current_language
from lmp.workplace import service
from lmp.workplace.forms import CorrectionForm, TakeBackForm
from lmp.workplace.models import DayState, SentWeek
from lmp.workplace.views.blueprints import neutral, picture

PURPOSE = "mentor"


def mentor_page(link: OneTimeLink, token: str) -> ResponseReturnValue:
    """The page behind a mentor's link, whatever became of the link."""
    week, by = service.get_week(link.subject_id), _bearer(link)
    if link.used_at is not None or (week.decided_at is not None and link.ended_at is None):
        return _afterwards(week, token, by)
    try:
        accounts.check_open(link)
    except Gone as over:
        return _over(link, over)
    _refuse_the_teacher(week)
    form = CorrectionForm()
    if request.method == "POST" and SWITCH not in request.form:
        try:
            return _act(week, link, token, form, by)
        except Gone:
            return redirect(_address(token), 303)
        except RuleBroken as broken:
            form.show(broken)
    asked = service.asked(week, by=by)
    if not asked.rows:
        return _afterwards(week, token, by)
    page = pages.render(
        "workplace/mentor.html",
        asked=asked,
        week=week,
        token=token,
        form=form,
        closes_on=clock.local(link.expires_at - timedelta(seconds=1)).date(),
    )
    return _unkept(page, form.status)


def _over(link: OneTimeLink, over: Gone) -> ResponseReturnValue:
    """The page of a link that does nothing any more; it says so when a newer one took its place."""
    newer = accounts.newer_link(link)
    return _unkept(
        pages.render(
            "workplace/link_over.html",
            message=over.message,
            newer_at=clock.local(newer.made_at) if newer is not None else None,
        ),
        over.status,
    )


def _unkept(page: str, status: int = 200) -> ResponseReturnValue:
    """A page that no browser stores."""
    return page, status, {"Cache-Control": "no-store"}


def _act(week: SentWeek, link: OneTimeLink, token: str, form: CorrectionForm, by: Actor) -> ResponseReturnValue:
    """Do what the pressed button says. Raises what the service raises."""
    act = request.form.get("act")
    if act == "confirm":
        service.confirm(week, link, by=by)
    elif act == "correct":
        service.ask_correction(week, _entry(form), form.why.data or "", link, by=by)
        pages.notify("ok", Message(N_("The correction was asked for. The teacher is told by e-mail.")))
    elif act == "deny":
        service.deny(week, by=by)
        return _unkept(pages.render("workplace/denied.html", week=week))
    elif act == "opened":
        service.note_opened(week, link, by=by)
        return Response(status=204, content_type="text/plain")
    return redirect(_address(token), 303)


def _entry(form: CorrectionForm) -> UUID:
    """The day a correction is for. Raises NotFound for what is no id."""
    found = parse_id(form.entry.data)
    if found is None:
        raise NotFound
    return found


def _afterwards(week: SentWeek, token: str, by: Actor) -> ResponseReturnValue:
    """What was decided with this link, and for seven days the way to take a confirmation back."""
    form, given = TakeBackForm(), service.given(week, by=by)
    if request.method == "POST" and request.form.get("act") == "take_back":
        _refuse_the_teacher(week)
        if form.sent():
            try:
                service.take_back_confirmation(week, form.chosen(), form.why.data or "", by=by)
            except RuleBroken as broken:
                form.show(broken)
            else:
                pages.notify("ok", Message(N_("The confirmation was taken back. The teacher is told.")))
                return redirect(_address(token), 303)
    form.offer(given.rows, current_language())
    counts = service.outcome(week)
    page = pages.render(
        "workplace/done.html",
        form=form,
        week=week,
        given=given,
        confirmed=counts[DayState.CONFIRMED],
        returned=counts[DayState.RETURNED],
    )
    return _unkept(page, form.status)


def _refuse_the_teacher(week: SentWeek) -> None:
    """Nobody confirms their own days in the browser in which they are signed in. Raises NotAllowed."""
    viewer = pages.viewer()
    if viewer is not None and viewer.person_id == week.placement.enrolment.person_id:
        raise NotAllowed(
            Message(
                N_(
                    "These are your own days; the company confirms them. "
                    "Sign out, or let the mentor open the link in their own browser."
                )
            )
        )


def _bearer(link: OneTimeLink) -> Actor:
    """Who acts through the link, also in a browser in which somebody else is signed in."""
    return Actor(ActorKind.LINK, name=link.bearer_name, purpose=link.purpose, subject=link.subject_id)


def _address(token: str) -> str:
    """The page's own address in the language it is read in."""
    return url_for("links.follow", token=token, lang=current_language())


@neutral.get("/m/<token>/photo/<uuid:photo_id>")
@pages.needs(Action.CONFIRM_WEEK)
def mentor_photo(token: str, photo_id: UUID) -> ResponseReturnValue:
    """A photo of one of the days the mentor is asked to confirm."""
    link = accounts.open_link(token, PURPOSE)
    return picture(service.open_sent_photo(service.get_week(link.subject_id), photo_id, by=_bearer(link)))
