"""Who is working on a unit of a draft at this moment."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """One row for each person and unit, for minutes only."""
    op.create_table(
        "presence",
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("course_id", db.Id(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("seen_at", db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_presence_person_id_person")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_presence_course_id_course")),
        sa.PrimaryKeyConstraint("person_id", "course_id", "unit", name=op.f("pk_presence")),
    )
    for column in ("course_id", "seen_at"):
        op.create_index(op.f(f"ix_presence_{column}"), "presence", [column])


def downgrade() -> None:
    """Nobody is here."""
    op.drop_table("presence")
