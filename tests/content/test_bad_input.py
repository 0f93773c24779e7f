"""Folders with something wrong in them: named with file and line, nothing of that course imported, the others unharmed."""

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from PIL import Image

from lmp.access import Actor
from lmp.content import commands, service
from lmp.core import db
from tests.builders.content import course_files, edit

UNIT = "units/01-hazirlik"
TURKISH, ENGLISH, QUESTIONS = f"{UNIT}/tr.md", f"{UNIT}/en.md", f"{UNIT}/questions.yaml"
DRAWING = "media/baglanti.svg"
MB = 1_000_000


class Planted(NamedTuple):
    """What is wrong, how it is planted, and where it must be found: a file with its line, and words of the sentence."""

    name: str
    plant: Callable[[Path], object]
    place: str
    words: str


def _edit(file: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda folder: edit(folder / file, (old, new))


def _write(file: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / file).write_bytes(content)


def _as(kind: str, content: bytes) -> Callable[[Path], object]:
    """The picture of the first unit under another ending, with this content."""

    def plant(folder: Path) -> None:
        (folder / DRAWING).unlink()
        edit(folder / TURKISH, ("file=baglanti.svg", f"file=baglanti.{kind}"))
        (folder / f"media/baglanti.{kind}").write_bytes(content)

    return plant


def _large(file: str, size: int = 50 * MB) -> Callable[[Path], object]:
    """A file of so many bytes that takes no room on the disk."""

    def plant(folder: Path) -> None:
        with (folder / file).open("wb") as made:
            made.truncate(size)

    return plant


def _many(folder: Path) -> None:
    for number in range(6):
        _large(f"media/film-{number}.mp4", 19 * MB)(folder)


def _link(file: str, to: str) -> Callable[[Path], object]:
    def plant(folder: Path) -> None:
        path = folder / file
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.symlink_to(to)

    return plant


def _linked_folder(folder: Path) -> None:
    shutil.move(folder, folder.parent.parent / "elsewhere")
    folder.symlink_to(folder.parent.parent / "elsewhere")


def _picture(form: str, size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    Image.new("1" if form == "PNG" else "RGB", size).save(out, form)
    return out.getvalue()


def _unnameable(folder: Path) -> None:
    path = os.path.join(os.fsencode(folder), b"media", b"a\x1b[2J\xff.svg")
    with open(path, "wb") as made:
        made.write(b"<svg/>")


PLANTED = [
    # Broken files
    Planted("broken YAML", _edit("course.yaml", "title:", "title: ["), "course.yaml:9", "This is not YAML"),
    Planted("broken YAML in a block", _edit(TURKISH, "alt: ", "alt: ["), f"{TURKISH}:20", "This is not YAML"),
    Planted("a bomb of aliases", _edit("course.yaml", "format: 1", "format: &a 1"), "course.yaml:1", "Anchors"),
    Planted(
        "a tag that runs", _edit("course.yaml", "shape: ", "shape: !!python/name:os.system "), "course.yaml:5", "Tags"
    ),
    Planted("deep nesting", _write("glossary.yaml", b"- " * 400_000), "glossary.yaml:1", "nested too deeply"),
    Planted("other bytes", _write("glossary.yaml", b"- term:\n    tr: \xff\n"), "glossary.yaml:2", "not UTF-8"),
    Planted("no course.yaml", lambda folder: (folder / "course.yaml").unlink(), "course.yaml:1", "missing"),
    Planted("no units", lambda folder: shutil.rmtree(folder / "units"), "course.yaml:1", "no unit"),
    Planted("a block that never ends", _edit(TURKISH, "olan geçerlidir.\n:::", "olan."), f"{TURKISH}:9", "not closed"),
    # Keys and names
    Planted(
        "an unknown key",
        _edit("course.yaml", "shape: ", "colour: red\nshape: "),
        "course.yaml:5",
        "“colour” is not known",
    ),
    Planted(
        "an unknown key of a block",
        _edit(TURKISH, "#baglanti ", "#baglanti size=9 "),
        f"{TURKISH}:18",
        "“size” is not known",
    ),
    Planted(
        "a key twice", _edit("course.yaml", "shape: ", "slug: x\nshape: "), "course.yaml:5", "“slug” stands here twice"
    ),
    Planted("an id twice", _edit(TURKISH, "#baglanti", "#kategori"), f"{TURKISH}:18", "“kategori” is used twice"),
    Planted(
        "a question twice",
        _edit(QUESTIONS, "key: once-dene", "key: kategori"),
        f"{QUESTIONS}:33",
        "“kategori” is used twice",
    ),
    Planted(
        "a unit twice",
        lambda folder: shutil.copytree(folder / UNIT, folder / "units/03-hazirlik"),
        "units/03-hazirlik/tr.md:1",
        "used twice",
    ),
    Planted("a kind there is not", _edit(TURKISH, "::: image", "::: podcast"), f"{TURKISH}:18", "no kind of block"),
    Planted(
        "a number that is none",
        _edit("course.yaml", "pass_mark: ", "pass_mark: 1e999 # "),
        "course.yaml",
        "whole number",
    ),
    # Languages
    Planted(
        "a source that is no language",
        _edit("course.yaml", "source: tr", "source: de"),
        "course.yaml:6",
        "is expected here: tr, en",
    ),
    Planted(
        "a text in a third language",
        _edit("course.yaml", "  en: Safe", "  de: Messen\n  en: Safe"),
        "course.yaml:9",
        "“de” is not known",
    ),
    Planted(
        "a file in a third language",
        lambda folder: shutil.copy(folder / ENGLISH, folder / UNIT / "de.md"),
        f"{UNIT}/de.md:1",
        "other languages",
    ),
    # Media
    Planted("a missing picture", lambda folder: (folder / DRAWING).unlink(), f"{TURKISH}:18", "no file “baglanti.svg”"),
    Planted(
        "a program named as a picture", _as("png", b"MZ\x90\x00"), "media/baglanti.png:1", "not what its name says"
    ),
    Planted("a page named as a picture", _as("jpg", b"<html>"), "media/baglanti.jpg:1", "not what its name says"),
    Planted(
        "a picture of another form", _as("png", _picture("JPEG")), "media/baglanti.png:1", "not what its name says"
    ),
    Planted("a picture cut off", _as("jpg", _picture("JPEG")[:200]), "media/baglanti.jpg:1", "damaged"),
    Planted("a picture in name only", _as("png", b"\x89PNG\r\n\x1a\n<script>"), "media/baglanti.png:1", "damaged"),
    Planted("a bomb of pixels", _as("png", _picture("PNG", (9_000, 9_000))), "media/baglanti.png:1", "too many pixels"),
    Planted(
        "a drawing that acts",
        _write(DRAWING, b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        f"{DRAWING}:1",
        "<script>",
    ),
    Planted("a drawing that is none", _write(DRAWING, b"MZ"), f"{DRAWING}:1", "not"),
    Planted("a file of no kind we know", _write("media/x.exe", b"MZ"), "media/x.exe:1", "is named in small letters"),
    Planted("a name that moves the cursor", _unnameable, "media/a?[2J?.svg:1", "is named in small letters"),
    # Ways out of the folder
    Planted(
        "a path upwards",
        _edit(TURKISH, "file=baglanti.svg", "file=../../x.svg"),
        f"{TURKISH}:18",
        "is named in small letters",
    ),
    Planted(
        "an absolute path",
        _edit(TURKISH, "file=baglanti.svg", "file=/etc/x.svg"),
        f"{TURKISH}:18",
        "is named in small letters",
    ),
    Planted(
        "a slug that is a path", _edit("course.yaml", "slug: demo-kurs", "slug: ../x"), "course.yaml:2", "small letters"
    ),
    Planted("a linked picture", _link(DRAWING, "/etc/hostname"), f"{DRAWING}:1", "Links are not followed"),
    Planted("a linked text", _link("glossary.yaml", "/etc/hostname"), "glossary.yaml:1", "Links are not followed"),
    Planted("linked units", _link("units", "/etc"), "units:1", "Links are not followed"),
    Planted("a link in a ring", _link("media", "media"), "media:1", "Links are not followed"),
    Planted("a linked course", _linked_folder, "course.yaml:1", "Links are not followed"),
    # Sizes
    Planted("50 MB of YAML", _large("course.yaml"), "course.yaml:1", "too large"),
    Planted("50 MB of text", _large(TURKISH), f"{TURKISH}:1", "too large"),
    Planted("50 MB of drawing", _large(DRAWING), f"{DRAWING}:1", "too large"),
    Planted("50 MB of film", _large("media/film.mp4"), "media/film.mp4:1", "too large"),
    Planted("six films of 19 MB", _many, "media:1", "together are too large"),
]


@pytest.fixture
def courses(app: Flask) -> Iterator[Path]:
    """A folder with two courses: one that gets something planted, and one after it that is sound."""
    with course_files() as folder, course_files("saglam") as sound:
        together = folder.parent / "courses"
        together.mkdir()
        for one in (folder, sound):
            shutil.move(one, together / one.name)
        yield together


def _import(courses: Path) -> int:
    return commands.import_courses(courses, [], author=None, reviewer=None, publish=False)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_course_with_something_wrong_is_not_imported_and_the_next_one_is(
    courses: Path, capsys: pytest.CaptureFixture[str], planted: Planted
) -> None:
    planted.plant(courses / "demo-kurs")
    assert _import(courses) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("demo-kurs: Nothing was imported because of ")
    found = [line for line in said if line.startswith(f"  {planted.place}")]
    assert any(planted.words in line for line in found), said
    assert "saglam: draft revision 1" in said
    with db.reading():
        assert service.find_draft("demo-kurs") is None
        assert service.find_draft("saglam") is not None


def test_every_mistake_of_a_course_is_named_at_once(courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    together = ("an unknown key of a block", "a question twice", "50 MB of film", "a source that is no language")
    chosen = [planted for planted in PLANTED if planted.name in together]
    for planted in chosen:
        planted.plant(courses / "demo-kurs")
    edit(courses / "demo-kurs/course.yaml", ("smm-ank-cezeri", "yok-merkez"))
    assert _import(courses) == 1
    said = capsys.readouterr().out
    for planted in chosen:
        assert f"  {planted.place}: " in said
    assert "  course.yaml:3: There is no centre “yok-merkez”." in said


def test_a_mistake_that_comes_later_leaves_the_draft_as_it_was(courses: Path) -> None:
    assert _import(courses) == 0
    with db.reading():
        before = service.draft("demo-kurs").hash
    edit(courses / "demo-kurs/practical.yaml", ("minutes: 60", "minutes: 61"))
    edit(courses / "demo-kurs/course.yaml", ("tr: Atölyede güvenli ölçüm", "tr: Başka"))
    assert _import(courses) == 1
    with db.reading():
        draft = service.draft("demo-kurs")
        assert (draft.hash, draft.revision) == (before, 1)


def test_a_text_in_the_other_language_is_found_by_the_check_on_its_line(
    courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = courses / "demo-kurs" / TURKISH
    text = path.read_text("utf-8")
    body = text[text.index("## Ölçüm") : text.index("\n:::\n\n::: image")]
    english = (courses / "demo-kurs" / ENGLISH).read_text("utf-8")
    edit(path, (body, english[english.index("## ") : english.index("\n:::\n")]))
    assert commands.check(courses, ["demo-kurs"]) == 1
    said = [line for line in capsys.readouterr().out.splitlines() if line.endswith("[language]")]
    assert any(line.startswith(f"  demo-kurs/{TURKISH}:") and "error: kategori: " in line for line in said), said


@pytest.mark.parametrize("name", ["../courses/saglam", "/etc", "saglam/", ".", ""])
def test_a_path_is_no_name_of_a_course(courses: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert commands.import_courses(courses, [name], author=None, reviewer=None, publish=False) == 2
    assert "There is no course" in capsys.readouterr().out


def test_a_centre_and_fields_that_do_not_exist_are_named_with_their_line_beside_every_other_mistake(
    database: db.Scope, by: Actor
) -> None:
    with course_files() as folder:
        edit(folder / "practical.yaml", ("minutes: 60", "minutes: 61"))
        edit(folder / "course.yaml", ("smm-ank-cezeri", "nowhere"), ("[elektrik-elektronik]", "[nothing, gida]"))
        with pytest.raises(service.NotImportable) as refused:
            service.import_course(folder, author=None, by=by)
    found = [(one.file, one.line, one.where, one.rule) for one in refused.value.problems]
    assert found == [
        ("course.yaml", 3, "centre", "unknown-name"),
        ("course.yaml", 4, "fields.0", "unknown-name"),
        ("course.yaml", 16, "minutes.practical", "minutes"),
    ]
