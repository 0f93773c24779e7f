"""People, their sessions and role grants, one-time links, and counters against guessing."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lmp.access import Facts, Role, ScopeKind
from lmp.core import db, turkish
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Impersonal, Personal
from lmp.network.models import Branch, School


class PersonState(StrEnum):
    """Whether a person may sign in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class Person(db.Model):
    """Somebody with an account; unique by e-mail in invariant lower case."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("length(name) >= 1", name="name_given"),
        Index("ix_person_sort_key", "sort_key", "id"),
    )
    personal = Personal(
        columns=(
            "name",
            "email",
            "password_hash",
            "school_id",
            "branch_id",
            "lang",
            "scheme",
            "confirmed_at",
            "confirmed_by",
            "invited_at",
        ),
        owner="id",
        purpose="let a person sign in, apply and be named on documents",
        keep_years=10,
        erasure=Erasure.BLANK,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    #: The name's place in Turkish order; follows the name by itself.
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    state: Mapped[PersonState] = mapped_column(db.Code(PersonState, "person_state"), default=PersonState.ACTIVE)
    lang: Mapped[str] = mapped_column(default="tr")
    #: Raised to end every session at once.
    session_epoch: Mapped[int] = mapped_column(default=1)
    #: Raised with every change of roles or state, so that two administrators notice each other.
    access_version: Mapped[int] = mapped_column(default=1)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("school.id"), index=True)
    branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("branch.id"), index=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    #: How many notices wait to be read; kept here because every page shows it and the session's row is read anyway.
    unread_notices: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    #: Light or dark pages whatever the device says; None follows the device.
    scheme: Mapped[str | None]
    #: When and by whom branch and school were confirmed; None while they are only declared (beyan).
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None]
    #: The invitation that waits to be accepted; until then nobody signs in with this account.
    invited_at: Mapped[datetime | None]
    school: Mapped[School | None] = relationship(lazy="joined")
    branch: Mapped[Branch | None] = relationship(lazy="joined")

    @validates("name")
    def _keep_order(self, _key: str, name: str) -> str:
        """Keep the place in Turkish order with the name."""
        self.sort_key = turkish.sort_key(name)
        return name

    def access_facts(self) -> Facts:
        """A person keeps their own account; the approver of the school they name may confirm it."""
        return Facts(owner=self.id, school=self.school_id)


class RoleGrant(db.Model):
    """A role given to a person within a scope and a time; ended, never deleted."""

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(
            "uq_role_grant_open",
            "person_id",
            "role",
            "scope_kind",
            "scope",
            "from_on",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_role_grant_scope", "scope", "role"),
    )
    personal = Personal(
        columns=("person_id", "granted_by_id", "ended_by_id"), owner="person_id", purpose="who may do what"
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(db.Code(Role, "role"))
    scope_kind: Mapped[ScopeKind] = mapped_column(db.Code(ScopeKind, "scope_kind"))
    scope: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    granted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    #: The grant this one was handed over from; it counts only as long as that one does.
    delegated_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("role_grant.id"))
    #: When somebody ended it before its last day; it counts no more from that moment.
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class Delegation(db.Model):
    """An approver's step handed to an e-mail address from a day until a day; it counts once its owner accepts."""

    __tablename__ = "delegation"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="days"), Index("ix_delegation_email", "email"))
    personal = Personal(
        columns=("person_id", "email"),
        owner="person_id",
        purpose="let somebody decide for an approver on leave",
        keep_years=2,
        since="made_at",
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    #: Who hands over, and which of their grants.
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("role_grant.id"))
    email: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    made_at: Mapped[datetime]
    #: When the owner of the address accepted, and the grant made by that.
    accepted_at: Mapped[datetime | None]
    given_id: Mapped[UUID | None] = mapped_column(ForeignKey("role_grant.id"))
    #: When either of the two ended it, or it was not wanted.
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="joined")
    grant: Mapped[RoleGrant] = relationship(foreign_keys="Delegation.grant_id", lazy="joined")
    given: Mapped[RoleGrant | None] = relationship(foreign_keys="Delegation.given_id", lazy="joined")


