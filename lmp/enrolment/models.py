"""Runs, the people named for them, enrolments with their moves, and approval steps."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    and_,
    false,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Actor, ActorKind, Duty, Facts, Role, ScopeKind
from lmp.accounts.models import Person
from lmp.content.models import Course, CourseVersion
from lmp.core import db
from lmp.core.db import Bilingual
from lmp.core.ids import new_id, parse_id
from lmp.core.personal import Erasure, Impersonal, Personal
from lmp.enrolment.rules import Audience, Decision, EnrolmentState, RunKind, RunState
from lmp.network.models import Centre, Field, Province

#: The states stand in `rules`, where the moves between them are.
__all__ = [
    "ApprovalStep",
    "Audience",
    "Decision",
    "Enrolment",
    "EnrolmentMove",
    "EnrolmentState",
    "Interest",
    "Run",
    "RunDuty",
    "RunKind",
    "RunMessage",
    "RunMessageReader",
    "RunState",
    "StaffNote",
    "enrolments_seen_by",
    "runs_seen_by",
    "steps_asked_of",
]


class Run(db.Model):
    """A faaliyet: one course version taught at one time by one centre to a number of teachers."""

    __tablename__ = "run"
    __table_args__ = (
        CheckConstraint("seats_taken >= 0 AND seats_taken <= capacity", name="seats"),
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("offer_hours >= 0", name="offer_hours"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        Index("ix_run_state_starts_on", "state", "starts_on"),
    )
    personal = Impersonal("dates and places of a course")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("course_version.id"), index=True)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    kind: Mapped[RunKind] = mapped_column(db.Code(RunKind, "run_kind"))
    state: Mapped[RunState] = mapped_column(db.Code(RunState, "run_state"), default=RunState.OPEN)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    apply_from_on: Mapped[date]
    apply_until_on: Mapped[date]
    capacity: Mapped[int]
    #: Seats of people who take part, and those that are held for somebody they were offered to.
    seats_taken: Mapped[int] = mapped_column(default=0)
    #: How many hours a place that became free may be thought over; 0 moves the first reserve up at once.
    offer_hours: Mapped[int]
    #: Running number of the reserve list; only grows.
    reserve_head: Mapped[int] = mapped_column(default=0)
    #: The completion policy, copied from the course when the run was opened (content.policy.CompletionPolicy).
    policy: Mapped[dict[str, Any]]
    #: The approval chain: a list of steps {scope_kind, days}; empty means nobody has to approve.
    chain: Mapped[list[Any]]
    #: MEBBİS faaliyet no, when someone typed it in.
    activity_no: Mapped[str | None]
    venue: Mapped[Bilingual] = db.bilingual("venue")
    #: Whether a named signatory confirms the certificates before they are issued.
    needs_signatory: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    #: Why it was cancelled, as everybody in it was told.
    cancelled_why: Mapped[Bilingual] = db.bilingual("cancelled_why", default="")
    course: Mapped[Course] = relationship(lazy="joined")
    version: Mapped[CourseVersion] = relationship(lazy="select")
    centre: Mapped[Centre] = relationship(lazy="joined")
    duties: Mapped[list["RunDuty"]] = relationship(back_populates="run", lazy="selectin")

    def access_facts(self) -> Facts:
        """The centre and the people named for the run."""
        return Facts(centre=self.centre_id, duties=frozenset((duty.duty, duty.person_id) for duty in self.duties))


class RunDuty(db.Model):
    """A person named for a duty in a run. One person never both trains and assesses the same run."""

    __tablename__ = "run_duty"
    personal = Personal(columns=("person_id",), owner="person_id", purpose="who taught and assessed")

    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    duty: Mapped[Duty] = mapped_column(db.Code(Duty, "duty"))
    run: Mapped[Run] = relationship(back_populates="duties")
    person: Mapped[Person] = relationship(lazy="select")


class Enrolment(db.Model):
    """One teacher in one run, from application to result."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("run_id", "person_id"),
        UniqueConstraint("run_id", "reserve_no"),
        Index("ix_enrolment_person_state", "person_id", "state"),
        Index("ix_enrolment_run_state", "run_id", "state"),
        Index("ix_enrolment_offer_until", "offer_until"),
        CheckConstraint(
            "(state = 'offered') = (offer_until IS NOT NULL) AND (offered_at IS NULL) = (offer_until IS NULL)",
            name="offer_ends",
        ),
    )
    personal = Personal(
        columns=("person_id", "motivation"), owner="person_id", purpose="apply for, attend and complete a course"
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    state: Mapped[EnrolmentState] = mapped_column(db.Code(EnrolmentState, "enrolment_state"))
    #: Place on the reserve list when it joined; the shown rank is counted.
    reserve_no: Mapped[int | None]
    motivation: Mapped[str] = mapped_column(default="")
    applied_at: Mapped[datetime | None]
    #: While a place is offered: since when, and until when it is held.
    offered_at: Mapped[datetime | None]
    offer_until: Mapped[datetime | None]
    #: Outcome and hash of its evidence, frozen when the run closes.
    outcome: Mapped[dict[str, Any] | None]
    run: Mapped[Run] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")
    steps: Mapped[list["ApprovalStep"]] = relationship(
        back_populates="enrolment", order_by="ApprovalStep.number", lazy="selectin"
    )

    def access_facts(self) -> Facts:
        """The teacher and the run's people; an approver sees the step they were asked for, not the enrolment."""
        run = self.run.access_facts()
        return Facts(owner=self.person_id, centre=run.centre, duties=run.duties)


class EnrolmentMove(db.Model):
    """A move of an enrolment from one state to another: who, when, why."""

    __tablename__ = "enrolment_move"
    personal = Personal(
        columns=("by_id", "by_name", "reason"), owner="by_id", purpose="explain every decision on an application"
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), index=True)
    from_state: Mapped[EnrolmentState | None] = mapped_column(db.Code(EnrolmentState, "from_state"))
    to_state: Mapped[EnrolmentState] = mapped_column(db.Code(EnrolmentState, "to_state"))
    at: Mapped[datetime]
    by_id: Mapped[UUID | None]
    by_name: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


