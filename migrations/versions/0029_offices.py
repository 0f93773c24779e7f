"""The addresses of provincial and district directorates, and when an office was mailed and reminded about a step."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db
from lmp.core.ids import new_id

revision = "0029"
down_revision = "0028"

TABLES = ("province", "district")
MOMENTS = ("office_mailed_at", "office_reminded_at")


def upgrade() -> None:
    """Add the addresses and the moments."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("office_email", sa.Text(), nullable=True))
            batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        with op.batch_alter_table(table) as batch:
            batch.alter_column("version", existing_type=sa.Integer(), server_default=None)
    _name_provinces()
    with op.batch_alter_table("approval_step") as batch:
        for name in MOMENTS:
            batch.add_column(sa.Column(name, db.Moment(), nullable=True))


def _name_provinces() -> None:
    """An id for every province."""
    with op.batch_alter_table("province") as batch:
        batch.add_column(sa.Column("id", db.Id(), nullable=True))
    provinces = sa.table("province", sa.column("code", sa.Integer()), sa.column("id", db.Id()))
    for (code,) in op.get_bind().execute(sa.select(provinces.c.code)).all():
        op.get_bind().execute(provinces.update().where(provinces.c.code == code).values(id=new_id()))
    with op.batch_alter_table("province") as batch:
        batch.alter_column("id", existing_type=db.Id(), nullable=False)
        batch.create_unique_constraint(op.f("uq_province_id"), ["id"])


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("approval_step") as batch:
        for name in MOMENTS:
            batch.drop_column(name)
    with op.batch_alter_table("province") as batch:
        batch.drop_constraint(op.f("uq_province_id"), type_="unique")
        batch.drop_column("id")
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("version")
            batch.drop_column("office_email")
