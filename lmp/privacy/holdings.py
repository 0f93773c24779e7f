"""Which rows are about a person, read from the declarations that stand beside every table's columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Date, Table, and_, false, or_, select

from lmp.accounts.models import Person
from lmp.accounts.service.people import SEARCH_KIND
from lmp.core import db
from lmp.core.files import StoredFile
from lmp.core.personal import Personal
from lmp.core.search import SearchWord
from lmp.enrolment.models import Enrolment, Run
from lmp.privacy.rules import years_before

_PERSON: Table = Person.__table__  # type: ignore[assignment]  # SQLAlchemy types it wider
_ENROLMENT: Table = Enrolment.__table__  # type: ignore[assignment]  # as above
_RUN: Table = Run.__table__  # type: ignore[assignment]  # as above
#: Columns that name somebody by their mail address instead of an id.
_ADDRESSES = ("to_address", "email")
#: Columns that hold a person's id without a foreign key, because their table outlives the account.
_IDS = ("actor_id",)


@dataclass(frozen=True)
class Holding:
    """A table with personal columns and what it declares about them."""

    table: Table
    declared: Personal

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name


def holdings() -> list[Holding]:
    """Every table that declares personal data, those that others point to first."""
    found = {str(mapper.local_table): vars(mapper.class_).get("personal") for mapper in db.Model.registry.mappers}
    tables = db.Model.metadata.sorted_tables
    return [Holding(table, said) for table in tables if isinstance(said := found.get(table.name), Personal)]


def _declared(table: Table) -> Personal | None:
    return next((one.declared for one in holdings() if one.table is table), None)


def about(holding: Holding, person_id: UUID, email: str) -> ColumnElement[bool] | None:
    """The condition that picks a person's rows, or None where rows lead to nobody with an account."""
    if holding.table is _PERSON:
        return _PERSON.c.id == person_id
    if holding.table.name == StoredFile.__tablename__:
        return _files_about(holding.table, person_id, email)
    if holding.table.name == SearchWord.__tablename__:
        return and_(holding.table.c.kind == SEARCH_KIND, holding.table.c.owner_id == person_id)
    return _leads(holding.table, holding.declared.owner, person_id, email)


def _leads(table: Table, owner: str, person_id: UUID, email: str) -> ColumnElement[bool] | None:
    """Follow the owner column until it reaches the person."""
    if not owner:
        return None
    column = table.c[owner]
    target = _target(column)
    if target is _PERSON or (target is None and owner in _IDS):
        return column == person_id
    if target is None:
        return column == email if owner in _ADDRESSES else None
    declared = _declared(target)
    if declared is None:
        return None
    there = _leads(target, declared.owner, person_id, email)
    return None if there is None else column.in_(select(target.c.id).where(there))


def _target(column: Column[Any]) -> Table | None:
    """The table a column points to."""
    return next((key.column.table for key in column.foreign_keys), None)


def _files_about(files: Table, person_id: UUID, email: str) -> ColumnElement[bool]:
    """Files know their owner by kind and id; the kind is the owner's table."""
    conditions = []
    for holding in holdings():
        if holding.table is files or "id" not in holding.table.c:
            continue
        condition = about(holding, person_id, email)
        if condition is not None:
            ids = select(holding.table.c.id).where(condition)
            conditions.append(and_(files.c.owner_kind == holding.name, files.c.owner_id.in_(ids)))
    return and_(files.c.is_personal, or_(false(), *conditions))


def outdated(holding: Holding, today: date) -> ColumnElement[bool] | None:
    """The condition that picks what has been kept long enough, or None where the time runs with the account."""
    years = holding.declared.keep_years
    if years is None:
        return None
    limit = years_before(today, years)
    if holding.declared.since:
        before = _before(holding.table.c[holding.declared.since], limit)
        return and_(holding.table.c.is_personal, before) if "is_personal" in holding.table.c else before
    return _of_runs_before(holding.table, holding.declared.owner, limit)


def _before(column: Column[Any], limit: date) -> ColumnElement[bool]:
    """Days compare with days, moments with the start of the day in UTC."""
    if isinstance(column.type, Date):
        return column < limit
    return column < datetime.combine(limit, time.min, UTC)


def _of_runs_before(table: Table, owner: str, limit: date) -> ColumnElement[bool] | None:
    """Rows that belong to a run which ended before the limit."""
    if table is _ENROLMENT:
        return _ENROLMENT.c.run_id.in_(select(_RUN.c.id).where(_RUN.c.ends_on < limit))
    target = _target(table.c[owner]) if owner else None
    if "run_id" in table.c and _target(table.c.run_id) is _RUN:
        return table.c.run_id.in_(select(_RUN.c.id).where(_RUN.c.ends_on < limit))
    if target is None or target is _PERSON or target is table:
        return None
    declared = _declared(target)
    there = _of_runs_before(target, declared.owner, limit) if declared is not None else None
    return None if there is None else table.c[owner].in_(select(target.c.id).where(there))


def secret(name: str) -> bool:
    """Whether a column opens something; such columns never leave the house, not even to their owner."""
    return name.endswith(("_hash", "_sha256", "_secret", "secret", "public_key", "credential_id"))


def shown_columns(table: Table) -> Iterator[Column[Any]]:
    """The columns a person gets to see of their rows."""
    return (column for column in table.columns if not secret(column.name))
