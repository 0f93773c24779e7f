"""Course files: every mistake on its line, one canonical form, nothing lost between files and document."""

import os
import shutil
from pathlib import Path

import pytest

from lmp.content.files import CourseUnreadable, check_course, format_course, read_course, write_course
from tests.content.samples import MEDIA, course, course_folder, media_in, text, unit

UNIT = "units/01-pano"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample course as files."""
    return course_folder(tmp_path)


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first `old` in a file by `new`."""
    path = folder / name
    content = path.read_text("utf-8")
    assert old in content, f"{old!r} is not in {name}"
    path.write_text(content.replace(old, new, 1), "utf-8")


def line_of(folder: Path, name: str, snippet: str) -> int:
    """The line on which a snippet first stands."""
    content = (folder / name).read_text("utf-8")
    return content[: content.index(snippet)].count("\n") + 1


def seen(folder: Path) -> set[tuple[str, int, str]]:
    """File, line and rule of every problem."""
    return {(problem.file, problem.line, problem.rule) for problem in read_course(folder)[1]}


def test_a_canonical_course_has_no_problems(folder: Path) -> None:
    assert check_course(folder) == []
    document, problems, media = read_course(folder)
    assert document == course()
    assert problems == []
    assert set(media) == set(MEDIA)


def test_writing_what_was_read_changes_no_byte(folder: Path, tmp_path: Path) -> None:
    document, _, media = read_course(folder)
    assert document
    copy = tmp_path / "copy" / "ornek-kurs"
    write_course(document, media, copy)
    names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(copy) for path in copy.rglob("*") if path.is_file())
    assert [(folder / name).read_bytes() for name in names] == [(copy / name).read_bytes() for name in names]
    assert write_course(document, media, copy) == []


def test_files_look_as_the_format_describes_them(folder: Path) -> None:
    turkish = (folder / UNIT / "tr.md").read_text("utf-8")
    assert turkish.startswith(
        "---\ntitle: Panonun yapısı\nsummary: Bir panoyu tanırsınız.\nminutes: 90\noutcomes: [o1]\n"
    )
    assert "quiz: {draw: 3, pass: 60}\n---\n\n::: text #giris\n## Giriş\n\nPano **budur**.\n:::\n\n" in turkish
    assert "::: video #tanitim file=tanitim.mp4 captions=tanitim.tr.vtt\n" in turkish
    assert "transcript: |\n  Merhaba.\n\n  Hoş geldiniz.\n:::\n" in turkish
    assert '::: image #tek-hat file=tek-hat.svg\nalt: "Bir kare: boş"\n' in turkish
    english = (folder / UNIT / "en.md").read_text("utf-8")
    assert "::: question #kontrol\n:::\n" in english
    assert "::: image #tek-hat file=tek-hat.en.svg from=" in english
    assert " state=reviewed\n" in english
    assert "outcomes" not in english


QUESTIONS, TURKISH, ENGLISH = f"{UNIT}/questions.yaml", f"{UNIT}/tr.md", f"{UNIT}/en.md"

#: File, what stands there, what is put in its place, what then stands on the reported line, and the rule.
MISTAKES = [
    ("course.yaml", "pass_mark: 70", "pass_mark: seventy", "pass_mark: seventy", "type"),
    ("course.yaml", "licence:", "colour: red\nlicence:", "colour: red", "unknown-key"),
    ("course.yaml", "\n  en: You test a panel.", "", "summary:", "translation-missing"),
    ("course.yaml", "shape: workplace\n", "", "format:", "missing-key"),
    (QUESTIONS, "key: soru-2", "key: soru-1", "key: soru-1\n  id: 00000000-0000-0000-0000-000000000002", "duplicate"),
    (
        QUESTIONS,
        "use: both",
        "use: both\n  use: quiz",
        "use: quiz\n  difficulty: 2\n  prompt:\n    tr: Soru 3",
        "duplicate-key",
    ),
    (QUESTIONS, "value: 32", "value: '32'", "value: '32'", "type"),
    (QUESTIONS, "tr: Soru 5 nedir?", "tr: 12", "tr: 12", "type"),
    (TURKISH, "::: file #form", "::: podcast #form", "::: podcast #form", "unknown-kind"),
    (TURKISH, "file=pano.jpg", "file=yok.jpg", "file=yok.jpg", "missing-media"),
    (TURKISH, "file=tanitim.mp4", "file=../tanitim.mp4", "file=../tanitim.mp4", "unsafe-path"),
    (TURKISH, "Ölçün.\n:::", "Ölçün.", "::: text #devam", "unclosed"),
    (TURKISH, "title: Tanıtım", "title: [1]", "title: [1]", "type"),
    (TURKISH, "tone=safety", "tone=loud", "tone=loud", "type"),
    (TURKISH, "ask=soru-1", "ask=soru-77", "ask=soru-77", "unknown-question"),
    (ENGLISH, "::: file #form", "::: file #blank", "::: file #blank", "one-language"),
    (ENGLISH, "::: task #gorev", "::: task #gorev minutes=30", "minutes=30", "only-in-tr"),
    (ENGLISH, "caption: Square\n", "", "::: image #tek-hat", "translation-missing"),
    ("workplace.yaml", "photos: true", "photos: [true", "days:", "yaml"),
    ("practical.yaml", "points: 2", "points: 0", "levels:", "levels"),
]


