"""What is published is proved to be what was published; whatever is changed past all code is given away by name."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import JSON, column, delete, select, table, update

from lmp.audit.models import AuditEntry
from lmp.content import commands, service
from lmp.content.models import CourseVersion, VersionUnit
from lmp.core import db, files, text
from tests.builders.accounts import a_trainer
from tests.builders.content import course_files

SLUG = "demo-kurs"
_VERSIONS = table("course_version", column("document", JSON), column("media", JSON), column("hash"))
_UNITS = table("version_unit", column("blocks", JSON), column("sanitiser"), column("unit_key"), column("lang"))


@pytest.fixture
def published(app: Flask) -> Iterator[None]:
    """One course with one version."""
    with db.transaction():
        for email in ("yazar@demo.example", "inceleyen@demo.example"):
            a_trainer().email = email
    with course_files() as folder:
        people = {"author": "yazar@demo.example", "reviewer": "inceleyen@demo.example"}
        assert commands.import_courses(folder.parent, [], **people, publish=True) == 0
        yield


def _version() -> CourseVersion:
    return db.session().scalars(select(CourseVersion)).one()


def _other_words() -> None:
    document = _version().document
    document["units"][0]["title"]["tr"] = "Başka bir ad"
    db.session().execute(update(_VERSIONS).values(document=document))


def _no_document() -> None:
    db.session().execute(update(_VERSIONS).values(document={"format": 1}))


def _no_media() -> None:
    db.session().execute(update(_VERSIONS).values(media={}))


def _other_hash() -> None:
    db.session().execute(update(_VERSIONS).values(hash="0" * 64))


def _other_page() -> None:
    row = db.session().scalars(select(VersionUnit)).first()
    assert row is not None
    blocks = [{**block, "html": "<p>Gerilimi kesmeyin.</p>"} for block in row.blocks]
    changed = update(_UNITS).where(_UNITS.c.unit_key == row.unit_key, _UNITS.c.lang == row.lang)
    db.session().execute(changed.values(blocks=blocks))


def _no_page() -> None:
    db.session().execute(delete(_UNITS).where(_UNITS.c.lang == "en"))


def _blob() -> Path:
    store = files.store()
    assert isinstance(store, files.Folder)
    return store.path(next(iter(_version().media.values()))["served"])


def _no_entry() -> None:
    db.session().execute(delete(AuditEntry).where(AuditEntry.act == "content.published"))


@pytest.mark.parametrize(
    ("forge", "faults"),
    [
        (_other_words, ["the document does not match its hash"]),
        (_no_document, ["the document cannot be read"]),
        (_no_media, ["the document names a file that it did not come with"]),
        (_other_hash, ["the document does not match its hash", "the audit keeps another hash of it"]),
        (_other_page, ["is not what the document says"]),
        (_no_page, ["has no page in en", "has no page in en"]),
        (lambda: _blob().unlink(), ["cannot be read"]),
        (lambda: _blob().write_bytes(b"<svg/>"), ["is not what it was"]),
        (_no_entry, ["the audit does not know that it was published"]),
    ],
)
def test_a_version_that_somebody_changed_is_named_with_what_gives_it_away(
    published: None, forge: Callable[[], object], faults: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert commands.verify([]) == 0
    assert capsys.readouterr().out == f"{SLUG} 1: ok\n"
    with db.transaction():
        forge()
    assert commands.verify([SLUG], as_json=True) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["slug"], found["number"]) == (SLUG, 1)
    assert len(found["faults"]) >= len(faults)
    assert all(any(fault in one for one in found["faults"]) for fault in faults), found


def test_pages_of_an_older_sanitiser_are_made_anew_and_are_no_fault(published: None) -> None:
    with db.transaction():
        assert text.SANITISER != "0"
        db.session().execute(update(_UNITS).values(sanitiser="0"))
        _other_page()
    with db.reading():
        assert [one.faults for one in service.verify_versions()] == [()]


def test_a_course_without_a_version_is_a_sentence(published: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.verify(["yok"]) == 2
    assert "No version of yok was published here." in capsys.readouterr().out
