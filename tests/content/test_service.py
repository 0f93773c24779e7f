"""Importing, publishing, reading and exporting courses, on both databases."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import delete, select, update

from lmp.access import Actor
from lmp.audit import service as audit
from lmp.content import service
from lmp.content.models import Course, CourseVersion, PublishedForGood, Revision, VersionUnit
from lmp.content.rules import NotPublishable
from lmp.content.service.cache import Shelf
from lmp.core import db, files, search, text
from lmp.core.db import Bilingual
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.core.messages import text as text_of
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_teacher,
    a_trainer,
    acting,
)
from tests.builders.content import FIRST_NOTE, SAMPLE, UNITS, a_draft, a_published_course, course_files, edit

ELSEWHERE = "smm-bur-tophane"


def _import(folder: Path, by: Actor) -> service.ImportResult:
    return service.import_course(folder, author=None, by=by)


def _revisions() -> list[int]:
    return list(db.session().scalars(select(Revision.number).order_by(Revision.number)))


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_importing_the_same_files_twice_changes_nothing(database: db.Scope, by: Actor) -> None:
    with course_files() as folder:
        first, second = _import(folder, by), _import(folder, by)
    assert (first.changed, second.changed) == (True, False)
    assert (second.course.id, second.revision) == (first.course.id, 1)
    assert _revisions() == [1]
    assert len(files.owned("course", first.course.id)) == 1


def test_a_changed_block_makes_a_new_revision_and_is_named(database: db.Scope, by: Actor) -> None:
    with course_files() as folder:
        _import(folder, by)
        edit(folder / "units/01-hazirlik/tr.md", ("Aletinizi denetleyin", "Aletinizi gözden geçirin"))
        result = _import(folder, by)
    assert (result.changed, result.revision, _revisions()) == (True, 2, [1, 2])
    (change,) = result.changes
    found = (change.thing.unit, change.thing.name, change.kind, change.langs)
    assert found == ("hazirlik", "aletini-denetle", "changed", ("tr",))


def test_going_back_to_an_earlier_text_is_a_new_revision(database: db.Scope, by: Actor) -> None:
    with course_files() as folder:
        _import(folder, by)
        edit(folder / "course.yaml", ("CC-BY-4.0", "CC-BY-SA-4.0"))
        _import(folder, by)
        edit(folder / "course.yaml", ("CC-BY-SA-4.0", "CC-BY-4.0"))
        assert _import(folder, by).revision == 3
    first = db.session().scalar(select(Revision.hash).where(Revision.number == 1))
    assert service.draft("demo-kurs").hash == first


def test_files_with_mistakes_are_refused_with_the_list_and_nothing_is_written(database: db.Scope, by: Actor) -> None:
    with course_files() as folder:
        edit(folder / "practical.yaml", ("minutes: 60", "minutes: 61"))
        with pytest.raises(service.NotImportable) as refused:
            _import(folder, by)
    assert [problem.rule for problem in refused.value.problems] == ["minutes"]
    assert service.find_draft("demo-kurs") is None


def test_a_course_does_not_move_to_another_centre(database: db.Scope, by: Actor) -> None:
    a_draft(a_trainer())
    with course_files(centre=ELSEWHERE) as folder, pytest.raises(service.NotImportable) as refused:
        _import(folder, by)
    assert [(one.where, one.rule) for one in refused.value.problems] == [("centre", "unknown-name")]


def test_only_people_of_the_centre_write_its_courses(database: db.Scope) -> None:
    for stranger in (a_trainer(a_centre(ELSEWHERE)), a_teacher(), a_network_administrator()):
        with course_files() as folder, pytest.raises((NotFound, NotAllowed)):
            _import(folder, acting(stranger))
    with course_files() as folder:
        assert _import(folder, acting(a_trainer())).changed


def test_a_photo_is_drawn_afresh_and_still_exported_as_it_was_given(
    database: db.Scope, by: Actor, tmp_path: Path
) -> None:
    with course_files() as folder:
        picture = folder / "media" / "foto.jpg"
        exif = Image.Exif()
        exif[0x010E] = "a secret place"
        Image.new("RGB", (64, 48), "teal").save(picture, "JPEG", exif=exif)
        edit(folder / "units/01-hazirlik/tr.md", ("file=baglanti.svg", "file=foto.jpg"))
        (folder / "media" / "baglanti.svg").unlink()
        given = picture.read_bytes()
        _import(folder, by)
        service.export_course("demo-kurs", tmp_path / "demo-kurs")
        assert _tree(tmp_path / "demo-kurs") == _tree(folder)
    served = files.read(service.media_file(service.draft("demo-kurs"), "foto.jpg"))
    assert b"a secret place" in given
    assert b"a secret place" not in served
    assert served != given


def test_a_picture_that_is_none_is_refused(database: db.Scope, by: Actor) -> None:
    with course_files() as folder:
        (folder / "media" / "foto.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"<script>" * 9)
        edit(folder / "units/01-hazirlik/tr.md", ("file=baglanti.svg", "file=foto.png"))
        with pytest.raises(service.NotImportable) as refused:
            _import(folder, by)
    assert ("media/foto.png", "picture") in {(one.file, one.rule) for one in refused.value.problems}


def test_an_export_is_byte_for_byte_what_was_imported(database: db.Scope, by: Actor, tmp_path: Path) -> None:
    a_draft(a_trainer())
    service.export_course("demo-kurs", tmp_path / "demo-kurs")
    assert _tree(tmp_path / "demo-kurs") == _tree(SAMPLE)


def test_an_old_version_can_be_exported_when_the_draft_has_moved_on(
    database: db.Scope, by: Actor, tmp_path: Path
) -> None:
    version = a_published_course()
    with course_files() as folder:
        edit(folder / "course.yaml", ("CC-BY-4.0", "CC-BY-SA-4.0"))
        _import(folder, by)
    service.export_course("demo-kurs", tmp_path / "demo-kurs", number=version.number)
    assert _tree(tmp_path / "demo-kurs") == _tree(SAMPLE)
    with pytest.raises(NotFound):
        service.export_course("demo-kurs", tmp_path / "demo-kurs", number=2)


def test_a_reviewer_publishes_and_everything_people_look_up_follows(database: db.Scope) -> None:
    reviewer = a_trainer(name="İnceleyen Demo")
    version = a_published_course(acting(reviewer))
    course = service.course("demo-kurs")
    assert (version.number, version.reviewer_id, course.current_version_id) == (1, reviewer.id, version.id)
    assert service.current_version("demo-kurs").id == version.id
    assert (course.title.tr, [field.slug for field in course.fields]) == (
        "Atölyede güvenli ölçüm",
        ["elektrik-elektronik"],
    )
    assert [row.number for row in service.history(course.id)] == [1]
    assert [one.slug for one in service.courses()] == ["demo-kurs"]
    assert [entry.act for entry in audit.history(course)] == ["content.draft_saved", "content.published"]


@pytest.mark.parametrize("words", ["GÜVENLİ OLCUM", "insulation resist", "kaydeder", "elektrik", "measur instru"])
def test_a_published_course_is_found_by_its_words_in_both_languages(database: db.Scope, words: str) -> None:
    version = a_published_course()
    found = search.matching(service.SEARCH_KIND, words)
    assert found is not None
    assert list(db.session().scalars(found)) == [version.course_id]


def test_a_draft_is_not_found_before_it_is_published(database: db.Scope) -> None:
    a_draft(a_trainer())
    found = search.matching(service.SEARCH_KIND, "güvenli")
    assert found is not None
    assert list(db.session().scalars(found)) == []
    assert service.courses() == []
    with pytest.raises(NotFound):
        service.current_version("demo-kurs")


def test_the_last_author_cannot_publish_but_is_told_who_can(database: db.Scope) -> None:
    author, colleague, coordinator = (
        a_trainer(name="Yazar Demo"),
        a_trainer(name="Tülin Demo"),
        a_centre_administrator(),
    )
    draft = a_draft(author)
    with pytest.raises(NotAllowed):
        service.publish(draft, by=acting(author), note=FIRST_NOTE)
    assert {person.id for person in service.reviewers(draft)} == {colleague.id, coordinator.id}
    assert service.publish(draft, by=acting(colleague), note=FIRST_NOTE).number == 1


def test_nobody_outside_the_centre_publishes(database: db.Scope) -> None:
    draft = a_draft(a_trainer(name="Yazar Demo"))
    with pytest.raises(NotFound):
        service.publish(draft, by=acting(a_trainer(a_centre(ELSEWHERE))), note=FIRST_NOTE)
    with pytest.raises(NotAllowed):
        service.publish(draft, by=acting(a_network_administrator()), note=FIRST_NOTE)


def test_blocking_findings_stop_publication_and_are_listed(database: db.Scope, by: Actor) -> None:
    with course_files() as folder:
        (folder / "units/02-kayit/en.md").unlink()
        _import(folder, by)
    draft = service.draft("demo-kurs")
    with pytest.raises(NotPublishable) as refused:
        service.publish(draft, by=acting(a_trainer()), note=FIRST_NOTE)
    assert {finding.rule for finding in refused.value.findings} == {"translation-missing"}
    assert refused.value.message.values["n"] == len(refused.value.findings) > 1


def test_two_languages_that_differ_in_a_number_are_not_published(database: db.Scope, by: Actor) -> None:
    with course_files() as folder:
        edit(folder / "units/02-kayit/en.md", ("229.6 V", "229.9 V"))
        _import(folder, by)
    with pytest.raises(NotPublishable) as refused:
        service.publish(service.draft("demo-kurs"), by=acting(a_trainer()), note=FIRST_NOTE)
    (finding,) = refused.value.findings
    assert (finding.rule, finding.path[-2:]) == ("numbers", ("body", "en"))
    assert "229.9 V" in text_of(finding.message, "en")


def test_a_drawing_that_was_not_translated_is_not_published(database: db.Scope, by: Actor) -> None:
    words = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><text>Kesiciyi burada açın</text></svg>'
    with course_files() as folder:
        (folder / "media" / "baglanti.svg").write_text(words, encoding="utf-8")
        _import(folder, by)
    with pytest.raises(NotPublishable) as refused:
        service.publish(service.draft("demo-kurs"), by=acting(a_trainer()), note=FIRST_NOTE)
    assert {finding.rule for finding in refused.value.findings} == {"drawing-language"}


@pytest.mark.parametrize(("note", "field"), [(Bilingual(" ", "x"), "note_tr"), (Bilingual("x", ""), "note_en")])
def test_a_version_needs_a_note_in_both_languages(database: db.Scope, note: Bilingual, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        service.publish(a_draft(a_trainer(name="Yazar Demo")), by=acting(a_trainer()), note=note)
    assert refused.value.field == field


def test_the_same_content_is_not_published_twice(database: db.Scope) -> None:
    a_published_course()
    with pytest.raises(RuleBroken) as refused:
        service.publish(service.draft("demo-kurs"), by=acting(a_trainer()), note=Bilingual("yine", "again"))
    assert refused.value.message.values["number"] == 1


def test_what_the_reviewer_has_not_read_is_not_published(database: db.Scope, by: Actor) -> None:
    seen = a_draft(a_trainer(name="Yazar Demo")).hash
    with course_files() as folder:
        edit(folder / "course.yaml", ("CC-BY-4.0", "CC-BY-SA-4.0"))
        _import(folder, by)
    with pytest.raises(Conflict):
        service.publish(service.draft("demo-kurs"), by=acting(a_trainer()), note=FIRST_NOTE, seen=seen)


def test_the_title_in_lists_stays_that_of_the_newest_version(database: db.Scope, by: Actor) -> None:
    a_published_course()
    with course_files() as folder:
        edit(folder / "course.yaml", ("tr: Atölyede güvenli ölçüm", "tr: Güvenli ölçme"))
        _import(folder, by)
    assert service.course("demo-kurs").title.tr == "Atölyede güvenli ölçüm"
    second = service.publish(service.draft("demo-kurs"), by=acting(a_trainer()), note=Bilingual("Yeni ad", "New title"))
    assert (second.number, service.course("demo-kurs").title.tr) == (2, "Güvenli ölçme")


def test_a_published_version_never_changes(database: db.Scope) -> None:
    version = a_published_course()
    session = db.session()
    unit = session.scalars(select(VersionUnit)).first()
    assert unit is not None
    for attempt in _attempts(version, unit):
        with pytest.raises(PublishedForGood), session.begin_nested():
            _flushed(attempt)


def _attempts(version: CourseVersion, unit: VersionUnit) -> Iterator[Callable[[], object]]:
    yield lambda: setattr(version, "note", Bilingual("başka", "other"))
    yield lambda: db.session().delete(version)
    yield lambda: setattr(unit, "blocks", [])
    yield lambda: db.session().delete(unit)
    session, number = db.session(), {"id": version.id, "number": 9}
    for table in (CourseVersion, VersionUnit):
        yield partial(session.execute, delete(table))
        yield partial(session.connection().execute, delete(table.metadata.tables[table.__tablename__]))
        yield session.query(table).delete
    yield partial(session.execute, update(VersionUnit).values(blocks=[]))
    yield partial(session.execute, update(CourseVersion), [number])
    yield partial(session.bulk_update_mappings, CourseVersion.__mapper__, [number])


def _flushed(attempt: Callable[[], object]) -> None:
    attempt()
    db.session().flush()


def test_units_are_read_as_safe_html_in_each_language(database: db.Scope) -> None:
    version = a_published_course()
    for key in UNITS:
        turkish, english = service.unit_blocks(version, key, "tr"), service.unit_blocks(version, key, "en")
        assert [block.id for block in turkish] == [block.id for block in english]
        assert not any(block.is_fallback for block in (*turkish, *english))
        assert [block.question for block in turkish if block.question] == list(UNITS[key])
    assert "<strong>CAT III</strong>" in service.unit_blocks(version, "hazirlik", "en")[0].html
    with pytest.raises(NotFound):
        service.unit_blocks(version, "no-such-unit", "tr")


def test_stored_html_of_an_older_sanitiser_is_not_shown(database: db.Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    version = a_published_course(slug="eski-kurs")
    monkeypatch.setattr(text, "SANITISER", "a newer one")
    row = db.session().get(VersionUnit, (version.id, "tr", "kayit"))
    assert row is not None
    row.blocks[0]["html"] = "<script>"
    assert "<script>" not in service.unit_blocks(version, "kayit", "tr")[0].html


def test_a_document_survives_the_database(database: db.Scope) -> None:
    version = a_published_course()
    before = service.document(version)
    db.session().expire_all()
    again = service.document(service.version(version.id))
    assert again == before
    assert again.unit("kayit").question("akim-hesabi").key == "akim-hesabi"


def test_media_are_found_by_version_and_name_only(database: db.Scope) -> None:
    version = a_published_course(slug="gorselli-kurs")
    given = (SAMPLE / "media" / "baglanti.svg").read_bytes()
    stored = service.media_file(version, "baglanti.svg")
    assert (files.read(stored), stored.media_type, stored.is_personal) == (given, "image/svg+xml", False)
    medium = service.public_medium(version.hash[:16], "baglanti.svg")
    assert medium.served == hashlib.sha256(given).hexdigest()
    for prefix, name in ((version.hash[:16], "other.svg"), ("0" * 16, "baglanti.svg")):
        with pytest.raises(NotFound):
            service.public_medium(prefix, name)


def test_a_draft_is_seen_by_its_centre_in_list_and_by_address_alike(database: db.Scope) -> None:
    centre, elsewhere = a_centre(), a_centre(ELSEWHERE)
    a_draft(a_trainer(centre), centre, "burada-kurs")
    a_draft(a_trainer(elsewhere), elsewhere, "orada-kurs")
    people = [
        a_trainer(centre),
        a_trainer(elsewhere),
        a_centre_administrator(centre),
        a_network_administrator(),
        a_teacher(),
    ]
    for viewer in map(acting, people):
        listed = {row.slug for row in service.draft_rows(viewer=viewer)}
        assert listed == {slug for slug in ("burada-kurs", "orada-kurs") if _sees(slug, viewer)}
    assert [row.waits for row in service.draft_rows(viewer=acting(people[3]))] == [True, True]


def _sees(slug: str, viewer: Actor) -> bool:
    try:
        service.see_draft(slug, viewer=viewer)
    except NotFound:
        return False
    return True


def test_a_shelf_keeps_what_was_used_last() -> None:
    made: list[str] = []
    shelf: Shelf[str] = Shelf(2)

    def get(key: str) -> str:
        return shelf.get(key, lambda: made.append(key) or key)  # type: ignore[func-returns-value]  # append answers None

    for key in ("a", "b", "a", "c", "a", "b"):
        get(key)
    assert made == ["a", "b", "c", "b"]
    assert len(shelf) == 2


def test_a_course_that_is_not_published_has_no_current_version(database: db.Scope) -> None:
    draft = a_draft(a_trainer())
    assert service.find_current(draft.course_id) is None
    assert db.session().get_one(Course, draft.course_id).title.en == "Safe measurement in the workshop"
