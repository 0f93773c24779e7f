"""The bank of a centre: its questions as a list, one question, and its texts."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Role
from lmp.content import bank, bank_words, service
from lmp.content.forms.bank import ActForm, BankQuestionForm, bank_question_form, category_choices, field_choices
from lmp.content.models import BankCategory, BankQuestion
from lmp.content.views.blueprint import bp
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.core.text import plain
from lmp.network import service as network
from lmp.network.models import Centre
from lmp.web import listing, pages
from lmp.web.language import current_language
from lmp.web.listing import Choice, Filter

_BATCH = 500
_TITLE = Message(N_("Question bank"))
_NAMED = list[tuple[BankQuestion, int]]


def prompt_of(question: BankQuestion) -> str:
    """The question without its Markdown, in the page's language."""
    return plain(bank.spoken(question.question).prompt.in_language(current_language()))


def place_of(question: BankQuestion) -> str:
    """The category's name, or nothing."""
    return question.category.name.in_language(current_language()) if question.category else ""


_COLUMNS: list[Column[tuple[BankQuestion, int]]] = [
    Column(Message(N_("Question")), lambda row: prompt_of(row[0]), 60),
    Column(Message(N_("Category")), lambda row: place_of(row[0]), 24),
    Column(Message(N_("Field")), lambda row: row[0].field.name if row[0].field else "", 24),
    Column(Message(N_("Kind of question")), lambda row: bank_words.KINDS[row[0].kind], 22),
    Column(Message(N_("Difficulty")), lambda row: bank_words.DIFFICULTIES[str(row[0].difficulty)], 12),
    Column(Message(N_("Courses")), lambda row: row[1], 10),
    Column(Message(N_("Last changed on")), lambda row: row[0].changed_at, 16),
    Column(Message(N_("Retired on")), lambda row: row[0].retired_at, 16),
    Column(Message(N_("Centre")), lambda row: row[0].centre.name, 40),
]


def filters_of(centres: Sequence[Centre]) -> list[Filter]:
    """What the list of banks can be narrowed by; the centre only where there is more than one."""
    categories = service.categories([one.id for one in centres])
    of_several = [Choice(one.slug, one.short_name) for one in centres] if len(centres) > 1 else []
    return [
        *([Filter("centre", Message(N_("Centre")), of_several)] if of_several else []),
        Filter(
            "category",
            Message(N_("Category")),
            [
                *(Choice(value, label) for value, label in category_choices(categories)),
                Choice("-", Message(N_("Without a category"))),
            ],
        ),
        Filter(
            "field",
            Message(N_("Field")),
            [Choice(value, label) for value, label in field_choices(network.fields())],
        ),
        Filter("kind", Message(N_("Kind of question")), _choices(bank_words.KINDS)),
        Filter("difficulty", Message(N_("Difficulty")), _choices(bank_words.DIFFICULTIES)),
        Filter("state", Message(N_("State")), [Choice(service.RETIRED, Message(N_("Retired")))]),
    ]


def _choices(words: dict[str, Message]) -> list[Choice]:
    return [Choice(value, label) for value, label in words.items()]


@bp.get("/bank", endpoint="bank")
@pages.needs(Action.SEE_BANK)
def bank_page() -> ResponseReturnValue:
    """The questions that one's centres keep beyond their courses."""
    centres = service.seen_centres(pages.actor())
    filters = filters_of(centres)
    asked = listing.asked(filters)
    found = service.bank_list(asked.query, asked.chosen, centres, current_language())
    if asked.format is not None:
        return listing.file(asked.format, _TITLE, _COLUMNS, _gathered(found.every()))
    page = found.page(asked.at)
    return pages.render(
        "content/bank/list.html",
        rows=_with_courses(page.rows),
        listing=listing.listing(asked, page, filters),
        kinds=bank_words.KINDS,
        difficulties=bank_words.DIFFICULTIES,
        prompt_of=prompt_of,
        several=len(centres) > 1,
        may_keep=not pages.actor().has(Role.NETWORK_ADMINISTRATOR),
    )


def _with_courses(rows: Sequence[BankQuestion]) -> _NAMED:
    """Questions with the number of courses that hold them."""
    used = service.courses_using(list(rows))
    return [(row, used.get(row.id, 0)) for row in rows]


def _gathered(rows: Iterable[Any]) -> Iterator[tuple[BankQuestion, int]]:
    """All rows of the file, counted batch by batch."""
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield from _with_courses(batch)


