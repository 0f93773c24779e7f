"""People, their sessions and role grants, one-time links, and counters against guessing."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Role, ScopeKind
from lmp.core import db
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
    __table_args__ = (CheckConstraint("length(name) >= 1", name="name_given"),)
    personal = Personal(
        columns=("name", "email", "password_hash", "school_id", "branch_id", "lang"),
        owner="id",
        purpose="let a person sign in, apply and be named on documents",
        keep_years=10,
        erasure=Erasure.BLANK,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    state: Mapped[PersonState] = mapped_column(db.Code(PersonState, "person_state"), default=PersonState.ACTIVE)
    lang: Mapped[str] = mapped_column(default="tr")
    #: Raised to end every session at once.
    session_epoch: Mapped[int] = mapped_column(default=1)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("school.id"), index=True)
    branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("branch.id"), index=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    school: Mapped[School | None] = relationship(lazy="joined")
    branch: Mapped[Branch | None] = relationship(lazy="joined")


class RoleGrant(db.Model):
    """A role given to a person within a scope and a time; ended, never deleted."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("person_id", "role", "scope_kind", "scope", "from_on"),)
    personal = Personal(columns=("person_id", "granted_by_id"), owner="person_id", purpose="who may do what")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(db.Code(Role, "role"))
    scope_kind: Mapped[ScopeKind] = mapped_column(db.Code(ScopeKind, "scope_kind"))
    scope: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    granted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class SignIn(db.Model):
    """An open session of a person in one browser; the cookie holds its token, the row its hash."""

    __tablename__ = "sign_in"
    personal = Personal(
        columns=("person_id", "agent"),
        owner="person_id",
        purpose="keep a person signed in",
        keep_years=1,
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    epoch: Mapped[int]
    agent: Mapped[str]
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OneTimeLink(db.Model):
    """A link that does one thing for one subject, once; only the hash of its token is kept."""

    __tablename__ = "one_time_link"
    __table_args__ = (Index("ix_one_time_link_subject", "purpose", "subject_id"),)
    personal = Personal(columns=("bearer_name",), owner="bearer_name", purpose="act without an account", keep_years=2)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    subject_id: Mapped[UUID]
    #: The versions the link was made for; it dies when they change.
    bound_to: Mapped[dict[str, Any]]
    bearer_name: Mapped[str]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
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
