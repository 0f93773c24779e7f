"""Applying to a run and withdrawing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from lmp.access import Action, Actor, ScopeKind, require, require_role
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotAllowed, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import TextTooLong, normalise
from lmp.enrolment import rules
from lmp.enrolment.models import ApprovalStep, Enrolment, EnrolmentState, Run, RunState
from lmp.enrolment.service import letters, offices, seats
from lmp.network import service as network
from lmp.network.models import School


@dataclass(frozen=True)
class Needed:
    """An approval an application will need, as it is shown before applying."""

    office: rules.Office
    days: int


def offices_of(school: School | None) -> tuple[rules.Office, ...]:
    """The offices that may have to approve a teacher of this school."""
    if school is None:
        return ()
    district = rules.Office(ScopeKind.DISTRICT, str(school.district_id), school.district.name)
    return (
        rules.Office(ScopeKind.SCHOOL, str(school.id), school.name),
        *((district,) if rules.has_office(school.district.name) else ()),
        rules.Office(ScopeKind.PROVINCE, str(school.province_code), school.province.name),
    )


def approvals_needed(run: Run, person: Person) -> list[Needed]:
    """Whose approval an application of this person needs, in order. Raises RuleBroken when their school is not known."""
    chain = rules.read_chain(run.chain)
    offices = rules.steps_for(chain, offices_of(person.school))
    return [Needed(office, rules.days_to_decide(chain, office.scope_kind)) for office in offices]


def find_enrolment(run_id: UUID, person_id: UUID) -> Enrolment | None:
    """A person's enrolment in a run, whatever its state, or None."""
    found = select(Enrolment).where(Enrolment.run_id == run_id, Enrolment.person_id == person_id)
    return db.session().scalars(found).unique().one_or_none()


def obstacle(run: Run, person: Person, earlier: Enrolment | None) -> Message | None:
    """Why this person, who may have applied `earlier`, cannot apply today, shown before they try; None when they can."""
    try:
        _check(run, person, earlier)
    except RuleBroken as broken:
        return broken.message
    return None


def _check(run: Run, person: Person, earlier: Enrolment | None) -> None:
    """Raises RuleBroken with the first thing that stands in the way."""
    rules.check_window(run.state, run.apply_from_on, run.apply_until_on, clock.today())
    if earlier is not None:
        rules.check_again(earlier.state)
    rules.check_not_on_duty(person.id, {duty.person_id for duty in run.duties})
    rules.check_branch(
        person.branch.name if person.branch else None,
        network.fields_of_branch(person.branch_id),
        {field.id: field.name for field in run.course.fields},
    )
    approvals_needed(run, person)


def apply(run: Run, *, motivation: str, by: Actor) -> Enrolment:
    """Apply for oneself: the first approval is asked for at once; without a chain the seat is taken at once.

    Raises NotAllowed for anybody but a teacher, RuleBroken with what stands in the way, Conflict when a twin was first.
    """
    require_role(by, Action.APPLY)
    if by.id is None:
        raise NotAllowed
    person = accounts.person(by.id)
    earlier = find_enrolment(run.id, person.id)
    _check(run, person, earlier)
    text = _tidy(motivation, "motivation", rules.LONGEST_MOTIVATION)
    enrolment = _again(earlier, text, by) if earlier is not None else _first(run, person, text, by)
    seats.keep_open(run)
    audit.record(by, "enrolment.applied", enrolment, run=str(run.id))
    _ask(enrolment, approvals_needed(run, person), by)
    return enrolment


def _tidy(text: str, field: str, limit: int) -> str:
    """A text of a few sentences. Raises RuleBroken at its field when it is too long."""
    tidy = normalise(text).strip()
    if len(tidy) > limit:
        raise RuleBroken(TextTooLong(limit).message, field)
    return tidy


def _first(run: Run, person: Person, motivation: str, by: Actor) -> Enrolment:
    """A new enrolment. The constraint decides between two requests at the same moment."""
    made = Enrolment(
        run=run,
        person=person,
        state=EnrolmentState.APPLIED,
        motivation=motivation,
        applied_at=clock.now(),
        steps=[],
    )
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise Conflict(Message(N_("You have already applied to this run."))) from None
    seats.note(made.id, None, EnrolmentState.APPLIED, by=by, reason="")
    return made


def _again(enrolment: Enrolment, motivation: str, by: Actor) -> Enrolment:
    """The same row once more, after a withdrawal; what nobody decided the first time is not asked any more."""
    seats.move(enrolment, EnrolmentState.APPLIED, by=by, motivation=motivation, applied_at=clock.now(), reserve_no=None)
    undecided = delete(ApprovalStep).where(ApprovalStep.enrolment_id == enrolment.id, ApprovalStep.decided_at.is_(None))
    db.session().execute(undecided.execution_options(synchronize_session=False))
    db.session().expire(enrolment, ["steps"])
    return enrolment


def _ask(enrolment: Enrolment, needed: list[Needed], by: Actor) -> None:
    """Begin the chain with its first step, or take the seat where nobody has to approve."""
    if not needed:
        seats.move(enrolment, EnrolmentState.APPROVED, by=by)
        seats.seat(enrolment, by=by)
        return
    seats.move(enrolment, EnrolmentState.IN_APPROVAL, by=by)
    after = max((step.number for step in enrolment.steps), default=0)
    made = [_step(number, each.office) for number, each in enumerate(needed, after + 1)]
    enrolment.steps.extend(made)
    open_step(made[0], needed[0].days, clock.today())
    letters.applied(enrolment, made[0])


def _step(number: int, office: rules.Office) -> ApprovalStep:
    """A step that nobody was asked for yet."""
    return ApprovalStep(
        number=number,
        scope_kind=office.scope_kind,
        scope=office.scope,
        scope_name=office.name,
        reason="",
        decided_by_name="",
    )


def open_step(step: ApprovalStep, days: int, today: date) -> None:
    """Ask the approvers of a step, who have this many days."""
    step.opened_at, step.due_on = clock.now(), rules.due_on(today, days)
    db.session().flush()
    letters.asked(step)
    offices.ask(step)


def withdraw(enrolment: Enrolment, *, reason: str, by: Actor) -> None:
    """Give up an application or a place; a seat that becomes free before the first day is offered to the first reserve.

    Raises Changed when there is nothing to give up any more.
    """
    require(by, Action.WITHDRAW, enrolment)
    run, before = enrolment.run, enrolment.state
    running = rules.is_running(before, run.starts_on, clock.today())
    tidy = _tidy(reason, "reason", rules.LONGEST_REASON)
    seats.move(enrolment, EnrolmentState.WITHDRAWN, by=by, reason=tidy)
    audit.record(by, "enrolment.withdrawn", enrolment, before=before.value)
    if before in rules.HOLDING and not running and run.state is RunState.OPEN:
        seats.free_seat(run)
