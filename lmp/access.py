"""Who may do what, on one page: every action and the people it is open to.

A *grant* gives a person a role in a scope for a time. A *predicate* answers two questions: could this kind of actor ever do
it (asked at the route), and may this actor do it with this thing (asked by the service, from the thing's facts).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from lmp.core.errors import NotAllowed, NotFound


class Role(StrEnum):
    """The roles a person can be granted."""

    TEACHER = "teacher"
    TRAINER = "trainer"
    ASSESSOR = "assessor"
    CENTRE_ADMINISTRATOR = "centre_administrator"
    APPROVER = "approver"
    NETWORK_ADMINISTRATOR = "network_administrator"


class ScopeKind(StrEnum):
    """What a grant reaches."""

    OWN = "own"
    CENTRE = "centre"
    SCHOOL = "school"
    DISTRICT = "district"
    PROVINCE = "province"
    NETWORK = "network"


class ActorKind(StrEnum):
    """What kind of hand acts."""

    NOBODY = "nobody"
    PERSON = "person"
    LINK = "link"
    OFFICE = "office"
    SYSTEM = "system"


@dataclass(frozen=True)
class Grant:
    """A role within a scope; `scope` is the id (or code) of the centre, school, district or province."""

    role: Role
    scope_kind: ScopeKind
    scope: str = ""


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with grants, a one-time link bound to one subject, an office, or the system itself."""

    kind: ActorKind
    id: UUID | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()
    #: For a link: its purpose and the one thing it speaks for.
    purpose: str = ""
    subject: UUID | None = None

    def has(self, role: Role) -> bool:
        """Whether a person holds this role anywhere."""
        return any(grant.role is role for grant in self.grants)

    def scopes(self, role: Role) -> frozenset[str]:
        """The scopes in which a person holds this role."""
        return frozenset(grant.scope for grant in self.grants if grant.role is role)

    def key(self) -> str:
        """One word for logs and idempotency."""
        return f"{self.kind}:{self.id or self.subject or ''}"


NOBODY = Actor(ActorKind.NOBODY)


def system(name: str) -> Actor:
    """The platform itself at work, for example `system("worker")`."""
    return Actor(ActorKind.SYSTEM, name=name)


class Duty(StrEnum):
    """What a person is named for in one run."""

    TRAINER = "trainer"
    ASSESSOR = "assessor"
    SIGNATORY = "signatory"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a thing says about itself when access is asked."""

    owner: UUID | None = None
    centre: UUID | None = None
    school: UUID | None = None
    district: UUID | None = None
    province: int | None = None
    #: (duty, person) pairs of the run the thing belongs to.
    duties: frozenset[tuple[Duty, UUID]] = frozenset()
    #: The scopes whose approver decides the open step: (kind, id or code).
    deciding: frozenset[tuple[ScopeKind, str]] = frozenset()
    last_author: UUID | None = None
    #: The thing a one-time link must be bound to.
    subject: UUID | None = None


class Guarded(Protocol):
    """A thing that can be asked for its facts."""

    def access_facts(self) -> Facts:
        """What access depends on."""


@dataclass(frozen=True)
class Predicate:
    """`could`: might this actor ever; `does`: may this actor with these facts."""

    name: str
    could: Callable[[Actor], bool]
    does: Callable[[Actor, Facts], bool] = field(compare=False)


def _holds(role: Role) -> Callable[[Actor], bool]:
    return lambda actor: actor.kind is ActorKind.PERSON and actor.has(role)


def _person(actor: Actor) -> bool:
    return actor.kind is ActorKind.PERSON


anyone = Predicate("anyone", lambda _: True, lambda _actor, _facts: True)
signed_in = Predicate("signed in", _person, lambda actor, _facts: _person(actor))
owns = Predicate("owns", _holds(Role.TEACHER), lambda actor, facts: _person(actor) and facts.owner == actor.id)
network = Predicate(
    "network", _holds(Role.NETWORK_ADMINISTRATOR), lambda actor, _facts: actor.has(Role.NETWORK_ADMINISTRATOR)
)
the_system = Predicate(
    "system", lambda actor: actor.kind is ActorKind.SYSTEM, lambda actor, _facts: actor.kind is ActorKind.SYSTEM
)


def in_centre(role: Role) -> Predicate:
    """Holders of a role in the thing's centre."""

    def does(actor: Actor, facts: Facts) -> bool:
        return facts.centre is not None and str(facts.centre) in actor.scopes(role)

    return Predicate(f"{role} of the centre", _holds(role), does)


