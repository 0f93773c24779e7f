"""A backup that was cut or altered is refused by the name of the part that is wrong, and nothing is written."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import inspect

from lmp import backup
from lmp.backup import archive
from lmp.core import db
from tests.backup.conftest import Place

Members = dict[str, bytes]


@pytest.fixture
def database_url(sqlite_template: object) -> object:
    """What is wrong with a file does not depend on the database."""
    url = sqlite_template.copy()  # type: ignore[attr-defined]  # the fixture's own type is private to its module
    yield url
    sqlite_template.drop(url)  # type: ignore[attr-defined]  # as above


@pytest.fixture
def good(full: Place, tmp_path: Path) -> Path:
    path = tmp_path / "good.zip"
    backup.take(path, data=full.data)
    return path


def rewritten(good: Path, change: Callable[[Members], None]) -> Path:
    """A whole archive with other members."""
    with zipfile.ZipFile(good) as read:
        members = {name: read.read(name) for name in read.namelist()}
    change(members)
    path = good.with_name("changed.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as write:
        for name, content in members.items():
            write.writestr(name, content)
    return path


def refused(path: Path, empty: Callable[[str], Place], expected: str | None = None) -> str:
    """What restoring says; the place must stay without a table."""
    other = empty("sqlite")
    other.enter()
    with pytest.raises(backup.BackupRefused) as caught:
        backup.restore(path, data=other.data, migrations=Path("migrations"), expected=expected)
    with db.engine().connect() as connection:
        assert inspect(connection).get_table_names() == []
    assert not (other.data / "files").exists()
    return str(caught.value)


def test_a_changed_row_names_its_table(good: Path, empty: Callable[[str], Place]) -> None:
    def change(members: Members) -> None:
        members["tables/minute_entry.jsonl"] = members["tables/minute_entry.jsonl"].replace(
            b'"online"', b'"practical"', 1
        )

    said = refused(rewritten(good, change), empty)

    assert said == "The table minute_entry was altered: its checksum is not the manifest's."


def test_a_missing_table_is_named(good: Path, empty: Callable[[str], Place]) -> None:
    path = rewritten(good, lambda members: members.__delitem__("tables/audit_entry.jsonl"))

    assert refused(path, empty) == "The table audit_entry is missing from the backup."


def test_a_flipped_bit_names_the_file_it_hit(good: Path, empty: Callable[[str], Place]) -> None:
    with zipfile.ZipFile(good) as read:
        hit = next(one for one in read.infolist() if one.filename.startswith("files/"))
    content = bytearray(good.read_bytes())
    content[hit.header_offset + 30 + len(hit.filename) + 20 + hit.compress_size // 2] ^= 0x10
    path = good.with_name("flipped.zip")
    path.write_bytes(content)

    said = refused(path, empty)

    assert said.startswith(f"The file {hit.filename.removeprefix('files/')} was altered")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_archive_names_where_it_ends(good: Path, empty: Callable[[str], Place], share: float) -> None:
    content = good.read_bytes()
    path = good.with_name("cut.zip")
    path.write_bytes(content[: int(len(content) * share)])

    said = refused(path, empty)

    assert said.startswith("The backup is cut off: it ends in or after the ")
    with zipfile.ZipFile(good) as read:
        assert any(said.endswith(f"{archive._spoken(name)}.") for name in read.namelist())


def test_something_added_is_named(good: Path, empty: Callable[[str], Place]) -> None:
    path = rewritten(good, lambda members: members.update({"tables/person2.jsonl": b"[]\n"}))

    assert refused(path, empty) == "The backup holds tables/person2.jsonl, which its manifest does not name."


def test_a_manifest_altered_together_with_a_table_is_found_by_the_fingerprint(
    good: Path, empty: Callable[[str], Place]
) -> None:
    noted = backup.verify(good).fingerprint

    def change(members: Members) -> None:
        manifest = json.loads(members["manifest.json"])
        manifest["made_at"] = "2020-01-01T00:00:00+00:00"
        members["manifest.json"] = json.dumps(manifest).encode()

    path = rewritten(good, change)

    assert "The manifest was altered: its fingerprint is" in refused(path, empty, noted)


def test_a_backup_of_a_newer_version_says_so(good: Path, empty: Callable[[str], Place]) -> None:
    def change(members: Members) -> None:
        manifest = json.loads(members["manifest.json"])
        manifest["revision"] = "9999"
        members["manifest.json"] = json.dumps(manifest).encode()

    assert "newer than this version knows" in refused(rewritten(good, change), empty)


def test_what_is_no_backup_is_told(good: Path, empty: Callable[[str], Place]) -> None:
    path = good.with_name("letter.txt")
    path.write_text("Sayın ilgili")

    assert refused(path, empty) == "letter.txt is no backup of LMP."
    assert refused(good.with_name("nowhere.zip"), empty).startswith("There is no file")
