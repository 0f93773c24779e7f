"""Who acts and what a thing says about itself: the values that permission is asked with."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID


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
    #: Gave the password; the second factor is still to come.
    HALF = "half"
    LINK = "link"
    OFFICE = "office"
    SYSTEM = "system"


@dataclass(frozen=True)
class Grant:
    """A role within a scope; `scope` is the id (or code) of the centre, school, district or province."""

    role: Role
    scope_kind: ScopeKind
    scope: str = ""
    #: Its last day; None: it has none.
    until: date | None = None
    #: The person who handed it over for a time, in whose name it is used; None for a role of one's own.
    for_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with grants, a one-time link bound to one subject, an office, or the system itself."""

    kind: ActorKind
    id: UUID | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()
    #: For a link: its purpose and the one thing it speaks for. For somebody half signed in: what is still to be done.
    purpose: str = ""
    subject: UUID | None = None
    #: The administrator who looks with this person's eyes; such an actor only reads.
    seen_by: UUID | None = None

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
    #: The centres a person belongs to through roles.
    centres: frozenset[str] = frozenset()
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
