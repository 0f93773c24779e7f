"""Files behind one interface: content-addressed blobs on disk, and a row that says whose a file is."""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from lmp.core import clock, db
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal


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
        if target.exists():
            os.utime(target)
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


def read(row: StoredFile) -> bytes:
    """The bytes of a stored file."""
    return store().read(row.sha256)


def owned(owner_kind: str, owner_id: UUID) -> list[StoredFile]:
    """The files of one owner, oldest first."""
    found = select(StoredFile).where(StoredFile.owner_kind == owner_kind, StoredFile.owner_id == owner_id)
    return list(db.session().scalars(found.order_by(StoredFile.id)))


def sweep(folder: Folder, older_than: timedelta = timedelta(hours=24)) -> int:
    """Remove blobs that no row names and that are older than a day; answers how many."""
    limit = (clock.now() - older_than).timestamp()
    removed = 0
    for path in folder.root.glob("??/??/*"):
        named = db.session().scalar(select(StoredFile.id).where(StoredFile.sha256 == path.name).limit(1))
        if named is None and path.stat().st_mtime < limit:
            path.unlink()
            removed += 1
    return removed
