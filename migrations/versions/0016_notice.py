"""Notices, settings, daily mails; what became of a mail."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0016"
down_revision = "0015"

_NEW_IN_MAIL = {
    "stop_url": sa.Text,
    "send_after": db.Moment,
    "error": sa.Text,
    "failed_at": db.Moment,
}


def upgrade() -> None:
    """Add the tables and columns."""
    op.create_table(
        "notice",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("subject_id", db.Id(), nullable=True),
        sa.Column("once_key", sa.Text(), nullable=True),
        sa.Column("topic_id", db.Id(), nullable=True),
        sa.Column("topic_tr", sa.Text(), nullable=False),
        sa.Column("topic_en", sa.Text(), nullable=False),
        sa.Column("title_tr", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("detail_tr", sa.Text(), nullable=False),
        sa.Column("detail_en", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "delivery",
            sa.Enum(
                "at_once",
                "digest",
                "here",
                name="notice_delivery",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("told_at", db.Moment(), nullable=False),
        sa.Column("read_at", db.Moment(), nullable=True),
        sa.Column("digested_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("once_key", name=op.f("uq_notice_once_key")),
    )
    op.create_index("ix_notice_person_told_at", "notice", ["person_id", "told_at", "id"], unique=False)
    op.create_index(
        "ix_notice_delivery_digested_on_person_id", "notice", ["delivery", "digested_on", "person_id"], unique=False
    )
    op.create_table(
        "notice_settings",
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("quiet_weekend", sa.Boolean(), nullable=False),
        sa.Column("choices", db.Json, nullable=False),
        sa.Column("changed_at", db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_settings_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_settings")),
    )
    op.create_table(
        "notice_digest",
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("made_at", db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_digest_person_id")),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_notice_digest")),
    )
    for name, kind in _NEW_IN_MAIL.items():
        op.add_column("mail", sa.Column(name, kind(), nullable=True))
    op.create_index("ix_mail_queued_at", "mail", ["queued_at", "id"], unique=False)
    op.add_column("person", sa.Column("unread_notices", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("person", "unread_notices")
    op.drop_index("ix_mail_queued_at", table_name="mail")
    for name in _NEW_IN_MAIL:
        op.drop_column("mail", name)
    op.drop_index("ix_notice_delivery_digested_on_person_id", table_name="notice")
    op.drop_index("ix_notice_person_told_at", table_name="notice")
    op.drop_table("notice_digest")
    op.drop_table("notice_settings")
    op.drop_table("notice")
