"""Courses, drafts, revisions and immutable versions."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "course",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("centre_id", db.Id(), nullable=False),
        sa.Column(
            "shape",
            sa.Enum(
                "workplace", "meeting", "online", name="shape", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("title_tr", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("sort_key_tr", sa.LargeBinary(), nullable=False),
        sa.Column("sort_key_en", sa.LargeBinary(), nullable=False),
        sa.Column("current_version_id", db.Id(), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_course_centre_id")),
        sa.ForeignKeyConstraint(
            ["current_version_id"], ["course_version.id"], name=op.f("fk_course_current_version_id"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("slug", name=op.f("uq_course_slug")),
    )
    op.create_index(op.f("ix_course_centre_id"), "course", ["centre_id"], unique=False)
    op.create_index(op.f("ix_course_current_version_id"), "course", ["current_version_id"], unique=False)
    op.create_table(
        "course_field",
        sa.Column("course_id", db.Id(), nullable=False),
        sa.Column("field_id", db.Id(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_field_course_id")),
        sa.ForeignKeyConstraint(["field_id"], ["field.id"], name=op.f("fk_course_field_field_id")),
        sa.PrimaryKeyConstraint("course_id", "field_id", name=op.f("pk_course_field")),
    )
    op.create_index(op.f("ix_course_field_field_id"), "course_field", ["field_id"], unique=False)
    op.create_table(
        "course_version",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("course_id", db.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("document", db.Json, nullable=False),
        sa.Column("media", db.Json, nullable=False),
        sa.Column("author_id", db.Id(), nullable=True),
        sa.Column("reviewer_id", db.Id(), nullable=False),
        sa.Column("note_tr", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("published_at", db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_course_version_author_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_version_course_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["person.id"], name=op.f("fk_course_version_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_version")),
        sa.UniqueConstraint("course_id", "hash", name=op.f("uq_course_version_course_id_hash")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_course_version_course_id_number")),
    )
    op.create_table(
        "draft",
        sa.Column("course_id", db.Id(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("document", db.Json, nullable=False),
        sa.Column("media", db.Json, nullable=False),
        sa.Column("author_id", db.Id(), nullable=True),
        sa.Column("saved_at", db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_draft_author_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_draft_course_id")),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_draft")),
    )
    op.create_table(
        "revision",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("course_id", db.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("document", db.Json, nullable=False),
        sa.Column("media", db.Json, nullable=False),
        sa.Column("author_id", db.Id(), nullable=True),
        sa.Column("saved_at", db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_revision_author_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_revision_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_revision_course_id_number")),
    )
    op.create_table(
        "version_unit",
        sa.Column("version_id", db.Id(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("unit_key", sa.Text(), nullable=False),
        sa.Column("blocks", db.Json, nullable=False),
        sa.Column("sanitiser", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["course_version.id"], name=op.f("fk_version_unit_version_id")),
        sa.PrimaryKeyConstraint("version_id", "lang", "unit_key", name=op.f("pk_version_unit")),
    )
    if op.get_bind().dialect.name != "sqlite":  # SQLite takes the circular key with the table
        op.create_foreign_key(
            op.f("fk_course_current_version_id"), "course", "course_version", ["current_version_id"], ["id"]
        )


def downgrade() -> None:
    """Drop the tables."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("fk_course_current_version_id"), "course", type_="foreignkey")
    op.execute("UPDATE course SET current_version_id = NULL")  # courses and versions point at each other
    op.drop_table("version_unit")
    op.drop_table("revision")
    op.drop_table("draft")
    op.drop_table("course_version")
    op.drop_index(op.f("ix_course_field_field_id"), table_name="course_field")
    op.drop_table("course_field")
    op.drop_index(op.f("ix_course_current_version_id"), table_name="course")
    op.drop_index(op.f("ix_course_centre_id"), table_name="course")
    op.drop_table("course")
