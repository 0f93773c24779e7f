"""A person's own account: colour scheme, confirmation, invitation, last use of a session, kept forms."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("person", sa.Column("scheme", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("confirmed_at", db.Moment(), nullable=True))
    op.add_column("person", sa.Column("confirmed_by", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("invited_at", db.Moment(), nullable=True))
    op.add_column("sign_in", sa.Column("seen_on", sa.Date(), nullable=True))
    op.create_table(
        "kept_form",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("fields", db.Json, nullable=False),
        sa.Column("kept_at", db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_form_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_form")),
    )
    op.create_index(op.f("ix_kept_form_person_id"), "kept_form", ["person_id"], unique=False)
    op.create_index(op.f("ix_kept_form_kept_at"), "kept_form", ["kept_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_kept_form_kept_at"), table_name="kept_form")
    op.drop_index(op.f("ix_kept_form_person_id"), table_name="kept_form")
    op.drop_table("kept_form")
    op.drop_column("sign_in", "seen_on")
    for column in ("invited_at", "confirmed_by", "confirmed_at", "scheme"):
        op.drop_column("person", column)
