"""Requests of people about their data, and rounds of destruction."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0018"
down_revision = "0017"


def _code(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "data_request",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("kind", _code("data_request_kind", "download", "correction", "erasure"), nullable=False),
        sa.Column("state", _code("data_request_state", "open", "done", "refused"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", db.Moment(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", db.Id(), nullable=True),
        sa.Column("answered_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_data_request_answered_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_data_request_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_index("ix_data_request_person", "data_request", ["person_id"], unique=False)
    op.create_index("ix_data_request_state_due_on", "data_request", ["state", "due_on", "id"], unique=False)
    op.create_table(
        "destruction",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("counted_at", db.Moment(), nullable=False),
        sa.Column("counted_by_id", db.Id(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("counts", db.Json, nullable=False),
        sa.Column("approved_at", db.Moment(), nullable=True),
        sa.Column("approved_by_id", db.Id(), nullable=True),
        sa.Column("done_at", db.Moment(), nullable=True),
        sa.Column("destroyed", db.Json, nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_destruction_approved_by_id")),
        sa.ForeignKeyConstraint(["counted_by_id"], ["person.id"], name=op.f("fk_destruction_counted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("destruction")
    op.drop_table("data_request")
