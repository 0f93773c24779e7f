"""The database: one engine, read transactions that turn into write transactions, column types, the base of all models."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    DateTime,
    Dialect,
    Engine,
    Enum,
    LargeBinary,
    MetaData,
    Text,
    Time,
    TypeDecorator,
    create_engine,
    event,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Composite, DeclarativeBase, Session, composite, mapped_column
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeEngine

from lmp.core.personal import Declaration

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Id(TypeDecorator[uuid.UUID]):
    """A UUID: 16 bytes on SQLite, the native type on PostgreSQL."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID(as_uuid=True))
        return dialect.type_descriptor(LargeBinary(16))

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> Any:
        """Write a UUID; anything else is a mistake in the code."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> uuid.UUID | None:
        """Read a UUID."""
        if value is None or isinstance(value, uuid.UUID):
            return value
        return uuid.UUID(bytes=bytes(value))


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. Refuses a datetime that does not say its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write in UTC; SQLite keeps it without the zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read with the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def Code(kind: type[StrEnum], name: str) -> Enum:  # noqa: N802 - a column type, named like one
    """A column for one of a few words, kept as text with a CHECK constraint."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )


Json = JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


@dataclass(frozen=True)
class Bilingual:
    """A text in both languages of the platform."""

    tr: str
    en: str

    def in_language(self, lang: str) -> str:
        """The wording in `lang`; the Turkish one where English is empty."""
        return (self.en or self.tr) if lang == "en" else (self.tr or self.en)

    def as_dict(self) -> dict[str, str]:
        """For JSON columns and frozen records."""
        return {"tr": self.tr, "en": self.en}


def bilingual(name: str, **options: Any) -> Composite[Bilingual]:
    """Two text columns, `name_tr` and `name_en`, used as one attribute; `options` of both, such as a default."""
    return composite(
        Bilingual,
        mapped_column(f"{name}_tr", Text, nullable=False, **options),
        mapped_column(f"{name}_en", Text, nullable=False, **options),
    )


