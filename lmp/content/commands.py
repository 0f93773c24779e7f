"""Courses on the command line: check, format, new, import, export, verify. Each prints a listing (or JSON) and answers the exit status."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from lmp.access import Actor, system
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.changes import KINDS, Change, at_a_glance, tally
from lmp.content.document import LANGS, CourseDocument, Finding
from lmp.content.document.course import Shape
from lmp.content.files import (
    CourseUnreadable,
    Problem,
    check_course,
    format_course,
    readable_course,
    template,
    write_course,
)
from lmp.content.files.problems import spoken_path
from lmp.content.gate import RULES, language_states, states
from lmp.content.rules import NotPublishable
from lmp.content.texts import LONGEST_SLUG
from lmp.core import db, messages
from lmp.core.db import Bilingual
from lmp.core.errors import LmpError
from lmp.core.messages import Message

OK, REFUSED, MISUSED = 0, 1, 2
_BY = system("command line")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIRST = Bilingual("İlk sürüm", "First version")
_LATER = Bilingual("Dosyalardan güncellendi", "Updated from files")


class Misused(Exception):
    """The command was given something that does not exist; the text is a sentence for a person."""


def folders(courses: Path, slugs: Iterable[str]) -> list[Path]:
    """The folders of the named courses, or of all. Raises Misused for a name without a folder, and for a path."""
    wanted = list(slugs)
    for slug in wanted:
        if not (_SLUG.fullmatch(slug) and (courses / slug).is_dir()):
            raise Misused(f"There is no course {slug} in {courses}.")
    return [courses / slug for slug in wanted] or sorted(
        path for path in courses.glob("*/") if not path.name.startswith(".")
    )


def check(courses: Path, slugs: Sequence[str], *, as_json: bool = False, lang: str = "en") -> int:
    """Print every mistake with its file and line; 1 when there is an error, 2 for a name that is no course.

    Warnings are printed and do not count: `lmp courses rules` says which rule blocks and which warns.
    """
    try:
        found = {folder.name: check_course(folder) for folder in folders(courses, slugs)}
    except Misused as misused:
        return _misused(misused)
    if as_json:
        plain = {slug: [_plain(one) for one in problems] for slug, problems in found.items()}
        print(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        for slug, problems in found.items():
            print(f"{slug}: {_counted(len(problems), 'finding')}" if problems else f"{slug}: ok")
            _list_problems(slug, problems, lang)
    hindered = any(one.severity == "error" for problems in found.values() for one in problems)
    return REFUSED if hindered else OK


def _misused(misused: Misused) -> int:
    print(misused)
    return MISUSED


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _list_problems(slug: str, problems: Iterable[Problem], lang: str = "en") -> None:
    """One line for each, in the form editors and terminals turn into links, with the block or question it is about."""
    for one in problems:
        place = f"{one.block}: " if one.block else ""
        print(f"  {slug}/{one.file}:{one.line}: {one.severity}: {place}{messages.text(one.message, lang)} [{one.rule}]")


def _plain(one: Problem) -> dict[str, object]:
    return {
        "file": one.file,
        "line": one.line,
        "where": one.where,
        "block": one.block,
        "rule": one.rule,
        "severity": one.severity,
        "message": {lang: messages.text(one.message, lang) for lang in LANGS},
    }


def rules(*, as_json: bool = False, lang: str = "en") -> int:
    """Print the gate's policy: each rule, whether it blocks or warns, and what it asks for."""
    rows = [
        {"rule": rule.name, "effect": rule.effect, "asks": messages.text(rule.message, lang)} for rule in RULES.values()
    ]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            print(f"{row['rule']:22}{row['effect']:7}{row['asks']}")
    return OK


