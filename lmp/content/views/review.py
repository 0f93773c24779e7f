"""Asking for a review, what is new since the last version, and the decision: publish or send back."""

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts.models import Person
from lmp.content import rules, service
from lmp.content.forms.publishing import PublishForm
from lmp.content.forms.review import AskForm, SendBackForm, WithdrawForm
from lmp.content.models import CourseVersion, Draft
from lmp.content.naming import Names
from lmp.content.rules import ReviewState, blocking
from lmp.content.service import ReviewRow
from lmp.content.views.blueprint import bp
from lmp.content.views.comparing import Group, grouped
from lmp.core.db import Bilingual
from lmp.core.errors import RuleBroken
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.web import pages
from lmp.web.forms import OnceForm, said

FIRST_NOTE = {"note_tr": "İlk sürüm", "note_en": "First version"}
_ANYBODY = N_("Anybody at the centre who may decide")
_FORMS: dict[str, type[OnceForm]] = {
    "ask": AskForm,
    "publish": PublishForm,
    "send_back": SendBackForm,
    "withdraw": WithdrawForm,
}


@bp.route("/draft/<slug>/review", methods=["GET", "POST"])
@pages.needs(Action.SEE_DRAFT)
def review(slug: str) -> ResponseReturnValue:
    """The review of a draft: what is new, what was said about it, and the one act that is next."""
    found = service.see_draft(slug, viewer=pages.actor())
    rows, current, able = (
        service.reviews(found.course_id),
        service.find_current(found.course_id),
        service.reviewers(found),
    )
    forms = _forms(found, rows, able, is_first=current is None)
    sent = forms.get(request.form.get("act", "")) if request.method == "POST" else None
    if sent is not None and sent.sent():
        try:
            done = _act(found, sent)
        except RuleBroken as broken:
            sent.show(broken)
            rows = service.reviews(found.course_id)
        else:
            pages.notify("ok", done)
            return redirect(url_for("content.review", slug=slug), 303)
    page = _page(found, current, rows, able, forms=forms, form=sent)
    return page, sent.status if sent is not None else 200


def _forms(found: Draft, rows: list[ReviewRow], able: list[Person], *, is_first: bool) -> dict[str, Any]:
    """Every form of the page; the one that was sent is bound to what was sent."""
    open_id = str(rows[0].id) if rows and rows[0].state is ReviewState.OPEN else ""
    values = {"seen": found.hash, "review": open_id, **(FIRST_NOTE if is_first else {})}
    act = request.form.get("act")
    made = {
        kind: form(data=values) if kind == act else form(formdata=None, data=values) for kind, form in _FORMS.items()
    }
    people = [(str(one.id), one.name) for one in able if one.id != pages.actor().id]
    made["ask"].reviewer.choices = [("", said(Message(_ANYBODY))), *people]
    return made


def _act(found: Draft, sent: Any) -> Message:
    """Do what a form asks for; answers the sentence that says it is done. Raises RuleBroken, NotAllowed."""
    by = pages.actor()
    if isinstance(sent, AskForm):
        service.ask_review(found, note=sent.note.data or "", reviewer_id=parse_id(sent.reviewer.data or ""), by=by)
        return Message(N_("You have asked for a review. Whoever may decide has been told."))
    open_id = parse_id(sent.review.data or "")
    if isinstance(sent, PublishForm):
        note = Bilingual(sent.note_tr.data or "", sent.note_en.data or "")
        version = service.publish(found, by=by, note=note, seen=sent.seen.data, review_id=open_id)
        return Message(N_("Published as version %(number)s."), number=version.number)
    wanted = open_id or UUID(int=0)
    if isinstance(sent, SendBackForm):
        service.send_back(found, wanted, words=sent.words.data or "", seen=sent.seen.data or "", by=by)
        return Message(N_("Sent back. The authors have been told."))
    service.withdraw_review(found, wanted, by=by)
    return Message(N_("You have taken the request back."))


def _page(
    found: Draft, current: CourseVersion | None, rows: list[ReviewRow], able: list[Person], **values: object
) -> str:
    """The page of the review; `values` are its forms and the one that was sent."""
    is_new = current is None or current.hash != found.hash
    newest = rows[0] if rows else None
    groups = grouped(service.differences_since(found, current), service.readable_document(found)) if current else []
    threads = service.threads(found.course_id)
    stops = blocking(service.check_draft(found))
    may_decide = pages.may(Action.PUBLISH_COURSE, found)
    standing = rules.standing(is_new=is_new, review=newest.state if newest else None)
    return pages.render(
        "content/review/review.html",
        **values,
        draft=found,
        document=service.readable_document(found),
        current=current,
        is_new=is_new,
        newest=newest,
        standing=standing,
        step=rules.next_step(
            standing, may_write=pages.may(Action.ASK_REVIEW, found), may_decide=may_decide, blocking=len(stops)
        ),
        is_overtaken=newest is not None and standing is rules.Standing.IN_REVIEW and newest.hash != found.hash,
        rows=rows,
        groups={group.unit: group for group in groups},
        gone=_gone(found, groups),
        threads=threads,
        called=Names(found.document).thing,
        open_comments=_counted(threads),
        stops=len(stops),
        reviewers=able,
        writers=service.writers(found),
        may_ask=pages.may(Action.ASK_REVIEW, found),
        may_decide=may_decide,
    )


def _gone(found: Draft, groups: list[Group]) -> list[Group]:
    """The units that the newest version has and the draft has not."""
    there = {"", *(unit.key for unit in service.readable_document(found).units)}
    return [group for group in groups if group.unit not in there]


def _counted(threads: list[service.Thread]) -> dict[str, int]:
    """How many comments still wait, by unit."""
    waiting = [thread.place.unit for thread in threads if thread.is_open]
    return {unit: waiting.count(unit) for unit in set(waiting)}
