"""What a course was copied from, and what was decided about later versions of it."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Keep the origin of a copy."""
    op.create_table(
        "course_origin",
        sa.Column("course_id", db.Id(), sa.ForeignKey("course.id"), primary_key=True),
        sa.Column("origin_id", db.Id(), sa.ForeignKey("course.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("decided", db.Json, nullable=False),
        sa.Column("copied_at", db.Moment(), nullable=False),
    )
    op.create_index("ix_course_origin_origin_id", "course_origin", ["origin_id"])


def downgrade() -> None:
    """Forget the origins."""
    op.drop_table("course_origin")
