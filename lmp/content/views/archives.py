"""Courses as ZIP files: sent to whoever may read them, looked at and taken in where somebody may write."""

import re
from uuid import UUID

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.files.problems import Problem
from lmp.content.forms.archives import ArchiveForm, TakeInForm
from lmp.content.service import NotImportable, archives
from lmp.content.service.archives import TAKEN, Looked
from lmp.content.views import asked
from lmp.content.views.blueprint import bp
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.files import StoredFile
from lmp.core.messages import N_, Message
from lmp.web import pages

#: Problems that one page lists; the rest are counted.
MOST_SHOWN = 100
_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@bp.get("/draft/<slug>/archive")
@pages.needs(Action.SEE_DRAFT)
def archive(slug: str) -> ResponseReturnValue:
    """The files of the draft, or of the version that `version` names, in one ZIP file."""
    wanted = request.args.get("version")
    if wanted is not None and not _NUMBER.fullmatch(wanted):
        raise NotFound
    number = int(wanted) if wanted is not None else None
    packed = archives.pack(slug, number, viewer=pages.actor())
    answer = Response(packed.pieces, mimetype="application/zip")
    answer.headers["Content-Disposition"] = f"attachment; filename={packed.name}"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@bp.route("/draft/take-in", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def take_in() -> ResponseReturnValue:
    """Send a ZIP file; it is looked at before anything changes."""
    form = ArchiveForm()
    if form.sent():
        sent = form.file.data
        try:
            kept = archives.receive(sent.stream, sent.filename or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            return redirect(url_for("content.looked_at", upload_id=kept.id), 303)
    return pages.render("content/shelf/take_in.html", form=form), form.status


@bp.route("/draft/take-in/<uuid:upload_id>", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def looked_at(upload_id: UUID) -> ResponseReturnValue:
    """What the file holds and what it would change; taking it in, or not."""
    kept, form = archives.received(upload_id, by=pages.actor()), TakeInForm()
    form.offer_centres(service.writing_centres(pages.actor()))
    if form.sent():
        if form.act.data == "forget":
            archives.forget(kept)
            pages.notify("ok", Message(N_("The file was not imported. Nothing changed.")))
            return redirect(url_for("content.drafts"), 303)
        try:
            seen = asked.number(form.seen.data) or 0
            made = archives.take_in(kept, by=pages.actor(), centre=form.centre.data or "", seen=seen)
        except (NotImportable, Conflict) as refused:
            form.show(refused)
        else:
            pages.notify("ok", Message(N_("The course was imported as revision %(number)s."), number=made.revision))
            return redirect(url_for("content.draft", slug=made.course.slug), 303)
    return _looked_page(kept, form), form.status


def _looked_page(kept: StoredFile, form: TakeInForm) -> str:
    """The page about an archive that waits."""
    found = archives.look(kept, by=pages.actor(), centre=form.centre.data or "")
    form.seen.data = str(found.revision)
    return pages.render(
        "content/shelf/looked_at.html",
        form=form,
        kept=kept,
        found=found,
        refusals=found.refusals[:MOST_SHOWN],
        findings=found.findings[:MOST_SHOWN],
        counted=_counted(found),
        copy_of=_copy_of(found.refusals),
    )


def _counted(found: Looked) -> dict[str, int]:
    """How many things would be added, changed and removed."""
    return {kind: sum(one.kind == kind for one in found.changes) for kind in ("added", "changed", "removed")}


def _copy_of(refusals: tuple[Problem, ...]) -> str:
    """The course of another centre that may be copied instead."""
    name = next((str(one.message.values["name"]) for one in refusals if one.rule == TAKEN), "")
    if not name:
        return ""
    try:
        service.copied(name, by=pages.actor())
    except NotFound:
        return ""
    return name
