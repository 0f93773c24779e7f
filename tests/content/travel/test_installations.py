"""A course written in one installation is the same course in another one, and brings nothing else along."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lmp.content import service
from lmp.content.models import (
    BankCategory,
    BankQuestion,
    Course,
    CourseOrigin,
    CourseQuestion,
    CourseVersion,
    Presence,
    Review,
    ReviewComment,
    Revision,
    Verb,
)
from lmp.content.service import archives
from lmp.core import db, files
from lmp.core.db import Bilingual
from tests.builders.accounts import a_centre, a_trainer, acting
from tests.builders.content import FIRST_NOTE, a_draft
from tests.content.travel.installations import (
    HOME,
    MARK,
    Installation,
    contents,
    forget,
    looked,
    marked,
    packed,
    people,
    reworded,
    said,
    taken_in,
    written_in_the_browser,
)
from tests.engines import PostgresTemplate, SqliteTemplate

BOTH_WAYS = pytest.mark.parametrize(
    "engines", [("sqlite", "postgres"), ("postgres", "sqlite")], ids=["sqlite-postgres", "postgres-sqlite"]
)
ALIKE = pytest.mark.parametrize("engines", [("sqlite", "sqlite")], ids=["sqlite-sqlite"])
SLUG = "kaynaga-ilk-adim"


@pytest.fixture
def installations(
    engines: tuple[str, str], request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Installation, Installation]]:
    """Two fresh ones, each on its own database with its own files."""
    templates: list[SqliteTemplate | PostgresTemplate] = [
        request.getfixturevalue(f"{engine}_template") for engine in engines
    ]
    urls = [template.copy() for template in templates]
    yield Installation(urls[0], tmp_path / "one"), Installation(urls[1], tmp_path / "two")
    forget()
    for template, url in zip(templates, urls, strict=True):
        template.drop(url)


def _counted(*tables: type[db.Model]) -> dict[str, int]:
    """How many rows tables have."""
    return {table.__tablename__: db.session().scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def _there_and_back(one: Installation, other: Installation) -> None:
    with one.entered():
        author, reviewer = people()
        draft = written_in_the_browser(author)
        marked(draft, author, reviewer)
        begun, sent = said(draft), packed(SLUG, author)
        assert service.find_draft(SLUG) is not None
    with other.entered():
        taker = a_trainer(a_centre(HOME), "Alan Demo")
        arrived = taken_in(sent, taker)
        assert said(arrived) == begun
        assert packed(SLUG, taker) == sent
        assert (arrived.revision, arrived.author_id) == (1, taker.id)
        answered = said(reworded(arrived, "Bu söz öteki yerde yazıldı.", taker))
        back = packed(SLUG, taker)
    with one.entered():
        row, found = looked(back, author)
        assert found.draft is not None
        assert ([change.kind for change in found.changes], found.refusals) == (["changed"], ())
        before = service.draft(SLUG).revision
        returned = archives.take_in(row, by=acting(author))
        assert said(returned) == answered != begun
        assert (returned.revision, len(service.threads(returned.course_id))) == (before + 1, 1)
        assert [line.verb for line in service.revision_rows(returned.course_id)][:2] == [Verb.IMPORT, Verb.ADD]


@BOTH_WAYS
def test_a_course_of_the_browser_goes_to_another_engine_and_back(
    installations: tuple[Installation, Installation],
) -> None:
    _there_and_back(*installations)


@ALIKE
def test_a_course_of_the_browser_goes_to_another_installation_and_back(
    installations: tuple[Installation, Installation],
) -> None:
    _there_and_back(*installations)


@ALIKE
def test_what_an_installation_keeps_beside_a_course_stays_there(
    installations: tuple[Installation, Installation],
) -> None:
    one, other = installations
    beside = (Review, ReviewComment, BankQuestion, BankCategory, CourseOrigin, CourseVersion, Presence)
    with one.entered():
        author, reviewer = people()
        marked(written_in_the_browser(author), author, reviewer)
        title = Bilingual("Kopya", "Copy")
        copy = service.copy_course(SLUG, title=title, centre=HOME, by=acting(author))
        service.publish(a_draft(author), by=acting(reviewer), note=FIRST_NOTE)
        kept = _counted(*beside)
        assert min(kept.values()) >= 1, kept
        sent = [packed(slug, author) for slug in (SLUG, copy.course.slug, "demo-kurs")]
        versions = packed("demo-kurs", author, 1)
        assert versions == sent[2]
    for data in sent:
        for name, content in contents(data).items():
            assert MARK.encode() not in content, f"{name} tells what stood beside the course"
            assert str(author.id).encode() not in content
    with other.entered():
        taker = a_trainer(a_centre(HOME), "Alan Demo")
        drafts = [taken_in(data, taker) for data in sent]
        assert set(_counted(*beside).values()) == {0}
        assert _counted(Course, Revision) == {"course": 3, "revision": 3}
        assert {draft.author_id for draft in drafts} == {taker.id}
        assert service.find_current(drafts[2].course_id) is None
        numbers = db.session().scalars(select(CourseQuestion.number).distinct()).all()
        assert list(numbers) == [0]
        for draft in drafts:
            assert [row.verb for row in service.revision_rows(draft.course_id)] == [Verb.IMPORT]
            assert (service.threads(draft.course_id), service.reviews(draft.course_id)) == ([], [])
            assert all(row.bank_id is None for row in service.question_rows(draft))


@ALIKE
def test_a_course_taken_in_twice_is_there_once(installations: tuple[Installation, Installation]) -> None:
    one, other = installations
    with one.entered():
        author, _reviewer = people()
        written_in_the_browser(author)
        sent = packed(SLUG, author)
    with other.entered():
        taker, second = a_trainer(a_centre(HOME), "Alan Demo"), a_trainer(a_centre(HOME), "İkinci Demo")
        first = taken_in(sent, taker)
        stored = len(files.owned("course", first.course_id))
        row, found = looked(sent, second)
        assert (found.draft, found.changes, found.refusals) == (first, (), ())
        again = archives.take_in(row, by=acting(second))
        assert (again.revision, again.author_id) == (1, taker.id)
        assert _counted(Course, Revision) == {"course": 1, "revision": 1}
        assert len(files.owned("course", first.course_id)) == stored


@ALIKE
def test_a_course_taken_in_over_another_says_what_it_changes_and_keeps_what_was(
    installations: tuple[Installation, Installation],
) -> None:
    one, other = installations
    with one.entered():
        author, _reviewer = people()
        written_in_the_browser(author)
        sent = packed(SLUG, author)
    with other.entered():
        taker = a_trainer(a_centre(HOME), "Alan Demo")
        own = reworded(taken_in(sent, taker), "Bizim sözümüz", taker)
        mine = said(own)
        row, found = looked(sent, taker)
        assert found.draft == own
        assert [(change.kind, change.langs) for change in found.changes] == [("changed", ("tr",))]
        assert said(service.draft(SLUG)) == mine
        assert archives.take_in(row, by=acting(taker)).revision == 3
        assert service.restore(SLUG, 2, by=acting(taker)).changed
        assert said(service.draft(SLUG)) == mine
