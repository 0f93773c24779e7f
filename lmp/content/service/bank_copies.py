"""Questions on their way between the bank of a centre and its courses; every change of a course goes through `editing.edit`."""

from uuid import UUID

from sqlalchemy import select

from lmp.access import Action, Actor, require
from lmp.content import bank
from lmp.content.document import Lang
from lmp.content.editing import Place, Raw, check_mark, question_in
from lmp.content.models import BankQuestion, Course, Draft, Verb
from lmp.content.question_rows import QuestionRow, rows
from lmp.content.service import drafts, editing
from lmp.content.service.bank import BankSuperseded, counterparts
from lmp.content.service.revisions import Act
from lmp.core import db
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message

USES = ("quiz", "check", "both")


def question_of(draft: Draft, unit: str, key: str) -> Raw:
    """A question of a draft in its JSON form, not to be changed. Raises NotFound."""
    return question_in(draft.document, unit, key)


def held_questions(draft: Draft) -> list[Raw]:
    """Every question of a draft in its JSON form, not to be changed."""
    return [question for unit in draft.document["units"] for question in unit.get("questions", [])]


def question_rows(draft: Draft) -> list[QuestionRow]:
    """The questions of a draft as a list, with how each stands to the bank of the centre."""
    held = held_questions(draft)
    marks = {str(one["key"]): bank.mark(one) for one in held}
    in_bank = {
        key: (match.id, bank.standing(marks[key], match.mark, match.former))
        for key, match in counterparts(draft.course, held).items()
    }
    return rows(drafts.readable_document(draft), drafts.check_draft(draft), in_bank)


def courses_to_copy_into(of: BankQuestion) -> list[Course]:
    """The courses of a question's centre that have a draft, in Turkish order."""
    found = select(Course).join(Draft, Draft.course_id == Course.id).where(Course.centre_id == of.centre_id)
    return list(db.session().scalars(found.order_by(Course.sort_key_tr, Course.slug)))


def copy_into(of: BankQuestion, slug: str, unit: str, *, outcome: str, use: str, by: Actor) -> str:
    """Copy a question of the bank into a unit of a draft of its own centre; answers its key there.

    Raises NotFound for a course of another centre, RuleBroken for a retired question, or where unit, outcome or use is none
    of the course's.
    """
    require(by, Action.SEE_BANK, of)
    draft = drafts.draft(slug)
    require(by, Action.WRITE_DRAFT, draft)
    if draft.course.centre_id != of.centre_id:
        raise NotFound
    _check(of, draft.document, unit, outcome, use)
    made: list[str] = []

    def change(document: Raw) -> None:
        _check(of, document, unit, outcome, use)
        made.append(
            bank.add_copy(
                document,
                unit,
                of.question,
                origin=of.id,
                outcome=outcome,
                use=use,
                difficulty=of.difficulty,
                source=_source(of),
            )
        )

    editing.edit(slug, change, Act(Verb.COPY, Place("question", unit, of.question["key"])), by=by)
    return made[0]


def _check(of: BankQuestion, document: Raw, unit: str, outcome: str, use: str) -> None:
    """Raises RuleBroken at the field that cannot be."""
    if of.retired_at is not None:
        raise RuleBroken(Message(N_("This question is retired. Bring it back before you copy it.")))
    if unit not in {one["key"] for one in document["units"]}:
        raise RuleBroken(Message(N_("Choose the unit.")), "unit")
    if outcome not in {one["id"] for one in document["outcomes"]}:
        raise RuleBroken(Message(N_("Choose the outcome.")), "outcome")
    if use not in USES:
        raise RuleBroken(Message(N_("Choose where the question is asked.")), "use")


def _source(of: BankQuestion) -> Lang:
    return "en" if of.source == "en" else "tr"


def counterpart(draft: Draft, unit: str, key: str) -> tuple[Raw, BankQuestion]:
    """A course's question and the one of the bank it belongs to. Raises NotFound where there is none."""
    held = question_of(draft, unit, key)
    match = counterparts(draft.course, [held]).get(key)
    if match is None:
        raise NotFound
    return held, match


def take_from_bank(slug: str, unit: str, key: str, *, seen: str, seen_bank: str, by: Actor) -> UUID:
    """Let a course's question say what the bank's says; its key, UUID, outcome, use, difficulty and notes stay.

    `seen` is the mark of the course's question and `seen_bank` that of the bank's as the page showed them. Answers the id of
    the bank's question. Raises NotFound, Superseded when the course's was changed since, BankSuperseded when the bank's was.
    """
    draft = drafts.draft(slug)
    require(by, Action.WRITE_DRAFT, draft)
    _held, match = counterpart(draft, unit, key)
    if match.mark != seen_bank:
        raise BankSuperseded

    def change(document: Raw) -> None:
        held = question_in(document, unit, key)
        check_mark(held, seen)
        bank.take(held, match.question, origin=match.id, source=_source(match), document_source=document["source"])

    editing.edit(slug, change, Act(Verb.COPY, Place("question", unit, key)), by=by)
    return match.id
