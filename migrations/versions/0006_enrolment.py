"""Runs, duties, enrolments, their moves and approval steps."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "run",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("course_id", db.Id(), nullable=False),
        sa.Column("version_id", db.Id(), nullable=False),
        sa.Column("centre_id", db.Id(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("open", "local", "central", name="run_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open", "closed", "cancelled", name="run_state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("apply_from_on", sa.Date(), nullable=False),
        sa.Column("apply_until_on", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column("reserve_head", sa.Integer(), nullable=False),
        sa.Column("policy", db.Json, nullable=False),
        sa.Column("chain", db.Json, nullable=False),
        sa.Column("activity_no", sa.Text(), nullable=True),
        sa.Column("venue_tr", sa.Text(), nullable=False),
        sa.Column("venue_en", sa.Text(), nullable=False),
        sa.Column("needs_signatory", sa.Boolean(), nullable=False),
        sa.Column("opened_at", db.Moment(), nullable=False),
        sa.Column("closed_at", db.Moment(), nullable=True),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_run_capacity")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_run_dates")),
        sa.CheckConstraint("seats_taken >= 0 AND seats_taken <= capacity", name=op.f("ck_run_seats")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_run_centre_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_run_course_id")),
        sa.ForeignKeyConstraint(["version_id"], ["course_version.id"], name=op.f("fk_run_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index(op.f("ix_run_centre_id"), "run", ["centre_id"], unique=False)
    op.create_index(op.f("ix_run_course_id"), "run", ["course_id"], unique=False)
    op.create_index("ix_run_state_starts_on", "run", ["state", "starts_on"], unique=False)
    op.create_index(op.f("ix_run_version_id"), "run", ["version_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("run_id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "applied",
                "in_approval",
                "approved",
                "main_list",
                "reserve_list",
                "offered",
                "not_selected",
                "active",
                "closed",
                "transferred",
                "withdrawn",
                "refused",
                "cancelled",
                name="enrolment_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reserve_no", sa.Integer(), nullable=True),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("applied_at", db.Moment(), nullable=True),
        sa.Column("outcome", db.Json, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_enrolment_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("run_id", "person_id", name=op.f("uq_enrolment_run_id_person_id")),
        sa.UniqueConstraint("run_id", "reserve_no", name=op.f("uq_enrolment_run_id_reserve_no")),
    )
    op.create_index("ix_enrolment_person_state", "enrolment", ["person_id", "state"], unique=False)
    op.create_index("ix_enrolment_run_state", "enrolment", ["run_id", "state"], unique=False)
    op.create_table(
        "run_duty",
        sa.Column("run_id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column(
            "duty",
            sa.Enum(
                "trainer", "assessor", "signatory", name="duty", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_run_duty_person_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_duty_run_id")),
        sa.PrimaryKeyConstraint("run_id", "person_id", name=op.f("pk_run_duty")),
    )
    op.create_index(op.f("ix_run_duty_person_id"), "run_duty", ["person_id"], unique=False)
    op.create_table(
        "approval_step",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "scope_kind",
            sa.Enum(
                "own",
                "centre",
                "school",
                "district",
                "province",
                "network",
                name="step_scope_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("scope_name", sa.Text(), nullable=False),
        sa.Column("opened_at", db.Moment(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum("approved", "refused", name="decision", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", db.Moment(), nullable=True),
        sa.Column("decided_by_id", db.Id(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IS NULL OR decision != 'refused' OR length(reason) > 0",
            name=op.f("ck_approval_step_refusal_has_reason"),
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_approval_step_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_step")),
        sa.UniqueConstraint("enrolment_id", "number", name=op.f("uq_approval_step_enrolment_id_number")),
    )
    op.create_index("ix_approval_step_scope", "approval_step", ["scope_kind", "scope", "decided_at"], unique=False)
    op.create_table(
        "enrolment_move",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "draft",
                "applied",
                "in_approval",
                "approved",
                "main_list",
                "reserve_list",
                "offered",
                "not_selected",
                "active",
                "closed",
                "transferred",
                "withdrawn",
                "refused",
                "cancelled",
                name="from_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "draft",
                "applied",
                "in_approval",
                "approved",
                "main_list",
                "reserve_list",
                "offered",
                "not_selected",
                "active",
                "closed",
                "transferred",
                "withdrawn",
                "refused",
                "cancelled",
                name="to_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", db.Moment(), nullable=False),
        sa.Column("by_id", db.Id(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_enrolment_move_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_move")),
    )
    op.create_index(op.f("ix_enrolment_move_enrolment_id"), "enrolment_move", ["enrolment_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_enrolment_move_enrolment_id"), table_name="enrolment_move")
    op.drop_table("enrolment_move")
    op.drop_index("ix_approval_step_scope", table_name="approval_step")
    op.drop_table("approval_step")
    op.drop_index(op.f("ix_run_duty_person_id"), table_name="run_duty")
    op.drop_table("run_duty")
    op.drop_index("ix_enrolment_run_state", table_name="enrolment")
    op.drop_index("ix_enrolment_person_state", table_name="enrolment")
    op.drop_table("enrolment")
    op.drop_index(op.f("ix_run_version_id"), table_name="run")
    op.drop_index("ix_run_state_starts_on", table_name="run")
    op.drop_index(op.f("ix_run_course_id"), table_name="run")
    op.drop_index(op.f("ix_run_centre_id"), table_name="run")
    op.drop_table("run")
