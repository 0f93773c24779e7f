"""Practical tests."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "practical_test",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("assessor_id", db.Id(), nullable=False),
        sa.Column("assessor_name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("levels", db.Json, nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("started_at", db.Moment(), nullable=False),
        sa.Column("decided_at", db.Moment(), nullable=True),
        sa.CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name=op.f("ck_practical_test_score")),
        sa.ForeignKeyConstraint(["assessor_id"], ["person.id"], name=op.f("fk_practical_test_assessor_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_practical_test_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_test")),
        sa.UniqueConstraint("enrolment_id", "attempt", name=op.f("uq_practical_test_enrolment_id_attempt")),
    )
    op.create_index(op.f("ix_practical_test_assessor_id"), "practical_test", ["assessor_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_practical_test_assessor_id"), table_name="practical_test")
    op.drop_table("practical_test")
