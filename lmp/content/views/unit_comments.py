"""Comments of a review, answered and settled on the pages where a unit and its questions are written."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.forms.review import CommentForm
from lmp.content.service import Sheet
from lmp.content.views.blueprint import bp
from lmp.content.views.commenting import place_said, say, spot_of, talk_about
from lmp.content.views.unit_editor import unit_address, unit_page, wants_json
from lmp.web import pages


@bp.post("/draft/<slug>/unit/<key>/comment")
@pages.needs(Action.WRITE_DRAFT)
def comment_unit(slug: str, key: str) -> ResponseReturnValue:
    """Comment on a place of a unit, answer a comment there, settle it, or open it again; a script gets the place afresh."""
    found = service.sheet(slug, key, viewer=pages.actor())
    form = CommentForm()
    done = say(found.draft, form, key, request.form.get("act", "comment"))
    if wants_json():
        return _place_afresh(found, form, pages.said(done) if done else "")
    if done is None:
        return unit_page(found, None, form)
    pages.notify("ok", done)
    return redirect(_back(found, form), 303)


def _place_afresh(found: Sheet, form: CommentForm, said: str) -> ResponseReturnValue:
    """What a script shows in the place of what it sent."""
    talk = talk_about(found, form if not said else None)
    shown = {"talk": talk, "slug": found.slug, "key": found.unit["key"], "back": form.back.data or ""}
    place = place_said(form, found.unit["key"])
    html = pages.render("content/editor/talk_part.html", part=place.part, thing=place.id, **shown)
    return {
        "html": html,
        "list": pages.render("content/editor/talk_list_part.html", **shown),
        "said": said,
    }, form.status


def _back(found: Sheet, form: CommentForm) -> str:
    """Where somebody was when they wrote: at the question, or at the block."""
    place = place_said(form, found.unit["key"])
    if place.part == "question" and form.back.data == "question":
        return url_for("content.edit_question", slug=found.slug, key=place.unit, question=place.id, _anchor="comments")
    spot = spot_of(found.unit, place.part, place.id)
    return unit_address(found.slug, place.unit, spot[0] if spot and spot[0] else "heading")
