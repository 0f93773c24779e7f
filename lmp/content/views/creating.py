"""How a course begins: from the template, or as a copy."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.forms.creating import NewCourseForm, TitledForm
from lmp.content.models import CourseVersion, Draft
from lmp.content.service import NewCourse, TitleTaken
from lmp.content.views.blueprint import bp
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.network import service as network
from lmp.web import pages

#: What a copy is called until somebody says otherwise.
_COPY_OF = {"tr": "{} (kopya)", "en": "{} (copy)"}


@bp.route("/draft/new", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def new_course() -> ResponseReturnValue:
    """Five things about a course; everything else is written afterwards."""
    form, taken = NewCourseForm(), ""
    centres = service.writing_centres(pages.actor())
    form.offer_centres(centres)
    form.offer_fields(network.fields_on_offer())
    if form.sent():
        wanted = NewCourse(
            title=form.title,
            field=form.field.data,
            hours=form.hours.data,
            shape=form.shape.data,
            centre=form.centre.data,
        )
        try:
            return _begun(service.create_course(wanted, by=pages.actor()))
        except RuleBroken as broken:
            form.show(broken)
            taken = broken.slug if isinstance(broken, TitleTaken) else ""
    return pages.render("content/shelf/new.html", form=form, centres=centres, taken=taken), form.status


def _begun(made: Draft) -> ResponseReturnValue:
    """On to the course's own page, with its short name."""
    sentence = N_("The course stands under the short name “%(name)s”.")
    pages.notify("ok", Message(sentence, name=made.course.slug))
    return redirect(url_for("content.draft", slug=made.course.slug), 303)


@bp.route("/draft/<slug>/copy", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def copy_course(slug: str) -> ResponseReturnValue:
    """A course of one's centre made from this one, which stays its origin."""
    source = service.copied(slug, by=pages.actor())
    named = source.course.title
    form = TitledForm(data={f"title_{lang}": _COPY_OF[lang].format(getattr(named, lang)) for lang in _COPY_OF})
    centres, taken = service.writing_centres(pages.actor()), ""
    form.offer_centres(centres)
    if form.sent():
        try:
            return _begun(service.copy_course(slug, title=form.title, centre=form.centre.data, by=pages.actor()))
        except RuleBroken as broken:
            form.show(broken)
            taken = broken.slug if isinstance(broken, TitleTaken) else ""
    shown = pages.render(
        "content/shelf/copy.html",
        form=form,
        course=source.course,
        version=source.number if isinstance(source, CourseVersion) else None,
        centres=centres,
        taken=taken,
    )
    return shown, form.status