class Model(DeclarativeBase):
    """The base of every table; each declares `personal` beside its columns."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        uuid.UUID: Id,
        datetime: Moment,
        date: Date,
        time: Time,
        str: Text,
        dict[str, Any]: Json,
        list[Any]: Json,
    }
    personal: ClassVar[Declaration]


class NoTransaction(RuntimeError):
    """Code asked for the session outside any transaction."""


class WriteWhileReading(RuntimeError):
    """A page that only reads tried to write: a mistake in the code."""


@dataclass
class Scope:
    """One unit of work: its session, whether it may write, whether it did, and what it cost."""

    session: Session
    readonly: bool = False
    wrote: bool = False
    statements: int = 0


#: Compiled statements that a process keeps: opening every page once makes 550, and SQLAlchemy's own limit is 500.
STATEMENTS = 1_500

_scope: ContextVar[Scope | None] = ContextVar("db_scope", default=None)
_engine: Engine | None = None


def configure(url: str, *, durable: bool = True, pool_size: int = 8) -> Engine:
    """Make the engine for a database address; `durable=False` (tests only) leaves syncing to the system."""
    global _engine
    if _engine is not None:
        _engine.dispose()
    _engine = make_engine(url, durable=durable, pool_size=pool_size)
    return _engine


def make_engine(url: str, *, durable: bool = True, pool_size: int = 8) -> Engine:
    """An engine with our transaction rules for either database."""
    made = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=4,
        pool_pre_ping=not url.startswith("sqlite"),
        hide_parameters=True,
        query_cache_size=STATEMENTS,
    )
    if made.dialect.name == "sqlite":
        _teach_sqlite(made, durable=durable)
    event.listen(made, "before_cursor_execute", _note_statement)
    return made


def engine() -> Engine:
    """The configured engine. Raises NoTransaction when there is none yet."""
    if _engine is None:
        raise NoTransaction("no database is configured")
    return _engine


def connections_in_use() -> int:
    """How many connections of this process are at work."""
    pool = engine().pool
    return pool.checkedout() if isinstance(pool, QueuePool) else 0


def is_postgres() -> bool:
    """Whether the configured engine is PostgreSQL."""
    return engine().dialect.name == "postgresql"


def _teach_sqlite(made: Engine, *, durable: bool) -> None:
    """Plain BEGIN for reading, BEGIN IMMEDIATE before the first write, WAL, foreign keys, patience."""

    @event.listens_for(made, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            "busy_timeout=15000",
            f"synchronous={'FULL' if durable else 'OFF'}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        connection.info["writes"] = False
        connection.exec_driver_sql("BEGIN")

    @event.listens_for(made, "savepoint")
    def savepoint(connection: Connection, _name: str) -> None:
        _begin_writing(connection)


def _begin_writing(connection: Connection) -> None:
    """Turn SQLite's read transaction into a write transaction.

    What was read before may be stale by then, as under PostgreSQL's READ COMMITTED; invariants therefore stand in
    constraints and guarded statements.
    """
    if connection.dialect.name != "sqlite" or connection.info.get("writes"):
        return
    connection.info["writes"] = True
    raw = connection.connection.dbapi_connection
    if raw is None:
        raise NoTransaction("the connection is gone")
    cursor = raw.cursor()
    cursor.execute("COMMIT")
    cursor.execute("BEGIN IMMEDIATE")
    cursor.close()


def _note_statement(
    connection: Connection, _cursor: object, statement: str, _parameters: object, context: Any, _many: bool
) -> None:
    """Count statements and open the write transaction at the first one that writes."""
    scope = _scope.get()
    if statement == "BEGIN":
        return
    if scope is not None:
        scope.statements += 1
    writes = bool(context and (context.isinsert or context.isupdate or context.isdelete))
    if not writes and statement[:6].upper() not in ("INSERT", "UPDATE", "DELETE"):
        return
    if scope is not None:
        _note_write(scope)
    _begin_writing(connection)


def _note_write(scope: Scope) -> None:
    """Remember that the unit of work writes; refuse where it may not."""
    if scope.readonly:
        raise WriteWhileReading("a reading page must not change data")
    scope.wrote = True


def session() -> Session:
    """The session of the running unit of work. Raises NoTransaction outside of one."""
    scope = _scope.get()
    if scope is None:
        raise NoTransaction("open a transaction first")
    return scope.session


def scope() -> Scope | None:
    """The running unit of work, for the edge of the application and for query counts."""
    return _scope.get()


@contextmanager
def work(*, readonly: bool = False) -> Iterator[Scope]:
    """A unit of work that the caller commits (`scope.session.commit()`); whatever is left open is rolled back."""
    with Session(engine(), expire_on_commit=False) as made:
        scope = Scope(made, readonly=readonly)
        token = _scope.set(scope)
        try:
            yield scope
            end_reading(scope)
        finally:
            _scope.reset(token)
            made.rollback()


def end_reading(scope: Scope) -> None:
    """End a unit of work that went well and only read; one that wrote stays as it is, for its owner to commit.

    By a commit, for a rollback makes psycopg forget its prepared statements, and to plan a statement with twenty joins
    costs PostgreSQL ten times what it costs to run it. What was changed in objects and never written is dropped.
    """
    if not scope.wrote:
        scope.session.expunge_all()
        scope.session.commit()


@contextmanager
def transaction() -> Iterator[Session]:
    """A unit of work that commits when the block ends well: commands, jobs, tests."""
    with work() as scope:
        yield scope.session
        scope.session.commit()


@contextmanager
def reading() -> Iterator[Session]:
    """A unit of work that only reads."""
    with work(readonly=True) as scope:
        yield scope.session


@contextmanager
def apart() -> Iterator[Session]:
    """A second, short transaction beside the running one: failed sign-ins, limits, the day of use and audited refusals only."""
    with transaction() as made:
        yield made
