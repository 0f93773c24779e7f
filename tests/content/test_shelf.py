"""How courses come to be, travel and stay related, on both databases."""

import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from lmp.access import Actor
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.content import service
from lmp.content.editing import Place, Raw, Superseded, block_in, blocks
from lmp.content.files import canonical_files
from lmp.content.models import CourseOrigin, CourseVersion, Draft
from lmp.content.rules import NotPublishable
from lmp.content.service import Act, NewCourse, TitleTaken, Verb, archives, creating, origins
from lmp.core import db, files
from lmp.core.archive import BadArchive
from lmp.core.db import Bilingual
from lmp.core.errors import NotAllowed, NotFound, RuleBroken
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_teacher,
    a_trainer,
    acting,
)
from tests.builders.content import FIRST_NOTE, a_draft, a_published_course, course_files, edit
from tests.content.hostile import Entry, archive

HOME, ELSEWHERE = "smm-ank-cezeri", "smm-bur-tophane"
UNIT, BLOCK = "hazirlik", "kategori"
WRITE = Act(Verb.WRITE, Place("block", UNIT, BLOCK), ("tr",))
NEWS = Bilingual("Metin yenilendi", "A text was renewed")


def _wanted(**other: Any) -> NewCourse:
    given = {
        "title": Bilingual("Kaynağa İlk Adım", "First steps in welding"),
        "field": "elektrik-elektronik",
        "hours": 30,
        "shape": "workplace",
        "centre": HOME,
    }
    return NewCourse(**{**given, **other})


def _say(slug: str, words: str, by: Actor, block: str = BLOCK) -> None:
    name = "body.tr" if block == BLOCK else "text.tr"
    service.edit(slug, lambda raw: blocks.write(raw, UNIT, block, {name: words}, {}), WRITE, by=by)


def _turkish(draft: Draft, block: str = BLOCK) -> str:
    return str(block_in(service.raw_document(draft), UNIT, block)["body"]["tr"])


# --- a new course


def test_five_inputs_make_a_course_with_everything_to_write(database: db.Scope) -> None:
    trainer = a_trainer(a_centre(), "Yazar Demo")
    draft = service.create_course(_wanted(), by=acting(trainer))
    document = service.draft_document(draft)
    assert (draft.course.slug, draft.revision, draft.author_id) == ("kaynaga-ilk-adim", 1, trainer.id)
    assert sum(document.minutes.by_strand().values()) == 30 * 60
    assert draft.course.title == Bilingual("Kaynağa İlk Adım", "First steps in welding")
    (row,) = service.revision_rows(draft.course_id)
    assert (row.verb, row.author) == (Verb.CREATE, "Yazar Demo")
    assert [entry.act for entry in audit.history(draft.course)] == ["content.draft_saved"]
    with pytest.raises(NotPublishable):
        service.publish(draft, by=acting(a_trainer(name="İnceleyen Demo")), note=FIRST_NOTE)


