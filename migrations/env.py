"""Alembic's environment: runs on the connection it is handed, in batch mode on SQLite."""

from alembic import context

from lmp.models import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
