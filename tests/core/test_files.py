"""Blobs are complete or absent, rows say whose they are, and nobody's blob is swept."""

import os
from pathlib import Path

import pytest

from lmp.core import clock, db, files
from lmp.core.ids import new_id


@pytest.fixture
def folder(tmp_path: Path, database_url: str) -> files.Folder:
    db.configure(database_url, durable=False)
    made = files.Folder(tmp_path / "files")
    files.configure(made)
    return made


def kept(data: bytes) -> files.StoredFile:
    with db.transaction():
        return files.keep(
            data,
            name="a.jpg",
            media_type="image/jpeg",
            owner_kind="tests",
            owner_id=new_id(),
            purpose="tests",
            is_personal=True,
        )


def test_the_same_bytes_lie_on_disk_once(folder: files.Folder) -> None:
    assert kept(b"x").sha256 == kept(b"x").sha256
    assert len([path for path in folder.root.rglob("*") if path.is_file()]) == 1


def test_what_was_kept_is_read_back(folder: files.Folder) -> None:
    assert files.read(kept("İıĞğ".encode())).decode() == "İıĞğ"


def test_no_half_written_blob_has_a_good_name(folder: files.Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        folder.write(b"half")
    assert not [path for path in folder.root.rglob("*") if path.is_file() and path.suffix != ".part"]


def test_only_blobs_without_an_owner_and_older_than_a_day_are_swept(folder: files.Folder) -> None:
    kept(b"owned")
    old, fresh = folder.write(b"old"), folder.write(b"fresh")
    long_ago = clock.now().timestamp() - 3 * 86400
    for sha256 in (old, files.store().write(b"owned")):
        os.utime(folder.path(sha256), (long_ago, long_ago))
    with db.transaction():
        assert files.sweep(folder) == 1
    assert not folder.path(old).exists()
    assert folder.path(fresh).exists()
