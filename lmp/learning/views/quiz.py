"""The pages of a quiz or a test: its start, one question after the other, all answers, the result."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content.asked import Response, filled, in_words
from lmp.core.errors import RuleBroken
from lmp.learning import service
from lmp.learning.forms import EndQuizForm, StartQuizForm, answer_form
from lmp.learning.limits import TimeOver
from lmp.learning.models import QuizAttempt
from lmp.learning.service import QuizPage, QuizQuestion
from lmp.learning.views.blueprint import bp, problems
from lmp.web import pages


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
            return go_on(attempt)
    return pages.render("learning/quiz.html", page=service.quiz_start(enrolment, unit_key), form=form), form.status


def go_on(attempt: QuizAttempt, after: int = 0) -> ResponseReturnValue:
    """To the next question without an answer, to all answers when there is none or no time, to the result when it ended."""
    if attempt.ended_at is not None:
        return _to_result(attempt)
    page = service.quiz_page(attempt)
    question = page.open_after(after)
    if question is None or page.is_over:
        return redirect(url_for("learning.quiz_answers", attempt_id=attempt.id), 303)
    return redirect(url_for("learning.quiz_question", attempt_id=attempt.id, number=question.number), 303)


def _to_result(attempt: QuizAttempt) -> ResponseReturnValue:
    """To the result: an attempt that has ended shows nothing else."""
    return redirect(url_for("learning.quiz_result", attempt_id=attempt.id), 303)


@bp.get("/quiz/<uuid:attempt_id>")
@pages.needs(Action.STUDY)
def quiz_attempt(attempt_id: UUID) -> ResponseReturnValue:
    """Where an attempt goes on: its next open question, all its answers, or its result."""
    return go_on(service.attempt_to_take(attempt_id, pages.actor()))


@bp.route("/quiz/<uuid:attempt_id>/<int:number>", methods=["GET", "POST"])
@pages.needs(Action.STUDY)
def quiz_question(attempt_id: UUID, number: int) -> ResponseReturnValue:
    """One question of a quiz; its answer is saved before the next one is asked."""
    attempt = service.attempt_to_take(attempt_id, pages.actor())
    page = service.quiz_page(attempt)
    question = page.question(number)
    asked = page.asked(question)
    form = answer_form(asked.control)
    if not form.is_submitted() and (attempt.ended_at is not None or page.is_over):
        return go_on(attempt)
    if form.sent():
        response: Response | None = None
        try:
            response = asked.understood(form.response())
            service.save_quiz_answer(attempt, question.question.key, response, by=pages.actor())
        except TimeOver as late:
            return _too_late(page, question, response, late)
        except RuleBroken as broken:
            form.show(broken)
        else:
            return go_on(attempt, number)
    elif attempt.ended_at is not None:
        return _to_result(attempt)
    shown = filled(asked, form.response()) if form.is_submitted() else asked
    return pages.render(
        "learning/quiz_question.html",
        page=page,
        question=question,
        asked=shown,
        form=form,
        problems=problems(form, "question"),
    ), form.status


def _too_late(page: QuizPage, question: QuizQuestion, response: Response | None, late: TimeOver) -> ResponseReturnValue:
    """An answer that came after the time: what was given is shown, so that nothing is lost from sight, and what counts."""
    said = in_words(question.question, response) if response is not None else None
    return pages.render("learning/quiz_late.html", page=page, question=question, said=said, late=late), late.status


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
    """The score, the review as far as it is open, and the way on."""
    attempt = service.attempt_to_take(attempt_id, pages.actor())
    if attempt.ended_at is None:
        return go_on(attempt)
    page = service.quiz_page(attempt)
    return pages.render("learning/quiz_result.html", page=page, result=service.quiz_result(page))
