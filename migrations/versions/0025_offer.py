"""How long an offered place may be thought over, and until when one is held."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0025"
down_revision = "0024"

_ENDS = "(state = 'offered') = (offer_until IS NOT NULL) AND (offered_at IS NULL) = (offer_until IS NULL)"


def upgrade() -> None:
    """Add the columns; runs that are open already go on moving people up at once, as they said when they opened."""
    with op.batch_alter_table("run") as run:
        run.add_column(sa.Column("offer_hours", sa.Integer(), nullable=False, server_default="0"))
        run.create_check_constraint("offer_hours", "offer_hours >= 0")
    with op.batch_alter_table("run") as run:
        run.alter_column("offer_hours", server_default=None)
    with op.batch_alter_table("enrolment") as enrolment:
        enrolment.add_column(sa.Column("offered_at", db.Moment(), nullable=True))
        enrolment.add_column(sa.Column("offer_until", db.Moment(), nullable=True))
        enrolment.create_check_constraint("offer_ends", _ENDS)
    op.create_index("ix_enrolment_offer_until", "enrolment", ["offer_until"], unique=False)


def downgrade() -> None:
    """Drop them; a place that was offered becomes its person's, because nothing would end the offer any more."""
    op.drop_index("ix_enrolment_offer_until", table_name="enrolment")
    with op.batch_alter_table("enrolment") as enrolment:
        enrolment.drop_constraint("offer_ends", type_="check")
        enrolment.drop_column("offer_until")
        enrolment.drop_column("offered_at")
    op.execute("UPDATE enrolment SET state = 'main_list' WHERE state = 'offered'")
    with op.batch_alter_table("run") as run:
        run.drop_constraint("offer_hours", type_="check")
        run.drop_column("offer_hours")