def test_many_mistakes_are_all_reported_at_once_with_their_lines(folder: Path) -> None:
    for name, old, new, _, _ in MISTAKES:
        edit(folder, name, old, new)
    expected = {(name, line_of(folder, name, there), rule) for name, _, _, there, rule in MISTAKES}
    (folder / "media/form.pdf").write_bytes(b"MZ not a document")
    (folder / "glossary.yaml").write_bytes(b"- term:\n    en: x\n    tr: \xfe\n")
    expected |= {("media/form.pdf", 1, "magic"), ("glossary.yaml", 3, "encoding")}
    document, problems, _ = read_course(folder)
    assert document is None
    assert expected - seen(folder) == set()
    surplus = [each for each in problems if (each.file, each.line, each.rule) not in expected]
    assert {each.rule for each in surplus} == {"unused-media", "unused-question", "translation-stale"}


@pytest.mark.parametrize(("name", "old", "new", "there", "rule"), MISTAKES)
def test_one_mistake_is_reported_once_on_its_line(
    folder: Path, name: str, old: str, new: str, there: str, rule: str
) -> None:
    edit(folder, name, old, new)
    errors = [problem for problem in read_course(folder)[1] if problem.severity == "error"]
    assert (name, line_of(folder, name, there), rule) in {(each.file, each.line, each.rule) for each in errors}


