"""An installation with data comes through every newer migration with all of its rows."""

from flask import Flask
from sqlalchemy import text

from lmp import migrate
from lmp.core import db
from tests.builders.workplace import a_placement, today_is
from tests.engines import MIGRATIONS

#: The schema of the first release; data that was written under it has to survive.
FIRST = "0011"


def _count(table: str) -> int:
    with db.reading() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_rows_survive_the_way_down_and_up_again(app: Flask) -> None:
    with today_is(), db.transaction():
        a_placement()
    tables = (
        "centre",
        "field",
        "branch",
        "school",
        "company",
        "workplace",
        "mentor_contact",
        "calendar_day",
        "placement",
    )
    before = {table: _count(table) for table in tables}
    assert all(before.values())
    migrate.downgrade(MIGRATIONS, FIRST)
    migrate.upgrade(MIGRATIONS)
    assert {table: _count(table) for table in tables} == before
    with db.reading() as session:
        found = session.execute(text("SELECT count(*) FROM search_word WHERE kind = 'school'")).scalar_one()
    assert found > 0
