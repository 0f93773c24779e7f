"""Fields, centres, schools, branches, companies and the dated calendar."""

import sqlalchemy as sa
from alembic import op

from lmp.core import db

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "branch",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch")),
        sa.UniqueConstraint("name", name=op.f("uq_branch_name")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "holiday",
                "half_day",
                "leave",
                "break",
                name="day_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name_tr", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "field",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name_tr", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("field", "subject", name="field_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("mtal_code", sa.Text(), nullable=True),
        sa.Column("mesem_code", sa.Text(), nullable=True),
        sa.Column("isced_f", sa.Text(), nullable=False),
        sa.Column("aliases", db.Json, nullable=False),
        sa.Column("sort_key_tr", sa.LargeBinary(), nullable=False),
        sa.Column("sort_key_en", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field")),
        sa.UniqueConstraint("slug", name=op.f("uq_field_slug")),
    )
    op.create_table(
        "province",
        sa.Column("code", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_province")),
        sa.UniqueConstraint("name", name=op.f("uq_province_name")),
    )
    op.create_table(
        "branch_field",
        sa.Column("branch_id", db.Id(), nullable=False),
        sa.Column("field_id", db.Id(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_branch_field_branch_id")),
        sa.ForeignKeyConstraint(["field_id"], ["field.id"], name=op.f("fk_branch_field_field_id")),
        sa.PrimaryKeyConstraint("branch_id", "field_id", name=op.f("pk_branch_field")),
    )
    op.create_index(op.f("ix_branch_field_field_id"), "branch_field", ["field_id"], unique=False)
    op.create_table(
        "centre",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_tr", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("host_school", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("province_code", sa.Integer(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["province_code"], ["province.code"], name=op.f("fk_centre_province_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre")),
        sa.UniqueConstraint("code", name=op.f("uq_centre_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_centre_slug")),
    )
    op.create_index(op.f("ix_centre_province_code"), "centre", ["province_code"], unique=False)
    op.create_table(
        "district",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("province_code", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["province_code"], ["province.code"], name=op.f("fk_district_province_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district")),
        sa.UniqueConstraint("province_code", "name", name=op.f("uq_district_province_code_name")),
    )
    op.create_table(
        "company",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(), nullable=False),
        sa.Column("centre_id", db.Id(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_company_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
    )
    op.create_index(op.f("ix_company_centre_id"), "company", ["centre_id"], unique=False)
    op.create_table(
        "field_centre",
        sa.Column("field_id", db.Id(), nullable=False),
        sa.Column("centre_id", db.Id(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_field_centre_centre_id")),
        sa.ForeignKeyConstraint(["field_id"], ["field.id"], name=op.f("fk_field_centre_field_id")),
        sa.PrimaryKeyConstraint("field_id", "centre_id", name=op.f("pk_field_centre")),
    )
    op.create_index(op.f("ix_field_centre_centre_id"), "field_centre", ["centre_id"], unique=False)
    op.create_table(
        "school",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(), nullable=False),
        sa.Column("district_id", db.Id(), nullable=False),
        sa.Column("province_code", sa.Integer(), nullable=False),
        sa.Column("office_email", sa.Text(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_school_district_id")),
        sa.ForeignKeyConstraint(["province_code"], ["province.code"], name=op.f("fk_school_province_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("code", name=op.f("uq_school_code")),
    )
    op.create_index(op.f("ix_school_district_id"), "school", ["district_id"], unique=False)
    op.create_index(op.f("ix_school_province_code"), "school", ["province_code"], unique=False)
    op.create_table(
        "mentor_contact",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("company_id", db.Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("certificate_kind", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_mentor_contact_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_contact")),
    )
    op.create_index(op.f("ix_mentor_contact_company_id"), "mentor_contact", ["company_id"], unique=False)
    op.create_table(
        "workplace",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("company_id", db.Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("province_code", sa.Integer(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("hazard_class", sa.Text(), nullable=False),
        sa.Column("photos_allowed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_workplace_company_id")),
        sa.ForeignKeyConstraint(["province_code"], ["province.code"], name=op.f("fk_workplace_province_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplace")),
    )
    op.create_index(op.f("ix_workplace_company_id"), "workplace", ["company_id"], unique=False)
    op.create_index(op.f("ix_workplace_province_code"), "workplace", ["province_code"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_workplace_province_code"), table_name="workplace")
    op.drop_index(op.f("ix_workplace_company_id"), table_name="workplace")
    op.drop_table("workplace")
    op.drop_index(op.f("ix_mentor_contact_company_id"), table_name="mentor_contact")
    op.drop_table("mentor_contact")
    op.drop_index(op.f("ix_school_province_code"), table_name="school")
    op.drop_index(op.f("ix_school_district_id"), table_name="school")
    op.drop_table("school")
    op.drop_index(op.f("ix_field_centre_centre_id"), table_name="field_centre")
    op.drop_table("field_centre")
    op.drop_index(op.f("ix_company_centre_id"), table_name="company")
    op.drop_table("company")
    op.drop_table("district")
    op.drop_index(op.f("ix_centre_province_code"), table_name="centre")
    op.drop_table("centre")
    op.drop_index(op.f("ix_branch_field_field_id"), table_name="branch_field")
    op.drop_table("branch_field")
    op.drop_table("province")
    op.drop_table("field")
    op.drop_table("calendar_day")
    op.drop_table("branch")
