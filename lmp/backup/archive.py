"""The archive: a ZIP file with `tables/NAME.jsonl`, `files/SHA256`, `keys/NAME` and, last, `manifest.json`.

The manifest names every member with its SHA-256, every table with its shape and number of rows, and the schema's
revision. Its own SHA-256 is the backup's fingerprint: who writes that down elsewhere notices any change.
"""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from lmp.backup.canonical import Kind, Shape

FORMAT = 1
MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_LOCAL = struct.Struct("<4s5H3I2H")


class BackupRefused(Exception):
    """A backup that cannot be trusted or used; the text says what is wrong with it and with which part."""


@dataclass(frozen=True)
class Kept:
    """A table in the archive."""

    shape: Shape
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an archive says it holds."""

    made_at: str
    engine: str
    revision: str
    tables: tuple[Kept, ...]
    #: SHA-256 of the content, which is also the name, → size in bytes.
    files: dict[str, int]
    #: Name → SHA-256 of the content.
    keys: dict[str, str]
    #: Files that rows name and that were not in the store when the backup was taken, or were damaged there.
    missing: tuple[str, ...]

    def as_bytes(self) -> bytes:
        """The one way it is written."""
        tables = {
            one.shape.name: {
                "columns": dict(one.shape.columns),
                "key": list(one.shape.key),
                "rows": one.rows,
                "sha256": one.sha256,
            }
            for one in self.tables
        }
        said = {**self.__dict__, "format": FORMAT, "tables": tables, "missing": list(self.missing)}
        return json.dumps(said, ensure_ascii=False, indent=1).encode()

    def members(self) -> dict[str, str]:
        """Every member → the SHA-256 of its content."""
        return {
            **{f"tables/{one.shape.name}.jsonl": one.sha256 for one in self.tables},
            **{f"files/{sha256}": sha256 for sha256 in self.files},
            **{f"keys/{name}": sha256 for name, sha256 in self.keys.items()},
        }


def fingerprint(written: bytes) -> str:
    """What to note elsewhere about a manifest."""
    return hashlib.sha256(written).hexdigest()


def add(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> tuple[int, str]:
    """Write a member as it comes; answers the number of chunks and the content's SHA-256."""
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as member:
        for chunk in chunks:
            member.write(chunk)
            digest.update(chunk)
            count += 1
    return count, digest.hexdigest()


@dataclass(frozen=True)
class Opened:
    """An archive whose every member was read and is what its manifest says."""

    archive: zipfile.ZipFile
    manifest: Manifest
    fingerprint: str

    def open(self, name: str) -> IO[bytes]:
        """A member's content."""
        return self.archive.open(name)


def verify(path: Path, *, expected: str | None = None) -> Opened:
    """Open a backup and read all of it. Raises BackupRefused naming the table, file or key that is not what it was."""
    if not path.is_file():
        raise BackupRefused(f"There is no file {path}.")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as bad:
        raise BackupRefused(_cut(path)) from bad
    written, manifest = _manifest(archive)
    found = fingerprint(written)
    if expected is not None and expected != found:
        raise BackupRefused(f"The manifest was altered: its fingerprint is {found}, not {expected}.")
    present, wanted = set(archive.namelist()) - {MANIFEST}, manifest.members()
    for name in sorted(wanted.keys() - present):
        raise BackupRefused(f"The {_spoken(name)} is missing from the backup.")
    for name in sorted(present - wanted.keys()):
        raise BackupRefused(f"The backup holds {name}, which its manifest does not name.")
    for name, sha256 in wanted.items():
        if _sha256(archive, name) != sha256:
            raise BackupRefused(f"The {_spoken(name)} was altered: its checksum is not the manifest's.")
    return Opened(archive, manifest, found)


def _manifest(archive: zipfile.ZipFile) -> tuple[bytes, Manifest]:
    if MANIFEST not in archive.namelist():
        raise BackupRefused("This is no backup of LMP, or its manifest is missing.")
    written = b"".join(_content(archive, MANIFEST))
    try:
        said = json.loads(written)
        if said.get("format") != FORMAT:
            raise BackupRefused("This backup has a form that this version does not read. Use the version that made it.")
        return written, _read(said)
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        raise BackupRefused("The manifest was altered: it cannot be read.") from bad


def _read(said: dict[str, Any]) -> Manifest:
    tables = tuple(
        Kept(
            Shape(name, {column: Kind(kind) for column, kind in one["columns"].items()}, tuple(one["key"])),
            int(one["rows"]),
            one["sha256"],
        )
        for name, one in said["tables"].items()
    )
    return Manifest(
        made_at=said["made_at"],
        engine=said["engine"],
        revision=said["revision"],
        tables=tables,
        files=dict(said["files"]),
        keys=dict(said["keys"]),
        missing=tuple(said["missing"]),
    )


def _content(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A member in pieces. Raises BackupRefused naming it when it cannot be unpacked."""
    try:
        with archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as bad:
        raise BackupRefused(f"The {_spoken(name)} was altered: it cannot be unpacked.") from bad


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    for chunk in _content(archive, name):
        digest.update(chunk)
    return digest.hexdigest()


def _spoken(name: str) -> str:
    """A member as people call it."""
    kind, _, rest = name.partition("/")
    words = {"tables": f"table {rest.removesuffix('.jsonl')}", "files": f"file {rest}", "keys": f"key {rest}"}
    return words.get(kind, "manifest")


def _cut(path: Path) -> str:
    """Where an archive without its end breaks off, told from the heads of its members."""
    last = ""
    with path.open("rb") as handle:
        size = path.stat().st_size
        while (head := handle.read(_LOCAL.size)) and len(head) == _LOCAL.size:
            mark, *_, name_length, extra_length = _LOCAL.unpack(head)
            if mark != b"PK\x03\x04":
                break
            last = handle.read(name_length).decode(errors="replace")
            packed = _packed_size(handle.read(extra_length), _LOCAL.unpack(head)[7])
            if handle.seek(packed, 1) > size:
                break
    if not last:
        return f"{path.name} is no backup of LMP."
    return f"The backup is cut off: it ends in or after the {_spoken(last)}."


def _packed_size(extra: bytes, short: int) -> int:
    """A member's size as packed; in the ZIP64 field of its head where it says so."""
    while len(extra) >= 4:
        tag, length = struct.unpack("<HH", extra[:4])
        if tag == 1 and length >= 16:
            return int(struct.unpack("<Q", extra[12:20])[0])
        extra = extra[4 + length :]
    return short
