"""What the answers say about the questions of a course: all of them as a list, and one of them closely."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service as content
from lmp.content.document import AnyQuestion, Label
from lmp.content.models import CourseVersion, Draft
from lmp.core.errors import NotFound
from lmp.core.keyed import Page
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.core.text import plain
from lmp.learning import choices, service
from lmp.learning.statistics import FEWEST, QuestionStatistics, Verdict
from lmp.learning.views.blueprint import bp
from lmp.web import listing, pages
from lmp.web.language import current_language
from lmp.web.listing import Choice, Filter

_TITLE = Message(N_("Question statistics"))
VERDICTS: Mapping[Verdict, Message] = {
    Verdict.REVERSED: Message(N_("Able people miss it")),
    Verdict.HARD: Message(N_("Very hard")),
    Verdict.EASY: Message(N_("Very easy")),
    Verdict.WEAK: Message(N_("Tells little apart")),
    Verdict.GOOD: Message(N_("Good")),
}
_NOT_YET = Message(N_("Too few answers"))


class Line(NamedTuple):
    """One question with what its answers say, if there are any."""

    number: int
    unit_title: Label
    question: AnyQuestion
    found: QuestionStatistics | None


def _facility(line: Line) -> float | None:
    return line.found.facility if line.found else None


def _discrimination(line: Line) -> float | None:
    return line.found.discrimination if line.found else None


def _verdict(line: Line) -> Message:
    return VERDICTS[line.found.verdict] if line.found and line.found.verdict else _NOT_YET


_COLUMNS: list[Column[Line]] = [
    Column(Message(N_("Unit")), lambda line: line.number, 8),
    Column(Message(N_("Question")), lambda line: _prompt(line.question), 60),
    Column(Message(N_("Answers")), lambda line: line.found.answers if line.found else 0, 10),
    Column(Message(N_("Facility")), _facility, 10),
    Column(Message(N_("Discrimination")), _discrimination, 14),
    Column(Message(N_("Verdict")), _verdict, 22),
]
_ORDERS: Mapping[str, tuple[Message, Callable[[Line], Any]]] = {
    "facility": (Message(N_("Hardest first")), lambda line: _last(_facility(line))),
    "discrimination": (Message(N_("Least telling first")), lambda line: _last(_discrimination(line))),
    "answers": (Message(N_("Most answers first")), lambda line: -line.found.answers if line.found else 0),
}
_FILTERS = [
    Filter("verdict", Message(N_("Verdict")), [Choice(one.value, words) for one, words in VERDICTS.items()]),
    Filter("order", Message(N_("Order")), [Choice(name, words) for name, (words, _key) in _ORDERS.items()]),
]


def _last(figure: float | None) -> float:
    """Figures as they are; what has none comes last."""
    return 2.0 if figure is None else figure


def _prompt(question: AnyQuestion) -> str:
    return plain(question.prompt.in_language(current_language()))


def _published(slug: str) -> tuple[Draft, CourseVersion]:
    """A course for somebody who sees its draft, and its newest version. Raises NotFound."""
    draft = content.see_draft(slug, viewer=pages.actor())
    version = content.find_current(draft.course_id)
    if version is None:
        raise NotFound
    return draft, version


@bp.get("/draft/<slug>/answer")
@pages.needs(Action.SEE_DRAFT)
def question_statistics(slug: str) -> ResponseReturnValue:
    """What the answers say about the questions of a course's newest version."""
    draft, version = _published(slug)
    asked, found = listing.asked(_FILTERS), service.question_statistics(version)
    lines = [
        Line(number, unit.title, question, found.get(question.id))
        for number, unit in enumerate(content.document(version).units, 1)
        for question in unit.questions
        if question.use != "check"
    ]
    shown = _ordered([line for line in lines if _wanted(line, asked)], asked.get("order"))
    if asked.format is not None:
        return listing.file(asked.format, _TITLE, _COLUMNS, shown)
    return pages.render(
        "learning/question_statistics.html",
        draft=draft,
        version=version,
        rows=shown,
        prompt_of=_prompt,
        verdict_of=_verdict,
        url_of=lambda line: url_for("learning.question_answers", slug=slug, question_id=line.question.id),
        listing=listing.listing(asked, Page(shown), _FILTERS),
        fewest=FEWEST,
    )


def _wanted(line: Line, asked: listing.Asked) -> bool:
    wanted = asked.get("verdict")
    return wanted is None or (line.found is not None and line.found.verdict == wanted)


def _ordered(lines: list[Line], order: str | None) -> list[Line]:
    return sorted(lines, key=_ORDERS[order][1]) if order else lines


@bp.get("/draft/<slug>/answer/<uuid:question_id>")
@pages.needs(Action.SEE_DRAFT)
def question_answers(slug: str, question_id: UUID) -> ResponseReturnValue:
    """What people answered to one question of a course's newest version, and what an author should look at."""
    draft, version = _published(slug)
    units = enumerate(content.document(version).units, 1)
    number, unit, question = next(
        ((number, unit, one) for number, unit in units for one in unit.questions if one.id == question_id),
        (0, None, None),
    )
    if unit is None or question is None:
        raise NotFound
    found = service.question_statistics(version).get(question_id) or QuestionStatistics(question_id, 0, None, None)
    chosen, wrong = service.chosen(version, question), service.typed_wrong(version, question)
    return pages.render(
        "learning/question_answers.html",
        draft=draft,
        version=version,
        unit=unit,
        number=number,
        question=question,
        prompt=_prompt(question),
        found=found,
        verdict=VERDICTS.get(found.verdict) if found.verdict else None,
        chosen=chosen,
        wrong=wrong,
        advice=choices.advice(found, chosen, wrong),
        fewest=FEWEST,
        fewest_alike=choices.FEWEST_ALIKE,
    )