def test_a_title_of_the_centre_is_offered_instead_and_other_centres_may_use_it(database: db.Scope) -> None:
    a_centre(ELSEWHERE)
    by = acting(a_trainer(a_centre()))
    service.create_course(_wanted(), by=by)
    for title in (Bilingual("KAYNAĞA ilk adım", "Else"), Bilingual("Başka", "first STEPS in welding")):
        with pytest.raises(TitleTaken) as taken:
            service.create_course(_wanted(title=title), by=by)
        assert taken.value.slug == "kaynaga-ilk-adim"
    other = service.create_course(_wanted(centre=ELSEWHERE), by=acting(a_trainer(a_centre(ELSEWHERE))))
    assert other.course.slug == "kaynaga-ilk-adim-2"


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"title": Bilingual(" ", "Else")}, "title_tr"),
        ({"title": Bilingual("Başka", "")}, "title_en"),
        ({"hours": 3}, "hours"),
        ({"hours": 241}, "hours"),
        ({"field": "no-field"}, "field"),
    ],
)
def test_what_is_missing_is_said_at_its_field(database: db.Scope, other: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        service.create_course(_wanted(**other), by=acting(a_trainer(a_centre())))
    assert refused.value.field == field


def test_words_of_addresses_are_no_names_of_courses(database: db.Scope) -> None:
    draft = service.create_course(_wanted(title=Bilingual("New", "New")), by=acting(a_trainer(a_centre())))
    assert draft.course.slug == "new-2"


def test_only_people_of_a_centre_begin_its_courses(database: db.Scope) -> None:
    a_centre()
    for stranger in (a_trainer(a_centre(ELSEWHERE)), a_teacher(), a_network_administrator()):
        with pytest.raises((NotFound, NotAllowed)):
            service.create_course(_wanted(), by=acting(stranger))
    assert service.create_course(_wanted(), by=acting(a_centre_administrator(a_centre())))


# --- a copy and its origin


@pytest.fixture
def elsewhere(database: db.Scope) -> CourseVersion:
    """A published course of another centre."""
    return a_published_course(centre=a_centre(ELSEWHERE))


@pytest.fixture
def author(database: db.Scope) -> Person:
    """A trainer of the home centre."""
    return a_trainer(a_centre(), "Yazar Demo")


def _copied(by: Person, title: str = "Bizim ölçüm") -> Draft:
    return service.copy_course("demo-kurs", title=Bilingual(title, "Our measurement"), centre=HOME, by=acting(by))


def _publish_again(words: str, block: str = BLOCK) -> CourseVersion:
    centre = a_centre(ELSEWHERE)
    _say("demo-kurs", words, acting(a_trainer(centre, "Öteki Yazar")), block)
    return service.publish(service.draft("demo-kurs"), by=acting(a_trainer(centre, "Öteki İnceleyen")), note=NEWS)


def test_a_copy_says_the_same_and_is_a_course_of_its_own(elsewhere: CourseVersion, author: Person) -> None:
    copy = _copied(author)
    was, now = service.document(elsewhere), service.draft_document(copy)
    assert (now.slug, now.centre, now.title.tr) == ("bizim-olcum", HOME, "Bizim ölçüm")
    assert (now.licence, now.glossary, now.units[0].blocks) == (was.licence, was.glossary, was.units[0].blocks)
    old = [question.id for unit in was.units for question in unit.questions]
    new = [question for unit in now.units for question in unit.questions]
    assert [question.origin for question in new] == old
    assert not {question.id for question in new} & set(old)
    mine, theirs = files.owned("course", copy.course_id), files.owned("course", elsewhere.course_id)
    assert {(row.sha256, row.name) for row in mine} == {(row.sha256, row.name) for row in theirs}
    origin = origins.find_origin(copy.course_id)
    assert origin is not None
    assert (origin.origin.slug, origin.number, origin.settled) == ("demo-kurs", 1, 1)


def test_nobody_copies_the_draft_of_another_centre(database: db.Scope, author: Person) -> None:
    a_draft(a_trainer(a_centre(ELSEWHERE)), a_centre(ELSEWHERE))
    with pytest.raises(NotFound):
        _copied(author)
    with pytest.raises(NotFound):
        service.copied("no-course", by=acting(author))


def test_teachers_and_the_ministry_copy_nothing(elsewhere: CourseVersion) -> None:
    a_centre()
    for stranger in (a_teacher(), a_network_administrator()):
        with pytest.raises((NotFound, NotAllowed)):
            _copied(stranger)


def test_a_course_of_ones_own_is_copied_as_its_draft_stands(author: Person) -> None:
    a_draft(author)
    _say("demo-kurs", "Yeni taslak", acting(author))
    assert _turkish(_copied(author)) == "Yeni taslak"


def test_a_later_version_is_offered_and_nothing_is_taken_by_itself(elsewhere: CourseVersion, author: Person) -> None:
    copy = _copied(author)
    assert origins.offered(copy).offers == []
    assert [row.has_news for row in service.draft_rows(viewer=acting(author))] == [False]
    _publish_again("Yeni metin")
    found = origins.offered(copy)
    assert [(one.thing.name, one.kind, one.conflict) for one in found.offers] == [(BLOCK, "changed", False)]
    assert found.has_news
    assert [row.has_news for row in service.draft_rows(viewer=acting(author))] == [True]
    assert _turkish(copy) != "Yeni metin"


def test_taking_is_a_revision_and_ends_the_news(elsewhere: CourseVersion, author: Person) -> None:
    copy = _copied(author)
    _publish_again("Yeni metin")
    (one,) = origins.offered(copy).offers
    origins.take("bizim-olcum", one.thing.key, one.seen, by=acting(author))
    assert _turkish(service.draft("bizim-olcum")) == "Yeni metin"
    newest = service.revision_rows(copy.course_id)[0]
    assert (newest.verb, newest.place) == (Verb.COPY, Place("block", UNIT, BLOCK))
    after = origins.offered(copy)
    assert (after.offers, after.has_news) == ([], False)


def test_what_only_the_origin_changed_is_taken_at_once_and_conflicts_wait(
    elsewhere: CourseVersion, author: Person
) -> None:
    copy = _copied(author)
    _say("bizim-olcum", "Bizim metin", acting(author))
    _publish_again("Onların metni")
    _publish_again("Başka yerde de", "aletini-denetle")
    found = origins.offered(copy)
    assert {(one.thing.name, one.conflict) for one in found.offers} == {("aletini-denetle", False), (BLOCK, True)}
    assert origins.take_easy("bizim-olcum", origins.mark_of_easy(found), by=acting(author)) == 1
    (left,) = origins.offered(copy).offers
    assert (left.thing.name, left.own["body"]["tr"]) == (BLOCK, "Bizim metin")
    origins.keep_own("bizim-olcum", left.thing.key, left.seen, by=acting(author))
    assert _turkish(service.draft("bizim-olcum")) == "Bizim metin"
    assert not origins.offered(copy).has_news
    assert "content.origin_kept" in [entry.act for entry in audit.history(copy.course)]
    _publish_again("Onların daha yeni metni")
    (again,) = origins.offered(copy).offers
    assert (again.conflict, again.old["body"]["tr"]) == (True, "Onların metni")


def test_a_decision_is_about_what_was_seen(elsewhere: CourseVersion, author: Person) -> None:
    copy = _copied(author)
    _publish_again("Yeni metin")
    (one,) = origins.offered(copy).offers
    _publish_again("Daha yeni metin")
    for act in (origins.take, origins.keep_own):
        with pytest.raises(Superseded):
            act("bizim-olcum", one.thing.key, one.seen, by=acting(author))


def test_a_version_without_anything_to_decide_is_settled_by_a_press(elsewhere: CourseVersion, author: Person) -> None:
    copy = _copied(author)
    _say("bizim-olcum", "Yeni metin", acting(author))
    _publish_again("Yeni metin")
    assert (origins.offered(copy).offers, origins.offered(copy).has_news) == ([], True)
    origins.settle("bizim-olcum", by=acting(author))
    assert not origins.offered(copy).has_news


def test_strangers_decide_nothing(elsewhere: CourseVersion, author: Person) -> None:
    _copied(author)
    _publish_again("Yeni metin")
    (one,) = origins.offered(service.draft("bizim-olcum")).offers
    with pytest.raises(NotFound):
        origins.take("bizim-olcum", one.thing.key, one.seen, by=acting(a_trainer(a_centre(ELSEWHERE))))
    with pytest.raises(NotFound):
        origins.offered(service.draft("demo-kurs"))


# --- archives


def _bytes(slug: str, by: Person, number: int | None = None) -> bytes:
    return b"".join(archives.pack(slug, number, viewer=acting(by)).pieces)


def _received(data: bytes, by: Person) -> Any:
    return archives.receive(io.BytesIO(data), "kurs.zip", by=acting(by))


def test_an_archive_of_a_draft_is_the_same_bytes_each_time_and_changes_nothing_when_taken_in(author: Person) -> None:
    draft = a_draft(author)
    made = _bytes("demo-kurs", author)
    assert made == _bytes("demo-kurs", author)
    row = _received(made, author)
    looked = archives.look(row, by=acting(author))
    assert (looked.refusals, looked.changes, looked.draft) == ((), (), draft)
    again = archives.take_in(row, by=acting(author))
    assert (again.revision, again.hash) == (1, draft.hash)
    assert files.owned(archives.OWNER, author.id) == []


def test_an_archive_brings_a_change_as_a_revision(author: Person) -> None:
    a_draft(author)
    before = _bytes("demo-kurs", author)
    _say("demo-kurs", "Yeni metin", acting(author))
    row = _received(before, author)
    (change,) = archives.look(row, by=acting(author)).changes
    assert (change.thing.name, change.kind) == (BLOCK, "changed")
    taken = archives.take_in(row, by=acting(author))
    assert (taken.revision, taken.author_id) == (3, author.id)
    assert _turkish(taken) != "Yeni metin"


def test_a_version_goes_out_as_it_was_published(elsewhere: CourseVersion) -> None:
    trainer = a_trainer(a_centre(ELSEWHERE))
    first = _bytes("demo-kurs", trainer, 1)
    _say("demo-kurs", "Yeni metin", acting(trainer))
    assert _bytes("demo-kurs", trainer, 1) == first != _bytes("demo-kurs", trainer)
    with pytest.raises(NotFound):
        archives.pack("demo-kurs", 2, viewer=acting(trainer))
    with pytest.raises(NotFound):
        archives.pack("demo-kurs", 1, viewer=acting(a_trainer(a_centre())))


def test_a_course_of_another_installation_comes_to_ones_own_centre(author: Person) -> None:
    service.create_course(_wanted(), by=acting(author))
    with course_files("yabanci-kurs", "smm-van-uzak") as folder:
        edit(folder / "practical.yaml", ("minutes: 60", "minutes: 61"))
        row = _received(_zipped(folder), author)
    looked = archives.look(row, by=acting(author))
    assert looked.centre is not None
    assert (looked.unknown_centre, looked.centre.slug, looked.refusals) == ("smm-van-uzak", HOME, ())
    assert "minutes" in {one.rule for one in looked.findings}
    assert service.draft_document(archives.take_in(row, by=acting(author))).centre == HOME


def _zipped(folder: Path) -> bytes:
    every = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return archive(
        *(Entry(name=str(path.relative_to(folder.parent)).encode(), content=path.read_bytes()) for path in every)
    )


def test_a_course_of_another_centre_here_is_refused_with_a_copy_as_way_out(
    elsewhere: CourseVersion, author: Person
) -> None:
    for centre in (ELSEWHERE, HOME):
        with course_files(centre=centre) as folder:
            row = _received(_zipped(folder), author)
        (refusal,) = archives.look(row, by=acting(author)).refusals
        assert refusal.rule == archives.TAKEN
        with pytest.raises(service.NotImportable):
            archives.take_in(row, by=acting(author))
    with course_files("yeni-kurs", ELSEWHERE) as folder:
        row = _received(_zipped(folder), author)
    assert [one.rule for one in archives.look(row, by=acting(author)).refusals] == ["centre"]


def test_a_broken_file_is_named_and_nothing_is_written(author: Person) -> None:
    with course_files() as folder:
        edit(folder / "practical.yaml", ("minutes: 60", "minutes: sixty"))
        (folder / "media" / "baglanti.svg").unlink()
        row = _received(_zipped(folder), author)
    found = {(one.file, one.rule) for one in archives.look(row, by=acting(author)).refusals}
    assert {rule for _file, rule in found} == {"type", "missing-media"}
    with pytest.raises(service.NotImportable):
        archives.take_in(row, by=acting(author))
    assert service.find_draft("demo-kurs") is None


def test_an_archive_waits_for_the_person_who_sent_it_and_only_one_does(author: Person) -> None:
    a_draft(author)
    data = _bytes("demo-kurs", author)
    first, second = _received(data, author), _received(data, author)
    assert [row.id for row in files.owned(archives.OWNER, author.id)] == [second.id]
    with pytest.raises(NotFound):
        archives.received(first.id, by=acting(author))
    with pytest.raises(NotFound):
        archives.received(second.id, by=acting(a_trainer(a_centre(), "Başka Yazar")))
    archives.forget(archives.received(second.id, by=acting(author)))
    assert files.owned(archives.OWNER, author.id) == []


def test_teachers_send_no_archives_and_bad_ones_are_not_kept(author: Person) -> None:
    a_draft(author)
    with pytest.raises(NotFound):
        _received(_bytes("demo-kurs", author), a_teacher())
    with pytest.raises(BadArchive):
        _received(b"no archive", author)
    assert db.session().scalars(select(CourseOrigin)).all() == []


def test_a_course_that_is_hardly_begun_survives_its_archive(author: Person) -> None:
    draft = service.create_course(_wanted(), by=acting(author))

    def empty(document: Raw) -> None:
        first = document["units"][0]
        first["summary"] = {"tr": "", "en": ""}
        first["blocks"][0]["body"] = {"tr": "", "en": ""}
        first["blocks"][0].pop("translation")
        first["blocks"][1]["title"]["tr"] = ""
        document["minutes"]["online"] += 15

    service.edit(draft.course.slug, empty, WRITE, by=acting(author))
    before = service.draft(draft.course.slug)
    row = _received(_bytes(draft.course.slug, author), author)
    assert archives.look(row, by=acting(author)).refusals == ()
    after = archives.take_in(row, by=acting(author))
    assert (after.hash, after.revision) == (before.hash, 2)
    assert canonical_files(service.draft_document(after))
    assert creating.RESERVED
