"""Archives that must not come in: each is refused by name, quickly, in little memory, and leaves nothing behind."""

import io
import tempfile
from pathlib import Path

import pytest

from lmp.content.document import CourseDocument, canonical
from lmp.content.files import canonical_files
from lmp.content.files.archive import pack_course, unpacked
from tests.content.hostile import DESCRIBED, HOSTILE, SMALL, Entry, a_course, archive
from tests.content.refused import Tried, refusal, tried
from tests.content.samples import MEDIA, course

GOAL_SECONDS, GOAL_MB = 1.0, 64


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tried]:
    """Every archive, tried."""
    return tried(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_by_name_within_a_second_and_64_mb(name: str, found: dict[str, Tried]) -> None:
    rule, part, _build = HOSTILE[name]
    assert (found[name].rule, part in found[name].sentence) == (rule, True), found[name].sentence
    assert found[name].seconds < GOAL_SECONDS
    assert found[name].megabytes < GOAL_MB


def test_a_link_in_the_way_is_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    data = archive(
        Entry(name=b"kurs/media", mode=0o120777, content=str(outside).encode()), Entry(name=b"kurs/media/a.svg")
    )
    assert refusal(data)[0] == "link"
    assert list(outside.iterdir()) == []


def test_nothing_stays_when_the_last_file_is_the_bad_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert refusal(archive(SMALL, Entry(name=b"kurs/z.md", said_crc=1)))[0] == "damaged"
    assert list(tmp_path.iterdir()) == []


def test_an_honest_archive_comes_in_however_it_was_packed() -> None:
    files = canonical_files(course()) | {f"media/{n}": d for n, d in MEDIA.items()}
    folders = [
        Entry(name=b"units/", content=b"", method=0, mode=0o040755),
        Entry(name=b"media/", content=b"", method=0, mode=0),
    ]
    for flags in (0, DESCRIBED):
        entries = [Entry(name=name.encode(), content=data, flags=flags) for name, data in files.items()]
        strays = [Entry(name=b"__MACOSX/._course.yaml", content=b"\x00\x05\x16\x07"), Entry(name=b".DS_Store")]
        assert refusal(archive(*folders, *entries)) == ("", "")
        assert refusal(archive(*entries, *strays)) == ("", "")


def test_a_course_comes_back_from_its_archive_byte_for_byte_and_is_always_the_same_archive() -> None:
    made = b"".join(pack_course(course(), MEDIA))
    assert made == b"".join(pack_course(CourseDocument.model_validate_json(canonical(course())), MEDIA))
    with unpacked(io.BytesIO(made)) as folder:
        found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert folder.name == "ornek-kurs"
    assert found == canonical_files(course()) | {f"media/{name}": data for name, data in MEDIA.items()}
    assert not folder.exists()


def test_a_sound_course_is_not_refused() -> None:
    assert refusal(a_course()) == ("", "")
