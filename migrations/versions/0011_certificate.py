"""Batches, number series and certificates."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "number_series",
        sa.Column("centre_id", db.Id(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_number_series_centre_id")),
        sa.PrimaryKeyConstraint("centre_id", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "batch",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("run_id", db.Id(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "prepared",
                "issued",
                "returned",
                name="batch_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("enrolment_ids", db.Json, nullable=False),
        sa.Column("prepared_by_id", db.Id(), nullable=False),
        sa.Column("prepared_at", db.Moment(), nullable=False),
        sa.Column("signed_by_id", db.Id(), nullable=True),
        sa.Column("decided_at", db.Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["person.id"], name=op.f("fk_batch_prepared_by_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_batch_run_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["person.id"], name=op.f("fk_batch_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_run_id"), "batch", ["run_id"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("enrolment_id", db.Id(), nullable=False),
        sa.Column("run_id", db.Id(), nullable=False),
        sa.Column("person_id", db.Id(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("centre_id", db.Id(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.Column("issued_at", db.Moment(), nullable=False),
        sa.Column("issued_by_id", db.Id(), nullable=False),
        sa.Column("batch_id", db.Id(), nullable=False),
        sa.Column("revoked_at", db.Moment(), nullable=True),
        sa.Column(
            "revocation_kind",
            sa.Enum(
                "correction",
                "error",
                "evidence",
                name="revocation_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("revocation_note", sa.Text(), nullable=False),
        sa.Column("replaces_id", db.Id(), nullable=True),
        sa.CheckConstraint("(revoked_at IS NULL) = (revocation_kind IS NULL)", name=op.f("ck_certificate_revocation")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_certificate_batch_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_certificate_centre_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_certificate_enrolment_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_certificate_issued_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_certificate_person_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["certificate.id"], name=op.f("fk_certificate_replaces_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_certificate_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("centre_id", "year", "serial", name=op.f("uq_certificate_centre_id_year_serial")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_certificate_replaces_id")),
    )
    op.create_index("ix_certificate_person", "certificate", ["person_id"], unique=False)
    op.create_index("ix_certificate_run", "certificate", ["run_id"], unique=False)
    op.create_index(
        "uq_certificate_valid_enrolment",
        "certificate",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(
        "uq_certificate_valid_enrolment",
        table_name="certificate",
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.drop_index("ix_certificate_run", table_name="certificate")
    op.drop_index("ix_certificate_person", table_name="certificate")
    op.drop_table("certificate")
    op.drop_index(op.f("ix_batch_run_id"), table_name="batch")
    op.drop_table("batch")
    op.drop_table("number_series")
