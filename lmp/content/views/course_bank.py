"""The question bank of a course, and questions on their way between it and the bank of its centre."""

from collections.abc import Sequence
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import bank, bank_words, question_rows, service
from lmp.content.document import Text
from lmp.content.editing import mark_of
from lmp.content.forms.bank import CopyForm, KeepForm, TakeForm
from lmp.content.models import Draft
from lmp.content.question_rows import QuestionRow
from lmp.content.views.bank import chosen_category, filters_of, prompt_of
from lmp.content.views.blueprint import bp
from lmp.core import messages
from lmp.core.errors import Conflict, RuleBroken
from lmp.core.keyed import ROWS, Page
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.core.text import plain
from lmp.network import service as network
from lmp.web import listing, pages
from lmp.web.language import current_language
from lmp.web.listing import Choice, Filter

_TITLE = Message(N_("Course questions"))


def _asked_in(row: QuestionRow) -> str:
    """Who asks a question, in a few words."""
    lang = current_language()
    places = (
        (row.block is not None, Message(N_("in the page of the unit"))),
        (row.in_quiz, Message(N_("in the unit quiz"))),
        (row.in_test, Message(N_("in the test before and after"))),
    )
    return ", ".join(messages.text(words, lang) for holds, words in places if holds)


def _plain(prompt: Text) -> str:
    """A question without its Markdown, in the page's language."""
    return plain(prompt.in_language(current_language()))


def _standing(row: QuestionRow) -> Message:
    return bank_words.STANDINGS[row.standing] if row.standing else bank_words.NOT_IN_BANK


_COLUMNS: list[Column[QuestionRow]] = [
    Column(Message(N_("Unit")), lambda row: row.unit_number, 8),
    Column(Message(N_("Unit title")), lambda row: row.unit_title, 30),
    Column(Message(N_("Question")), lambda row: _plain(row.prompt), 60),
    Column(Message(N_("Kind of question")), lambda row: bank_words.KINDS[row.question.kind], 22),
    Column(Message(N_("Outcome")), lambda row: row.outcome_number, 10),
    Column(Message(N_("Difficulty")), lambda row: bank_words.DIFFICULTIES[str(row.question.difficulty)], 12),
    Column(Message(N_("Where it is asked")), lambda row: bank_words.USES[row.question.use], 24),
    Column(Message(N_("Asked")), _asked_in, 40),
    Column(Message(N_("Translation")), lambda row: bank_words.TRANSLATIONS[row.translation], 24),
    Column(Message(N_("Findings")), lambda row: row.findings, 10),
    Column(Message(N_("Bank of the centre")), _standing, 28),
]


def _filters(rows: Sequence[QuestionRow]) -> list[Filter]:
    """What the list can be narrowed by; units and outcomes are those of the course."""
    lang = current_language()
    units = {row.unit_key: f"{row.unit_number}. {row.unit_title.in_language(lang)}" for row in rows}
    outcomes = {
        row.question.outcome: f"{row.outcome_number}. {row.outcome.in_language(lang)}"
        for row in sorted(rows, key=lambda row: row.outcome_number)
        if row.outcome
    }
    standings = {**{key.value: words for key, words in bank_words.STANDINGS.items()}, "none": bank_words.NOT_IN_BANK}
    return [
        Filter("unit", Message(N_("Unit")), [Choice(*one) for one in units.items()]),
        Filter("outcome", Message(N_("Outcome")), [Choice(*one) for one in outcomes.items()]),
        Filter("kind", Message(N_("Kind of question")), [Choice(*one) for one in bank_words.KINDS.items()]),
        Filter("difficulty", Message(N_("Difficulty")), [Choice(*one) for one in bank_words.DIFFICULTIES.items()]),
        Filter("use", Message(N_("Where it is asked")), [Choice(*one) for one in bank_words.USES.items()]),
        Filter("translation", Message(N_("Translation")), [Choice(*one) for one in bank_words.TRANSLATIONS.items()]),
        Filter("bank", Message(N_("Bank of the centre")), [Choice(*one) for one in standings.items()]),
        Filter("order", Message(N_("Order")), [Choice(*one) for one in bank_words.ORDERS.items()]),
    ]


def _page(rows: list[QuestionRow], at: str | None) -> Page[QuestionRow]:
    """One page of rows that are all at hand; `at` is the number of the first."""
    first = int(at) if at and at.isdecimal() and len(at) < 7 else 0
    first = first if first < len(rows) else 0
    before = str(max(first - ROWS, 0)) if first else None
    return Page(rows[first : first + ROWS], str(first + ROWS) if first + ROWS < len(rows) else None, before)


@bp.get("/draft/<slug>/question")
@pages.needs(Action.SEE_DRAFT)
def questions(slug: str) -> ResponseReturnValue:
    """Every question of a draft, whatever unit it stands in."""
    draft = service.see_draft(slug, viewer=pages.actor())
    rows = service.question_rows(draft)
    filters = _filters(rows)
    asked = listing.asked(filters)
    found = question_rows.ordered(question_rows.narrowed(rows, asked.query, asked.chosen), asked.get("order"))
    if asked.format is not None:
        return listing.file(asked.format, _TITLE, _COLUMNS, found)
    page = _page(found, asked.at)
    return pages.render(
        "content/bank/course.html",
        draft=draft,
        document=service.readable_document(draft),
        rows=page.rows,
        shown=len(found),
        all_rows=rows,
        listing=listing.listing(asked, page, filters),
        words=bank_words,
        asked_in=_asked_in,
        prompt_words=lambda row: _plain(row.prompt),
        question_url=lambda row: _question_url(slug, row),
        has_answers=draft.course.current_version_id is not None,
        may_write=pages.may(Action.WRITE_DRAFT, draft),
    )


