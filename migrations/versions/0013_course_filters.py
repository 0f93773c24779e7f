"""What the catalogue filters by: a course's planned minutes and the languages it is complete in."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the columns, and fill them for what is published already; a translation counts from the next version on."""
    with op.batch_alter_table("course") as table:
        table.add_column(sa.Column("planned_minutes", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("complete_tr", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("complete_en", sa.Boolean(), nullable=False, server_default=sa.false()))
    _fill()
    with op.batch_alter_table("course") as table:
        for name in ("planned_minutes", "complete_tr", "complete_en"):
            table.alter_column(name, server_default=None)


def _fill() -> None:
    """From the documents of the current versions."""
    connection = op.get_bind()
    found = sa.text(
        "SELECT course.id, document FROM course JOIN course_version ON course_version.id = current_version_id"
    )
    write = sa.text("UPDATE course SET planned_minutes = :minutes, complete_tr = :tr, complete_en = :en WHERE id = :id")
    for course_id, raw in connection.execute(found).all():
        document = json.loads(raw) if isinstance(raw, str | bytes) else raw
        source = document.get("source", "tr")
        connection.execute(
            write,
            {
                "id": course_id,
                "minutes": sum(document.get("minutes", {}).values()),
                "tr": source == "tr",
                "en": source == "en",
            },
        )


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("course") as table:
        for name in ("complete_en", "complete_tr", "planned_minutes"):
            table.drop_column(name)
