"""Jobs, mail, files, idempotency keys and search words."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "file",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_kind", sa.Text(), nullable=False),
        sa.Column("owner_id", db.Id(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("is_personal", sa.Boolean(), nullable=False),
        sa.Column("stored_at", db.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
    )
    op.create_index("ix_file_owner", "file", ["owner_kind", "owner_id"], unique=False)
    op.create_index("ix_file_sha256", "file", ["sha256"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("payload", db.Json, nullable=False),
        sa.Column("unique_key", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("waiting", "done", "dead", name="job_state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("run_at", db.Moment(), nullable=False),
        sa.Column("lease_until", db.Moment(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("queued_at", db.Moment(), nullable=False),
        sa.Column("ended_at", db.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_job_unique_key")),
    )
    op.create_index("ix_job_state_run_at", "job", ["state", "run_at"], unique=False)
    op.create_table(
        "mail",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("to_address", sa.Text(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("queued_at", db.Moment(), nullable=False),
        sa.Column("sent_at", db.Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_table(
        "once_key",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("done_at", db.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_once_key")),
        sa.UniqueConstraint("actor", "key", "route", name=op.f("uq_once_key_actor_key_route")),
    )
    op.create_table(
        "search_word",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner_id", db.Id(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_word")),
    )
    op.create_index("ix_search_word_lookup", "search_word", ["kind", "word", "owner_id"], unique=False)
    op.create_index("ix_search_word_owner", "search_word", ["owner_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_search_word_owner", table_name="search_word")
    op.drop_index("ix_search_word_lookup", table_name="search_word")
    op.drop_table("search_word")
    op.drop_table("once_key")
    op.drop_table("mail")
    op.drop_index("ix_job_state_run_at", table_name="job")
    op.drop_table("job")
    op.drop_index("ix_file_sha256", table_name="file")
    op.drop_index("ix_file_owner", table_name="file")
    op.drop_table("file")