def state(courses: Path, slugs: Sequence[str], *, as_json: bool = False) -> int:
    """Print how far each language of each course is, and what is not reviewed; 1 when a course cannot be read."""
    try:
        documents = {folder.name: readable_course(folder) for folder in folders(courses, slugs)}
    except Misused as misused:
        return _misused(misused)
    if as_json:
        plain = {slug: _plain_states(document) if document else None for slug, document in documents.items()}
        print(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        for slug, document in documents.items():
            print(*_spoken_states(slug, document), sep="\n")
    return OK if all(documents.values()) else REFUSED


def _plain_states(document: CourseDocument) -> dict[str, object]:
    """The states of a course for machines."""
    root = document.model_dump(mode="json")
    parts = [
        {"where": spoken_path(root, each.thing.path), "language": each.lang, "state": each.state}
        for each in states(document)
    ]
    return {"languages": {lang: asdict(found) for lang, found in language_states(document).items()}, "parts": parts}


def _spoken_states(slug: str, document: CourseDocument | None) -> list[str]:
    """A line for the course, then one for each part that is not reviewed."""
    if document is None:
        return [f"{slug}: cannot be read; “lmp courses check {slug}” says why"]
    shares = (
        f"{lang.upper()} {found.percent}% of {found.total} parts reviewed"
        for lang, found in language_states(document).items()
    )
    root = document.model_dump(mode="json")
    open_parts = (
        f"  {spoken_path(root, each.thing.path)}: {each.lang} {each.state}"
        for each in states(document)
        if each.state != "reviewed"
    )
    return [f"{slug}: {', '.join(shares)}", *open_parts]


def _said(message: Message) -> str:
    """The sentence in English, the language of the command line."""
    return messages.text(message, "en")


def format(courses: Path, slugs: Sequence[str]) -> int:
    """Write the canonical form; 1 when a course cannot be read, 2 for a name that is no course."""
    try:
        named = folders(courses, slugs)
    except Misused as misused:
        return _misused(misused)
    status = OK
    for folder in named:
        try:
            changed = format_course(folder)
        except CourseUnreadable as unreadable:
            print(f"{folder.name}: {_said(unreadable.message)}")
            _list_problems(folder.name, unreadable.problems)
            status = REFUSED
        else:
            print(
                f"{folder.name}: {_counted(len(changed), 'file')} changed" if changed else f"{folder.name}: unchanged"
            )
    return status


def new(courses: Path, slug: str, shape: Shape) -> int:
    """Write the template of a new course; 2 for a name that no course can have or that one has."""
    folder = courses / slug
    if not (_SLUG.fullmatch(slug) and len(slug) <= LONGEST_SLUG):
        return _misused(Misused("A course is named in small letters a to z, digits and dashes, at most 60 of them."))
    if folder.exists() or folder.is_symlink():
        return _misused(Misused(f"There is something at {folder} already."))
    changed = write_course(template(slug, shape), {}, folder)
    print(
        f"{folder}: {_counted(len(changed), 'file')} written; “lmp courses check {slug}” says what is still to be written"
    )
    return OK


def import_courses(
    courses: Path, slugs: Sequence[str], *, author: str | None, reviewer: str | None, publish: bool
) -> int:
    """Take files into drafts, one transaction a course; publish what changed if asked.

    1 when a course was refused, 2 for a name or address that does not exist, before anything is written.
    """
    status = OK
    try:
        for folder in folders(courses, slugs):
            try:
                with db.transaction():
                    lines = _import(folder, _person(author), _reviewer(reviewer, publish))
            except LmpError as refused:
                lines, status = _refusal(refused), REFUSED
            except OSError as failed:
                lines, status = [f"The files cannot be read or kept: {failed.strerror}."], REFUSED
            print(f"{folder.name}: {lines[0]}", *(f"  {line}" for line in lines[1:]), sep="\n")
    except Misused as misused:
        return _misused(misused)
    return status


def _person(email: str | None) -> Person | None:
    """The person with an address. Raises Misused."""
    if email is None:
        return None
    found = accounts.find_person(email)
    if found is None:
        raise Misused(f"Nobody has the e-mail address {email}.")
    return found


def _reviewer(email: str | None, publish: bool) -> Actor | None:
    """Who publishes, when publishing was asked for. Raises Misused."""
    if not publish:
        return None
    found = _person(email)
    if found is None:
        raise Misused("To publish, name the reviewer: --reviewer E-MAIL")
    return accounts.actor_of(found)


def _import(folder: Path, author: Person | None, reviewer: Actor | None) -> list[str]:
    """What was done, then what differs from before."""
    result = service.import_course(folder, author=author, by=_BY)
    lines = _said_of(result) if result.changed else ["unchanged"]
    if reviewer is None:
        return lines
    current, draft = service.find_current(result.course.id), service.draft(result.course.slug)
    if current is not None and current.hash == draft.hash:
        lines[0] += f", version {current.number} says the same"
        return lines
    version = service.publish(draft, by=reviewer, note=_LATER if current else _FIRST)
    lines[0] += f", published as version {version.number}"
    return lines


def _said_of(result: service.ImportResult) -> list[str]:
    """The draft's number and what was counted, then each difference; a new course is only counted."""
    counts = "; ".join(
        f"{sort}s: {', '.join(f'{counted[kind]} {kind}' for kind in KINDS if counted[kind])}"
        for sort, counted in tally(result.changes).items()
        if counted
    )
    lines = [f"draft revision {result.revision}", *([counts] if counts else [])]
    return lines if result.revision == 1 else [*lines, *map(_difference, at_a_glance(result.changes))]


def _difference(change: Change) -> str:
    """One difference in a line."""
    if change.thing.sort == "unit" and change.kind != "changed":
        return f"{change.kind}: unit {change.thing.unit}"
    place = f"unit {change.thing.unit}: " if change.thing.unit else ""
    return f"{change.kind}: {place}{_said(change.thing.message)} ({', '.join(change.langs)})"


def _refusal(refused: LmpError) -> list[str]:
    """Why a course was refused, with the list where there is one."""
    if isinstance(refused, service.NotImportable):
        return [_said(refused.message), *(f"{one.file}:{one.line}: {_said(one.message)}" for one in refused.problems)]
    if isinstance(refused, NotPublishable):
        return [_said(refused.message), *map(_finding, refused.findings)]
    return [_said(refused.message)]


def _finding(finding: Finding) -> str:
    """A finding with its place."""
    return f"{spoken_path(None, finding.path)}: {_said(finding.message)}"


def export(slug: str, to: Path, *, number: int | None = None) -> int:
    """Write a course's draft, or one of its versions, as files; 1 when there is no such course or version."""
    try:
        with db.reading():
            changed = service.export_course(slug, to, number=number)
    except LmpError as refused:
        print(f"{slug}: {_said(refused.message)}")
        return REFUSED
    print(f"{to}: {_counted(len(changed), 'file')} written")
    return OK


def verify(slugs: Sequence[str], *, as_json: bool = False) -> int:
    """Print whether each published version still is what was published; 1 when one is not, 2 for a name without a version."""
    with db.reading():
        found = list(service.verify_versions(frozenset(slugs)))
    unknown = sorted(set(slugs) - {one.slug for one in found})
    if unknown:
        return _misused(Misused(f"No version of {', '.join(unknown)} was published here."))
    if as_json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            print(f"{one.slug} {one.number}: {'ok' if not one.faults else '; '.join(one.faults)}")
    return REFUSED if any(one.faults for one in found) else OK
