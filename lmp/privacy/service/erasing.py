"""Emptying and deleting rows as their declarations say."""

from typing import Any

from sqlalchemy import Column, ColumnElement, CursorResult, Text, delete, false, func, or_, select, update

from lmp.accounts.models import Person
from lmp.core import db
from lmp.core.personal import Erasure
from lmp.privacy.holdings import Holding


def count(holding: Holding, which: ColumnElement[bool]) -> int:
    """How many rows would be deleted, or still hold something that would be emptied."""
    found = select(func.count()).select_from(holding.table).where(which)
    if holding.declared.erasure is Erasure.BLANK:
        found = found.where(_holds_something(holding))
    return db.session().scalar(found) or 0


def erase(holding: Holding, which: ColumnElement[bool]) -> int:
    """Delete the rows, or empty their personal columns; answers how many were touched. What is kept stays."""
    session = db.session()
    if holding.declared.erasure is Erasure.KEEP:
        return 0
    if holding.declared.erasure is Erasure.DELETE:
        return _number(session.execute(delete(holding.table).where(which)))
    emptied = {column.name: None if column.nullable else "" for column in _blankable(holding)}
    if not emptied:
        return 0
    found = update(holding.table).where(which, _holds_something(holding)).values(emptied)
    return _number(session.execute(found))


def _number(result: Any) -> int:
    found: CursorResult[Any] = result
    return found.rowcount


def _blankable(holding: Holding) -> list[Column[Any]]:
    """The personal columns that can be emptied: words, and whatever may be missing. A column that leads to the person holds
    the record together, and numbers and moments say nothing without the words beside them.
    """
    columns = [holding.table.c[name] for name in holding.declared.columns]
    return [one for one in columns if one.nullable or (not one.foreign_keys and isinstance(one.type, Text))]


def _holds_something(holding: Holding) -> ColumnElement[bool]:
    """Whether a row still has anything that emptying would take."""
    tests: list[ColumnElement[bool]] = []
    for column in _blankable(holding):
        if column.nullable:
            tests.append(column.is_not(None))
        else:
            tests.append(column != "")
    return or_(false(), *tests)


def erase_person(who: Person) -> None:
    """Empty the account itself: no name, address, school, branch or password; nobody can sign in to it again."""
    who.name = "—"
    who.email = f"{who.id.hex}@erased.invalid"
    who.password_hash = None
    who.school_id = who.branch_id = None
    who.session_epoch += 1
    db.session().flush()
