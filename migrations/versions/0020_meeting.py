"""Half days face to face and attendance."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0020"
down_revision = "0019"


def _code(name: str, *words: str) -> sa.Enum:
    """A column for one of a few words."""
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "half_day",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("run_id", db.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan_day", sa.Integer(), nullable=False),
        sa.Column("title_tr", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("topic_tr", sa.Text(), nullable=False),
        sa.Column("topic_en", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("bring", sa.Text(), nullable=False),
        sa.Column("trainer_id", db.Id(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("closed_at", db.Moment(), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.CheckConstraint("ends > starts", name=op.f("ck_half_day_times")),
        sa.CheckConstraint("minutes > 0 AND minutes <= 360", name=op.f("ck_half_day_minutes")),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by = '')", name=op.f("ck_half_day_closed")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_half_day_run_id")),
        sa.ForeignKeyConstraint(["trainer_id"], ["person.id"], name=op.f("fk_half_day_trainer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_half_day")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_half_day_run_id_number")),
    )
    op.create_index("ix_half_day_day", "half_day", ["day"], unique=False)
    op.create_index(op.f("ix_half_day_trainer_id"), "half_day", ["trainer_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("half_day_id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column("mark", _code("mark", "present", "absent", "excused"), nullable=False),
        sa.Column("excuse", _code("excuse", "report", "leave", "duty"), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("marked_at", db.Moment(), nullable=False),
        sa.Column("marked_by", sa.Text(), nullable=False),
        sa.Column("corrected_at", db.Moment(), nullable=True),
        sa.Column("corrected_by", sa.Text(), nullable=False),
        sa.Column("corrected_why", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(mark = 'excused' AND excuse IS NOT NULL) OR (mark <> 'excused' AND excuse IS NULL)",
            name=op.f("ck_attendance_excuse_of"),
        ),
        sa.CheckConstraint(
            "corrected_at IS NULL OR length(corrected_why) > 0", name=op.f("ck_attendance_correction_has_reason")
        ),
        sa.ForeignKeyConstraint(["half_day_id"], ["half_day.id"], name=op.f("fk_attendance_half_day_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_attendance_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("half_day_id", "enrolment_id", name=op.f("uq_attendance_half_day_id_enrolment_id")),
    )
    op.create_index("ix_attendance_enrolment_id", "attendance", ["enrolment_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_attendance_enrolment_id", table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_half_day_trainer_id"), table_name="half_day")
    op.drop_index("ix_half_day_day", table_name="half_day")
    op.drop_table("half_day")
