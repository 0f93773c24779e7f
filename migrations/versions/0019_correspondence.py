"""Interest in courses and fields, messages of a run, staff notes."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "interest",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("course_id", db.Id(), nullable=True),
        sa.Column("field_id", db.Id(), nullable=True),
        sa.Column("province_code", sa.Integer(), nullable=True),
        sa.Column("asked_at", db.Moment(), nullable=False),
        sa.Column("confirmed_at", db.Moment(), nullable=True),
        sa.Column("ended_at", db.Moment(), nullable=True),
        sa.Column("told_at", db.Moment(), nullable=True),
        sa.Column("told_run_id", db.Id(), nullable=True),
        sa.CheckConstraint("(course_id IS NULL) != (field_id IS NULL)", name=op.f("ck_interest_course_or_field")),
        sa.CheckConstraint("person_id IS NOT NULL OR length(email) > 0", name=op.f("ck_interest_reader")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_interest_person_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_interest_course_id")),
        sa.ForeignKeyConstraint(["field_id"], ["field.id"], name=op.f("fk_interest_field_id")),
        sa.ForeignKeyConstraint(["province_code"], ["province.code"], name=op.f("fk_interest_province_code")),
        sa.ForeignKeyConstraint(["told_run_id"], ["run.id"], name=op.f("fk_interest_told_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
    )
    for column in ("person_id", "course_id", "field_id"):
        op.create_index(op.f(f"ix_interest_{column}"), "interest", [column], unique=False)
    op.create_table(
        "run_message",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("run_id", db.Id(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "all",
                "main",
                "reserve",
                "one",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_tr", sa.Text(), nullable=False),
        sa.Column("subject_en", sa.Text(), nullable=False),
        sa.Column("text_tr", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("is_important", sa.Boolean(), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("by_id", db.Id(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("written_at", db.Moment(), nullable=False),
        sa.CheckConstraint("length(text_tr) > 0 OR length(text_en) > 0", name=op.f("ck_run_message_text_given")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_message_run_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_run_message_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_message")),
    )
    op.create_index(op.f("ix_run_message_run_id"), "run_message", ["run_id"], unique=False)
    op.create_table(
        "run_message_reader",
        sa.Column("message_id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["run_message.id"], name=op.f("fk_run_message_reader_message_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_run_message_reader_enrolment_id")),
        sa.PrimaryKeyConstraint("message_id", "enrolment_id", name=op.f("pk_run_message_reader")),
    )
    op.create_index(op.f("ix_run_message_reader_enrolment_id"), "run_message_reader", ["enrolment_id"], unique=False)
    op.create_table(
        "staff_note",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("run_id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", db.Id(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("written_at", db.Moment(), nullable=False),
        sa.Column("changed_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_staff_note_run_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_staff_note_enrolment_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_staff_note_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_note")),
    )
    for column in ("run_id", "enrolment_id"):
        op.create_index(op.f(f"ix_staff_note_{column}"), "staff_note", [column], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("staff_note")
    op.drop_table("run_message_reader")
    op.drop_table("run_message")
    op.drop_table("interest")
