"""The day that is set for a practical test."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "test_day",
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_test_day_enrolment_id")),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_test_day")),
    )
    op.create_index("ix_test_day_day", "test_day", ["day"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_index("ix_test_day_day", table_name="test_day")
    op.drop_table("test_day")
