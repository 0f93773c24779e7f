"""Taking a backup while people work: one reading transaction sees every table at the same moment on either database."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, select

from lmp import migrate
from lmp.backup import archive, canonical
from lmp.backup.archive import Kept, Manifest
from lmp.core import clock, db
from lmp.core.files import Folder, StoredFile
from lmp.models import metadata

SECRET_KEY = "secret_key"  # noqa: S105 - the name of a file
_KEYS = "keys"


def take(target: Path, *, data: Path, with_secret_key: bool = False) -> tuple[Manifest, str]:
    """Write a backup to `target`, complete or not at all; answers its manifest and fingerprint.

    Blobs are written before the rows that name them and are never changed, so the snapshot's files are there to be
    read after it. A file that is missing or damaged in the store does not hinder the backup; the manifest names it.
    """
    partial = target.with_name(target.name + ".part")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as made:
            with _snapshot() as connection:
                revision = migrate.revision_of(connection) or ""
                tables = tuple(_table(made, connection, table) for table in _tables())
                wanted = list(connection.scalars(select(StoredFile.sha256).distinct().order_by(StoredFile.sha256)))
            files, missing = _files(made, Folder(data / "files"), wanted)
            manifest = Manifest(
                made_at=clock.now().isoformat(),
                engine=canonical.engine_name(),
                revision=revision,
                tables=tables,
                files=files,
                keys=_keys(made, data, with_secret_key=with_secret_key),
                missing=missing,
            )
            written = manifest.as_bytes()
            made.writestr(archive.MANIFEST, written)
        partial.chmod(0o600)
        _sync(partial)
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest, archive.fingerprint(written)


@contextmanager
def _snapshot() -> Iterator[Connection]:
    """A connection that sees one moment and holds up nobody.

    SQLite's WAL keeps a reader's view for the length of its transaction; PostgreSQL is asked for one.
    """
    made = db.engine()
    if db.is_postgres():
        made = made.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with made.connect() as connection, connection.begin():
        yield connection


def _tables() -> list[canonical.Shape]:
    """Every table of ours, those that others point at first."""
    return [canonical.shape(table) for table in metadata.sorted_tables]


def _table(made: zipfile.ZipFile, connection: Connection, shape: canonical.Shape) -> Kept:
    rows, sha256 = archive.add(made, f"tables/{shape.name}.jsonl", canonical.lines(connection, shape))
    return Kept(shape, rows, sha256)


def _files(made: zipfile.ZipFile, store: Folder, wanted: list[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Write the blobs; answers their sizes, and the names of those that are missing or damaged."""
    kept, missing = {}, []
    for sha256 in wanted:
        try:
            content = store.read(sha256)
        except OSError:
            missing.append(sha256)
            continue
        if hashlib.sha256(content).hexdigest() != sha256:
            missing.append(sha256)
            continue
        archive.add(made, f"files/{sha256}", [content])
        kept[sha256] = len(content)
    return kept, tuple(missing)


def _keys(made: zipfile.ZipFile, data: Path, *, with_secret_key: bool) -> dict[str, str]:
    """Write the keys that documents are signed with, and the one that signs cookies where it is asked for."""
    folder = data / _KEYS
    paths = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    found = {f"{_KEYS}/{path.name}": path for path in paths}
    if with_secret_key and (data / SECRET_KEY).is_file():
        found[SECRET_KEY] = data / SECRET_KEY
    return {name: archive.add(made, f"keys/{name}", [path.read_bytes()])[1] for name, path in found.items()}


def _sync(path: Path) -> None:
    """A backup that was reported is on the disk."""
    with path.open("rb") as handle:
        os.fsync(handle.fileno())
