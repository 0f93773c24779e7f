"""Answers and quiz attempts."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "quiz_attempt",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column("unit_key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("question_keys", db.Json, nullable=False),
        sa.Column("started_at", db.Moment(), nullable=False),
        sa.Column("ended_at", db.Moment(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name=op.f("ck_quiz_attempt_score")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_quiz_attempt_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_attempt")),
        sa.UniqueConstraint(
            "enrolment_id", "unit_key", "number", name=op.f("uq_quiz_attempt_enrolment_id_unit_key_number")
        ),
    )
    op.create_table(
        "answer",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column("unit_key", sa.Text(), nullable=False),
        sa.Column("question_key", sa.Text(), nullable=False),
        sa.Column("question_id", db.Id(), nullable=False),
        sa.Column("version_hash", sa.Text(), nullable=False),
        sa.Column("attempt_id", db.Id(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("response", db.Json, nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("score_thousandths", sa.Integer(), nullable=False),
        sa.Column("at", db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["quiz_attempt.id"], name=op.f("fk_answer_attempt_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_answer_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "enrolment_id",
            "question_key",
            "attempt_id",
            "number",
            name=op.f("uq_answer_enrolment_id_question_key_attempt_id_number"),
        ),
    )
    op.create_index("ix_answer_enrolment_unit", "answer", ["enrolment_id", "unit_key"], unique=False)
    op.create_index("ix_answer_question", "answer", ["question_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_answer_question", table_name="answer")
    op.drop_index("ix_answer_enrolment_unit", table_name="answer")
    op.drop_table("answer")
    op.drop_table("quiz_attempt")