class ApprovalStep(db.Model):
    """One step of an application's approval chain, due on a day; decided by an approver of its scope."""

    __tablename__ = "approval_step"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "number"),
        Index("ix_approval_step_scope", "scope_kind", "scope", "decided_at"),
        CheckConstraint("decision IS NULL OR decision != 'refused' OR length(reason) > 0", name="refusal_has_reason"),
    )
    personal = Personal(
        columns=("decided_by_id", "decided_by_name", "decided_for_name", "reason"),
        owner="decided_by_id",
        purpose="explain every decision",
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"))
    number: Mapped[int]
    scope_kind: Mapped[ScopeKind] = mapped_column(db.Code(ScopeKind, "step_scope_kind"))
    scope: Mapped[str]
    #: Name of the school, district or province, for the state in words.
    scope_name: Mapped[str]
    opened_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    decision: Mapped[Decision | None] = mapped_column(db.Code(Decision, "decision"))
    reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None]
    decided_by_name: Mapped[str] = mapped_column(default="")
    #: When the office was last mailed a link, and when it was reminded, where nobody of it has an account.
    office_mailed_at: Mapped[datetime | None]
    office_reminded_at: Mapped[datetime | None]
    #: In whose name it was decided, where somebody stood in for an approver on leave.
    decided_for_name: Mapped[str] = mapped_column(default="")
    enrolment: Mapped[Enrolment] = relationship(back_populates="steps")

    def access_facts(self) -> Facts:
        """The teacher, who never decides their own, and the scope that was asked; nobody's before it was opened."""
        asked = frozenset({(self.scope_kind, self.scope)}) if self.opened_at is not None else frozenset()
        return Facts(
            owner=self.enrolment.person_id, centre=self.enrolment.run.centre_id, deciding=asked, subject=self.id
        )