@pytest.mark.parametrize(
    ("name", "content", "line", "rule"),
    [
        ("course.yaml", b"format: 1\n  slug: x\n", 2, "yaml"),
        ("course.yaml", b"", 1, "type"),
        ("course.yaml", b"- a\n", 1, "type"),
        ("course.yaml", b"a: 1\n---\nb: 2\n", 2, "yaml"),
        ("course.yaml", b"slug: \xff\n", 1, "encoding"),
        ("course.yaml", b"a: &x 1\nb: *x\n", 2, "yaml-alias"),
        ("course.yaml", b"a: !!python/object/apply:os.system [id]\n", 1, "yaml-tag"),
        ("course.yaml", b"a:\n  b: " + b"[" * 300_000, 2, "yaml"),
        ("course.yaml", b"? [a]\n: b\n", 1, "yaml"),
        ("course.yaml", b"a: \x07\n", 1, "yaml"),
        ("course.yaml", b"x" * 1_000_001, 1, "too-large"),
        (TURKISH, b"no front matter\n", 1, "front-matter"),
        (TURKISH, b"---\ntitle: x\n\n::: text #a\n:::\n", 1, "front-matter"),
        (TURKISH, b"---\ntitle: x\n---\nlost\n", 4, "outside"),
        (TURKISH, b"---\ntitle: x\n---\n:::\n", 4, "fence"),
        (TURKISH, b"---\ntitle: x\n---\n::: text giris\n:::\n", 4, "fence"),
        (TURKISH, b"---\ntitle: x\n---\n::: image #a file\n:::\n", 4, "fence"),
        (TURKISH, b"---\ntitle: x\n---\n::: image #a file=a.svg file=b.svg\n:::\n", 4, "duplicate-key"),
        (TURKISH, b"---\ntitle: x\n---\n::: image #a file=a.svg\nalt: [\n:::\n", 6, "yaml"),
        (TURKISH, b"---\ntitle: x\n---\n::: image #a file=a.svg\njust words\n:::\n", 4, "body"),
        (TURKISH, b"---\ntitle: x\n---\n::: question #a ask=soru-1\nx: y\n:::\n", 4, "body"),
        (TURKISH, b"---\ntitle: x\n---\n::: image #a file=a.svg\nalt: x\nsize: y\n:::\n", 6, "unknown-key"),
        (TURKISH, b"---\ntitle: x\n---\n::: note #a tone=tip colour=red\n:::\n", 4, "unknown-key"),
        (TURKISH, b"---\ntitle: x\n---\n::: task #a minutes=soon\n:::\n", 4, "type"),
        (TURKISH, b"---\ntitle: x\n---\n::: task #a\n:::\n", 4, "missing-key"),
        (TURKISH, b"---\ntitle: x\n---\n::: text #A\nb\n:::\n", 4, "type"),
        (QUESTIONS, b"- key: a\n  kind: essay\n", 1, "unknown-kind"),
        (QUESTIONS, b"- key: a\n", 1, "type"),
        (QUESTIONS, b"key: a\n", 1, "type"),
        ("media/x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", 1, "svg"),
        ("media/x.png", b"GIF89a", 1, "magic"),
        ("media/x.exe", b"MZ", 1, "file-name"),
        ("media/Büyük.png", b"", 1, "file-name"),
        ("media/x.mp4", b"0" * 20_000_001, 1, "too-large"),
        ("units/giris/tr.md", b"", 1, "unit-folder"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(
    folder: Path, name: str, content: bytes, line: int, rule: str
) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    reported = "units/giris" if rule == "unit-folder" else name
    assert (reported, line, rule) in seen(folder)
    assert read_course(folder)[0] is None


def test_a_mistake_in_a_file_block_stands_on_its_own_line_although_kind_and_key_have_one_name(folder: Path) -> None:
    edit(folder, TURKISH, "title: Ölçüm formu", "title: [1]")
    assert (TURKISH, line_of(folder, TURKISH, "title: [1]"), "type") in seen(folder)


def test_links_are_never_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF-1.7")
    (folder / "media/form.pdf").unlink()
    (folder / "media/form.pdf").symlink_to(secret)
    (folder / "units/02-link").symlink_to(folder / UNIT)
    (folder / "glossary.yaml").unlink()
    (folder / "glossary.yaml").symlink_to(secret)
    document, _, media = read_course(folder)
    assert document is None
    assert "form.pdf" not in media
    links = {name for name, _, rule in seen(folder) if rule == "link"}
    assert links == {"media/form.pdf", "units/02-link", "glossary.yaml"}


def test_writing_never_goes_through_a_link(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(folder / "units")
    (folder / "units").symlink_to(outside)
    with pytest.raises(OSError, match="behind a link"):
        write_course(course(), media_in(tmp_path / "media"), folder)
    assert list(outside.rglob("*.md")) == []


@pytest.mark.parametrize("missing", ["course.yaml", TURKISH, ENGLISH])
def test_a_missing_file_is_named_without_a_flood_of_follow_ups(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    errors = [each for each in read_course(folder)[1] if each.severity == "error"]
    if missing == ENGLISH:
        assert {each.rule for each in errors} == {"translation-missing"}
        assert read_course(folder)[0] is not None
    else:
        assert (missing, 1, "missing-file") in seen(folder)
        assert len(errors) <= 2


def test_a_course_without_units_says_so(folder: Path) -> None:
    shutil.rmtree(folder / "units")
    assert [each.rule for each in read_course(folder)[1] if each.severity == "error"] == ["missing-file"]


def test_what_does_not_belong_is_a_warning(folder: Path) -> None:
    for name in ("README", "media/notes.d/x", f"{UNIT}/draft.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    found = {(each.file, each.severity) for each in check_course(folder)}
    assert found == {("README", "warning"), ("media/notes.d", "warning"), (f"{UNIT}/draft.md", "warning")}
    assert read_course(folder)[0] == course()


def test_the_folder_is_named_like_the_course(folder: Path) -> None:
    moved = folder.rename(folder.with_name("baska"))
    assert ("course.yaml", 2, "slug") in seen(moved)


def test_yaml_is_read_by_version_1_2(folder: Path) -> None:
    edit(folder, "course.yaml", "tr: Örnek kurs", "tr: no")
    edit(folder, "course.yaml", "en: Sample course", "en: 12:30")
    document = read_course(folder)[0]
    assert document
    assert (document.title.tr, document.title.en) == ("no", "12:30")


def test_hex_digits_that_look_like_a_number_stay_a_mark(folder: Path) -> None:
    english = (folder / ENGLISH).read_text("utf-8")
    for mark in ("123456789012", "12e456789012"):
        changed = english.replace(english[english.index("{from: ") + 7 :][:12], mark, 1)
        (folder / ENGLISH).write_text(changed, "utf-8")
        assert [each.rule for each in read_course(folder)[1]] == ["translation-stale"]


def test_a_reader_forgives_what_only_the_canonical_form_forbids(folder: Path) -> None:
    for name in ("course.yaml", TURKISH):
        content = (folder / name).read_text("utf-8")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + content.replace("\n", "\r\n").encode())
    edit(folder, QUESTIONS, "difficulty: 2", "difficulty:   2   # medium")
    assert read_course(folder)[:2] == (course(), [])
    canonical = {(each.file, each.line, each.rule) for each in check_course(folder)}
    assert canonical == {("course.yaml", 1, "canonical"), (TURKISH, 1, "canonical"), (QUESTIONS, 6, "canonical")}


def test_formatting_brings_back_the_canonical_form_and_names_what_it_changed(folder: Path) -> None:
    before = (folder / QUESTIONS).read_bytes()
    edit(folder, QUESTIONS, "difficulty: 2", "difficulty:   2")
    assert format_course(folder) == [QUESTIONS]
    assert (folder / QUESTIONS).read_bytes() == before
    assert format_course(folder) == []


@pytest.mark.parametrize("opened", ["from=?", "from=000000000000", ""])
def test_formatting_fills_in_open_translation_marks(folder: Path, opened: str) -> None:
    before = (folder / ENGLISH).read_text("utf-8")
    mark = before[before.index("#giris ") + 7 :].partition(" ")[0]
    edit(folder, ENGLISH, f"{mark} state=reviewed", f"{opened} state=reviewed")
    line = line_of(folder, ENGLISH, "#giris")
    assert (ENGLISH, line, "translation-unmarked") in seen(folder)
    assert format_course(folder) == [ENGLISH]
    assert (folder / ENGLISH).read_text("utf-8") == before


def test_formatting_never_hides_a_stale_translation(folder: Path) -> None:
    edit(folder, TURKISH, "Pano **budur**.", "Pano **şudur**.")
    assert format_course(folder) == []
    assert [(each.rule, each.severity, each.file) for each in check_course(folder)] == [
        ("translation-stale", "warning", ENGLISH)
    ]


def test_formatting_keeps_a_course_whose_parts_do_not_fit_together_yet(folder: Path) -> None:
    edit(folder, TURKISH, "draw: 3", "draw:  9")
    assert format_course(folder) == [TURKISH]
    assert (TURKISH, line_of(folder, TURKISH, "draw: 9"), "quiz") in seen(folder)


@pytest.mark.parametrize(("name", "old", "new"), [(TURKISH, "Ölçün.\n:::", "Ölçün."), ("course.yaml", "licence", "x")])
def test_formatting_refuses_to_write_what_it_did_not_understand(folder: Path, name: str, old: str, new: str) -> None:
    edit(folder, name, old, new)
    before = (folder / name).read_bytes()
    with pytest.raises(CourseUnreadable) as refused:
        format_course(folder)
    assert name in {each.file for each in refused.value.problems}
    assert (folder / name).read_bytes() == before


def test_units_are_renumbered_and_old_files_go(folder: Path) -> None:
    (folder / UNIT).rename(folder / "units/07-pano")
    assert {each.rule for each in check_course(folder)} == {"canonical"}
    format_course(folder)
    assert os.listdir(folder / "units") == ["01-pano"]
    assert check_course(folder) == []


@pytest.mark.parametrize("source", ["tr", "en"])
def test_a_draft_without_its_translation_survives_files(tmp_path: Path, source: str) -> None:
    one = {source: "Tek dil"}
    lonely = unit(
        title=one,
        summary=one,
        blocks=[
            {"kind": "text", "id": "a", "body": one},
            {"kind": "image", "id": "b", "file": {"tr": "tek-hat.svg", "en": "tek-hat.en.svg"}, "alt": one},
            {"kind": "question", "id": "c", "ask": "soru-1"},
        ],
    )
    draft = course(source=source, units=[lonely], title=text("x", "y"))
    folder = course_folder(tmp_path, draft)
    document, problems, _ = read_course(folder)
    assert document is not None
    assert document.units[0].blocks == draft.units[0].blocks
    assert {each.rule for each in problems if each.severity == "error"} == {"translation-missing"}
    assert format_course(folder) == []
