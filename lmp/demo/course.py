"""The demo's course: imported and published as every course is, and a second draft that waits for its reviewer."""

import shutil
import tempfile
from pathlib import Path

from lmp.content import service as content
from lmp.content.files import format_course
from lmp.content.models import CourseVersion
from lmp.core.db import Bilingual
from lmp.demo.people import Cast

SLUG = "elektrik-elektronik"
FIRST_NOTE = Bilingual("İlk sürüm", "First version")
#: The block that the second draft adds a paragraph to, and what it adds.
_UNIT, BLOCK = "01-pano-yapisi", "isinma"
_ADDED = {
    "tr": "Hesabı bitirince hangi imalatçı belgesinin hangi tarihli baskısını kullandığınızı da yazın; "
    "kayıp değerleri baskıdan baskıya değişir.",
    "en": "When the calculation is done, also write down which maker's document you used and the date of its edition; "
    "loss values change from one edition to the next.",
}


def publish_first(courses: Path, cast: Cast) -> CourseVersion:
    """The course as its files are: written by egitimgorevlisi, published by inceleyen."""
    content.import_course(courses / SLUG, author=cast.person("egitimgorevlisi"), by=cast.actor("egitimgorevlisi"))
    return content.publish(content.draft(SLUG), by=cast.actor("inceleyen"), note=FIRST_NOTE)


def draft_second(courses: Path, cast: Cast) -> None:
    """A small change in both languages, made in files like every other, that nobody has reviewed yet."""
    with tempfile.TemporaryDirectory(prefix="lmp-demo-") as beside:
        folder = Path(beside) / SLUG
        shutil.copytree(courses / SLUG, folder)
        for lang, paragraph in _ADDED.items():
            _add_paragraph(folder / "units" / _UNIT / f"{lang}.md", paragraph)
        format_course(folder)
        content.import_course(folder, author=cast.person("egitimgorevlisi"), by=cast.actor("egitimgorevlisi"))


def _add_paragraph(path: Path, paragraph: str) -> None:
    """Add a paragraph at the end of the block; the mark of what it was translated from goes, the formatter makes it anew."""
    head, opening, rest = path.read_text(encoding="utf-8").partition(f"::: text #{BLOCK}")
    attributes, _, body = rest.partition("\n")
    said, closing, after = body.partition("\n:::\n")
    if not (opening and closing):
        raise LookupError(f"{path.name} has no text block #{BLOCK}")
    kept = "".join(f" {one}" for one in attributes.split() if not one.startswith("from="))
    path.write_text(f"{head}{opening}{kept}\n{said}\n\n{paragraph}{closing}{after}", encoding="utf-8")
