"""Whatever a course says and whatever its files hold: its archive brings back the same, and is the same archive each time."""

import io
from datetime import date
from pathlib import Path
from zipfile import ZipFile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lmp.content.document import CourseDocument, canonical
from lmp.content.files import canonical_files, read
from lmp.content.files.archive import pack_course, unpacked
from tests.builders.workplace import today_is
from tests.content.generated import documents, media

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _packed(document: CourseDocument, files: dict[str, bytes]) -> bytes:
    return b"".join(pack_course(document, files))


@given(document=documents(), files=media())
@settings(max_examples=25, deadline=None, suppress_health_check=_SLOW)
def test_a_course_and_its_files_come_back_from_an_archive_byte_for_byte(
    document: CourseDocument, files: dict[str, bytes]
) -> None:
    named = {name: data for name, data in files.items() if name in document.media_names()}
    with unpacked(io.BytesIO(_packed(document, named))) as folder:
        assert folder.name == document.slug
        assert _files(folder) == canonical_files(document) | {f"media/{name}": data for name, data in named.items()}
        reading = read(folder)
        assert reading.is_whole, [each for each in reading.problems if each.severity == "error"]
        assert reading.document is not None
        assert canonical(reading.document) == canonical(document)
        assert {name: path.read_bytes() for name, path in reading.folder.media.items()} == named
        again = {name: path.read_bytes() for name, path in reading.folder.media.items()}
        assert _packed(reading.document, again) == _packed(document, named)


@given(document=documents(), files=media(), data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=_SLOW)
def test_the_same_course_is_the_same_archive_on_any_day_and_in_any_order(
    document: CourseDocument, files: dict[str, bytes], data: st.DataObject
) -> None:
    made = _packed(document, files)
    shuffled = {name: files[name] for name in data.draw(st.permutations(sorted(files)))}
    parsed = CourseDocument.model_validate_json(canonical(document))
    with today_is(date(2031, 5, 1)):
        assert _packed(parsed, shuffled) == made
    with ZipFile(io.BytesIO(made)) as opened:
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert opened.testzip() is None