class Interest(db.Model):
    """Somebody who asks to be told when a run of a course, or of any course of a field, takes applications."""

    __tablename__ = "interest"
    __table_args__ = (
        CheckConstraint("(course_id IS NULL) != (field_id IS NULL)", name="course_or_field"),
        CheckConstraint("person_id IS NOT NULL OR length(email) > 0", name="reader"),
    )
    personal = Personal(
        columns=("person_id", "email", "lang"),
        owner="person_id",
        purpose="tell people about the trainings they asked for",
        keep_years=1,
        since="asked_at",
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: For somebody without an account; empty for a person.
    email: Mapped[str] = mapped_column(default="")
    lang: Mapped[str]
    course_id: Mapped[UUID | None] = mapped_column(ForeignKey("course.id"), index=True)
    field_id: Mapped[UUID | None] = mapped_column(ForeignKey("field.id"), index=True)
    province_code: Mapped[int | None] = mapped_column(ForeignKey("province.code"))
    asked_at: Mapped[datetime]
    #: When the link in the mail was followed; a person's own counts at once.
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    #: When it was told, and of which run: once.
    told_at: Mapped[datetime | None]
    told_run_id: Mapped[UUID | None] = mapped_column(ForeignKey("run.id"))
    course: Mapped[Course | None] = relationship(lazy="joined")
    field: Mapped[Field | None] = relationship(lazy="joined")
    province: Mapped[Province | None] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """The person who asked, or the bearer of the link that was mailed."""
        return Facts(owner=self.person_id, subject=self.id)

    @property
    def about(self) -> Bilingual:
        """What it is about: the name of the course or of the field."""
        if self.course is not None:
            return self.course.title
        return self.field.name if self.field is not None else Bilingual("", "")


class RunMessage(db.Model):
    """What a run's staff wrote to its participants, in one language or both."""

    __tablename__ = "run_message"
    __table_args__ = (CheckConstraint("length(text_tr) > 0 OR length(text_en) > 0", name="text_given"),)
    personal = Personal(
        columns=("by_id", "by_name", "subject_tr", "subject_en", "text_tr", "text_en"),
        owner="by_id",
        purpose="tell participants what they need to know",
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id"), index=True)
    audience: Mapped[Audience] = mapped_column(db.Code(Audience, "audience"))
    subject: Mapped[Bilingual] = db.bilingual("subject")
    text: Mapped[Bilingual] = db.bilingual("text")
    is_important: Mapped[bool]
    #: How many people it was written to.
    readers: Mapped[int]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str]
    written_at: Mapped[datetime]
    run: Mapped[Run] = relationship(lazy="select")


class RunMessageReader(db.Model):
    """An enrolment a message was written to."""

    __tablename__ = "run_message_reader"
    personal = Personal(columns=("enrolment_id",), owner="enrolment_id", purpose="who was told what")

    message_id: Mapped[UUID] = mapped_column(ForeignKey("run_message.id"), primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), primary_key=True, index=True)


class StaffNote(db.Model):
    """What staff note down about a run or a participant; the teacher never sees it, but gets it with their data."""

    __tablename__ = "staff_note"
    personal = Personal(
        columns=("enrolment_id", "text", "by_id", "by_name"),
        owner="enrolment_id",
        purpose="remember what was agreed with a participant",
        keep_years=2,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id"), index=True)
    #: The participant it is about; None for a note on the run.
    enrolment_id: Mapped[UUID | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    text: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str]
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    run: Mapped[Run] = relationship(lazy="joined")
    enrolment: Mapped[Enrolment | None] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """The run's people; never the participant it is about."""
        return self.enrolment.access_facts() if self.enrolment is not None else self.run.access_facts()


def _centres(actor: Actor) -> list[UUID]:
    """The centres an actor administers."""
    return [centre for centre in map(parse_id, actor.scopes(Role.CENTRE_ADMINISTRATOR)) if centre is not None]


def _trains(actor: Actor) -> ColumnElement[bool]:
    """Runs the actor is named for as trainer, while they hold the role."""
    if not actor.has(Role.TRAINER):
        return false()
    return Run.id.in_(select(RunDuty.run_id).where(RunDuty.person_id == actor.id, RunDuty.duty == Duty.TRAINER))


def runs_seen_by(actor: Actor) -> ColumnElement[bool]:
    """The list filter that says the same as `enrolment:see_run` does of one run."""
    if actor.has(Role.NETWORK_ADMINISTRATOR):
        return true()
    return or_(Run.centre_id.in_(_centres(actor)), _trains(actor))


def enrolments_seen_by(actor: Actor) -> ColumnElement[bool]:
    """The list filter that says the same as `enrolment:see` does of one enrolment; for statements joined to Run."""
    own = Enrolment.person_id == actor.id if actor.kind is ActorKind.PERSON else false()
    return or_(own, runs_seen_by(actor))


def steps_asked_of(actor: Actor) -> ColumnElement[bool]:
    """The list filter that says the same as `enrolment:see_application` does of one step; joined to Enrolment."""
    held = [grant for grant in actor.grants if grant.role is Role.APPROVER]
    own = [(grant.scope_kind, grant.scope) for grant in held if grant.for_id is None]
    handed_over = [
        and_(
            ApprovalStep.scope_kind == grant.scope_kind,
            ApprovalStep.scope == grant.scope,
            Enrolment.person_id != grant.for_id,
        )
        for grant in held
        if grant.for_id is not None
    ]
    if not held:
        return false()
    asked = or_(tuple_(ApprovalStep.scope_kind, ApprovalStep.scope).in_(own) if own else false(), *handed_over)
    return and_(asked, ApprovalStep.opened_at.is_not(None), Enrolment.person_id != actor.id)