def on_duty(duty: Duty, role: Role) -> Predicate:
    """The people named for a duty in the run, as long as they hold the role."""

    def does(actor: Actor, facts: Facts) -> bool:
        return actor.has(role) and actor.id is not None and (duty, actor.id) in facts.duties

    return Predicate(f"{duty} of the run", _holds(role), does)


def _signs(actor: Actor, facts: Facts) -> bool:
    return _person(actor) and actor.id is not None and (Duty.SIGNATORY, actor.id) in facts.duties


signatory = Predicate("signatory of the run", _person, _signs)


def _decides(actor: Actor, facts: Facts) -> bool:
    """Approvers of the open step's scope; nobody approves their own."""
    held = {(grant.scope_kind, grant.scope) for grant in actor.grants if grant.role is Role.APPROVER}
    return facts.owner != actor.id and bool(held & facts.deciding)


approver = Predicate("approver of the step", _holds(Role.APPROVER), _decides)


def _reviews(actor: Actor, facts: Facts) -> bool:
    """Trainers and administrators of the centre, never the last author."""
    here = actor.scopes(Role.TRAINER) | actor.scopes(Role.CENTRE_ADMINISTRATOR)
    return facts.centre is not None and str(facts.centre) in here and facts.last_author != actor.id


reviewer = Predicate(
    "reviewer, not the last author",
    lambda actor: _person(actor) and (actor.has(Role.TRAINER) or actor.has(Role.CENTRE_ADMINISTRATOR)),
    _reviews,
)


def _assesses(actor: Actor, facts: Facts) -> bool:
    """Assessors of the run who do not train it."""
    return (
        actor.has(Role.ASSESSOR)
        and actor.id is not None
        and (Duty.ASSESSOR, actor.id) in facts.duties
        and (Duty.TRAINER, actor.id) not in facts.duties
        and facts.owner != actor.id
    )


assessor = Predicate("assessor of the run, not its trainer", _holds(Role.ASSESSOR), _assesses)


def by_link(purpose: str) -> Predicate:
    """The bearer of a one-time link made for this purpose and this thing."""

    def could(actor: Actor) -> bool:
        return actor.kind in (ActorKind.LINK, ActorKind.OFFICE) and actor.purpose == purpose

    return Predicate(
        f"link for {purpose}",
        could,
        lambda actor, facts: could(actor) and facts.subject is not None and actor.subject == facts.subject,
    )


centre_administrator = in_centre(Role.CENTRE_ADMINISTRATOR)
centre_trainer = in_centre(Role.TRAINER)
trainer = on_duty(Duty.TRAINER, Role.TRAINER)


class Action(StrEnum):
    """Everything that needs permission, as feature:verb."""

    # what every signed-in person has
    SEE_TODAY = "journey:today"
    SIGN_OUT = "accounts:sign_out"
    SWITCH_ROLE = "accounts:switch_role"

    # content
    SEE_DRAFT = "content:see_draft"
    WRITE_DRAFT = "content:write_draft"
    PUBLISH_COURSE = "content:publish"

    # runs and applications
    OPEN_RUN = "enrolment:open_run"
    SEE_RUN = "enrolment:see_run"
    APPLY = "enrolment:apply"
    WITHDRAW = "enrolment:withdraw"
    SEE_ENROLMENT = "enrolment:see"
    SEE_APPLICATION = "enrolment:see_application"
    DECIDE_APPLICATION = "enrolment:decide"

    # learning
    STUDY = "learning:study"

    # workplace
    PLACE = "workplace:place"
    SEE_LOG = "workplace:see_log"
    WRITE_LOG = "workplace:write_log"
    CONFIRM_WEEK = "workplace:confirm"

    # practical test
    SEE_TEST = "practical:see"
    ASSESS = "practical:assess"

    # certificates
    SEE_BATCH = "certificate:see_batch"
    ISSUE = "certificate:issue"
    SIGN_BATCH = "certificate:sign"
    REVOKE = "certificate:revoke"
    SEE_CERTIFICATE = "certificate:see"

    # the network
    SEE_NETWORK = "network:see"
    KEEP_NETWORK = "network:keep"
    GRANT_ROLE = "accounts:grant_role"
    SEAL_AUDIT = "audit:seal"


