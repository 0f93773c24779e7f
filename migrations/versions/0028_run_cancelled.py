"""Why a run was cancelled, in both languages."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

COLUMNS = ("cancelled_why_tr", "cancelled_why_en")


def upgrade() -> None:
    """Add the reason, empty for every run there is."""
    with op.batch_alter_table("run") as batch:
        for column in COLUMNS:
            batch.add_column(sa.Column(column, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("run") as batch:
        for column in COLUMNS:
            batch.alter_column(column, server_default=None)


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("run") as batch:
        for column in COLUMNS:
            batch.drop_column(column)
