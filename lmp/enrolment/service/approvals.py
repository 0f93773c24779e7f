"""Deciding the steps of an approval chain; the approval that ends it takes the seat."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from lmp.access import Action, Actor, Role, ScopeKind, require
from lmp.accounts import service as accounts
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import TextTooLong, normalise
from lmp.enrolment import rules
from lmp.enrolment.models import ApprovalStep, Decision, Enrolment, EnrolmentState, RunState, steps_asked_of
from lmp.enrolment.rules import Declared
from lmp.enrolment.service import letters, offices, seats
from lmp.enrolment.service.applications import open_step


class Decided(Conflict):
    """Somebody has decided this step already."""

    def __init__(self, step: ApprovalStep) -> None:
        """Say who was first."""
        super().__init__(
            Message(N_("This application has been decided already, by %(name)s."), name=step.decided_by_name)
            if step.decided_by_name
            else rules.Changed().message
        )


def step(step_id: UUID, viewer: Actor) -> ApprovalStep:
    """A step for the approvers it was asked of. Raises NotFound for everybody else."""
    found = db.session().get(ApprovalStep, step_id)
    if found is None:
        raise NotFound
    require(viewer, Action.SEE_APPLICATION, found)
    return found


def queue_of(actor: Actor) -> list[ApprovalStep]:
    """The steps that wait for this approver, the most urgent first."""
    waiting = (
        select(ApprovalStep)
        .join(Enrolment, Enrolment.id == ApprovalStep.enrolment_id)
        .where(steps_asked_of(actor), ApprovalStep.decided_at.is_(None), Enrolment.state == EnrolmentState.IN_APPROVAL)
        .options(joinedload(ApprovalStep.enrolment))
        .order_by(ApprovalStep.due_on, ApprovalStep.id)
    )
    return list(db.session().scalars(waiting).unique())


def confirms_declared(step: ApprovalStep) -> bool:
    """Whether approving this step confirms the branch and school the teacher declared: it is that school's step."""
    person = step.enrolment.person
    return (
        step.scope_kind is ScopeKind.SCHOOL
        and person.confirmed_at is None
        and person.school_id is not None
        and str(person.school_id) == step.scope
    )


def on_behalf_of(steps: Sequence[ApprovalStep], actor: Actor) -> dict[UUID, str]:
    """Step → the name of whoever the actor stands in for; steps of the actor's own office are left out."""
    held = [grant for grant in actor.grants if grant.role is Role.APPROVER]
    own = {(grant.scope_kind, grant.scope) for grant in held if grant.for_id is None}
    giver = {(grant.scope_kind, grant.scope): grant.for_id for grant in held if grant.for_id is not None}
    found = {step.id: giver.get((step.scope_kind, step.scope)) for step in steps}
    names = {one: accounts.person(one).name for one in set(found.values()) if one is not None}
    return {
        step.id: names[who]
        for step in steps
        if (who := found[step.id]) is not None and (step.scope_kind, step.scope) not in own
    }


def is_open(step: ApprovalStep) -> bool:
    """Whether a step still waits for its decision."""
    enrolment = step.enrolment
    return (
        step.decided_at is None
        and enrolment.state is EnrolmentState.IN_APPROVAL
        and enrolment.run.state is RunState.OPEN
    )


def decide(step: ApprovalStep, *, approve: bool, reason: str, by: Actor, declared: Declared = Declared.RIGHT) -> None:
    """Approve or refuse a step; `declared` is what the school says of the teacher's branch and school.

     The approval that ends the chain takes a seat, or a place on the reserve list.

    Raises RuleBroken for a refusal without a reason, Conflict when the step was decided or the application withdrawn.
    """
    require(by, Action.DECIDE_APPLICATION, step)
    tidy = normalise(reason).strip()
    if len(tidy) > rules.LONGEST_REASON:
        raise RuleBroken(TextTooLong(rules.LONGEST_REASON).message, "reason")
    says = declared if confirms_declared(step) else Declared.RIGHT
    rules.check_declared(says, approve=approve, reason=tidy)
    rules.check_reason(approve=approve, reason=tidy)
    if not is_open(step):
        raise Decided(step)
    enrolment = step.enrolment
    seats.hold(enrolment)
    represented = on_behalf_of([step], by).get(step.id, "")
    _record(step, Decision.APPROVED if approve else Decision.REFUSED, tidy, by, represented)
    said = {"on_behalf_of": represented} if represented else {}
    audit.record(by, f"enrolment.{'approved' if approve else 'refused'}", enrolment, step=str(step.id), **said)
    accounts.end_links(offices.OFFICE, step.id)
    if confirms_declared(step):  # the school knows who teaches there
        if says is not Declared.RIGHT:
            accounts.profile.dispute_declared(enrolment.person, what=says.value, why=tidy, by=by, asked=step.id)
            if approve:
                letters.declared_wrong(enrolment, step)
        elif approve:
            accounts.profile.confirm_declared(enrolment.person, by=by, asked=step.id)
    if not approve:
        seats.move(enrolment, EnrolmentState.REFUSED, by=by, reason=tidy)
        letters.refused(enrolment, step)
    else:
        _go_on(enrolment, step, by)


def _record(step: ApprovalStep, decision: Decision, reason: str, by: Actor, represented: str) -> None:
    """Write the decision if nobody was faster. Raises Decided."""
    undecided = update(ApprovalStep).where(ApprovalStep.id == step.id, ApprovalStep.decided_at.is_(None))
    written = undecided.values(
        decision=decision,
        reason=reason,
        decided_at=clock.now(),
        decided_by_id=by.id,
        decided_by_name=by.name,
        decided_for_name=represented,
    )
    made = seats.changes(written)
    db.session().refresh(step)
    if not made:
        raise Decided(step)


def _go_on(enrolment: Enrolment, done: ApprovalStep, by: Actor) -> None:
    """Ask the next office; after the last one the place is given."""
    following = next((step for step in enrolment.steps if step.opened_at is None), None)
    if following is None:
        seats.move(enrolment, EnrolmentState.APPROVED, by=by)
        seats.seat(enrolment, by=by)
        return
    days = rules.days_to_decide(rules.read_chain(enrolment.run.chain), following.scope_kind)
    open_step(following, days, clock.today())
    letters.passed_on(enrolment, done, following)
