"""The commands for course files, as somebody at a terminal meets them."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from lmp.content import commands, service
from lmp.content.document.course import Shape
from lmp.core import db
from tests.builders.accounts import a_trainer
from tests.builders.content import SAMPLE, course_files, edit

AUTHOR, REVIEWER = "yazar@demo.example", "inceleyen@demo.example"


@pytest.fixture
def courses() -> Iterator[Path]:
    """A folder of courses with one in it, which a test may edit."""
    with course_files() as folder:
        yield folder.parent


@pytest.fixture
def people(app: Flask) -> None:
    """An author and a reviewer with known addresses."""
    with db.transaction():
        for email in (AUTHOR, REVIEWER):
            a_trainer().email = email


def _import(courses: Path, author: str | None = AUTHOR, reviewer: str | None = REVIEWER, publish: bool = True) -> int:
    return commands.import_courses(courses, [], author=author, reviewer=reviewer, publish=publish)


def test_checking_a_sound_course_succeeds(courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.check(courses, []) == 0
    assert "demo-kurs: 1 finding\n  demo-kurs/workplace.yaml:5: warning:" in capsys.readouterr().out


def test_checking_names_file_and_line_of_a_mistake_also_as_json(
    courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(courses / "demo-kurs/practical.yaml", ("minutes: 60", "minutes: 61"))
    assert commands.check(courses, ["demo-kurs"]) == 1
    assert "demo-kurs/course.yaml:16: error:" in capsys.readouterr().out
    assert commands.check(courses, [], as_json=True) == 1
    (found,) = [one for one in json.loads(capsys.readouterr().out)["demo-kurs"] if one["severity"] == "error"]
    assert (found["file"], found["line"], found["rule"]) == ("course.yaml", 16, "minutes")


def test_a_name_that_is_no_course_is_a_sentence_and_not_a_crash(
    courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.check(courses, ["no-such-course"]) == 2
    assert commands.format(courses, ["no-such-course"]) == 2
    assert commands.import_courses(courses, ["no-such-course"], author=None, reviewer=None, publish=False) == 2
    assert capsys.readouterr().out.count("There is no course no-such-course in") == 3


def test_formatting_mends_what_checking_complains_about(courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = courses / "demo-kurs/glossary.yaml"
    file.write_text("# a remark\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert commands.check(courses, []) == 1
    assert commands.format(courses, []) == 0
    assert "demo-kurs: 1 file changed" in capsys.readouterr().out
    assert commands.check(courses, []) == 0
    assert file.read_bytes() == (SAMPLE / "glossary.yaml").read_bytes()


def test_formatting_leaves_what_it_cannot_read(courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = courses / "demo-kurs/glossary.yaml"
    file.write_text("- term: {tr: [", encoding="utf-8")
    assert commands.format(courses, []) == 1
    assert "demo-kurs/glossary.yaml:2: error:" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == "- term: {tr: ["


def test_importing_and_publishing_goes_through_the_ordinary_service(
    people: None, courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _import(courses) == 0
    said = capsys.readouterr().out
    assert "demo-kurs: draft revision 1, published as version 1\n  units: 2 added; blocks: " in said
    assert len(said.splitlines()) == 2
    assert _import(courses) == 0
    assert "demo-kurs: unchanged, version 1 says the same" in capsys.readouterr().out
    edit(courses / "demo-kurs/units/02-kayit/tr.md", ("Fotoğraf yetmez", "Fotoğraf tek başına yetmez"))
    assert _import(courses) == 0
    said = capsys.readouterr().out
    assert (
        "demo-kurs: draft revision 2, published as version 2\n"
        "  blocks: 1 changed\n"
        "  changed: unit kayit: block ipucu (tr)\n"
    ) in said
    with db.reading():
        assert [row.number for row in service.history(service.course("demo-kurs").id)] == [2, 1]


@pytest.mark.parametrize(
    ("author", "reviewer", "words"),
    [
        ("nobody@demo.example", REVIEWER, "Nobody has the e-mail address nobody@demo.example."),
        (AUTHOR, "nobody@demo.example", "Nobody has the e-mail address nobody@demo.example."),
        (AUTHOR, None, "--reviewer"),
    ],
)
def test_people_who_do_not_exist_stop_everything(
    people: None, courses: Path, capsys: pytest.CaptureFixture[str], author: str, reviewer: str | None, words: str
) -> None:
    assert _import(courses, author, reviewer) == 2
    assert words in capsys.readouterr().out
    with db.reading():
        assert service.find_draft("demo-kurs") is None


def test_the_author_cannot_publish_from_the_command_line_either(
    people: None, courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _import(courses, reviewer=AUTHOR) == 1
    assert "demo-kurs: Your role does not allow this." in capsys.readouterr().out
    with db.reading():
        assert service.find_draft("demo-kurs") is None


def test_one_refused_course_does_not_hinder_the_others(
    people: None, courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(courses / "demo-kurs", courses / "bozuk-kurs")
    edit(courses / "bozuk-kurs/course.yaml", ("format: 1", "format: 2"))
    assert _import(courses) == 1
    said = capsys.readouterr().out
    assert "bozuk-kurs: Nothing was imported because of " in said
    assert "  course.yaml:1: " in said
    assert "demo-kurs: draft revision 1, published as version 1" in said


def test_a_draft_with_findings_is_not_published_and_says_why(
    people: None, courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (courses / "demo-kurs/units/02-kayit/en.md").unlink()
    assert _import(courses) == 1
    assert "The text is missing in this language: English." in capsys.readouterr().out
    assert _import(courses, publish=False) == 0


def test_exporting_writes_the_same_bytes_and_names_a_course_that_is_none(
    people: None, courses: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _import(courses)
    assert commands.export("demo-kurs", tmp_path / "demo-kurs") == 0
    for path in SAMPLE.rglob("*.*"):
        assert (tmp_path / "demo-kurs" / path.relative_to(SAMPLE)).read_bytes() == path.read_bytes()
    assert commands.export("demo-kurs", tmp_path / "neu", number=7) == 1
    assert commands.export("no-such-course", tmp_path / "neu") == 1
    assert not (tmp_path / "neu").exists()
    assert "no-such-course: " in capsys.readouterr().out


def test_an_import_counts_units_blocks_and_questions_that_came_and_went(
    people: None, courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _import(courses, publish=False)
    folder = courses / "demo-kurs"
    shutil.copytree(folder / "units/02-kayit", folder / "units/03-yeni")
    (folder / "units/03-yeni/questions.yaml").unlink()
    for lang in ("tr", "en"):
        path = folder / f"units/03-yeni/{lang}.md"
        path.write_text(re.sub(r"quiz: .*\n|::: question .*\n:::\n", "", path.read_text("utf-8")), "utf-8")
    shutil.rmtree(folder / "units/01-hazirlik")
    (folder / "media/baglanti.svg").unlink()
    capsys.readouterr()
    assert _import(courses, publish=False) == 0
    said = capsys.readouterr().out
    assert "  units: 1 added, 1 removed; blocks: " in said
    assert "; questions: 3 removed; parts: " in said
    assert "  added: unit yeni\n" in said
    assert "  removed: unit hazirlik\n" in said
    assert "unit hazirlik: " not in said


def test_an_import_never_touches_a_published_version(people: None, courses: Path) -> None:
    _import(courses)

    def published() -> tuple[object, ...]:
        with db.reading():
            version = service.current_version("demo-kurs")
            blocks = [service.unit_blocks(version, unit, "tr") for unit in ("hazirlik", "kayit")]
            return version.id, version.number, version.hash, str(version.document), str(version.media), blocks

    before = published()
    edit(courses / "demo-kurs/units/02-kayit/tr.md", ("Fotoğraf yetmez", "Fotoğraf tek başına yetmez"))
    edit(courses / "demo-kurs/course.yaml", ("tr: Atölyede güvenli ölçüm", "tr: Başka bir ad"))
    assert _import(courses, publish=False) == 0
    assert published() == before
    with db.reading():
        assert service.course("demo-kurs").title.tr == "Atölyede güvenli ölçüm"


@pytest.mark.parametrize("shape", ["workplace", "meeting", "online"])
def test_a_new_course_is_in_its_form_and_its_check_says_exactly_what_is_to_be_written(
    courses: Path, capsys: pytest.CaptureFixture[str], shape: Shape
) -> None:
    assert commands.new(courses, "yeni-kurs", shape) == 0
    capsys.readouterr()
    assert commands.format(courses, ["yeni-kurs"]) == 0
    assert capsys.readouterr().out == "yeni-kurs: unchanged\n"
    assert commands.check(courses, ["yeni-kurs"], as_json=True) == 1
    found = json.loads(capsys.readouterr().out)["yeni-kurs"]
    assert {one["rule"] for one in found} == {"unwritten"}
    lines = {(one["file"], one["line"]) for one in found}
    folder = courses / "yeni-kurs"
    wanted = {
        (str(path.relative_to(folder)), number)
        for path in folder.rglob("*.*")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if "todo" in line.lower()
    }
    assert len(found) == len(lines)
    assert lines == wanted


def test_what_is_written_in_a_new_course_is_checked_while_the_rest_waits(
    courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.new(courses, "yeni-kurs", "online")
    unit = courses / "yeni-kurs/units/01-birinci"
    edit(unit / "tr.md", ("TODO başlık ve metin", "## Akım\n\nAkım 16 A olur.\n\n- TODO bir örnek"))
    capsys.readouterr()
    assert commands.check(courses, ["yeni-kurs"]) == 1
    assert "tr.md:14: error: giris: Still to be written: bir örnek [unwritten]" in capsys.readouterr().out
    edit(unit / "tr.md", ("\n\n- TODO bir örnek", ""))
    edit(unit / "en.md", ("TODO heading and text", "## Current\n\nThe current is 16 A."))
    assert commands.check(courses, ["yeni-kurs"]) == 1
    assert "This translation is not marked with its source" in capsys.readouterr().out
    assert commands.format(courses, ["yeni-kurs"]) == 0
    commands.check(courses, ["yeni-kurs"])
    said = capsys.readouterr().out
    assert "giris" not in said


@pytest.mark.parametrize("name", ["../kacak", "/tmp/kacak", "Büyük", "a b", "a" * 61, "demo-kurs", ""])
def test_a_course_is_not_made_under_a_name_that_leads_elsewhere_or_is_taken(
    courses: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    before = sorted(courses.parent.glob("kacak*")), sorted(courses.rglob("*"))
    assert commands.new(courses, name, "online") == 2
    assert (sorted(courses.parent.glob("kacak*")), sorted(courses.rglob("*"))) == before
    assert capsys.readouterr().out


def test_what_the_gate_finds_is_named_with_file_line_block_and_what_to_do_in_both_languages(
    app: Flask, courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(courses / "demo-kurs/units/02-kayit/en.md", ("229.6 V", "229.9 V"))
    assert commands.check(courses, []) == 1
    line = "demo-kurs/units/02-kayit/en.md:15: error: kayit-nedir: The numbers differ: 229,6 V in Turkish, 229.9 V in English."
    assert line in capsys.readouterr().out
    assert commands.check(courses, [], as_json=True) == 1
    (found,) = [one for one in json.loads(capsys.readouterr().out)["demo-kurs"] if one["rule"] == "numbers"]
    assert (found["block"], found["line"], found["severity"]) == ("kayit-nedir", 15, "error")
    assert found["message"]["tr"].startswith("Sayılar farklı: Türkçede 229,6 V")
    assert found["message"]["en"].startswith("The numbers differ: 229,6 V")


def test_the_policy_can_be_read_as_a_table_in_both_languages(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.rules() == 0
    assert "numbers               block  Both languages name the same numbers." in capsys.readouterr().out
    assert commands.rules(as_json=True, lang="tr") == 0
    assert {row["effect"] for row in json.loads(capsys.readouterr().out)} == {"block", "warn"}


def test_the_state_of_each_language_is_told_part_by_part(courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.state(courses, []) == 0
    assert "TR 100% of" in capsys.readouterr().out
    edit(courses / "demo-kurs/units/02-kayit/tr.md", ("Fotoğraf yetmez", "Fotoğraf tek başına yetmez"))
    assert commands.state(courses, ["demo-kurs"]) == 0
    assert "units.kayit.blocks.ipucu: en stale" in capsys.readouterr().out
    assert commands.state(courses, ["demo-kurs"], as_json=True) == 0
    plain = json.loads(capsys.readouterr().out)["demo-kurs"]
    assert plain["languages"]["en"]["stale"] == 1
    assert {"where": "units.kayit.blocks.ipucu", "language": "en", "state": "stale"} in plain["parts"]
    assert commands.state(courses, ["no-such-course"]) == 2
    (courses / "demo-kurs/course.yaml").write_text("a: [", encoding="utf-8")
    assert commands.state(courses, []) == 1
