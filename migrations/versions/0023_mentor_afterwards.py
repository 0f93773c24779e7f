"""What follows a mail to a mentor: when it was written and opened, and confirmations that were taken back."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the table and the columns; the first mail of a week was written when it was sent."""
    op.create_table(
        "withdrawn_confirmation",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("entry_id", db.Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("week_id", db.Id(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", db.Moment(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", db.Moment(), nullable=False),
        sa.Column("withdrawn_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("length(why) > 0", name=op.f("ck_withdrawn_confirmation_why_given")),
        sa.ForeignKeyConstraint(["entry_id"], ["day_entry.id"], name=op.f("fk_withdrawn_confirmation_entry_id")),
        sa.ForeignKeyConstraint(["week_id"], ["sent_week.id"], name=op.f("fk_withdrawn_confirmation_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn_confirmation")),
        sa.UniqueConstraint("entry_id", "version", name=op.f("uq_withdrawn_confirmation_entry_id_version")),
    )
    op.create_index(op.f("ix_withdrawn_confirmation_week_id"), "withdrawn_confirmation", ["week_id"], unique=False)
    with op.batch_alter_table("one_time_link") as link:
        link.add_column(sa.Column("opened_at", db.Moment(), nullable=True))
    with op.batch_alter_table("sent_week") as week:
        week.add_column(sa.Column("mailed_at", db.Moment(), nullable=True))
        week.add_column(sa.Column("mail_id", db.Id(), nullable=True))
    op.execute("UPDATE sent_week SET mailed_at = sent_at")
    with op.batch_alter_table("sent_week") as week:
        week.alter_column("mailed_at", nullable=False)


def downgrade() -> None:
    """Drop them again."""
    with op.batch_alter_table("sent_week") as week:
        week.drop_column("mail_id")
        week.drop_column("mailed_at")
    with op.batch_alter_table("one_time_link") as link:
        link.drop_column("opened_at")
    op.drop_index(op.f("ix_withdrawn_confirmation_week_id"), table_name="withdrawn_confirmation")
    op.drop_table("withdrawn_confirmation")
