"""Migrations lead up and down, equal the models, and make the same schema on both databases."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from lmp import migrate
from lmp.core import db
from lmp.core.personal import Impersonal, Personal
from lmp.models import metadata
from tests.engines import MIGRATIONS, PostgresTemplate, SqliteTemplate

#: Words that name something personal; a column called so has to be declared or to belong to an institution.
TELLING = ("email", "phone", "person_name", "birth", "reflection", "motivation", "bearer", "address")


def test_the_newest_migration_is_the_head_that_git_sees() -> None:
    newest = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("0*.py"))
    assert migrate.head(MIGRATIONS) == newest


def test_migrations_equal_the_models(database_url: str) -> None:
    db.configure(database_url, durable=False)
    with db.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_migration_goes_down_and_up_again(database_url: str) -> None:
    db.configure(database_url, durable=False)
    revisions = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("0*.py"))
    with db.transaction() as session:
        for table in reversed(metadata.sorted_tables):
            session.execute(text(f"DELETE FROM {table.name}"))
    for below in [*reversed(revisions[:-1]), "base"]:
        migrate.downgrade(MIGRATIONS, below)
        assert migrate.current() == (None if below == "base" else below)
    left = set(inspect(db.engine()).get_table_names()) - {"alembic_version"}
    assert not left
    for above in revisions:
        migrate.upgrade(MIGRATIONS, above)
    assert migrate.behind(MIGRATIONS) is None


def _shape(url: str) -> dict[str, Any]:
    """Tables with their columns, keys, checks and indexes, without what only differs in spelling."""
    found = inspect(db.configure(url, durable=False))
    return {
        table: {
            "columns": {(column["name"], column["nullable"]) for column in found.get_columns(table)},
            "primary": tuple(found.get_pk_constraint(table)["constrained_columns"]),
            "foreign": {
                (tuple(key["constrained_columns"]), key["referred_table"], tuple(key["referred_columns"]))
                for key in found.get_foreign_keys(table)
            },
            "unique": {tuple(one["column_names"]) for one in found.get_unique_constraints(table)},
            "checks": {one["name"] for one in found.get_check_constraints(table)},
            "indexes": {
                (one["name"], tuple(one["column_names"]), bool(one["unique"]))
                for one in found.get_indexes(table)
                if not one.get("duplicates_constraint")
            },
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def test_both_databases_have_the_same_schema(
    sqlite_template: SqliteTemplate, postgres_template: PostgresTemplate
) -> None:
    lite, post = sqlite_template.copy(), postgres_template.copy()
    shapes = _shape(lite), _shape(post)
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_table_declares_its_personal_data(table: str) -> None:
    model = next(mapper.class_ for mapper in db.Model.registry.mappers if mapper.local_table.name == table)  # type: ignore[attr-defined]
    declared = vars(model).get("personal")
    assert isinstance(declared, Personal | Impersonal), f"{table} says nothing about personal data"
    columns = set(metadata.tables[table].columns.keys())
    if isinstance(declared, Impersonal):
        telling = {name for name in columns if any(word in name for word in TELLING)} - {"office_email", "office_phone"}
        assert not telling, f"{table} is declared impersonal but holds {telling}"
        return
    assert set(declared.columns) <= columns
    assert declared.purpose
    assert not declared.owner or declared.owner in columns


def test_a_database_that_is_behind_says_so(database_url: str) -> None:
    db.configure(database_url, durable=False)
    with db.engine().begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert "0001" in (migrate.behind(Path(MIGRATIONS)) or "")
