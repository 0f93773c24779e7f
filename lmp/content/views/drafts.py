"""Courses as they are being written: the list, one course, its units and plans as they read now."""

from collections.abc import Callable

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import service as accounts
from lmp.content import gate, outline, service
from lmp.content.changes import Change
from lmp.content.document import LANGS, Finding, Lang
from lmp.content.files.problems import spoken_path
from lmp.content.forms.publishing import PublishForm
from lmp.content.models import CourseVersion, Draft
from lmp.content.rules import blocking
from lmp.content.views.blueprint import bp
from lmp.core import clock
from lmp.core.db import Bilingual
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.web import pages
from lmp.web.language import current_language

FIRST_NOTE = {"note_tr": "İlk sürüm", "note_en": "First version"}
_KINDS = {
    "added": N_("Added: %(thing)s, %(where)s"),
    "changed": N_("Changed: %(thing)s, %(where)s"),
    "removed": N_("Removed: %(thing)s, %(where)s"),
}
#: A unit that the draft does not have any more has no number.
_GONE = N_("Unit %(key)s (removed)")
_WHERE = {
    LANGS: Message(N_("in both languages")),
    ("tr",): Message(N_("in Turkish")),
    ("en",): Message(N_("in English")),
}


@bp.get("/draft")
@pages.needs(Action.SEE_DRAFT)
def drafts() -> ResponseReturnValue:
    """The courses of one's centre: what is published, what waits for a reviewer."""
    return pages.render("content/drafts.html", rows=service.draft_rows(viewer=pages.actor()))


@bp.get("/draft-rules")
@pages.needs(Action.SEE_DRAFT)
def policy() -> ResponseReturnValue:
    """Every rule a course is checked by before it is published, and whether breaking it stops publication."""
    return pages.render("content/policy.html", rules=gate.RULES.values())


@bp.route("/draft/<slug>", methods=["GET", "POST"])
@pages.needs(Action.SEE_DRAFT)
def draft(slug: str) -> ResponseReturnValue:
    """A course as it is being written: what it holds, what is in its way, what is new; and publishing it."""
    found = service.see_draft(slug, viewer=pages.actor())
    current = service.find_current(found.course_id)
    form = PublishForm(data={"seen": found.hash, **({} if current else FIRST_NOTE)})
    if form.sent():
        note = Bilingual(form.note_tr.data or "", form.note_en.data or "")
        try:
            version = service.publish(found, by=pages.actor(), note=note, seen=form.seen.data)
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("Published as version %(number)s."), number=version.number))
            return redirect(url_for("content.draft", slug=slug), 303)
    return _draft_page(found, current, form), form.status


def _draft_page(found: Draft, current: CourseVersion | None, form: PublishForm) -> str:
    """The page of a draft, with the form or the sentence that stands in its place."""
    findings = service.check_draft(found)
    author = accounts.person(found.author_id).name if found.author_id else None
    is_new = current is None or current.hash != found.hash
    return pages.render(
        "content/draft.html",
        form=form,
        draft=found,
        document=service.draft_document(found),
        current=current,
        is_new=is_new,
        author=author,
        is_author=found.author_id is not None and found.author_id == pages.actor().id,
        saved=clock.local(found.saved_at),
        units=service.draft_outline(found),
        parity=service.draft_parity(found),
        findings=_said_findings(found, findings),
        blocking=len(blocking(findings)),
        changes=_said_changes(found, current) if current is not None else [],
        history=service.history(found.course_id),
        reviewers=service.reviewers(found) if is_new else [],
        may_publish=pages.may(Action.PUBLISH_COURSE, found),
    )


def _said_findings(found: Draft, findings: list[Finding]) -> list[tuple[Finding, str]]:
    """Findings with the place they stand at, those that stop publication first."""
    ordered = sorted(findings, key=lambda finding: finding.severity != "error")
    return [(finding, spoken_path(found.document, finding.path)) for finding in ordered]


def _said_changes(found: Draft, current: CourseVersion) -> list[tuple[Message | None, list[Message]]]:
    """What differs from the newest version, in sentences under the unit it belongs to (None: the course as a whole)."""
    names = {"": None, **{unit.key: _unit_name(unit) for unit in service.draft_outline(found)}}
    groups: dict[str, list[Message]] = {}
    for change in service.changes_since(found, current):
        groups.setdefault(change.thing.unit, []).append(_said_change(change))
    return [(names.get(key, Message(_GONE, key=key)), sentences) for key, sentences in groups.items()]


def _unit_name(unit: outline.UnitOutline) -> Message:
    """What a unit is called in the list of changes."""
    return Message(N_("Unit %(number)s: %(title)s"), number=unit.number, title=unit.title)


def _said_change(change: Change) -> Message:
    """One difference in a sentence."""
    return Message(_KINDS[change.kind], thing=change.thing.message, where=_WHERE[change.langs])


@bp.get("/draft/<slug>/unit/<key>")
@pages.needs(Action.SEE_DRAFT)
def unit(slug: str, key: str) -> ResponseReturnValue:
    """A unit of a draft as a teacher would see it, in the language that `in` names; nothing is written."""
    found = service.see_draft(slug, viewer=pages.actor())
    lang = _reading_language()
    document, wanted = service.draft_document(found), service.draft_unit(found, key)
    return pages.render(
        "content/unit.html",
        draft=found,
        document=document,
        unit=wanted,
        number=document.number_of(wanted),
        reading=lang,
        sections=outline.sections(service.render_draft_unit(found, key, lang)),
        checks=sum(block.kind == "question" for block in wanted.blocks),
        questions={question.key: question for question in wanted.questions},
        media_url=_draft_media(slug),
        media_size=lambda name: service.picture_size(service.medium_of(found, name)),
    )


def _reading_language() -> Lang:
    """The language in which a draft is read: the asked one, else that of the page."""
    asked = request.args.get("in", current_language())
    return "en" if asked == "en" else "tr"


def _draft_media(slug: str) -> Callable[[str], str]:
    """Addresses of a draft's files."""
    return lambda name: url_for("content.draft_media", slug=slug, name=name)


@bp.get("/draft/<slug>/plan")
@pages.needs(Action.SEE_DRAFT)
def plan(slug: str) -> ResponseReturnValue:
    """What a draft plans away from the screen, and its glossary, in both languages."""
    found = service.see_draft(slug, viewer=pages.actor())
    return pages.render("content/plan.html", draft=found, document=service.draft_document(found))
