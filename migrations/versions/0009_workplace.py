"""Placements, day entries and weeks sent to mentors."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "placement",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column("workplace_id", db.Id(), nullable=False),
        sa.Column("mentor_id", db.Id(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("planned_days", sa.Integer(), nullable=False),
        sa.Column("day_starts", sa.Time(), nullable=False),
        sa.Column("day_ends", sa.Time(), nullable=False),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.Column("briefed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_placement_dates")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_placement_enrolment_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["mentor_contact.id"], name=op.f("fk_placement_mentor_id")),
        sa.ForeignKeyConstraint(["workplace_id"], ["workplace.id"], name=op.f("fk_placement_workplace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_placement_enrolment_id")),
    )
    op.create_index(op.f("ix_placement_mentor_id"), "placement", ["mentor_id"], unique=False)
    op.create_index(op.f("ix_placement_workplace_id"), "placement", ["workplace_id"], unique=False)
    op.create_table(
        "day_entry",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("placement_id", db.Id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum("present", "absent", name="presence", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("tasks", db.Json, nullable=False),
        sa.Column("other_work", sa.Text(), nullable=False),
        sa.Column("reflection", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "sent",
                "confirmed",
                "returned",
                name="day_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", db.Moment(), nullable=False),
        sa.Column("sent_at", db.Moment(), nullable=True),
        sa.Column("decided_at", db.Moment(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("returned_why", sa.Text(), nullable=False),
        sa.CheckConstraint("break_minutes >= 0", name=op.f("ck_day_entry_break")),
        sa.CheckConstraint("minutes >= 0 AND minutes <= 720", name=op.f("ck_day_entry_minutes")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_day_entry_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_entry")),
        sa.UniqueConstraint("placement_id", "day", name=op.f("uq_day_entry_placement_id_day")),
    )
    op.create_table(
        "sent_week",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("placement_id", db.Id(), nullable=False),
        sa.Column("entries", db.Json, nullable=False),
        sa.Column("mentor_name", sa.Text(), nullable=False),
        sa.Column("sent_at", db.Moment(), nullable=False),
        sa.Column("decided_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_sent_week_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_week")),
    )
    op.create_index(op.f("ix_sent_week_placement_id"), "sent_week", ["placement_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_sent_week_placement_id"), table_name="sent_week")
    op.drop_table("sent_week")
    op.drop_table("day_entry")
    op.drop_index(op.f("ix_placement_workplace_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_mentor_id"), table_name="placement")
    op.drop_table("placement")
