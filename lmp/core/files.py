"""Files behind one interface: content-addressed blobs on disk, and a row that says whose a file is."""

import hashlib
import math
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Protocol
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from lmp.core import clock, db
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal

#: Blobs that no row names are kept so long: the transaction that wrote them may still be open, a backup may read them.
FORGOTTEN = timedelta(hours=24)
#: Blobs whose rows are looked for in one query.
BATCH = 500


class StoredFile(db.Model):
    """A file with its owner; whether someone may open it follows from the owner's facts, never from the hash."""

    __tablename__ = "file"
    __table_args__ = (Index("ix_file_owner", "owner_kind", "owner_id"), Index("ix_file_sha256", "sha256"))
    personal = Personal(
        columns=("name",),
        owner="owner_id",
        purpose="evidence of learning, printed certificates, course media",
        keep_years=2,
        since="stored_at",
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sha256: Mapped[str]
    size_bytes: Mapped[int]
    media_type: Mapped[str]
    name: Mapped[str]
    owner_kind: Mapped[str]
    owner_id: Mapped[UUID]
    purpose: Mapped[str]
    is_personal: Mapped[bool]
    stored_at: Mapped[datetime]


class Store(Protocol):
    """Where blobs lie."""

    def write(self, data: bytes) -> str:
        """Keep the bytes for good and answer their SHA-256 in hex."""

    def read(self, sha256: str) -> bytes:
        """The bytes of a blob. Raises FileNotFoundError."""


@dataclass(frozen=True)
class Folder:
    """Blobs as files under `root/<first 2>/<next 2>/<sha256>`, complete or absent, never half."""

    root: Path

    def path(self, sha256: str) -> Path:
        """Where a blob lies."""
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def write(self, data: bytes) -> str:
        """Write to a temporary name, sync, then rename; writing the same bytes again costs nothing."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        try:
            os.utime(target)  # young again, so that the sweep leaves it to the row that is about to name it
        except FileNotFoundError:
            pass
        else:
            return sha256
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f"{sha256}.{new_id().hex}.part")
        with temporary.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.rename(target)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes of a blob. Raises FileNotFoundError."""
        return self.path(sha256).read_bytes()

    def sweep(self, named: Callable[[Sequence[str]], Collection[str]], before: datetime) -> int:
        """Remove what was last written before a moment and what `named` does not know; answers how many.

        Whoever writes a blob again makes it young before the row is written, so what an open transaction needs stays.
        """
        limit, removed = before.timestamp(), 0
        for some in _batches(self._older(limit), BATCH):
            known = named([path.name for path in some])
            removed += sum(self._remove(path, limit) for path in some if path.name not in known)
        return removed

    def _older(self, limit: float) -> Iterator[Path]:
        """Blobs and what was left of half-written ones, if they are older than a moment in seconds."""
        return (path for path in self.root.glob("??/??/*") if _written_at(path) < limit)

    def _remove(self, path: Path, limit: float) -> bool:
        """Take a blob away, then look whether somebody wrote it again meanwhile; if so it comes back."""
        aside = path.with_name(f"{path.name.partition('.')[0]}.{new_id().hex}.part")
        try:
            path.rename(aside)
        except FileNotFoundError:
            return False
        if _written_at(aside) >= limit:
            aside.rename(path)
            return False
        aside.unlink()
        return True


def _written_at(path: Path) -> float:
    """When a blob was written last, in seconds; a blob that is gone is not old."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def _batches(paths: Iterable[Path], size: int) -> Iterator[list[Path]]:
    every = iter(paths)
    while some := list(islice(every, size)):
        yield some


_store: Store | None = None


def configure(store: Store) -> None:
    """Set where blobs lie; once per process."""
    global _store
    _store = store


def store() -> Store:
    """The configured store."""
    if _store is None:
        raise RuntimeError("the file store is not configured")
    return _store


def keep(
    data: bytes, *, name: str, media_type: str, owner_kind: str, owner_id: UUID, purpose: str, is_personal: bool
) -> StoredFile:
    """Keep a file for an owner; the blob is on disk before the row is committed."""
    row = StoredFile(
        sha256=store().write(data),
        size_bytes=len(data),
        media_type=media_type,
        name=name,
        owner_kind=owner_kind,
        owner_id=owner_id,
        purpose=purpose,
        is_personal=is_personal,
        stored_at=clock.now(),
    )
    db.session().add(row)
    db.session().flush()
    return row


def keep_same(row: StoredFile, *, owner_id: UUID) -> StoredFile:
    """Keep a file for another owner of its kind too: a row of its own on the same blob, which nobody writes again."""
    same = ("sha256", "size_bytes", "media_type", "name", "owner_kind", "purpose", "is_personal")
    made = StoredFile(**{name: getattr(row, name) for name in same}, owner_id=owner_id, stored_at=clock.now())
    db.session().add(made)
    db.session().flush()
    return made


def drop(row: StoredFile) -> None:
    """Forget a file; its blob is swept when no other row names it."""
    db.session().delete(row)
    db.session().flush()


def read(row: StoredFile) -> bytes:
    """The bytes of a stored file."""
    return store().read(row.sha256)


def owned(owner_kind: str, owner_id: UUID) -> list[StoredFile]:
    """The files of one owner, oldest first."""
    found = select(StoredFile).where(StoredFile.owner_kind == owner_kind, StoredFile.owner_id == owner_id)
    return list(db.session().scalars(found.order_by(StoredFile.id)))


def sweep() -> int:
    """Remove blobs that no row names and that are older than a day; answers how many. Asked again by the worker."""
    kept = store()
    return kept.sweep(_named, clock.now() - FORGOTTEN) if isinstance(kept, Folder) else 0


def _named(hashes: Sequence[str]) -> set[str]:
    """Of these blobs, those that a row names."""
    return set(db.session().scalars(select(StoredFile.sha256).where(StoredFile.sha256.in_(hashes))))
