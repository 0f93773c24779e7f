"""Archives that must not come in: each is refused by name, quickly, in little memory, and leaves nothing behind."""

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from lmp.config import ROOT
from lmp.content.document import CourseDocument, canonical
from lmp.content.files import canonical_files, read
from lmp.content.files.archive import pack_course, unpacked
from lmp.core import messages
from lmp.core.archive import BadArchive
from tests.content.hostile import DESCRIBED, HOSTILE, SMALL, Entry, a_course, archive
from tests.content.samples import MEDIA, course

GOAL_SECONDS, GOAL_MB = 1.0, 64
#: Tries every archive of a folder: what was said, how long it took, and the most memory beyond what a sound course needs.
#: Linux hands the figure of getrusage on from the process that starts another, so the kernel's own peak is read.
_CHILD = """
import json, re, sys, time
from pathlib import Path
from tests.content.test_hostile_archives import refusal
from tests.content.hostile import a_course
def most(): return int(re.search("VmHWM:\\s*([0-9]+)", Path("/proc/self/status").read_text())[1]) / 1024
refusal(a_course())
before, found = most(), {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    began = time.process_time()
    with path.open("rb") as file:
        said = refusal(file)
    found[path.name] = [*said, time.process_time() - began, most() - before]
print(json.dumps(found))
"""


def refusal(data: bytes | io.BufferedReader) -> tuple[str, str]:
    """The rule an archive breaks, and the sentence about it; both empty when it may come in."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    try:
        with unpacked(source) as folder:
            errors = [one for one in read(folder).problems if one.severity == "error"]
    except BadArchive as bad:
        return bad.rule, messages.text(bad.message, "en")
    return (errors[0].rule, f"{errors[0].file}: {messages.text(errors[0].message, 'en')}") if errors else ("", "")


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str, float, float]]:
    """Every archive, tried by a process of its own that has nowhere to write but one folder."""
    folder, room = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("room")
    for name, (_rule, _part, build) in HOSTILE.items():
        (folder / name).write_bytes(build())
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(folder)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(room)}, capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert list(room.iterdir()) == [], "something was left behind"
    found: dict[str, tuple[str, str, float, float]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_by_name_within_a_second_and_64_mb(
    name: str, tried: dict[str, tuple[str, str, float, float]]
) -> None:
    rule, part, _build = HOSTILE[name]
    found, sentence, seconds, megabytes = tried[name]
    assert (found, part in sentence) == (rule, True), sentence
    assert seconds < GOAL_SECONDS
    assert megabytes < GOAL_MB


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