class AuthenticatorApp(db.Model):
    """The app on a person's phone that shows six digits every half minute; its secret is kept encrypted."""

    __tablename__ = "authenticator_app"
    personal = Personal(
        columns=("person_id", "sealed_secret"),
        owner="person_id",
        purpose="prove with a second factor who signs in",
        keep_years=1,
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    sealed_secret: Mapped[str]
    #: The time step of the code that counted last; none before it counts again.
    last_step: Mapped[int | None]
    added_at: Mapped[datetime]


class RecoveryCode(db.Model):
    """A code on paper that replaces a lost phone once; only its keyed hash is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("person_id", "digest"),)
    personal = Personal(
        columns=("person_id", "digest"),
        owner="person_id",
        purpose="let a person in who lost the second factor",
        keep_years=1,
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    digest: Mapped[str]
    used_at: Mapped[datetime | None]


class Passkey(db.Model):
    """A passkey of a person: the public half, and the name they gave it."""

    __tablename__ = "passkey"
    personal = Personal(
        columns=("person_id", "name", "credential_id", "public_key"),
        owner="person_id",
        purpose="let a person sign in without a password, or prove with a second factor who signs in",
        keep_years=1,
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    #: base64url, as browsers send it
    credential_id: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[Any]]
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SpentChallenge(db.Model):
    """A challenge that a passkey answered; it is answered once."""

    __tablename__ = "spent_challenge"
    personal = Impersonal("hashes of random numbers, kept for a day")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sha256: Mapped[str] = mapped_column(unique=True)
    spent_at: Mapped[datetime] = mapped_column(index=True)


class ActAs(db.Model):
    """A network administrator looking at the platform with another person's eyes, for support: reading only, and not for long."""

    __tablename__ = "act_as"
    personal = Personal(
        columns=("administrator_id", "person_id", "reason"),
        owner="person_id",
        purpose="show a person who looked with their eyes, and why",
        erasure=Erasure.KEEP,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    administrator_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str]
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class BulkState(StrEnum):
    """How far an invitation of many is."""

    REHEARSED = "rehearsed"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class BulkInvitation(db.Model):
    """Many people invited from one file: first rehearsed, then sent by the worker."""

    __tablename__ = "bulk_invitation"
    personal = Personal(
        columns=("sent_by_id", "lines", "failures"),
        owner="sent_by_id",
        purpose="invite many people at once",
        keep_years=1,
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sent_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    file_name: Mapped[str]
    state: Mapped[BulkState] = mapped_column(db.Code(BulkState, "bulk_state"), default=BulkState.REHEARSED)
    #: The good lines of the file in order; forgotten once all is sent.
    lines: Mapped[list[Any]]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    #: Lines that could not be sent: line, address and the sentence why.
    failures: Mapped[list[Any]]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FactorState(StrEnum):
    """What a session has shown besides the password."""

    NOT_NEEDED = "not_needed"
    AWAITED = "awaited"
    GIVEN = "given"


class SignIn(db.Model):
    """An open session of a person in one browser; the cookie holds its token, the row its hash."""

    __tablename__ = "sign_in"
    personal = Personal(
        columns=("person_id", "agent"),
        owner="person_id",
        purpose="keep a person signed in",
        keep_years=1,
        since="started_at",
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    epoch: Mapped[int]
    agent: Mapped[str]
    factor: Mapped[FactorState] = mapped_column(db.Code(FactorState, "factor_state"), default=FactorState.NOT_NEEDED)
    #: With whose eyes this session looks at the moment.
    act_as_id: Mapped[UUID | None] = mapped_column(ForeignKey("act_as.id"))
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    #: The last day it was used; written once a day at most.
    seen_on: Mapped[date | None]


class KeptForm(db.Model):
    """What a person typed into a form while their session ended; given back once they are signed in, then forgotten."""

    __tablename__ = "kept_form"
    personal = Personal(
        columns=("person_id", "fields"),
        owner="person_id",
        purpose="give back what was typed when a session ended",
        keep_years=1,
        since="kept_at",
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    path: Mapped[str]
    #: Pairs of name and value, as the browser sent them.
    fields: Mapped[list[Any]]
    kept_at: Mapped[datetime] = mapped_column(index=True)


class OneTimeLink(db.Model):
    """A link that does one thing for one subject, once; only the hash of its token is kept."""

    __tablename__ = "one_time_link"
    __table_args__ = (Index("ix_one_time_link_subject", "purpose", "subject_id"),)
    personal = Personal(
        columns=("bearer_name", "bound_to"),
        owner="bearer_name",
        purpose="act without an account",
        keep_years=2,
        since="made_at",
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    subject_id: Mapped[UUID]
    #: The versions the link was made for; it dies when they change.
    bound_to: Mapped[dict[str, Any]]
    bearer_name: Mapped[str]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    #: When its page first said that it is open in a browser; a page without script says nothing.
    opened_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Attempts(db.Model):
    """How often something guessable was tried in a window of time."""

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("key", "window_at"),)
    personal = Impersonal("keys are keyed hashes of addresses, kept for a day")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    window_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]