def _question_url(slug: str, row: QuestionRow) -> str:
    """Where a question is written."""
    return url_for("content.edit_question", slug=slug, key=row.unit_key, question=row.key)


@bp.route("/draft/<slug>/unit/<key>/question/<question>/bank", methods=["GET", "POST"])
@pages.needs(Action.KEEP_BANK)
def keep_in_bank(slug: str, key: str, question: str) -> ResponseReturnValue:
    """Copy a course's question into the bank of its centre."""
    draft = service.draft_to_write(slug, by=pages.actor())
    held, form = service.question_of(draft, key, question), KeepForm()
    form.offer(service.categories([draft.course.centre_id]), network.fields())
    if form.sent():
        try:
            made = service.keep_question(
                draft,
                held,
                category=chosen_category(form.category.data, draft.course.centre_id),
                field=network.field(form.field.data) if form.field.data else None,
                by=pages.actor(),
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The question stands in the bank now.")))
            return redirect(url_for("content.bank_question", bank_id=made.id), 303)
    elif len(draft.course.fields) == 1 and form.field.data in (None, ""):
        form.field.data = draft.course.fields[0].slug
    prompt = _plain(bank.spoken(bank.tidy(bank.kept(held))).prompt)
    return pages.render("content/bank/keep.html", draft=draft, prompt=prompt, form=form), form.status


@bp.route("/draft/<slug>/unit/<key>/question/<question>/newer", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def take_from_bank(slug: str, key: str, question: str) -> ResponseReturnValue:
    """What a course's question says beside what the bank's says now, and the button that takes it."""
    draft = service.draft_to_write(slug, by=pages.actor())
    held, match = service.counterpart(draft, key, question)
    form = TakeForm(data={"seen": mark_of(held), "seen_bank": match.mark})
    if form.sent():
        try:
            service.take_from_bank(
                slug, key, question, seen=form.seen.data or "", seen_bank=form.seen_bank.data or "", by=pages.actor()
            )
        except Conflict as conflict:
            form.show(conflict)
            form.seen.data, form.seen_bank.data = mark_of(held), match.mark
        else:
            pages.notify("ok", Message(N_("The course has the text of the bank now.")))
            return redirect(url_for("content.questions", slug=slug, bank="same"), 303)
    here = bank.tidy(bank.kept(held))
    return pages.render(
        "content/bank/newer.html",
        draft=draft,
        match=match,
        form=form,
        prompt=prompt_of(match),
        standing=bank.standing(bank.mark(here), match.mark, match.former),
        words=bank_words,
        differences=bank.differences(here, match.question),
        part_words=bank_words.part_words,
        ids=bank.ids_of(match.question, here),
    ), form.status


@bp.get("/draft/<slug>/question/add")
@pages.needs(Action.WRITE_DRAFT)
def add_from_bank(slug: str) -> ResponseReturnValue:
    """The bank of the course's centre, to copy a question from."""
    draft = service.draft_to_write(slug, by=pages.actor())
    centres = [draft.course.centre]
    filters = [one for one in filters_of(centres) if one.name != "state"]
    asked = listing.asked(filters)
    found = service.bank_list(asked.query, asked.chosen, centres, current_language())
    page = found.page(asked.at)
    held = service.counterparts(draft.course, service.held_questions(draft))
    return pages.render(
        "content/bank/add.html",
        draft=draft,
        rows=page.rows,
        listing=listing.listing(asked, page, filters),
        kinds=bank_words.KINDS,
        difficulties=bank_words.DIFFICULTIES,
        prompt_of=prompt_of,
        there={one.id for one in held.values()},
    )


@bp.get("/bank/<uuid:bank_id>/copy")
@pages.needs(Action.KEEP_BANK)
def choose_course(bank_id: UUID) -> ResponseReturnValue:
    """The courses a question of the bank can be copied into."""
    found = service.kept_bank_question(bank_id, pages.actor())
    rows = service.courses_to_copy_into(found)
    return pages.render("content/bank/courses.html", found=found, rows=rows, prompt=prompt_of(found))


@bp.route("/draft/<slug>/question/add/<uuid:bank_id>", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def copy_from_bank(slug: str, bank_id: UUID) -> ResponseReturnValue:
    """Copy a question of the bank into a unit of a course."""
    draft = service.draft_to_write(slug, by=pages.actor())
    found = service.see_bank_question(bank_id, pages.actor())
    form = CopyForm()
    form.offer(service.readable_document(draft))
    if form.sent():
        try:
            service.copy_into(
                found, slug, form.unit.data, outcome=form.outcome.data, use=form.use.data, by=pages.actor()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The question stands in the course now.")))
            return redirect(url_for("content.questions", slug=slug, unit=form.unit.data), 303)
    return pages.render(
        "content/bank/copy.html",
        draft=draft,
        found=found,
        form=form,
        question=bank.spoken(found.question),
        prompt=prompt_of(found),
        there=_held(draft, bank_id),
    ), form.status


def _held(draft: Draft, bank_id: UUID) -> bool:
    """Whether a course holds a question of the bank already."""
    held = service.counterparts(draft.course, service.held_questions(draft))
    return any(one.id == bank_id for one in held.values())