@bp.route("/bank/<uuid:bank_id>", methods=["GET", "POST"])
@pages.needs(Action.SEE_BANK)
def bank_question(bank_id: UUID) -> ResponseReturnValue:
    """One question of a bank: what it says in both languages, where it is used; retiring it and bringing it back."""
    found = service.see_bank_question(bank_id, pages.actor())
    form = ActForm()
    if form.sent():
        _act(found, form.act.data)
        return redirect(url_for("content.bank_question", bank_id=bank_id), 303)
    return pages.render(
        "content/bank/question.html",
        found=found,
        question=bank.spoken(found.question),
        parts=_parts(found),
        prompt=prompt_of(found),
        uses=service.uses(found, pages.actor()),
        form=form,
        words=bank_words,
        state=service.bank_translation(found),
        may_keep=pages.may(Action.KEEP_BANK, found),
    ), form.status


def _act(found: BankQuestion, act: str | None) -> None:
    """Retire or bring back. Raises NotFound for anything else."""
    acts = {"retire": (service.retire, _RETIRED), "bring_back": (service.bring_back, _BACK)}
    if act not in acts:
        raise NotFound
    do, words = acts[act]
    do(found, by=pages.actor())
    pages.notify("ok", words)


_RETIRED = Message(N_("Retired. Courses that hold the question keep it; it is no longer offered."))
_BACK = Message(N_("The question is offered again."))


def _parts(found: BankQuestion) -> list[tuple[Message, str, str, bool]]:
    """(what it is, in Turkish, in English, whether it is a right option) of every text of a question."""
    rows = ("options", "pairs", "others", "items")
    ids = {name: [str(each["id"]) for each in found.question.get(name, [])] for name in rows}
    right = {f"options.{each['id']}.text" for each in found.question.get("options", []) if each["correct"]}
    return [
        (
            bank_words.part_words(name, ids),
            bank.text_in(found.question, name, "tr"),
            bank.text_in(found.question, name, "en"),
            name in right,
        )
        for name in bank.names_of(found.question)
    ]


def chosen_category(value: str | None, centre_id: UUID) -> BankCategory | None:
    """The category of a select, or None for none. Raises RuleBroken for one of another centre."""
    wanted = parse_id(value) if value else None
    if wanted is None:
        return None
    found = next((one for one in service.categories([centre_id]) if one.id == wanted), None)
    if found is None:
        raise RuleBroken(Message(N_("Choose a category of this centre.")), "category")
    return found


@bp.route("/bank/<uuid:bank_id>/edit", methods=["GET", "POST"])
@pages.needs(Action.KEEP_BANK)
def edit_bank_question(bank_id: UUID) -> ResponseReturnValue:
    """Where a question of a bank belongs, and its texts."""
    found = service.kept_bank_question(bank_id, pages.actor())
    form = bank_question_form(found)
    form.offer(service.categories([found.centre_id]), network.fields())
    if form.sent():
        try:
            _change(found, form)
        except service.BankSuperseded as superseded:
            form.show(superseded)
            return _edit_page(found, form, theirs=bank_question_form(found, formdata=None)), form.status
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("Saved. Courses that hold this question are offered the new text.")))
            return redirect(url_for("content.bank_question", bank_id=bank_id), 303)
    return _edit_page(found, form), form.status


def _change(found: BankQuestion, form: BankQuestionForm) -> None:
    if form.difficulty.data not in bank_words.DIFFICULTIES:
        raise RuleBroken(Message(N_("Choose the difficulty.")), "difficulty")
    field = form.field.data
    service.change_question(
        found,
        seen=form.seen(),
        category=chosen_category(form.category.data, found.centre_id),
        field=network.field(field) if field else None,
        difficulty=int(form.difficulty.data or 0),
        texts=form.texts(),
        by=pages.actor(),
    )


def _edit_page(found: BankQuestion, form: BankQuestionForm, theirs: BankQuestionForm | None = None) -> str:
    """The form; with `theirs` the texts that somebody saved meanwhile stand beside those that differ."""
    other = {name: theirs[name].data for name in form.names if theirs[name].data != form[name].data} if theirs else {}
    if theirs is not None:
        form.version.data = theirs.version.data
    fields = list(form.names)
    parts = [words for words, *_texts in _parts(found)]
    return pages.render(
        "content/bank/edit.html",
        found=found,
        form=form,
        prompt=prompt_of(found),
        theirs=other,
        parts=list(zip(parts, fields[::2], fields[1::2], strict=True)),
    )
