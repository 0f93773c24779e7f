"""Walls around courses: no command changes a published version, opens to strangers, or lets whoever wrote last publish."""

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from sqlalchemy import JSON, column, select, table, text, update
from sqlalchemy import inspect as look_at

import lmp
from lmp.access import Actor
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.content import service
from lmp.content.document import CourseDocument, content_hash
from lmp.content.models import Course, CourseVersion, Draft
from lmp.core import db
from lmp.core.errors import NotAllowed, NotFound
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_teacher,
    a_trainer,
    acting,
)
from tests.builders.content import FIRST_NOTE
from tests.content.commands import COMMANDS, DECIDING, FILTERS, INTERNAL, READERS, Command, Desk, a_desk

PACKAGE = Path(lmp.__file__).parent
ELSEWHERE = "smm-bur-tophane"
PUBLISHED = ("course_version", "version_unit")
#: Who looks on and may not write.
OFFICIAL = "network administrator"


@pytest.fixture
def desk(database: db.Scope) -> Desk:
    """A centre in which every command has something to do."""
    return a_desk()


def _strangers() -> dict[str, Actor]:
    """People who have nothing to say in the centre."""
    centre = a_centre(ELSEWHERE)
    people: dict[str, Person] = {
        "trainer": a_trainer(centre, "Yabancı Eğitimci"),
        "centre administrator": a_centre_administrator(centre, "Yabancı Koordinatör"),
        "teacher": a_teacher("Yabancı Öğretmen"),
        OFFICIAL: a_network_administrator("Bakanlık Demo"),
    }
    return {who: acting(person) for who, person in people.items()}


def _rows(*tables: str) -> dict[str, list[str]]:
    """What tables hold, read past everything the session knows; all of them where none is named."""
    session = db.session()
    session.flush()
    named = tables or look_at(session.connection()).get_table_names()
    found = {table: session.execute(text(f'SELECT * FROM "{table}"')) for table in named}
    return {table: sorted(map(str, rows)) for table, rows in found.items()}


def _is_refused(command: Command, desk: Desk, actor: Actor) -> bool:
    """Whether somebody is turned away."""
    try:
        command(desk, actor)
    except (NotFound, NotAllowed, service.NotImportable):
        return True
    return False


def _offered() -> set[str]:
    """Every function of the service that acts, or shows something, for somebody."""
    found = set()
    for module in pkgutil.iter_modules(service.__path__):
        there = vars(importlib.import_module(f"{service.__name__}.{module.name}"))
        own = [one for one in there.values() if inspect.isfunction(one) and one.__module__ == there["__name__"]]
        found |= {
            f"{module.name}.{one.__name__}"
            for one in own
            if one.__name__[0] != "_" and {"by", "viewer"} & set(inspect.signature(one).parameters)
        }
    return found


def test_every_command_of_the_service_stands_in_front_of_the_walls() -> None:
    assert _offered() == {*COMMANDS, *READERS, *FILTERS, *INTERNAL}


def test_every_command_works_and_none_changes_what_is_published(desk: Desk) -> None:
    session, before = db.session(), _rows(*PUBLISHED)
    assert len(before["course_version"]) == 2
    for name, command in COMMANDS.items():
        with session.begin_nested() as step:
            whole = _rows()
            command(desk, acting(desk.reviewer if name in DECIDING else desk.author))
            after = _rows(*PUBLISHED)
            assert _rows() != whole, f"{name} did nothing"
            assert all(set(before[table]) <= set(after[table]) for table in PUBLISHED), name
            assert after == before or name == "versions.publish", name
            step.rollback()


def test_whoever_changes_a_version_past_all_code_is_given_away_by_its_hash_and_the_audit(desk: Desk) -> None:
    course = desk.draft.course
    published = [entry.detail["hash"] for entry in audit.history(course) if entry.act == "content.published"]
    assert [_hash_of(service.numbered_version(course.id, number)) for number in (1, 2)] == published
    other = service.numbered_version(course.id, 2).document
    rows = table("course_version", column("number"), column("document", JSON))
    db.session().execute(update(rows).where(rows.c.number == 1).values(document=other))
    db.session().expire_all()
    forged = service.numbered_version(course.id, 1)
    assert _hash_of(forged) != forged.hash == published[0]


def _hash_of(version: CourseVersion) -> str:
    """What the hash of a version has to be, by what it says today."""
    media = {name: medium["sha256"] for name, medium in version.media.items()}
    return content_hash(CourseDocument.model_validate(version.document), media)


def test_no_command_is_open_to_strangers(desk: Desk) -> None:
    session, strangers = db.session(), _strangers()
    before = _rows()
    for who, actor in strangers.items():
        shut = COMMANDS if who == OFFICIAL else {**COMMANDS, **READERS}
        for name, command in shut.items():
            with session.begin_nested() as step:
                assert _is_refused(command, desk, actor), f"{name} is open to a {who} of elsewhere"
                assert _rows() == before, f"{name} left something of a {who}"
                step.rollback()
        if who != OFFICIAL:
            assert {name: reader(desk, actor) for name, reader in FILTERS.items()} == {name: [] for name in FILTERS}
    assert all(reader(desk, acting(desk.author)) for reader in (*READERS.values(), *FILTERS.values()))


def _revisions() -> dict[str, int]:
    """The number of each draft's newest revision, by the slug of its course."""
    found = select(Course.slug, Draft.revision).join(Draft, Draft.course_id == Course.id)
    return {row.slug: row.revision for row in db.session().execute(found)}


def test_whoever_changed_a_draft_by_whatever_command_does_not_publish_it(desk: Desk) -> None:
    session, changing = db.session(), set()
    for name, command in COMMANDS.items():
        with session.begin_nested() as step:
            before = _revisions()
            command(desk, acting(desk.reviewer))
            session.flush()
            for slug in {slug for slug, number in _revisions().items() if before.get(slug) != number}:
                changing.add(name)
                draft = service.draft(slug)
                assert draft.author_id == desk.reviewer.id, name
                assert desk.reviewer not in service.reviewers(draft), name
                with pytest.raises(NotAllowed):
                    service.publish(draft, by=acting(desk.reviewer), note=FIRST_NOTE)
            step.rollback()
    writing = {
        name for name in COMMANDS if name.partition(".")[0] in ("editing", "unit_editing", "questions", "uploads")
    }
    assert changing > writing | {"archives.take_in", "drafts.import_course", "origins.take", "bank_copies.copy_into"}


def test_no_code_changes_published_rows_or_revisions_behind_their_guard() -> None:
    told = re.compile(r"(?i)\b(update|delete\s+from|truncate(\s+table)?)\s+\"?(course_version|version_unit|revision)\b")
    assert told.search('session.execute(text("UPDATE version_unit SET blocks = NULL"))')
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert [path.name for path, source in sources.items() if told.search(source)] == []
    guarded = {"CourseVersion", "VersionUnit", "Revision"}
    assert [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path, source in sources.items()
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name | ast.Attribute)
        and (call.func.id if isinstance(call.func, ast.Name) else call.func.attr) in ("update", "delete")
        and any(isinstance(argument, ast.Name) and argument.id in guarded for argument in call.args)
    ] == []
