"""The minute ledger."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "ledger_head",
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ledger_head_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_ledger_head")),
    )
    op.create_table(
        "minute_entry",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column(
            "strand",
            sa.Enum(
                "online",
                "meeting",
                "workplace",
                "practical",
                name="strand",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", db.Moment(), nullable=True),
        sa.Column("ends_at", db.Moment(), nullable=True),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("source_version", sa.Integer(), nullable=False),
        sa.Column("is_reversal", sa.Boolean(), nullable=False),
        sa.Column("reversal_of_id", db.Id(), nullable=True),
        sa.Column("posted_at", db.Moment(), nullable=False),
        sa.CheckConstraint(
            "(minutes > 0 AND NOT is_reversal) OR (minutes < 0 AND is_reversal)", name=op.f("ck_minute_entry_sign")
        ),
        sa.CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name=op.f("ck_minute_entry_interval")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_minute_entry_enrolment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_minute_entry_person_id")),
        sa.ForeignKeyConstraint(["reversal_of_id"], ["minute_entry.id"], name=op.f("fk_minute_entry_reversal_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_entry")),
        sa.UniqueConstraint("reversal_of_id", name=op.f("uq_minute_entry_reversal_of_id")),
        sa.UniqueConstraint(
            "source_kind",
            "source_id",
            "source_version",
            "is_reversal",
            name=op.f("uq_minute_entry_source_kind_source_id_source_version_is_reversal"),
        ),
    )
    op.create_index("ix_minute_entry_enrolment", "minute_entry", ["enrolment_id", "strand"], unique=False)
    op.create_index("ix_minute_entry_person_starts_at", "minute_entry", ["person_id", "starts_at"], unique=False)
    op.create_table(
        "minute_total",
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column(
            "strand",
            sa.Enum(
                "online",
                "meeting",
                "workplace",
                "practical",
                name="total_strand",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_minute_total_not_negative")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_minute_total_enrolment_id")),
        sa.PrimaryKeyConstraint("enrolment_id", "strand", name=op.f("pk_minute_total")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("minute_total")
    op.drop_index("ix_minute_entry_person_starts_at", table_name="minute_entry")
    op.drop_index("ix_minute_entry_enrolment", table_name="minute_entry")
    op.drop_table("minute_entry")
    op.drop_table("ledger_head")
