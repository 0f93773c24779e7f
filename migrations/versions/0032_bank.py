"""Question banks of centres, and which questions every draft and version holds."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0032"
down_revision = "0031"

DRAFTS = sa.table("draft", sa.column("course_id", db.Id()), sa.column("document", db.Json))
VERSIONS = sa.table(
    "course_version", sa.column("course_id", db.Id()), sa.column("number", sa.Integer()), sa.column("document", db.Json)
)
SUBSTANCE = (
    "kind",
    "prompt",
    "explanation",
    "options",
    "correct",
    "value",
    "tolerance",
    "unit",
    "accept",
    "pairs",
    "others",
    "items",
)


def upgrade() -> None:
    """Add the tables, and write down the questions of what is there already."""
    _categories()
    _questions()
    held = op.create_table(
        "course_question",
        sa.Column("course_id", db.Id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit_key", sa.Text(), nullable=False),
        sa.Column("question_key", sa.Text(), nullable=False),
        sa.Column("question_id", db.Id(), nullable=False),
        sa.Column("origin", db.Id(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_question_course_id")),
        sa.PrimaryKeyConstraint("course_id", "number", "unit_key", "question_key", name=op.f("pk_course_question")),
    )
    op.create_index("ix_course_question_question", "course_question", ["question_id"])
    op.create_index("ix_course_question_origin", "course_question", ["origin"])
    _note(held, DRAFTS)
    _note(held, VERSIONS)


def _categories() -> None:
    op.create_table(
        "bank_category",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("centre_id", db.Id(), nullable=False),
        sa.Column("name_tr", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("parent_id", db.Id(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_bank_category_centre_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["bank_category.id"], name=op.f("fk_bank_category_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_category")),
    )
    op.create_index(op.f("ix_bank_category_centre_id"), "bank_category", ["centre_id"])


def _questions() -> None:
    op.create_table(
        "bank_question",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("centre_id", db.Id(), nullable=False),
        sa.Column("category_id", db.Id(), nullable=True),
        sa.Column("field_id", db.Id(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("difficulty", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("question", db.Json, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("former", db.Json, nullable=False),
        sa.Column("taken_from", db.Id(), nullable=False),
        sa.Column("course_id", db.Id(), nullable=False),
        sa.Column("sort_key_tr", sa.LargeBinary(), nullable=False),
        sa.Column("sort_key_en", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", db.Id(), nullable=True),
        sa.Column("made_at", db.Moment(), nullable=False),
        sa.Column("changed_at", db.Moment(), nullable=False),
        sa.Column("retired_at", db.Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("difficulty BETWEEN 1 AND 3", name=op.f("ck_bank_question_difficulty")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_bank_question_author_id")),
        sa.ForeignKeyConstraint(["category_id"], ["bank_category.id"], name=op.f("fk_bank_question_category_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_bank_question_centre_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_bank_question_course_id")),
        sa.ForeignKeyConstraint(["field_id"], ["field.id"], name=op.f("fk_bank_question_field_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_question")),
        sa.UniqueConstraint("centre_id", "taken_from", name=op.f("uq_bank_question_centre_id_taken_from")),
    )
    op.create_index(op.f("ix_bank_question_category_id"), "bank_question", ["category_id"])


def _note(held: sa.Table, found: sa.TableClause) -> None:
    """The questions of stored documents, one document at a time."""
    connection, columns = op.get_bind(), found.c
    number = columns.number if "number" in columns else sa.literal(0)
    for course_id, stands in connection.execute(sa.select(columns.course_id, number)).all():
        one = sa.select(columns.document).where(columns.course_id == course_id, number == stands)
        document = connection.execute(one).scalar_one()
        rows = [{"course_id": course_id, "number": stands, **row} for row in _rows(document)]
        if rows:
            op.bulk_insert(held, rows)


def _rows(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is kept of each question of a document."""
    for unit in document["units"]:
        for question in unit.get("questions", []):
            yield {
                "unit_key": unit["key"],
                "question_key": question["key"],
                "question_id": UUID(question["id"]),
                "origin": UUID(question["origin"]) if question.get("origin") else None,
                "mark": _mark({name: question[name] for name in SUBSTANCE if name in question}),
            }


def _mark(substance: dict[str, Any]) -> str:
    """As the platform marks a question on this day."""
    written = json.dumps(substance, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_course_question_origin", table_name="course_question")
    op.drop_index("ix_course_question_question", table_name="course_question")
    op.drop_table("course_question")
    op.drop_index(op.f("ix_bank_question_category_id"), table_name="bank_question")
    op.drop_table("bank_question")
    op.drop_index(op.f("ix_bank_category_centre_id"), table_name="bank_category")
    op.drop_table("bank_category")
