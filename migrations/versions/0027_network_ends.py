"""The day on which a field or a centre is taken out of use."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

TABLES = ("field", "centre")


def upgrade() -> None:
    """Add the day."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("closed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("closed_on")
