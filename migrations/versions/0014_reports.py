"""Totals by month, and the indexes that counting a month needs."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0014"
down_revision = "0013"

MEASURES = (
    "applied",
    "seated",
    "certified",
    "issued",
    "revoked",
    "minutes",
    "log_days",
    "province",
    "wait_approval",
    "wait_company",
    "wait_certificate",
    "people",
)
INDEXES = (
    ("enrolment_move", "at"),
    ("approval_step", "decided_at"),
    ("minute_entry", "posted_at"),
    ("day_entry", "decided_at"),
    ("certificate", "issued_at"),
    ("certificate", "revoked_at"),
)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "report_month",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("counted_at", db.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_report_month")),
    )
    op.create_table(
        "report_total",
        sa.Column("centre_id", db.Id(), nullable=False),
        sa.Column("field_id", db.Id(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(*MEASURES, name="measure", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "field_id", "month", "measure", "key", name=op.f("pk_report_total")),
    )
    op.create_index("ix_report_total_month", "report_total", ["month"])
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """Take them away."""
    for table, column in INDEXES:
        op.drop_index(f"ix_{table}_{column}", table_name=table)
    op.drop_table("report_total")
    op.drop_table("report_month")
