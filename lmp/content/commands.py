"""Courses on the command line: check, format, import, export. Each answers the exit status."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from lmp.access import Actor, system
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.files import CourseUnreadable, Problem, check_course, format_course
from lmp.core import db, messages
from lmp.core.db import Bilingual
from lmp.core.errors import LmpError

_BY = system("command line")
_FIRST = Bilingual("İlk sürüm", "First version")
_LATER = Bilingual("Dosyalardan güncellendi", "Updated from files")


def folders(courses: Path, slugs: Iterable[str]) -> list[Path]:
    """The folders of the named courses, or of all."""
    wanted = list(slugs)
    if wanted:
        return [courses / slug for slug in wanted]
    return sorted(path.parent for path in courses.glob("*/course.yaml"))


def check(courses: Path, slugs: Sequence[str], *, as_json: bool) -> int:
    """Print every mistake with its file and line; 1 when there is an error."""
    found = {folder.name: check_course(folder) for folder in folders(courses, slugs)}
    if as_json:
        print(json.dumps({slug: [_plain(one) for one in problems] for slug, problems in found.items()}, ensure_ascii=False, indent=2))
    else:
        for slug, problems in found.items():
            print(f"{slug}: {len(problems)} findings" if problems else f"{slug}: ok")
            for one in problems:
                print(f"  {slug}/{one.file}:{one.line}: {one.severity}: {messages.text(one.message, 'en')} [{one.rule}]")
    return 1 if any(one.severity == "error" for problems in found.values() for one in problems) else 0


def _plain(one: Problem) -> dict[str, object]:
    return {
        "file": one.file,
        "line": one.line,
        "where": one.where,
        "rule": one.rule,
        "severity": one.severity,
        "message": messages.text(one.message, "en"),
    }


def format(courses: Path, slugs: Sequence[str]) -> int:  # noqa: A001 - the command's own word
    """Write the canonical form; 1 when a course cannot be read."""
    status = 0
    for folder in folders(courses, slugs):
        try:
            changed = format_course(folder)
        except CourseUnreadable:
            print(f"{folder.name}: cannot be read; `lmp courses check {folder.name}` tells why")
            status = 1
        else:
            print(f"{folder.name}: {len(changed)} files changed" if changed else f"{folder.name}: unchanged")
    return status


def import_courses(courses: Path, slugs: Sequence[str], *, author: str | None, reviewer: str | None, publish: bool) -> int:
    """Take files into drafts, one transaction a course; publish what changed if asked. 1 when one was refused."""
    if publish and reviewer is None:
        print("To publish, name the reviewer: --reviewer E-MAIL")
        return 2
    status = 0
    for folder in folders(courses, slugs):
        try:
            with db.transaction():
                print(f"{folder.name}: {_import(folder, author, reviewer)}")
        except LmpError as refused:
            print(f"{folder.name}: {messages.text(refused.message, 'en')}")
            status = 1
    return status


def _import(folder: Path, author: str | None, reviewer: str | None) -> str:
    result = service.import_course(folder, author=_person(author), by=_BY)
    said = f"draft revision {result.revision}" if result.changed else "unchanged"
    if reviewer is None:
        return said
    current = service.find_current(result.course.id)
    draft = service.draft(folder.name)
    if current is not None and current.hash == draft.hash:
        return f"{said}, version {current.number} says the same"
    version = service.publish(draft, by=_actor(reviewer), note=_LATER if current else _FIRST)
    return f"{said}, published as version {version.number}"


def _person(email: str | None) -> Person | None:
    return accounts.find_person(email) if email else None


def _actor(email: str) -> Actor:
    found = accounts.find_person(email)
    return accounts.actor_of(found) if found is not None else _BY


def export(slug: str, to: Path) -> int:
    """Write a course's draft as files; 1 when there is no such course."""
    try:
        with db.reading():
            changed = service.export_course(slug, to)
    except LmpError as refused:
        print(f"{slug}: {messages.text(refused.message, 'en')}")
        return 1
    print(f"{to}: {len(changed)} files written")
    return 0
