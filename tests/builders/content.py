"""A small valid course for tests: two units, checks and quizzes, three workplace days, eight criteria."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from lmp.access import Actor, system
from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.files import format_course
from lmp.content.models import CourseVersion, Draft
from lmp.core.db import Bilingual
from lmp.network.models import Centre
from tests.builders.accounts import a_centre, a_trainer, acting

SAMPLE = Path(__file__).parent / "demo-kurs"
#: Units of the sample and the question keys their pages ask, in order.
UNITS = {"hazirlik": ("kategori", "once-dene"), "kayit": ("akim-hesabi", "direnc-birimi")}
#: The questions each unit's quiz draws from.
QUIZ = {"hazirlik": ("kategori", "kesme-sirasi"), "kayit": ("akim-hesabi", "kayit-noktasi")}
#: What to answer, and what not, question by question, as a form sends it.
RIGHT: dict[str, str | list[str]] = {
    "kategori": "b",
    "once-dene": "true",
    "kesme-sirasi": ["a", "b"],
    "akim-hesabi": "10",
    "direnc-birimi": "ohm",
    "kayit-noktasi": "false",
}
WRONG: dict[str, str | list[str]] = {
    "kategori": "a",
    "once-dene": "false",
    "kesme-sirasi": ["c"],
    "akim-hesabi": "5",
    "direnc-birimi": "volt",
    "kayit-noktasi": "true",
}
Change = Callable[[Path], None]
FIRST_NOTE = Bilingual("İlk sürüm", "First version")
BY = system("tests")


@contextmanager
def course_files(
    slug: str = "demo-kurs", centre: str = "smm-ank-cezeri", field: str = "elektrik-elektronik"
) -> Iterator[Path]:
    """The sample's files in a folder of their own, for another slug, centre or field; tests may edit them."""
    with tempfile.TemporaryDirectory(prefix="lmp-course-") as beside:
        folder = Path(beside) / slug
        shutil.copytree(SAMPLE, folder)
        edit(
            folder / "course.yaml",
            ("slug: demo-kurs", f"slug: {slug}"),
            ("centre: smm-ank-cezeri", f"centre: {centre}"),
            ("fields: [elektrik-elektronik]", f"fields: [{field}]"),
        )
        yield folder


def edit(path: Path, *replacements: tuple[str, str]) -> None:
    """Replace texts in a file; each must be there."""
    text = path.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, f"{old!r} is not in {path.name}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def a_draft(
    author: Person,
    centre: Centre | None = None,
    slug: str = "demo-kurs",
    field: str = "elektrik-elektronik",
    change: Change | None = None,
) -> Draft:
    """The sample imported as a draft of a centre; `change` edits its files before."""
    with course_files(slug, (centre or a_centre()).slug, field) as folder:
        if change is not None:
            change(folder)
            format_course(folder)
        service.import_course(folder, author=author, by=BY)
    return service.draft(slug)


def a_published_course(
    by_reviewer: Actor | None = None,
    author: Person | None = None,
    centre: Centre | None = None,
    slug: str = "demo-kurs",
    field: str = "elektrik-elektronik",
    change: Change | None = None,
) -> CourseVersion:
    """The sample imported for `author` and published by a reviewer; author and reviewer are made where not given."""
    centre = centre or a_centre()
    draft = a_draft(author or a_trainer(centre, "Yazar Demo"), centre, slug, field, change)
    reviewer = by_reviewer or acting(a_trainer(centre, "İnceleyen Demo"))
    return service.publish(draft, by=reviewer, note=FIRST_NOTE)


def quiz_settings(**settings: object) -> Change:
    """A change that adds settings to the quiz of the first unit."""
    written = "".join(f", {name}: {value}" for name, value in settings.items())

    def change(folder: Path) -> None:
        edit(
            folder / "units" / "01-hazirlik" / "tr.md",
            ("quiz: {draw: 2, pass: 50}", f"quiz: {{draw: 2, pass: 50{written}}}"),
        )

    return change


def questions_in_rows(folder: Path) -> None:
    """Put a matching and an ordering question in the place of the first unit's checks."""
    path = folder / "units" / "01-hazirlik" / "questions.yaml"
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    for question in found:
        if question["key"] == "kategori":
            _without_options(question, "matching")
            question["pairs"] = [
                {"id": one, "left": _said(f"CAT {one}"), "right": _said(f"Yer {one}", f"Place {one}")}
                for one in ("ii", "iii", "iv")
            ]
            question["others"] = [{"id": "yok", "text": _said("Hiçbir yer", "No place")}]
        if question["key"] == "once-dene":
            _without_options(question, "ordering")
            question["items"] = [
                {"id": one, "text": _said(f"Adım {one}", f"Step {one}")} for one in ("kes", "kilitle", "olc")
            ]
    path.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _without_options(question: dict[str, object], kind: str) -> None:
    """Make a question of another kind, which it is not yet complete for."""
    for key in ("options", "correct"):
        question.pop(key, None)
    question["kind"] = kind
    question["translation"] = {"from": "?", "state": "reviewed"}


def _said(turkish: str, english: str = "") -> dict[str, str]:
    """A text in both languages, the same in both where only one is given."""
    return {"tr": turkish, "en": english or turkish}
