"""A course as one ZIP file: its canonical files out, and in through the one door for archives."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError

from lmp.content.document import CourseDocument
from lmp.content.files.writer import canonical_files
from lmp.content.files.yamltext import read_yaml
from lmp.content.texts import Slug
from lmp.core import archive
from lmp.core.archive import BadArchive
from lmp.core.messages import N_, Message

COURSE = "course.yaml"
#: All texts of a course together; the largest course we have holds a ninth of it.
LARGEST_TEXTS = 3_000_000
_TEXTS = (".yaml", ".md")
_SLUG: TypeAdapter[str] = TypeAdapter(Slug)
#: The folder of a course that does not say how it is called.
_NAMELESS = "course"


def pack_course(document: CourseDocument, media: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The course's files in a folder of its name, as an archive in pieces; the same course is the same bytes.

    `media` are names and contents; where they come one by one, in the order of names, only one of them is held at a time.
    """
    pairs = sorted(media.items()) if isinstance(media, Mapping) else media
    return archive.pack(_named(document, pairs))


def _named(document: CourseDocument, media: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Every file of the course under its name in the archive."""
    for name, content in sorted(canonical_files(document).items()):
        yield f"{document.slug}/{name}", content
    for name, content in media:
        yield f"{document.slug}/media/{name}", content


@contextmanager
def unpacked(source: BinaryIO) -> Iterator[Path]:
    """The folder of the course in an archive, named as the course calls itself; it is gone afterwards.

    The files may stand in the archive directly or in one folder. Raises BadArchive.
    """
    with tempfile.TemporaryDirectory(prefix="lmp-take-in-") as beside:
        whole = Path(beside) / "archive"
        whole.mkdir()
        folder = _course_folder(whole, archive.unpack(source, whole))
        named = Path(beside) / "course" / _slug_in(folder)
        named.parent.mkdir()
        yield folder.rename(named)


def _course_folder(whole: Path, names: list[str]) -> Path:
    """Where the course lies in an unpacked archive. Raises BadArchive when it holds no course, several, or too much text."""
    found = [name for name in names if name.rpartition("/")[2] == COURSE and name.count("/") <= 1]
    if not found:
        raise BadArchive(
            "no-course", Message(N_("There is no course in this archive: the file course.yaml is missing."))
        )
    if len(found) > 1:
        sentence = N_("The archive holds several courses (“%(name)s” is one). Import them one by one.")
        raise BadArchive("several", Message(sentence, name=found[1]), found[1])
    top = found[0].removesuffix(COURSE)
    stray = next((name for name in names if not name.startswith(top)), None)
    if stray is not None:
        sentence = N_("“%(name)s” does not lie in the folder of the course. Pack that folder alone.")
        raise BadArchive("stray", Message(sentence, name=stray), stray)
    texts = [name for name in names if name.endswith(_TEXTS)]
    if sum((whole / name).stat().st_size for name in texts) > LARGEST_TEXTS:
        largest = max(texts, key=lambda name: (whole / name).stat().st_size)
        sentence = N_("The texts of the course are too long together; “%(name)s” is the longest of them.")
        raise BadArchive("too-large", Message(sentence, name=largest), largest)
    return whole / top


def _slug_in(folder: Path) -> str:
    """The short name that the course gives itself; the reader refuses one that no course may have."""
    value = read_yaml((folder / COURSE).read_bytes().decode("utf-8-sig", "replace")).value
    slug = value.get("slug") if isinstance(value, dict) else None
    try:
        return _SLUG.validate_python(slug)
    except ValidationError:
        return _NAMELESS
