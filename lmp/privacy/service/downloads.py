"""Everything about a person in one ZIP: open formats, their own files, and their certificates as PDF."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from mimetypes import guess_extension
from pathlib import PurePath
from typing import Any
from uuid import UUID

from sqlalchemy import false, select

from lmp.access import Action, Actor, require
from lmp.accounts.models import Person
from lmp.certificate.models import Certificate
from lmp.certificate.service import printing
from lmp.core import addresses, clock, db, files, messages
from lmp.core.errors import NotFound
from lmp.core.files import StoredFile
from lmp.core.messages import Message
from lmp.core.tables import Column, Format, write
from lmp.notice import service as notice
from lmp.privacy import rules, words
from lmp.privacy.holdings import Holding, about, holdings, shown_columns
from lmp.privacy.models import DataRequest
from lmp.privacy.rules import State

JOB = "privacy.download"
OWNER = DataRequest.__tablename__
PURPOSE = "download"
_STAMP = (2026, 1, 1, 0, 0, 0)


def prepare(payload: dict[str, Any]) -> None:
    """The worker's job: write the ZIP, keep it for a week, tell the person. A second run finds it there."""
    request = db.session().get_one(DataRequest, UUID(payload["request"]))
    if request.state is not State.OPEN:
        return
    who = request.person
    files.keep(
        archive(who),
        name=f"lmp-{clock.today().isoformat()}.zip",
        media_type="application/zip",
        owner_kind=OWNER,
        owner_id=request.id,
        purpose=PURPOSE,
        is_personal=True,
    )
    request.state, request.answered_at = State.DONE, clock.now()
    last_day = clock.today() + rules.DOWNLOAD_KEPT
    notice.tell("data", who, "privacy/ready", page=addresses.page("privacy.mine"), subject=request.id, due_on=last_day)


def archive(who: Person) -> bytes:
    """The ZIP: a readme, every table as JSON and CSV, certificates, own files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        held = list(_held(who))
        _add(made, "README.txt", _readme(who, held).encode())
        _add(made, "data.json", _as_json(held).encode())
        for holding, rows in held:
            _add(made, f"tables/{holding.name}.csv", _as_csv(holding, rows, who.lang))
        for name, data in [*_certificates(who), *_files(who)]:
            _add(made, name, data)
    return target.getvalue()


def _add(made: zipfile.ZipFile, name: str, data: bytes) -> None:
    made.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)


def _held(who: Person) -> Iterator[tuple[Holding, list[dict[str, Any]]]]:
    """Each table with the person's rows, without what opens anything."""
    for holding in holdings():
        which = about(holding, who.id, who.email)
        if which is None:
            continue
        rows = db.session().execute(select(*shown_columns(holding.table)).where(which)).mappings()
        found = [dict(row) for row in rows]
        if found:
            yield holding, found


def _as_json(held: Iterable[tuple[Holding, list[dict[str, Any]]]]) -> str:
    """Table → why it is kept, how long, and its rows."""
    said = {
        holding.name: {
            "purpose": holding.declared.purpose,
            "basis": holding.declared.basis,
            "keep_years": holding.declared.keep_years,
            "rows": rows,
        }
        for holding, rows in held
    }
    return json.dumps(said, ensure_ascii=False, indent=2, default=_word)


def _word(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _as_csv(holding: Holding, rows: list[dict[str, Any]], lang: str) -> bytes:
    """The rows for a spreadsheet, under the names the tables have."""
    columns: list[Column[dict[str, Any]]] = [
        Column(Message(one.name.replace("%", "%%")), _reader(one.name)) for one in shown_columns(holding.table)
    ]
    target = io.BytesIO()
    write(Format.CSV, target, columns, rows, lang)
    return target.getvalue()


def _reader(name: str) -> Any:
    def read(row: dict[str, Any]) -> object:
        value = row[name]
        return json.dumps(value, ensure_ascii=False, default=_word) if isinstance(value, dict | list) else value

    return read


def _certificates(who: Person) -> Iterator[tuple[str, bytes]]:
    """Every certificate as printed, with its frozen record."""
    for one in db.session().scalars(select(Certificate).where(Certificate.person_id == who.id)):
        name = printing.file_name(one)
        yield f"certificates/{name}", printing.printed(one)
        yield f"certificates/{name.replace('.pdf', '.json')}", one.record.encode()


def _files(who: Person) -> Iterator[tuple[str, bytes]]:
    """The person's own files, photographs of their days among them."""
    holding = next(one for one in holdings() if one.name == StoredFile.__tablename__)
    which = about(holding, who.id, who.email)
    found = select(StoredFile).where(StoredFile.owner_kind.not_in([OWNER, Certificate.__tablename__]))
    for row in db.session().scalars(found.where(false() if which is None else which)):
        try:
            yield f"files/{row.owner_kind}/{row.id}-{_opens(row)}", files.read(row)
        except FileNotFoundError:
            continue


def _opens(row: StoredFile) -> str:
    """The name of a file, with the ending that a computer needs to open it."""
    return row.name if PurePath(row.name).suffix else f"{row.name}{guess_extension(row.media_type) or ''}"


def _readme(who: Person, held: list[tuple[Holding, list[dict[str, Any]]]]) -> str:
    """What lies in the ZIP, in the reader's language."""
    lines = [messages.text(words.README_HEAD, who.lang), ""]
    lines += [
        f"{holding.name}: {messages.text(words.table(holding.name), who.lang)} ({len(rows)})" for holding, rows in held
    ]
    return "\r\n".join(lines) + "\r\n"


def file_of(request: DataRequest, *, by: Actor) -> StoredFile:
    """The prepared ZIP for its owner. Raises NotFound when there is none, or it was taken away after a week."""
    require(by, Action.OWN_DATA, request)
    found = files.owned(OWNER, request.id)
    if not found:
        raise NotFound
    return found[0]


def is_ready(request: DataRequest) -> bool:
    """Whether the ZIP lies ready."""
    return request.state is State.DONE and bool(files.owned(OWNER, request.id))


def own_request(request_id: UUID, *, by: Actor) -> DataRequest:
    """One's own request. Raises NotFound."""
    found = db.session().get(DataRequest, request_id)
    if found is None:
        raise NotFound
    require(by, Action.OWN_DATA, found)
    return found


def sweep() -> int:
    """Take away downloads that lay ready for a week; answers how many."""
    limit = clock.now() - rules.DOWNLOAD_KEPT
    old = list(
        db.session().scalars(select(StoredFile).where(StoredFile.owner_kind == OWNER, StoredFile.stored_at < limit))
    )
    for row in old:
        db.session().delete(row)
    return len(old)
