"""People, role grants, sessions, one-time links and counters."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "attempts",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("window_at", db.Moment(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("key", "window_at", name=op.f("uq_attempts_key_window_at")),
    )
    op.create_index(op.f("ix_attempts_window_at"), "attempts", ["window_at"], unique=False)
    op.create_table(
        "one_time_link",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("subject_id", db.Id(), nullable=False),
        sa.Column("bound_to", db.Json, nullable=False),
        sa.Column("bearer_name", sa.Text(), nullable=False),
        sa.Column("made_at", db.Moment(), nullable=False),
        sa.Column("expires_at", db.Moment(), nullable=False),
        sa.Column("used_at", db.Moment(), nullable=True),
        sa.Column("ended_at", db.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_one_time_link_token_sha256")),
    )
    op.create_index("ix_one_time_link_subject", "one_time_link", ["purpose", "subject_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("active", "suspended", name="person_state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("school_id", db.Id(), nullable=True),
        sa.Column("branch_id", db.Id(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", db.Moment(), nullable=False),
        sa.CheckConstraint("length(name) >= 1", name=op.f("ck_person_name_given")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_person_branch_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_person_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_index(op.f("ix_person_branch_id"), "person", ["branch_id"], unique=False)
    op.create_index(op.f("ix_person_school_id"), "person", ["school_id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "teacher",
                "trainer",
                "assessor",
                "centre_administrator",
                "approver",
                "network_administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "scope_kind",
            sa.Enum(
                "own",
                "centre",
                "school",
                "district",
                "province",
                "network",
                name="scope_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("granted_by_id", db.Id(), nullable=True),
        sa.ForeignKeyConstraint(["granted_by_id"], ["person.id"], name=op.f("fk_role_grant_granted_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "person_id",
            "role",
            "scope_kind",
            "scope",
            "from_on",
            name=op.f("uq_role_grant_person_id_role_scope_kind_scope_from_on"),
        ),
    )
    op.create_index(op.f("ix_role_grant_person_id"), "role_grant", ["person_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("started_at", db.Moment(), nullable=False),
        sa.Column("expires_at", db.Moment(), nullable=False),
        sa.Column("ended_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_sign_in_token_sha256")),
    )
    op.create_index(op.f("ix_sign_in_person_id"), "sign_in", ["person_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_sign_in_person_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_role_grant_person_id"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_index(op.f("ix_person_school_id"), table_name="person")
    op.drop_index(op.f("ix_person_branch_id"), table_name="person")
    op.drop_table("person")
    op.drop_index("ix_one_time_link_subject", table_name="one_time_link")
    op.drop_table("one_time_link")
    op.drop_index(op.f("ix_attempts_window_at"), table_name="attempts")
    op.drop_table("attempts")
