"""What the code promises about itself: catalogues, courses, documentation, sizes, one commit, no eval."""

import re
import subprocess
import sys

from lmp.config import ROOT, SETTINGS

PACKAGE = ROOT / "lmp"
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "static" not in path.parts)
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*") if path.is_file())


def test_both_catalogues_are_complete_and_agree() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "translations" / "update.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_translation_is_a_guess() -> None:
    fuzzy = [
        path.name
        for path in (ROOT / "translations").rglob("*.po")
        if re.search(r"^#,.*fuzzy", path.read_text(), re.MULTILINE)
    ]
    assert not fuzzy


def test_placeholders_survive_translation() -> None:
    from babel.messages.pofile import read_po

    wrong = []
    for path in (ROOT / "translations").glob("*/*.po"):
        with path.open("rb") as handle:
            for message in read_po(handle):
                ids = [str(one) for one in (message.id if isinstance(message.id, tuple) else (message.id,))]
                said = [
                    str(one) for one in (message.string if isinstance(message.string, tuple) else (message.string,))
                ]
                wanted = set(re.findall(r"%\((\w+)\)s", " ".join(ids)))
                found = [set(re.findall(r"%\((\w+)\)s", one)) for one in said if one]
                if any(names - wanted for names in found) or (
                    len(ids) == 1 and any(names != wanted for names in found)
                ):
                    wrong.append(f"{path.parent.name}/{path.name}: {message.id!r}")
    assert not wrong, "\n".join(wrong)


def test_turkish_speaks_politely_and_in_the_words_of_the_glossary() -> None:
    never = re.compile(
        r"geçersiz|hatalı giriş|imzala|iş günlüğü|yerleştirme|beceri sınavı|başarı belgesi|ağ yöneticisi|Derslerim|Defterim|çevrimiçi|işbaşı|hizmetiçi|!(?!\))",
        re.IGNORECASE,
    )
    wrong = []
    for path in (ROOT / "translations" / "tr").glob("*.po"):
        wrong += [
            f"{path.name}: {line}"
            for line in path.read_text().splitlines()
            if line.startswith("msgstr") and never.search(line)
        ]
    assert not wrong, "\n".join(wrong)


def test_every_course_is_valid() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lmp.cli", "courses", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_readme_names_every_setting_and_command() -> None:
    readme = (ROOT / "README.md").read_text()
    assert not [one.name for one in SETTINGS if f"`{one.name}`" not in readme]
    shown = subprocess.run(
        [sys.executable, "-m", "lmp.cli", "--help"], capture_output=True, text=True, check=True
    ).stdout
    commands = re.findall(r"^  (\w+)  ", shown, re.MULTILINE)
    assert commands
    assert not [name for name in commands if f"lmp {name}" not in readme]


def test_files_stay_small() -> None:
    ours = [*SOURCES, *(ROOT / "tests").rglob("*.py")]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in ours}
    assert {path: lines for path, lines in lengths.items() if lines > 400} == {}


def test_only_the_edges_commit() -> None:
    found = [str(path.relative_to(ROOT)) for path in SOURCES if re.search(r"\.commit\(\)", path.read_text())]
    assert sorted(found) == ["lmp/core/db.py", "lmp/migrate.py", "lmp/web/pages.py"]


def test_templates_hold_no_script_style_or_eval() -> None:
    bad = re.compile(r"\son(?!ce\b)\w+=|<script(?![^>]*\bsrc=)|<style|hx-on|js:|javascript:")
    styled = re.compile(r"\sstyle=")
    found = []
    for path in TEMPLATES:
        source = path.read_text()
        mail = "mail" in path.name or "mail" in path.parts  # mail readers know no style sheets
        # only what the one sanitiser made may pass unescaped, and only where blocks are shown
        unescaped = len(re.findall(r"\|\s*safe\b", source)) - len(re.findall(r"\.html\s*\|\s*safe\b", source))
        if unescaped or bad.search(source) or (styled.search(source) and not mail):
            found.append(str(path.relative_to(ROOT)))
    assert not found


def test_nothing_names_an_address_of_a_registry_or_of_this_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    bad = re.compile(r"(pypi|pythonhosted|npmjs)\.(org|com)|deb\.debian\.org|/(home|root|work)/\w")
    kinds = {".py", ".md", ".toml", ".txt", ".json", ".yaml", ".html", ".po", ".mjs", ".css", ""}
    texts = [
        name
        for name in listed
        if (ROOT / name).suffix in kinds and (ROOT / name).is_file() and not name.endswith("test_code.py")
    ]
    assert not [name for name in texts if bad.search((ROOT / name).read_text(errors="replace"))]
