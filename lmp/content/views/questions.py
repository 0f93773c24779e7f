"""Writing questions: choosing a kind, the editor of one question with its try-it, deleting and undoing, duplicating."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import question_words, service
from lmp.content.document.translation import state_of
from lmp.content.document.tree import Node
from lmp.content.editing import Raw, mark_of, question_in, questions, sheets, unit_in
from lmp.content.editing.questions import QuestionSuperseded
from lmp.content.editing.sheets import NoQuestion, Sheet
from lmp.content.forms.questions import NewQuestionForm, QuestionForm
from lmp.content.models import Draft
from lmp.content.naming import title_of
from lmp.content.service import questions as writing
from lmp.content.texts import LANGS
from lmp.content.trying import Trial, tried
from lmp.content.views import asked
from lmp.content.views.blueprint import bp
from lmp.content.views.commenting import talk_about
from lmp.content.views.going import page_of
from lmp.content.views.unit_editor import saved_at, wants_json
from lmp.core import clock
from lmp.core.errors import NotFound
from lmp.core.ids import new_id
from lmp.core.messages import N_, Message
from lmp.web import pages
from lmp.web.forms import SWITCH, Form
from lmp.web.language import current_language


@dataclass(frozen=True)
class Editor:
    """The page of one question: the draft it belongs to, what stands there, and what the form says now."""

    draft: Draft
    document: Raw
    unit: str
    #: The question as it is stored, or a blank one.
    stored: Raw
    sheet: Sheet
    problems: dict[str, Message] = field(default_factory=dict)
    #: The other person's form, where somebody else has saved in between.
    theirs: Sheet | None = None
    #: The id of the element that takes focus.
    focus: str = ""
    #: The language in which the answer was tried.
    trying: str = ""
    is_saved: bool = True

    @property
    def key(self) -> str:
        """The key of the question, empty for a new one."""
        return str(self.stored.get("key", ""))


@bp.route("/draft/<slug>/unit/<key>/question/new", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def new_question(slug: str, key: str) -> ResponseReturnValue:
    """A new question of a kind, asked behind the block that `after` names; without a kind, choosing one."""
    draft = service.draft_to_write(slug, by=pages.actor())
    document = service.raw_document(draft)
    unit = unit_in(document, key)
    kind = request.values.get("kind", "")
    if kind not in question_words.KINDS:
        kinds = question_words.KINDS.values()
        values = {
            "unit": unit,
            "unit_title": title_of(unit),
            "unit_url": _unit_url(draft, key),
            "after": request.args.get("after"),
        }
        return pages.render("content/question/kinds.html", draft=draft, kinds=kinds, **values)
    form = NewQuestionForm(data={"kind": kind, "after": request.args.get("after", _AT_END)})
    outcome = (unit["outcomes"] or [document["outcomes"][0]["id"]])[0]
    stored = questions.blank(kind, outcome, "quiz" if form.after.data == _AT_END else "check")
    editor = Editor(draft, document, key, stored, _sheet(stored), is_saved=False)
    return _answered(editor, form)


#: Stands for "at the end" in the form; the empty text means "at the beginning".
_AT_END = "*"


@bp.route("/draft/<slug>/unit/<key>/question/<question>", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def edit_question(slug: str, key: str, question: str) -> ResponseReturnValue:
    """One question with everything that belongs to it, and the way to try it; a removed one can be brought back."""
    draft = service.draft_to_write(slug, by=pages.actor())
    document = service.raw_document(draft)
    if request.method == "GET" and "removed" in request.args:
        return _removed(draft, document, key, question)
    stored = question_in(document, key, question)
    editor = Editor(draft, document, key, stored, _sheet(stored))
    return _answered(editor, QuestionForm(data={"seen": mark_of(stored)}))


def _sheet(stored: Raw) -> Sheet:
    """The form as it was sent, or else of what is stored."""
    if request.method == "POST":
        return sheets.sheet_sent(stored["kind"], request.form.to_dict(flat=False))
    return sheets.sheet_of(stored, current_language())


def _answered(editor: Editor, form: Form) -> ResponseReturnValue:
    """The page, or the way to the next one after saving."""
    if request.method == "GET":
        return _page(editor, form)
    if not form.sent():
        return _page(replace(editor, is_saved=SWITCH not in request.form and editor.is_saved), form)
    act, _, rest = request.form.get("act", "").partition(":")
    if act:
        return _page(_changed(editor, act, rest), form)
    try:
        made = sheets.question_of(editor.sheet, editor.stored, current_language())
        return _kept(editor, form, made) if wants_json() and editor.key else _saved(editor, form, made)
    except NoQuestion as refused:
        form.status = refused.status
        if wants_json():
            return {"problems": _missing(editor.sheet, refused.problems), "general": []}, form.status
        return _page(replace(editor, problems=refused.problems, is_saved=False), form)
    except QuestionSuperseded as superseded:
        form.status = superseded.status
        if wants_json():
            return {"clashes": pages.render("content/question/clash_part.html"), "seen": {}, "theirs": {}}, form.status
        form.seen.data = mark_of(superseded.theirs)
        theirs = sheets.sheet_of(superseded.theirs, current_language())
        return _page(replace(editor, theirs=theirs, is_saved=False), form)


def _missing(sheet: Sheet, problems: Mapping[str, Message]) -> dict[str, str]:
    """What keeps a question from being saved, with the name of its field."""
    called = {name: pages.said(question_words.field_words(sheet, name)) for name in problems}
    return {name: f"{called[name]}: {pages.said(sentence)}" for name, sentence in problems.items()}


def _kept(editor: Editor, form: Form, made: Raw) -> ResponseReturnValue:
    """Save in the background: a script is told when, the mark of what it sent, and what the checks say of it.

    That both languages were compared is never said in passing, only by saving with one's own hand.
    """
    slug, unit, key = editor.draft.course.slug, editor.unit, editor.key
    done = writing.write_question(slug, unit, key, made, str(form.seen.data), is_reviewed=False, by=pages.actor())
    stored = question_in(done.document, unit, key)
    shown = {
        "editor": editor,
        "sheet": editor.sheet,
        "words": question_words,
        "problems": {},
        "remarks": writing.remarks(done.document, unit, key),
    }
    return {
        "said": saved_at(done.draft.saved_at),
        "seen": {"": mark_of(stored)},
        "changed": done.changed,
        "checks": pages.render("content/question/checks_part.html", **shown),
    }


def _saved(editor: Editor, form: Form, made: Raw) -> ResponseReturnValue:
    """Save what the form says, then show the question as it is now."""
    slug, by = editor.draft.course.slug, pages.actor()
    if editor.key:
        seen, is_reviewed = str(form.seen.data), "reviewed" in request.form
        writing.write_question(slug, editor.unit, editor.key, made, seen, is_reviewed=is_reviewed, by=by)
        key = editor.key
    else:
        after = None if form.after.data == _AT_END else str(form.after.data or "")
        key = writing.add_question(slug, editor.unit, made, after, by=by)
    pages.notify("ok", Message(N_("The question is saved.")))
    return redirect(url_for("content.edit_question", slug=slug, key=editor.unit, question=key), 303)


def _changed(editor: Editor, act: str, rest: str) -> Editor:
    """The page after a button that changes the form and saves nothing; focus goes on where it was."""
    part, _, row = rest.partition(":")
    sheet = editor.sheet
    changed = replace(editor, is_saved=False)
    if act == "add" and part in sheet.rows:
        added = sheet.with_row(part, writing.used_ids(editor.draft, editor.stored))
        first = sheets.TEXTS[part][0]
        return replace(changed, sheet=added, focus=f"{part}-{added.rows[part][-1]}-{first}-tr")
    if act == "remove" and row in sheet.rows.get(part, ()):
        place = sheet.rows[part].index(row)
        left = sheet.without_row(part, row)
        rest_of_them = left.rows[part][place : place + 1] or left.rows[part][-1:]
        focus = f"remove-{part}-{rest_of_them[0]}" if rest_of_them else f"add-{part}"
        return replace(changed, sheet=left, focus=focus)
    if act in _STEPS and part in sheet.rows:
        return replace(changed, sheet=sheet.moved(part, row, _STEPS[act]), focus=f"{act}-{part}-{row}")
    if act == "take":
        now = sheets.sheet_of(editor.stored, current_language())
        return replace(changed, sheet=sheet.taking(rest, now), theirs=now, focus=rest.replace(".", "-"))
    if act == "try" and rest in LANGS:
        return replace(changed, trying=rest, focus=f"try-{rest}-button", is_saved=_made(editor) == editor.stored)
    return changed


_STEPS = {"up": -1, "down": 1}


def _unit_url(draft: Draft, unit: str) -> str:
    """Where the unit is written; where it is read as long as nothing writes it."""
    slug = draft.course.slug
    return page_of("/draft/<slug>/unit/<key>/edit", slug, key=unit) or url_for("content.unit", slug=slug, key=unit)


def _page(editor: Editor, form: Form) -> ResponseReturnValue:
    """The page of a question."""
    document, sheet = editor.document, editor.sheet
    made = _made(editor)
    remarks = _remarks(editor, made)
    names = sheets.differing(sheet, editor.theirs) if editor.theirs else []
    values = {
        "form": form,
        # Without a fragment, which would keep the browser from the element that takes focus.
        "action": request.full_path.rstrip("?"),
        "editor": editor,
        "draft": editor.draft,
        "sheet": sheet,
        "unit": (unit := unit_in(document, editor.unit)),
        "unit_title": title_of(unit),
        "unit_url": _unit_url(editor.draft, editor.unit),
        "number": [unit["key"] for unit in document["units"]].index(editor.unit) + 1,
        "kind": question_words.KINDS[sheet.kind],
        "words": question_words,
        "outcomes": document["outcomes"],
        "hints": sheets.hints_of(editor.stored),
        "taken": sorted(writing.used_ids(editor.draft, editor.stored)),
        "problems": {name: pages.said(message) for name, message in editor.problems.items()},
        "remarks": remarks,
        "differing": names,
        "asking": questions.blocks_that_ask(document, editor.unit, editor.key) if editor.key else [],
        "translation": state_of(Node(editor.stored), document["source"]) if editor.key else "missing",
        "saved_at": clock.local(editor.draft.saved_at),
        "person": str(pages.actor().id),
        "trials": _trials(editor, made),
        "talk": talk_about(service.sheet_of(editor.draft, editor.unit)) if editor.key else None,
        "once": {act: str(new_id()) for act in ("duplicate", "delete")},
    }
    return pages.render("content/question/edit.html", **values), form.status


def _made(editor: Editor) -> Raw | None:
    """The question that the form stands for; None as long as it stands for none."""
    try:
        return sheets.question_of(editor.sheet, editor.stored, current_language())
    except NoQuestion:
        return None


def _remarks(editor: Editor, made: Raw | None) -> list[writing.Remark]:
    """What the checks say about the question as the form has it; nothing about a new one that nobody has begun."""
    if made is None or (not editor.key and request.method == "GET"):
        return []
    after = writing.as_written(editor.document, editor.unit, editor.key, made)
    key = editor.key or str(unit_in(after, editor.unit)["questions"][-1]["key"])
    return writing.remarks(after, editor.unit, key)


def _trials(editor: Editor, made: Raw | None) -> list[Trial]:
    """The question as somebody would answer it in each language, marked in the one where it was tried."""
    if made is None:
        return []
    given = {lang: request.form.getlist(f"try.{lang}") for lang in LANGS}
    return [tried(made, lang, given[lang], is_marked=lang == editor.trying) for lang in LANGS]


def _removed(draft: Draft, document: Raw, key: str, question: str) -> ResponseReturnValue:
    """The page after deleting a question: what was deleted, and the way back."""
    number = asked.number(request.args.get("removed")) or 0
    unit = unit_in(document, key)
    gone = writing.removed_question(draft, key, question, number)
    if any(each["key"] == question for each in unit.get("questions", [])):
        return redirect(url_for("content.edit_question", slug=draft.course.slug, key=key, question=question))
    url = _unit_url(draft, key)
    return pages.render(
        "content/question/removed.html",
        draft=draft,
        unit=unit,
        unit_title=title_of(unit),
        unit_url=url,
        gone=gone,
        removed=number,
    )


@bp.post("/draft/<slug>/unit/<key>/question/<question>/delete")
@pages.needs(Action.WRITE_DRAFT)
def delete_question(slug: str, key: str, question: str) -> ResponseReturnValue:
    """Delete a question with its block, and show the way back."""
    done = writing.remove_question(slug, key, question, by=pages.actor())
    address: dict[str, Any] = {"slug": slug, "key": key, "question": question, "removed": done.revision}
    return redirect(url_for("content.edit_question", **address), 303)


@bp.post("/draft/<slug>/unit/<key>/question/<question>/restore")
@pages.needs(Action.WRITE_DRAFT)
def restore_question(slug: str, key: str, question: str) -> ResponseReturnValue:
    """Put a deleted question back as it was."""
    number = asked.number(request.form.get("removed"))
    if number is None:
        raise NotFound
    writing.bring_back_question(slug, key, question, number, by=pages.actor())
    pages.notify("ok", Message(N_("The question is back where it was.")))
    return redirect(url_for("content.edit_question", slug=slug, key=key, question=question), 303)


@bp.post("/draft/<slug>/unit/<key>/question/<question>/duplicate")
@pages.needs(Action.WRITE_DRAFT)
def duplicate_question(slug: str, key: str, question: str) -> ResponseReturnValue:
    """Put a copy behind a question and open it."""
    made = writing.duplicate_question(slug, key, question, by=pages.actor())
    pages.notify("ok", Message(N_("This is the copy. Change what is to be different.")))
    return redirect(url_for("content.edit_question", slug=slug, key=key, question=made), 303)
