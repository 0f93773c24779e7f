"""Totals of attendance face to face, and people counted once by the fields of their courses.

The totals are a cache: they are emptied here, and the worker counts every month afresh at its next turn.
"""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0026"
down_revision = "0025"

BEFORE = (
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
AFTER = (*BEFORE[:7], "attendance", *BEFORE[7:])


def upgrade() -> None:
    """Make room for the new measure."""
    _anew(AFTER)


def downgrade() -> None:
    """Take it away."""
    _anew(BEFORE)


def _anew(measures: tuple[str, ...]) -> None:
    """The table of totals with these measures, empty, and no month counted."""
    op.drop_index("ix_report_total_month", table_name="report_total")
    op.drop_table("report_total")
    op.execute(sa.text("DELETE FROM report_month"))
    op.create_table(
        "report_total",
        sa.Column("centre_id", db.Id(), nullable=False),
        sa.Column("field_id", db.Id(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(*measures, name="measure", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "field_id", "month", "measure", "key", name=op.f("pk_report_total")),
    )
    op.create_index("ix_report_total_month", "report_total", ["month"])
