"""What somebody did to a draft, and revisions that are kept as the steps from the one before."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0030"
down_revision = "0029"

VERBS = ("import", "create", "write", "add", "move", "copy", "remove", "restore")


def upgrade() -> None:
    """Every revision so far is a whole document that came in from files."""
    verb = sa.Enum(*VERBS, name="verb", native_enum=False, create_constraint=True, length=40)
    with op.batch_alter_table("revision") as batch:
        batch.alter_column("document", existing_type=db.Json, nullable=True)
        batch.add_column(sa.Column("patch", db.Json, nullable=True))
        batch.add_column(sa.Column("verb", verb, nullable=False, server_default="import"))
        batch.add_column(sa.Column("place", db.Json, nullable=False, server_default='["course", "", ""]'))
        batch.add_column(sa.Column("langs", db.Json, nullable=False, server_default="[]"))
        batch.create_check_constraint(op.f("ck_revision_whole_or_patch"), "document IS NOT NULL OR patch IS NOT NULL")
    with op.batch_alter_table("revision") as batch:
        for name, kind in (("verb", verb), ("place", db.Json), ("langs", db.Json)):
            batch.alter_column(name, existing_type=kind, server_default=None)


def downgrade() -> None:
    """Keep the revisions that are whole; the steps between them have no place in the older table."""
    op.execute("DELETE FROM revision WHERE document IS NULL")
    with op.batch_alter_table("revision") as batch:
        batch.drop_constraint(op.f("ck_revision_whole_or_patch"), type_="check")
        batch.drop_constraint(op.f("ck_revision_verb"), type_="check")
        for name in ("langs", "place", "verb", "patch"):
            batch.drop_column(name)
        batch.alter_column("document", existing_type=db.Json, nullable=False)
