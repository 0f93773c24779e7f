"""Canaries: every personal word of the world ends in a word of its own, so that a leak names the column it comes from."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, Text, select, update

from lmp.core import db
from lmp.core.personal import Personal

_WORD = re.compile(r"kus[0-9a-f]{4}sak")
#: Words of institutions that are private all the same.
ALSO = {("protocol", "title"), ("protocol", "duties"), ("half_day", "reason"), ("bulk_invitation", "file_name")}
#: How columns with the names of institutions and places are called.
NAMES = re.compile(r"(name|title|district|website|host_school|office|venue|activity_no)")
#: What is no text of people: keys, hashes, codes, stored addresses of ours, and what is sealed or signed.
NOT_WORDS = re.compile(
    r"(sha256|hash|digest|seal|secret|credential_id|lang|scheme|stop_url|path|record|confirmed_by|kind)"
)
SEALED = {"audit_entry", "audit_head", "search_word"}


@dataclass(frozen=True)
class Canary:
    """Where a word stands, and whose row that is: the people and enrolments it names."""

    column: str
    about: frozenset[UUID]


def brand(before: str = "", *, institutions: bool = False) -> dict[str, Canary]:
    """Give every personal text its word; answers where each stands.

    `before` stands in front of what was there; `institutions`: the names of institutions are marked as well.
    """
    found: dict[str, Canary] = {}
    for mapper in sorted(db.Model.registry.mappers, key=lambda one: str(one.local_table)):
        table: Any = mapper.local_table
        declared = vars(mapper.class_).get("personal")
        columns = [column for column in table.columns if _is_told(table, column, declared, institutions)]
        if columns:
            _brand_rows(table, columns, found, before)
    return found


def _is_told(table: Table, column: Column[Any], declared: Any, institutions: bool) -> bool:
    """Whether people wrote this, or it names them."""
    if table.name in SEALED or not isinstance(column.type, Text) or NOT_WORDS.search(column.name):
        return False
    if institutions and NAMES.match(column.name):
        return True
    return (isinstance(declared, Personal) and column.name in declared.columns) or (table.name, column.name) in ALSO


def _brand_rows(table: Table, columns: list[Column[Any]], found: dict[str, Canary], before: str) -> None:
    session, (key,) = db.session(), table.primary_key.columns
    for row in session.execute(select(table)).mappings().all():
        about = frozenset(value for value in row.values() if isinstance(value, UUID))
        changed = {}
        for column in columns:
            if row[column.name]:
                word = f"kus{len(found):04x}sak"
                found[word] = Canary(f"{table.name}.{column.name}", about)
                said = f"{word}@demo.example" if "@" in row[column.name] else f"{row[column.name]} {word}"
                changed[column.name] = f"{before}{said}"
        if changed:
            session.execute(update(table).where(key == row[key.name]).values(**changed))


def words_in(data: bytes) -> set[str]:
    """The canaries in an answer; archives and spreadsheets are opened, whatever they are called."""
    return {word for text in _unpacked(data) for word in _WORD.findall(text)}


def _unpacked(data: bytes) -> Iterator[str]:
    """The texts of an answer."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield from _unpacked(archive.read(name))
    else:
        yield data.decode("utf-8", errors="replace")
