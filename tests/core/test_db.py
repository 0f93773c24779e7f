"""Units of work: what only read is ended without a trace, and PostgreSQL keeps the plans it made."""

import pytest
from sqlalchemy import select, text

from lmp.core import db
from lmp.core.jobs import Job
from lmp.network.models import Centre

#: psycopg prepares a statement when it is used for the sixth time.
OFTEN = 7


@pytest.fixture(autouse=True)
def _database(database_url: str) -> None:
    db.configure(database_url, durable=False, pool_size=1)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_statement_that_pages_repeat_is_planned_once() -> None:
    for _ in range(OFTEN):
        with db.reading() as session:
            session.scalars(select(Centre.slug)).all()
    with db.reading() as session:
        prepared = session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert any("centre" in statement for statement in prepared)


def test_what_was_changed_in_an_object_and_not_written_is_gone() -> None:
    with db.work() as scope:
        scope.session.add(Job(name="tests.note", payload={}))
    with db.reading() as session:
        assert session.scalars(select(Job)).all() == []


def test_what_was_written_and_not_committed_is_gone() -> None:
    with db.work() as scope:
        scope.session.execute(text("UPDATE centre SET slug = slug || '-x'"))
    with db.reading() as session:
        assert not any(slug.endswith("-x") for slug in session.scalars(select(Centre.slug)))
