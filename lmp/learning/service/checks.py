"""Answering the check questions of a unit's page: saved as given, with the verdict at once."""

from lmp.access import Action, Actor, require
from lmp.content.asked import Response
from lmp.core.errors import NotFound
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.learning import rules
from lmp.learning.models import Answer
from lmp.learning.service import answers
from lmp.learning.service.evidence import evidence_of, post_if_proven
from lmp.learning.service.study import begin, check_answerable, unit_of


def answer_check(enrolment: Enrolment, unit_key: str, question_key: str, response: Response, *, by: Actor) -> Answer:
    """Save and mark an answer to a check. A correct one closes the check: what comes later gets that answer again.

    Raises NotFound for a question the unit's page does not ask, RuleBroken for a response that is no answer to it or
    that comes too late, NotAllowed before the course begins.
    """
    require(by, Action.STUDY, enrolment)
    unit = unit_of(enrolment, unit_key)
    if rules.check_block(unit, question_key) is None:
        raise NotFound
    check_answerable(enrolment)
    question = unit.question(question_key)
    worth = answers.marked(question, response)
    hours.queue_up(enrolment.person_id)
    given = [answer for answer in evidence_of(enrolment.id).answers if answer.question_key == question_key]
    closed = next((answer for answer in given if answer.correct), None)
    if closed is not None:
        return closed
    begin(enrolment, by)
    answer = answers.save(enrolment, unit.key, question, response, worth, number=len(given) + 1)
    if answer.correct:
        post_if_proven(enrolment, unit, by)
    return answer
