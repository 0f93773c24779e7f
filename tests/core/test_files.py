"""Blobs are complete or absent, rows say whose they are, and nobody's blob is swept."""

import os
import re
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from lmp.app import recurring
from lmp.config import ROOT
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


def a_row(sha256: str) -> files.StoredFile:
    """A row that names a blob which is there."""
    return files.StoredFile(
        sha256=sha256,
        size_bytes=4,
        media_type="image/jpeg",
        name="a.jpg",
        owner_kind="tests",
        owner_id=new_id(),
        purpose="tests",
        is_personal=True,
        stored_at=clock.now(),
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


def made_old(folder: files.Folder, *hashes: str) -> None:
    """Let blobs look as if they had been written three days ago."""
    long_ago = clock.now().timestamp() - 3 * 86400
    for sha256 in hashes:
        os.utime(folder.path(sha256), (long_ago, long_ago))


def swept() -> int:
    """What the worker does once an hour."""
    with db.transaction():
        return files.sweep()


def test_only_blobs_without_an_owner_and_older_than_a_day_are_swept(folder: files.Folder) -> None:
    owned = kept(b"owned")
    old, fresh = folder.write(b"old"), folder.write(b"fresh")
    made_old(folder, old, owned.sha256)
    assert swept() == 1
    assert not folder.path(old).exists()
    assert folder.path(fresh).exists()
    assert files.read(owned) == b"owned"


def test_a_blob_of_an_open_transaction_stays_even_when_old_bytes_are_written_again(folder: files.Folder) -> None:
    old = folder.write(b"both")
    made_old(folder, old)
    opened, closing, done = threading.Event(), threading.Event(), threading.Event()

    def write_slowly() -> None:
        with db.transaction() as session:
            files.store().write(b"both")
            opened.set()
            closing.wait(20)
            session.add(a_row(old))
        done.set()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    assert opened.wait(20)
    assert swept() == 0
    closing.set()
    writer.join(20)
    assert done.is_set()
    made_old(folder, old)
    assert swept() == 0
    assert folder.read(old) == b"both"


def test_what_was_written_again_while_the_sweep_was_at_it_comes_back(folder: files.Folder) -> None:
    old = folder.write(b"race")
    made_old(folder, old)

    def written_meanwhile(hashes: Sequence[str]) -> set[str]:
        folder.write(b"race")
        assert list(hashes) == [old]
        return set()

    assert folder.sweep(written_meanwhile, clock.now() - files.FORGOTTEN) == 0
    assert folder.read(old) == b"race"


def test_what_a_rolled_back_transaction_wrote_and_what_was_half_written_is_swept(folder: files.Folder) -> None:
    with db.work() as scope:
        gone = folder.write(b"never")
        scope.session.add(a_row(gone))
        scope.session.flush()
    half = folder.path(gone).with_name(f"{gone}.{new_id().hex}.part")
    half.write_bytes(b"ne")
    made_old(folder, gone)
    os.utime(half, (0, 0))
    assert swept() == 2
    assert not list(folder.root.glob("??/??/*"))


def test_the_sweep_asks_for_many_blobs_in_one_query(folder: files.Folder) -> None:
    hashes = [folder.write(bytes([number])) for number in range(30)]
    made_old(folder, *hashes)
    asked: list[int] = []

    def nothing(some: Sequence[str]) -> set[str]:
        asked.append(len(some))
        return set(hashes[:10])

    assert folder.sweep(nothing, clock.now() - files.FORGOTTEN) == 20
    assert asked == [30]


def test_the_worker_sweeps() -> None:
    assert files.sweep in [act for _seconds, act in recurring()]


def test_only_the_store_itself_and_a_restore_write_blobs() -> None:
    """Whatever else wrote one would have no row, and its blob would be swept after a day."""
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "lmp").rglob("*.py")
        if re.search(r"store(\(\))?\.write\(", path.read_text())
    }
    assert writers == {"lmp/core/files.py", "lmp/backup/restoring.py"}
