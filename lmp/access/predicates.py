"""The predicates of the page of permissions: could this kind of actor ever, and may this actor with this thing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from lmp.access.actors import Actor, ActorKind, Duty, Facts, Grant, Role, ScopeKind


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
oneself = Predicate(
    "oneself, not somebody who looks with one's eyes",
    lambda actor: _person(actor) and actor.seen_by is None,
    lambda actor, facts: _person(actor) and actor.seen_by is None and facts.owner == actor.id,
)
owns = Predicate("owns", _holds(Role.TEACHER), lambda actor, facts: _person(actor) and facts.owner == actor.id)
network = Predicate(
    "network", _holds(Role.NETWORK_ADMINISTRATOR), lambda actor, _facts: actor.has(Role.NETWORK_ADMINISTRATOR)
)
any_centre_administrator = Predicate(
    "administrator of any centre",
    _holds(Role.CENTRE_ADMINISTRATOR),
    lambda actor, _facts: actor.has(Role.CENTRE_ADMINISTRATOR),
)
the_system = Predicate(
    "system", lambda actor: actor.kind is ActorKind.SYSTEM, lambda actor, _facts: actor.kind is ActorKind.SYSTEM
)


def half_signed_in(purpose: str) -> Predicate:
    """Somebody who gave the password and has this still to do: *give* their second factor, or *set up* the first one."""

    def could(actor: Actor) -> bool:
        return actor.kind is ActorKind.HALF and (not purpose or actor.purpose == purpose)

    return Predicate(
        f"half signed in {purpose}".strip(),
        could,
        lambda actor, facts: could(actor) and facts.owner in (None, actor.id),
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


def _approving(actor: Actor, about: UUID | None) -> list[Grant]:
    """The approver's grants that speak about somebody: not those handed over by that very person."""
    return [
        grant
        for grant in actor.grants
        if grant.role is Role.APPROVER and (grant.for_id is None or grant.for_id != about)
    ]


def _decides(actor: Actor, facts: Facts) -> bool:
    """Approvers of the open step's scope; nobody approves their own, neither in person nor through a stand-in."""
    held = {(grant.scope_kind, grant.scope) for grant in _approving(actor, facts.owner)}
    return facts.owner != actor.id and bool(held & facts.deciding)


approver = Predicate("approver of the step", _holds(Role.APPROVER), _decides)


def _heads(actor: Actor, facts: Facts) -> bool:
    """Approvers for the school that somebody says to work at; never about themselves."""
    schools = {grant.scope for grant in _approving(actor, facts.owner) if grant.scope_kind is ScopeKind.SCHOOL}
    return facts.owner != actor.id and facts.school is not None and str(facts.school) in schools


headmaster = Predicate("approver of the school", _holds(Role.APPROVER), _heads)


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


def _administers(actor: Actor, facts: Facts) -> bool:
    """Administrators of one of the centres a person belongs to."""
    return bool(actor.scopes(Role.CENTRE_ADMINISTRATOR) & facts.centres)


their_centre_administrator = Predicate(
    "administrator of a centre of theirs", _holds(Role.CENTRE_ADMINISTRATOR), _administers
)
centre_administrator = in_centre(Role.CENTRE_ADMINISTRATOR)
centre_trainer = in_centre(Role.TRAINER)
some_centre_administrator = Predicate(
    "administrator of a centre",
    _holds(Role.CENTRE_ADMINISTRATOR),
    lambda actor, _facts: _person(actor) and actor.has(Role.CENTRE_ADMINISTRATOR),
)
trainer = on_duty(Duty.TRAINER, Role.TRAINER)


def not_about_oneself(staff: Predicate) -> Predicate:
    """Staff, except about themselves: nobody reads the notes that colleagues keep on them."""

    def does(actor: Actor, facts: Facts) -> bool:
        return staff.does(actor, facts) and facts.owner != actor.id

    return Predicate(f"{staff.name}, not about oneself", staff.could, does)


noting_administrator = not_about_oneself(centre_administrator)
noting_trainer = not_about_oneself(trainer)
