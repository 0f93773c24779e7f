"""A backup is one moment of a place where people go on working, and either database can be restored from it."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from lmp import backup
from lmp.access import system
from lmp.audit import service as audit
from lmp.core import db
from lmp.hours import service as hours
from lmp.network import service as network
from lmp.network.models import School
from tests.backup.conftest import Place


def taken(full: Place, folder: Path, name: str = "one.zip") -> tuple[Path, backup.Manifest]:
    path = folder / name
    return path, backup.take(path, data=full.data)[0]


def sums(manifest: backup.Manifest) -> dict[str, str]:
    return {one.shape.name: one.sha256 for one in manifest.tables}


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_restored_place_is_the_same_row_by_row_on_either_database(
    full: Place, empty: Callable[[str], Place], tmp_path: Path, engine: str
) -> None:
    path, first = taken(full, tmp_path)
    other = empty(engine)

    other.restore(path)

    _again, second = taken(other, tmp_path, "two.zip")
    assert sums(second) == sums(first)
    assert second.files == first.files
    assert len(first.files) >= 2
    assert {one.shape.name for one in first.tables if one.rows} >= {"person", "minute_entry", "certificate", "file"}
    with db.reading():
        assert audit.verify().holds
        assert hours.check() == []


def test_a_backup_taken_while_people_write_is_of_one_moment(
    full: Place, empty: Callable[[str], Place], tmp_path: Path
) -> None:
    stop, written = threading.Event(), threading.Event()

    def write_on() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with db.transaction():
                network.add_school(
                    name=f"Yazılan Okul {number}", province_code=6, district_name="Etimesgut", by=system("tests")
                )
            with db.transaction():
                audit.seal_some()
            if number == 5:
                written.set()

    writer = threading.Thread(target=write_on)
    writer.start()
    assert written.wait(30)
    path, manifest = taken(full, tmp_path)
    stop.set()
    writer.join()

    other = empty("sqlite")
    other.restore(path)

    # each school was written together with its audit entry: neither stands without the other
    with db.reading():
        schools = len(_written())
        rows = {one.shape.name: one.rows for one in manifest.tables}
        verdict = audit.verify()
        assert verdict.holds
        assert schools >= 5
        assert rows["audit_entry"] == verdict.sealed + verdict.unsealed
        assert all(map(audit.history, _written()))
        assert hours.check() == []


def _written() -> list[School]:
    return [school for school in network.schools() if school.name.startswith("Yazılan Okul")]


def test_a_place_that_is_not_empty_is_left_alone(full: Place, tmp_path: Path) -> None:
    path, before = taken(full, tmp_path)

    with pytest.raises(backup.BackupRefused, match=r"The database is not empty: table .* has rows"):
        full.restore(path)

    assert sums(taken(full, tmp_path, "two.zip")[1]) == sums(before)


def test_a_folder_that_is_not_empty_is_left_alone(full: Place, empty: Callable[[str], Place], tmp_path: Path) -> None:
    path, _manifest = taken(full, tmp_path)
    other = empty("sqlite")
    shutil.copytree(full.data / "files", other.data / "files")

    with pytest.raises(backup.BackupRefused, match="is not empty"):
        other.restore(path)


def test_a_file_that_is_gone_from_the_store_is_named_and_hinders_nothing(full: Place, tmp_path: Path) -> None:
    gone = next(path for path in (full.data / "files").rglob("*") if path.is_file())
    gone.write_bytes(b"something else")

    path, manifest = taken(full, tmp_path)

    assert manifest.missing == (gone.name,)
    assert backup.verify(path).manifest.missing == (gone.name,)


def test_keys_are_kept_and_the_secret_one_only_where_it_is_asked_for(
    full: Place, empty: Callable[[str], Place], tmp_path: Path
) -> None:
    (full.data / "keys").mkdir()
    (full.data / "keys" / "signing").write_bytes(b"signs documents")
    (full.data / "secret_key").write_text("signs cookies")

    without, _fingerprint = backup.take(tmp_path / "without.zip", data=full.data)
    backup.take(tmp_path / "with.zip", data=full.data, with_secret_key=True)
    other = empty("sqlite")
    other.restore(tmp_path / "with.zip")

    assert set(without.keys) == {"keys/signing"}
    assert (other.data / "keys" / "signing").read_bytes() == b"signs documents"
    assert (other.data / "secret_key").read_text() == "signs cookies"
    assert (other.data / "secret_key").stat().st_mode & 0o777 == 0o600
