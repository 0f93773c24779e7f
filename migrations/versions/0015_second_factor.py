"""Second factors, grants that end at once, people in Turkish order and found by words, act-as, invitations of many."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db, turkish
from lmp.core.ids import new_id

revision = "0015"
down_revision = "0014"

_GRANT_KEY = ("person_id", "role", "scope_kind", "scope", "from_on")


def upgrade() -> None:
    """Add the tables and columns; give the people who are there their place and their words."""
    _new_tables()
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("access_version", sa.Integer(), nullable=False, server_default="1"))
        person.add_column(sa.Column("sort_key", sa.LargeBinary(), nullable=True))
    _order_people()
    with op.batch_alter_table("person") as person:
        person.alter_column("access_version", server_default=None)
        person.alter_column("sort_key", nullable=False)
    op.create_index("ix_person_sort_key", "person", ["sort_key", "id"], unique=False)
    with op.batch_alter_table("role_grant") as grant:
        grant.add_column(sa.Column("ended_at", db.Moment(), nullable=True))
        grant.add_column(sa.Column("ended_by_id", db.Id(), nullable=True))
        grant.create_foreign_key(op.f("fk_role_grant_ended_by_id"), "person", ["ended_by_id"], ["id"])
        grant.drop_constraint(op.f("uq_role_grant_person_id_role_scope_kind_scope_from_on"), type_="unique")
    op.create_index(
        "uq_role_grant_open",
        "role_grant",
        list(_GRANT_KEY),
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_role_grant_scope", "role_grant", ["scope", "role"], unique=False)
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.add_column(sa.Column("factor", sa.String(40), nullable=False, server_default="not_needed"))
        sign_in.add_column(sa.Column("act_as_id", db.Id(), nullable=True))
        sign_in.create_foreign_key(op.f("fk_sign_in_act_as_id"), "act_as", ["act_as_id"], ["id"])
        sign_in.create_check_constraint("factor_state", "factor IN ('not_needed', 'awaited', 'given')")
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.alter_column("factor", server_default=None)


def _order_people() -> None:
    """What is derived from names and addresses: the place in Turkish order, the words that find somebody."""
    people = sa.table(
        "person",
        sa.column("id", db.Id()),
        sa.column("name", sa.Text()),
        sa.column("email", sa.Text()),
        sa.column("sort_key", sa.LargeBinary()),
    )
    words = sa.table(
        "search_word",
        sa.column("id", db.Id()),
        sa.column("kind", sa.Text()),
        sa.column("owner_id", db.Id()),
        sa.column("lang", sa.Text()),
        sa.column("word", sa.Text()),
    )
    connection = op.get_bind()
    found = list(connection.execute(sa.select(people.c.id, people.c.name, people.c.email)))
    for person_id, name, email in found:
        connection.execute(people.update().where(people.c.id == person_id).values(sort_key=turkish.sort_key(name)))
        rows = [
            {"id": new_id(), "kind": "person", "owner_id": person_id, "lang": "tr", "word": word}
            for word in sorted({*turkish.words(name), *turkish.words(email)})
        ]
        if rows:
            connection.execute(words.insert(), rows)


def _new_tables() -> None:
    op.create_table(
        "authenticator_app",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=True),
        sa.Column("added_at", db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_authenticator_app_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticator_app")),
        sa.UniqueConstraint("person_id", name=op.f("uq_authenticator_app_person_id")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("used_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("person_id", "digest", name=op.f("uq_recovery_code_person_id_digest")),
    )
    op.create_table(
        "passkey",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credential_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", db.Json, nullable=False),
        sa.Column("added_at", db.Moment(), nullable=False),
        sa.Column("used_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_passkey_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"], unique=False)
    op.create_table(
        "spent_challenge",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("spent_at", db.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spent_challenge")),
        sa.UniqueConstraint("sha256", name=op.f("uq_spent_challenge_sha256")),
    )
    op.create_index(op.f("ix_spent_challenge_spent_at"), "spent_challenge", ["spent_at"], unique=False)
    op.create_table(
        "act_as",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("administrator_id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("started_at", db.Moment(), nullable=False),
        sa.Column("expires_at", db.Moment(), nullable=False),
        sa.Column("ended_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["administrator_id"], ["person.id"], name=op.f("fk_act_as_administrator_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_act_as_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_as")),
    )
    op.create_index(op.f("ix_act_as_person_id"), "act_as", ["person_id"], unique=False)
    op.create_table(
        "bulk_invitation",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("sent_by_id", db.Id(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "rehearsed",
                "running",
                "done",
                "stopped",
                name="bulk_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("lines", db.Json, nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failures", db.Json, nullable=False),
        sa.Column("made_at", db.Moment(), nullable=False),
        sa.Column("ended_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_bulk_invitation_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_invitation")),
    )
    op.create_index(op.f("ix_bulk_invitation_sent_by_id"), "bulk_invitation", ["sent_by_id"], unique=False)


def downgrade() -> None:
    """Take everything back; of two grants that differ only by having ended, the one that counts stays."""
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.drop_constraint("factor_state", type_="check")
        sign_in.drop_constraint(op.f("fk_sign_in_act_as_id"), type_="foreignkey")
        sign_in.drop_column("act_as_id")
        sign_in.drop_column("factor")
    op.execute("DELETE FROM role_grant WHERE ended_at IS NOT NULL")
    op.drop_index("ix_role_grant_scope", table_name="role_grant")
    op.drop_index("uq_role_grant_open", table_name="role_grant")
    with op.batch_alter_table("role_grant") as grant:
        grant.drop_constraint(op.f("fk_role_grant_ended_by_id"), type_="foreignkey")
        grant.drop_column("ended_by_id")
        grant.drop_column("ended_at")
        grant.create_unique_constraint(op.f("uq_role_grant_person_id_role_scope_kind_scope_from_on"), list(_GRANT_KEY))
    op.drop_index("ix_person_sort_key", table_name="person")
    with op.batch_alter_table("person") as person:
        person.drop_column("sort_key")
        person.drop_column("access_version")
    op.execute("DELETE FROM search_word WHERE kind = 'person'")
    for table in ("bulk_invitation", "act_as", "spent_challenge", "passkey", "recovery_code", "authenticator_app"):
        op.drop_table(table)