#: An action is allowed when any one of its predicates says yes.
MAY: dict[Action, tuple[Predicate, ...]] = {
    Action.SEE_TODAY: (signed_in,),
    Action.SIGN_OUT: (signed_in,),
    Action.SWITCH_ROLE: (signed_in,),
    Action.SEE_DRAFT: (centre_trainer, centre_administrator, network),
    Action.WRITE_DRAFT: (centre_trainer, centre_administrator, the_system),
    Action.PUBLISH_COURSE: (reviewer,),
    Action.OPEN_RUN: (centre_administrator,),
    Action.SEE_RUN: (centre_administrator, trainer, network),
    Action.APPLY: (owns,),
    Action.WITHDRAW: (owns,),
    Action.SEE_ENROLMENT: (owns, centre_administrator, trainer, network),
    Action.SEE_APPLICATION: (approver,),
    Action.DECIDE_APPLICATION: (approver,),
    Action.STUDY: (owns,),
    Action.PLACE: (centre_administrator,),
    Action.SEE_LOG: (owns, centre_administrator, trainer, network),
    Action.WRITE_LOG: (owns,),
    Action.CONFIRM_WEEK: (by_link("mentor"),),  # never the teacher, not even an administrator
    Action.SEE_TEST: (assessor, owns, centre_administrator, network),
    Action.ASSESS: (assessor,),
    Action.SEE_BATCH: (centre_administrator, signatory, network),
    Action.ISSUE: (centre_administrator,),
    Action.SIGN_BATCH: (signatory,),
    Action.REVOKE: (centre_administrator, network),
    Action.SEE_CERTIFICATE: (owns, centre_administrator, network),
    Action.SEE_NETWORK: (network,),
    Action.KEEP_NETWORK: (network, the_system),
    Action.GRANT_ROLE: (network, centre_administrator, the_system),
    Action.SEAL_AUDIT: (the_system,),
}

#: Who may give which role, and within which scope kinds; nobody gives a wider scope, a longer period, or to themselves.
MAY_GRANT: dict[Role, frozenset[Role]] = {
    Role.NETWORK_ADMINISTRATOR: frozenset(Role),
    Role.CENTRE_ADMINISTRATOR: frozenset({Role.TRAINER, Role.ASSESSOR}),
}

#: Where a refused act still admits that the thing exists (403): when the actor may at least see it.
SEEN_BY: dict[Action, Action] = {
    Action.PUBLISH_COURSE: Action.SEE_DRAFT,
    Action.WRITE_DRAFT: Action.SEE_DRAFT,
    Action.WITHDRAW: Action.SEE_ENROLMENT,
    Action.STUDY: Action.SEE_ENROLMENT,
    Action.WRITE_LOG: Action.SEE_LOG,
    Action.PLACE: Action.SEE_ENROLMENT,
    Action.ASSESS: Action.SEE_TEST,
    Action.ISSUE: Action.SEE_BATCH,
    Action.SIGN_BATCH: Action.SEE_BATCH,
    Action.REVOKE: Action.SEE_CERTIFICATE,
}


def admits(actor: Actor, actions: Iterable[Action]) -> bool:
    """Whether this kind of actor could ever do one of the actions; asked at the route."""
    return any(predicate.could(actor) for action in actions for predicate in MAY[action])


def allows(actor: Actor, action: Action, thing: Guarded | Facts) -> bool:
    """Whether the actor may do this with this thing."""
    facts = thing if isinstance(thing, Facts) else thing.access_facts()
    return any(predicate.does(actor, facts) for predicate in MAY[action])


def require(actor: Actor, action: Action, thing: Guarded | Facts) -> None:
    """The first line of every command. Raises NotAllowed where the actor may see the thing, else NotFound."""
    facts = thing if isinstance(thing, Facts) else thing.access_facts()
    if allows(actor, action, facts):
        return
    seeing = SEEN_BY.get(action)
    if seeing is not None and allows(actor, seeing, facts):
        raise NotAllowed
    raise NotFound


def require_role(actor: Actor, action: Action) -> None:
    """For acts without a thing yet. Raises NotAllowed."""
    if not admits(actor, (action,)):
        raise NotAllowed
