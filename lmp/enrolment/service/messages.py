"""Messages of a run's staff to its participants: written once, told to each in their language, kept on the run."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, insert, select

from lmp.access import Action, Actor, require
from lmp.accounts import service as accounts
from lmp.audit import service as audit
from lmp.core import addresses, clock, db, jobs
from lmp.core.db import Bilingual
from lmp.core.errors import NotAllowed, RuleBroken
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.core.text import TextTooLong, normalise, one_line
from lmp.enrolment import rules
from lmp.enrolment.models import Audience, Enrolment, Run, RunMessage, RunMessageReader
from lmp.enrolment.service import letters
from lmp.notice import service as notice

JOB = "enrolment.tell_message"
BATCH = 100


@dataclass(frozen=True)
class Draft:
    """A message before it is sent."""

    audience: Audience
    subject: Bilingual
    text: Bilingual
    is_important: bool
    enrolment_id: UUID | None = None


def _readers(run: Run, draft: Draft) -> Select[Any]:
    """The enrolments a message reaches."""
    reached = select(Enrolment.id).where(
        Enrolment.run_id == run.id, Enrolment.state.in_(rules.audience_states(draft.audience))
    )
    return reached.where(Enrolment.id == draft.enrolment_id) if draft.audience is Audience.ONE else reached


def tidy(draft: Draft) -> Draft:
    """The draft as it is kept. Raises RuleBroken, at the field to repair."""
    subject = Bilingual(*(one_line(text, rules.LONGEST_SUBJECT) for text in (draft.subject.tr, draft.subject.en)))
    text = Bilingual(*(normalise(text).strip() for text in (draft.text.tr, draft.text.en)))
    rules.check_message(subject, text)
    for lang, said in (("tr", text.tr), ("en", text.en)):
        if len(said) > rules.LONGEST_MESSAGE:
            raise RuleBroken(TextTooLong(rules.LONGEST_MESSAGE).message, f"text_{lang}")
    return Draft(draft.audience, subject, text, draft.is_important, draft.enrolment_id)


def count_readers(run: Run, draft: Draft) -> int:
    """How many people a message would reach. Raises RuleBroken when it is nobody."""
    number = db.session().scalar(select(func.count()).select_from(_readers(run, draft).subquery())) or 0
    if not number:
        raise RuleBroken(Message(N_("Nobody is in this group now. Choose other readers.")), "audience")
    return number


def send(run: Run, draft: Draft, *, by: Actor) -> RunMessage:
    """Keep a message and let the worker tell it to each reader, who is told once."""
    require(by, Action.WRITE_TO_RUN, run)
    if by.id is None:
        raise NotAllowed
    checked = tidy(draft)
    made = RunMessage(
        run_id=run.id,
        audience=checked.audience,
        subject=checked.subject,
        text=checked.text,
        is_important=checked.is_important,
        readers=count_readers(run, checked),
        by_id=by.id,
        by_name=by.name,
        written_at=clock.now(),
    )
    db.session().add(made)
    db.session().flush()
    ids = list(db.session().scalars(_readers(run, checked)))
    db.session().execute(
        insert(RunMessageReader), [{"message_id": made.id, "enrolment_id": enrolment_id} for enrolment_id in ids]
    )
    jobs.queue(JOB, {"message": str(made.id), "after": ""}, unique=f"{JOB}:{made.id}")
    audit.record(by, "enrolment.message_sent", made, audience=checked.audience.value, readers=made.readers)
    return made


def tell(payload: dict[str, Any]) -> None:
    """The worker's job: tell the next readers, and queue a job for those after them. It may run twice."""
    message, after = db.session().get_one(RunMessage, UUID(payload["message"])), parse_id(payload["after"])
    run = db.session().get_one(Run, message.run_id)
    wanted = (
        select(Enrolment)
        .join(RunMessageReader, RunMessageReader.enrolment_id == Enrolment.id)
        .where(RunMessageReader.message_id == message.id)
    )
    if after is not None:
        wanted = wanted.where(Enrolment.id > after)
    found = list(db.session().scalars(wanted.order_by(Enrolment.id).limit(BATCH)).unique())
    for enrolment in found:
        _tell_one(message, run, enrolment)
    if len(found) == BATCH:
        last = found[-1].id
        jobs.queue(JOB, {"message": str(message.id), "after": str(last)}, unique=f"{JOB}:{message.id}:{last}")


def _tell_one(message: RunMessage, run: Run, enrolment: Enrolment) -> None:
    who = accounts.person(enrolment.person_id)
    notice.tell(
        "message.important" if message.is_important else "message",
        who,
        "enrolment/message",
        page=addresses.page("enrolment.messages_to_me", enrolment_id=enrolment.id),
        topic=letters.topic(run),
        subject=message.id,
        detail=message.by_name,
        once=f"message:{message.id}",
        message_subject=message.subject,
        paragraphs=paragraphs(message.text.in_language(who.lang)),
        text_lang=said_in(message.text, who.lang),
        by_name=message.by_name,
        **letters.about(run),
    )


def said_in(text: Bilingual, lang: str) -> str:
    """The language a reader of `lang` gets a text in: their own where it was written."""
    other = "en" if lang == "tr" else "tr"
    return lang if getattr(text, lang) else other


def paragraphs(text: str) -> list[str]:
    """A text as it is shown: one paragraph a line that is not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def messages_of_run(run: Run, viewer: Actor) -> list[RunMessage]:
    """Everything that was written to a run's participants, newest first, for its staff."""
    require(viewer, Action.SEE_RUN, run)
    found = select(RunMessage).where(RunMessage.run_id == run.id)
    return list(db.session().scalars(found.order_by(RunMessage.written_at.desc(), RunMessage.id)))


def messages_to(enrolment: Enrolment, viewer: Actor) -> list[RunMessage]:
    """What was written to one participant, newest first."""
    require(viewer, Action.SEE_ENROLMENT, enrolment)
    found = (
        select(RunMessage)
        .join(RunMessageReader, RunMessageReader.message_id == RunMessage.id)
        .where(RunMessageReader.enrolment_id == enrolment.id)
    )
    return list(db.session().scalars(found.order_by(RunMessage.written_at.desc(), RunMessage.id)))
