"""Requests for review with their comments; a version may say again what an earlier one said."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0031"
down_revision = "0030"

_STATES = ("open", "approved", "sent_back", "withdrawn", "overtaken")


def upgrade() -> None:
    """Add the tables, and let go of the constraint that refused a roll back."""
    op.create_table(
        "review",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("course_id", db.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("asked_by_id", db.Id(), nullable=False),
        sa.Column("asked_at", db.Moment(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reviewer_id", db.Id(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="review_state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("decided_by_id", db.Id(), nullable=True),
        sa.Column("decided_at", db.Moment(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_review_asked_by_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_review_course_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_review_decided_by_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["person.id"], name=op.f("fk_review_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_review_course_id_number")),
    )
    op.create_table(
        "review_comment",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("review_id", db.Id(), nullable=False),
        sa.Column("answers_id", db.Id(), nullable=True),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("unit_key", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", db.Id(), nullable=False),
        sa.Column("written_at", db.Moment(), nullable=False),
        sa.Column("resolved_by_id", db.Id(), nullable=True),
        sa.Column("resolved_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["answers_id"], ["review_comment.id"], name=op.f("fk_review_comment_answers_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_review_comment_author_id")),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["person.id"], name=op.f("fk_review_comment_resolved_by_id")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_comment_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    op.create_index(op.f("ix_review_comment_answers_id"), "review_comment", ["answers_id"], unique=False)
    op.create_index(op.f("ix_review_comment_review_id"), "review_comment", ["review_id"], unique=False)
    with op.batch_alter_table("course_version") as batch:
        batch.drop_constraint(op.f("uq_course_version_course_id_hash"), type_="unique")
        batch.create_index("ix_course_version_hash", ["hash"])


def downgrade() -> None:
    """Take them away; versions that repeat an earlier one stand in the way of the constraint and are refused by it."""
    with op.batch_alter_table("course_version") as batch:
        batch.drop_index("ix_course_version_hash")
        batch.create_unique_constraint(op.f("uq_course_version_course_id_hash"), ["course_id", "hash"])
    op.drop_index(op.f("ix_review_comment_review_id"), table_name="review_comment")
    op.drop_index(op.f("ix_review_comment_answers_id"), table_name="review_comment")
    op.drop_table("review_comment")
    op.drop_table("review")
