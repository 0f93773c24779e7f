"""Network records that are edited: versions, closing days, kinds of partners, protocols, words to search by."""

import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

from lmp.core import db, turkish
from lmp.core.ids import new_id

revision = "0012"
down_revision = "0011"

EDITED = ("field", "centre", "branch", "school", "company", "workplace", "mentor_contact", "calendar_day")
CLOSED = ("branch", "school", "company", "workplace", "mentor_contact")
KINDS = ("company", "chamber", "union", "agency", "university", "ngo")


def upgrade() -> None:
    """Add the columns and tables, and make what is there findable."""
    for table in EDITED:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
            if table in CLOSED:
                batch.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
    _partners()
    _days()
    op.drop_index("ix_school_province_code", table_name="school")
    op.create_index("ix_school_order", "school", ["sort_key", "id"])
    op.create_index("ix_school_province_order", "school", ["province_code", "sort_key", "id"])
    _protocols()
    _drop_defaults()
    _index_words()


def _partners() -> None:
    """Other kinds than companies, ways to reach a centre, places at a workplace."""
    kind = sa.Enum(*KINDS, name="partner_kind", native_enum=False, create_constraint=True, length=40)
    with op.batch_alter_table("company") as batch:
        batch.add_column(sa.Column("kind", kind, nullable=False, server_default="company"))
        batch.add_column(sa.Column("website", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("workplace") as batch:
        batch.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
    with op.batch_alter_table("centre") as batch:
        batch.add_column(sa.Column("office_email", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("office_phone", sa.Text(), nullable=False, server_default=""))


def _days() -> None:
    """An id for every day of the calendar."""
    with op.batch_alter_table("calendar_day") as batch:
        batch.add_column(sa.Column("id", db.Id(), nullable=True))
    days = sa.table("calendar_day", sa.column("day", sa.Date()), sa.column("id", db.Id()))
    for (day,) in op.get_bind().execute(sa.select(days.c.day)).all():
        op.get_bind().execute(days.update().where(days.c.day == day).values(id=new_id()))
    with op.batch_alter_table("calendar_day") as batch:
        batch.alter_column("id", existing_type=db.Id(), nullable=False)
        batch.create_unique_constraint(op.f("uq_calendar_day_id"), ["id"])


def _drop_defaults() -> None:
    """The model fills the values; the database has no opinion."""
    for table in EDITED:
        with op.batch_alter_table(table) as batch:
            batch.alter_column("version", existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table("company") as batch:
        batch.alter_column("kind", existing_type=sa.String(40), server_default=None)
        batch.alter_column("website", existing_type=sa.Text(), server_default=None)
    with op.batch_alter_table("centre") as batch:
        batch.alter_column("office_email", existing_type=sa.Text(), server_default=None)
        batch.alter_column("office_phone", existing_type=sa.Text(), server_default=None)


def _protocols() -> None:
    op.create_table(
        "protocol",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("centre_id", db.Id(), nullable=False),
        sa.Column("company_id", db.Id(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_protocol_centre_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_protocol_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol")),
    )
    op.create_index(op.f("ix_protocol_centre_id"), "protocol", ["centre_id"])
    op.create_index(op.f("ix_protocol_company_id"), "protocol", ["company_id"])
    op.create_table(
        "protocol_field",
        sa.Column("protocol_id", db.Id(), nullable=False),
        sa.Column("field_id", db.Id(), nullable=False),
        sa.ForeignKeyConstraint(["field_id"], ["field.id"], name=op.f("fk_protocol_field_field_id")),
        sa.ForeignKeyConstraint(["protocol_id"], ["protocol.id"], name=op.f("fk_protocol_field_protocol_id")),
        sa.PrimaryKeyConstraint("protocol_id", "field_id", name=op.f("pk_protocol_field")),
    )
    op.create_index(op.f("ix_protocol_field_field_id"), "protocol_field", ["field_id"])


def _index_words() -> None:
    """Search words of the schools, companies and branches that are there already."""
    words = sa.table(
        "search_word",
        sa.column("id", db.Id()),
        sa.column("kind", sa.Text()),
        sa.column("owner_id", db.Id()),
        sa.column("lang", sa.Text()),
        sa.column("word", sa.Text()),
    )
    for kind in ("school", "company", "branch"):
        things = sa.table(kind, sa.column("id", db.Id()), sa.column("name", sa.Text()))
        rows = [
            _row(kind, owner, word)
            for owner, name in op.get_bind().execute(sa.select(things.c.id, things.c.name))
            for word in turkish.words(name)
        ]
        if rows:
            op.bulk_insert(words, rows)


def _row(kind: str, owner: uuid.UUID, word: str) -> dict[str, Any]:
    return {"id": new_id(), "kind": kind, "owner_id": owner, "lang": "tr", "word": word}


def downgrade() -> None:
    """Drop them."""
    op.execute("DELETE FROM search_word WHERE kind IN ('school', 'company', 'branch')")
    op.drop_index(op.f("ix_protocol_field_field_id"), table_name="protocol_field")
    op.drop_table("protocol_field")
    op.drop_index(op.f("ix_protocol_company_id"), table_name="protocol")
    op.drop_index(op.f("ix_protocol_centre_id"), table_name="protocol")
    op.drop_table("protocol")
    op.drop_index("ix_school_province_order", table_name="school")
    op.drop_index("ix_school_order", table_name="school")
    op.create_index("ix_school_province_code", "school", ["province_code"])
    with op.batch_alter_table("calendar_day") as batch:
        batch.drop_constraint(op.f("uq_calendar_day_id"), type_="unique")
        batch.drop_column("id")
    with op.batch_alter_table("centre") as batch:
        batch.drop_column("office_phone")
        batch.drop_column("office_email")
    with op.batch_alter_table("workplace") as batch:
        batch.drop_column("capacity")
    with op.batch_alter_table("company") as batch:
        batch.drop_constraint(op.f("ck_company_partner_kind"), type_="check")
        batch.drop_column("website")
        batch.drop_column("kind")
    for table in reversed(EDITED):
        with op.batch_alter_table(table) as batch:
            if table in CLOSED:
                batch.drop_column("closed_on")
            batch.drop_column("version")
