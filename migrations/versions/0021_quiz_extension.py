"""More tries or time at a quiz for one person."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "quiz_extension",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column("unit_key", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by_id", db.Id(), nullable=False),
        sa.Column("given_at", db.Moment(), nullable=False),
        sa.CheckConstraint(
            "attempts >= 0 AND minutes >= 0 AND attempts + minutes > 0", name=op.f("ck_quiz_extension_something")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_quiz_extension_enrolment_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_quiz_extension_given_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_extension")),
    )
    op.create_index("ix_quiz_extension_enrolment", "quiz_extension", ["enrolment_id", "unit_key"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_index("ix_quiz_extension_enrolment", table_name="quiz_extension")
    op.drop_table("quiz_extension")
