"""Steps that approvers hand over for a time, and in whose name a step was decided."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add the table and the columns."""
    op.create_table(
        "delegation",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("grant_id", db.Id(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("made_at", db.Moment(), nullable=False),
        sa.Column("accepted_at", db.Moment(), nullable=True),
        sa.Column("given_id", db.Id(), nullable=True),
        sa.Column("ended_at", db.Moment(), nullable=True),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_delegation_days")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delegation_person_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["role_grant.id"], name=op.f("fk_delegation_grant_id")),
        sa.ForeignKeyConstraint(["given_id"], ["role_grant.id"], name=op.f("fk_delegation_given_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    op.create_index(op.f("ix_delegation_person_id"), "delegation", ["person_id"], unique=False)
    op.create_index("ix_delegation_email", "delegation", ["email"], unique=False)
    with op.batch_alter_table("role_grant") as grant:
        grant.add_column(sa.Column("delegated_from_id", db.Id(), nullable=True))
        grant.create_foreign_key(op.f("fk_role_grant_delegated_from_id"), "role_grant", ["delegated_from_id"], ["id"])
    with op.batch_alter_table("approval_step") as step:
        step.add_column(sa.Column("decided_for_name", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("approval_step") as step:
        step.alter_column("decided_for_name", server_default=None)


def downgrade() -> None:
    """Drop them again."""
    with op.batch_alter_table("approval_step") as step:
        step.drop_column("decided_for_name")
    op.drop_index("ix_delegation_email", table_name="delegation")
    op.drop_index(op.f("ix_delegation_person_id"), table_name="delegation")
    op.drop_table("delegation")
    with op.batch_alter_table("role_grant") as grant:
        grant.drop_constraint(op.f("fk_role_grant_delegated_from_id"), type_="foreignkey")
        grant.drop_column("delegated_from_id")
