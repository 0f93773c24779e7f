"""The pages of the online strand: a unit with its checks, and the quiz."""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content.document import Lang
from lmp.core.errors import RuleBroken
from lmp.learning import service
from lmp.learning.asked import filled
from lmp.learning.forms import AnswerForm, EndQuizForm, StartQuizForm, answer_form
from lmp.learning.models import QuizAttempt
from lmp.web import pages
from lmp.web.language import current_language

bp = Blueprint("learning", __name__, template_folder="templates", url_prefix="/<any(tr, en):lang>")


def _lang() -> Lang:
    """The language of the request, as the content knows it."""
    return "en" if current_language() == "en" else "tr"


@bp.get("/training/<uuid:enrolment_id>/unit")
@pages.needs(Action.STUDY)
def resume(enrolment_id: UUID) -> ResponseReturnValue:
    """Straight to where one left off."""
    enrolment = service.enrolment_to_study(enrolment_id, pages.actor())
    unit_key, anchor = service.resume(enrolment)
    return redirect(url_for("learning.unit", enrolment_id=enrolment_id, unit_key=unit_key, _anchor=anchor))


@bp.get("/training/<uuid:enrolment_id>/unit/<unit_key>")
@pages.needs(Action.STUDY)
def unit(enrolment_id: UUID, unit_key: str) -> ResponseReturnValue:
    """A unit with its texts, checks and state."""
    enrolment = service.enrolment_to_study(enrolment_id, pages.actor())
    return pages.render("learning/unit.html", page=service.unit_page(enrolment, unit_key, _lang()), again=None)


@bp.post("/training/<uuid:enrolment_id>/unit/<unit_key>/check/<question_key>")
@pages.needs(Action.STUDY)
def check(enrolment_id: UUID, unit_key: str, question_key: str) -> ResponseReturnValue:
    """Save the answer to a check, then show the unit again at the place of the check."""
    enrolment = service.enrolment_to_study(enrolment_id, pages.actor())
    page = service.unit_page(enrolment, unit_key, _lang())
    block_id, asked = page.check(question_key)
    form = answer_form(asked.control)
    if form.sent():
        try:
            service.answer_check(enrolment, unit_key, question_key, asked.understood(form.response()), by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            target = url_for("learning.unit", enrolment_id=enrolment_id, unit_key=unit_key, _anchor=block_id)
            return redirect(target, 303)
    again = {"id": block_id, "asked": filled(asked, form.response()), "problems": _problems(form, block_id)}
    return pages.render("learning/unit.html", page=page, form=form, again=again), form.status


def _problems(form: AnswerForm, place: str) -> list[dict[str, str]]:
    """What is to be mended, for the summary on top, with the place where the question stands."""
    return [
        *({"text": str(error), "url": f"#{place}"} for error in form.answer.errors),
        *({"text": sentence} for sentence in form.general),
    ]


@bp.route("/training/<uuid:enrolment_id>/unit/<unit_key>/quiz", methods=["GET", "POST"])
@pages.needs(Action.STUDY)
def quiz(enrolment_id: UUID, unit_key: str) -> ResponseReturnValue:
    """What the quiz of a unit asks for, and its beginning."""
    enrolment = service.enrolment_to_study(enrolment_id, pages.actor())
    form = StartQuizForm()
    if form.sent():
        try:
            attempt = service.start_quiz(enrolment, unit_key, by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            return _go_on(attempt)
    return pages.render("learning/quiz.html", page=service.quiz_start(enrolment, unit_key), form=form), form.status


def _go_on(attempt: QuizAttempt, after: int = 0) -> ResponseReturnValue:
    """To the next question without an answer, or to all answers when there is none."""
    question = service.quiz_page(attempt).open_after(after)
    if question is None:
        return redirect(url_for("learning.quiz_answers", attempt_id=attempt.id), 303)
    return redirect(url_for("learning.quiz_question", attempt_id=attempt.id, number=question.number), 303)


def _to_result(attempt: QuizAttempt) -> ResponseReturnValue:
    """To the result: an attempt that has ended shows nothing else."""
    return redirect(url_for("learning.quiz_result", attempt_id=attempt.id), 303)


@bp.get("/quiz/<uuid:attempt_id>")
@pages.needs(Action.STUDY)
def quiz_attempt(attempt_id: UUID) -> ResponseReturnValue:
    """Where an attempt goes on: its next open question, all its answers, or its result."""
    attempt = service.attempt_to_take(attempt_id, pages.actor())
    return _to_result(attempt) if attempt.ended_at is not None else _go_on(attempt)


@bp.route("/quiz/<uuid:attempt_id>/<int:number>", methods=["GET", "POST"])
@pages.needs(Action.STUDY)
def quiz_question(attempt_id: UUID, number: int) -> ResponseReturnValue:
    """One question of a quiz; its answer is saved before the next one is asked."""
    attempt = service.attempt_to_take(attempt_id, pages.actor())
    page = service.quiz_page(attempt)
    question = page.question(number)
    if attempt.ended_at is not None:
        return _to_result(attempt)
    asked = page.asked(question)
    form = answer_form(asked.control)
    if form.sent():
        try:
            response = asked.understood(form.response())
            service.save_quiz_answer(attempt, question.question.key, response, by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            return _go_on(attempt, number)
    shown = filled(asked, form.response()) if form.is_submitted() else asked
    return pages.render(
        "learning/quiz_question.html",
        page=page,
        question=question,
        asked=shown,
        form=form,
        problems=_problems(form, "question"),
    ), form.status


@bp.route("/quiz/<uuid:attempt_id>/answers", methods=["GET", "POST"])
@pages.needs(Action.STUDY)
def quiz_answers(attempt_id: UUID) -> ResponseReturnValue:
    """All answers before the end, each with a way back, and the end itself."""
    attempt = service.attempt_to_take(attempt_id, pages.actor())
    form = EndQuizForm()
    if attempt.ended_at is not None:
        return _to_result(attempt)
    if form.sent():
        try:
            service.end_quiz(attempt, by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            return _to_result(attempt)
    return pages.render("learning/quiz_answers.html", page=service.quiz_page(attempt), form=form), form.status


@bp.get("/quiz/<uuid:attempt_id>/result")
@pages.needs(Action.STUDY)
def quiz_result(attempt_id: UUID) -> ResponseReturnValue:
    """The score, every question with the right answer and why, and the way on."""
    attempt = service.attempt_to_take(attempt_id, pages.actor())
    if attempt.ended_at is None:
        return _go_on(attempt)
    progress = service.unit_after_quiz(attempt)
    return pages.render("learning/quiz_result.html", page=service.quiz_page(attempt), progress=progress)
