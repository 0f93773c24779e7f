"""Asking about one's data, and answering within the time the law gives."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lmp.access import Action, Actor, require
from lmp.accounts import service as accounts
from lmp.accounts.models import Person, PersonState
from lmp.audit import service as audit
from lmp.core import addresses, clock, db, jobs, keyed, mail
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.keyed import Page
from lmp.core.messages import N_, Message
from lmp.core.personal import Erasure
from lmp.core.text import one_line
from lmp.enrolment.models import Enrolment, EnrolmentState
from lmp.notice import service as notice
from lmp.privacy import rules
from lmp.privacy.holdings import Holding, about, holdings
from lmp.privacy.models import DataRequest
from lmp.privacy.rules import Kind, State
from lmp.privacy.service import downloads, erasing

_RUNNING = (EnrolmentState.ACTIVE, EnrolmentState.MAIN_LIST)
_KEYS = (DataRequest.due_on, DataRequest.id)


def ask(who: Person, kind: Kind, text: str, *, by: Actor) -> DataRequest:
    """Ask for a download, a correction or erasure; the same question twice is one. Raises RuleBroken, NotFound."""
    made = DataRequest(
        person_id=who.id,
        kind=kind,
        text=one_line(text, rules.LONGEST_TEXT),
        made_at=clock.now(),
        due_on=rules.due_on(clock.today()),
    )
    require(by, Action.OWN_DATA, made)
    rules.check_text(kind, made.text)
    open_one = _open_one(who.id, kind)
    if open_one is not None:
        raise RuleBroken(Message(N_("You have asked this already; the answer comes by %(day)s."), day=open_one.due_on))
    db.session().add(made)
    db.session().flush()
    if kind is Kind.DOWNLOAD:
        jobs.queue(downloads.JOB, {"request": str(made.id)}, unique=f"{downloads.JOB}:{made.id}")
    audit.record(by, f"privacy.asked_{kind.value}", made)
    return made


def _open_one(person_id: UUID, kind: Kind) -> DataRequest | None:
    found = select(DataRequest).where(
        DataRequest.person_id == person_id, DataRequest.kind == kind, DataRequest.state == State.OPEN
    )
    return db.session().scalars(found.limit(1)).first()


def requests_of(person_id: UUID) -> list[DataRequest]:
    """A person's own requests, the newest first."""
    found = select(DataRequest).where(DataRequest.person_id == person_id)
    return list(db.session().scalars(found.order_by(DataRequest.made_at.desc(), DataRequest.id.desc()).limit(50)))


def request_of(request_id: UUID, *, viewer: Actor) -> DataRequest:
    """A request for those who answer. Raises NotFound."""
    found = db.session().get(DataRequest, request_id)
    if found is None:
        raise NotFound
    require(viewer, Action.ANSWER_DATA_REQUEST, found)
    return found


def queue(state: State | None, at: str | None, *, viewer: Actor) -> Page[DataRequest]:
    """Requests that want an answer from a person, the nearest deadline first; downloads answer themselves."""
    found = select(DataRequest).where(DataRequest.kind != Kind.DOWNLOAD)
    if state is not None:
        found = found.where(DataRequest.state == state)
    return keyed.page(found, _KEYS, at, key_of=lambda one: (one.due_on, one.id))


def answer(request: DataRequest, *, accepted: bool, text: str, by: Actor) -> None:
    """Accept or refuse; accepting an erasure erases. Raises RuleBroken."""
    require(by, Action.ANSWER_DATA_REQUEST, request)
    said = one_line(text, rules.LONGEST_TEXT)
    rules.check_answer(accepted, said)
    if request.state is not State.OPEN:
        raise RuleBroken(Message(N_("Somebody else has answered this request meanwhile.")))
    reader = (request.person.name, request.person.email, request.person.lang)
    if accepted and request.kind is Kind.ERASURE:
        erase(request.person, by=by)
    request.state = State.DONE if accepted else State.REFUSED
    request.answer, request.answered_by_id, request.answered_at = said, by.id, clock.now()
    audit.record(by, "privacy.answered", request, accepted=accepted)
    _tell(request, reader, accepted)


def _tell(request: DataRequest, reader: tuple[str, str, str], accepted: bool) -> None:
    """The answer. An account that is told nothing any more, because it was erased, gets a last mail to its old address."""
    name, address, lang = reader
    template = "privacy/accepted" if accepted else "privacy/refused"
    said: dict[str, Any] = {"kind": request.kind.value, "answer": request.answer}
    page = addresses.page("privacy.mine")
    told = notice.tell("data", request.person, template, page=page, subject=request.id, detail=request.answer, **said)
    if told is None:
        mail.queue(template, to=(name, address), lang=lang, name=name, url=page.address(lang), **said)


def kept_and_erased(who: Person) -> list[tuple[Holding, int]]:
    """What erasing this account would touch: (holding, rows), for the person who decides."""
    return [(holding, erasing.count(holding, which)) for holding, which in _rows_of(who)]


def _rows_of(who: Person) -> list[tuple[Holding, Any]]:
    """Every holding that has rows about a person, those that point to others first."""
    found = ((holding, about(holding, who.id, who.email)) for holding in reversed(holdings()))
    return [(holding, which) for holding, which in found if which is not None]


def erase(who: Person, *, by: Actor) -> dict[str, int]:
    """Delete or empty everything about a person that the law does not tell us to keep; answers table → rows.

    Raises RuleBroken while the person takes part in a training.
    """
    running = select(func.count()).select_from(Enrolment)
    running = running.where(Enrolment.person_id == who.id, Enrolment.state.in_(_RUNNING))
    rules.check_erasable(db.session().scalar(running) or 0)
    accounts.end_sessions(who, by=by)
    touched = {}
    for holding, which in _rows_of(who):
        if holding.table is not Person.__table__ and holding.declared.erasure is not Erasure.KEEP:
            touched[holding.name] = erasing.erase(holding, which)
    db.session().expire_all()
    erasing.erase_person(who)
    who.state = PersonState.SUSPENDED
    audit.record(by, "privacy.erased", who, rows=touched)
    return touched
