"""Writing drafts in the browser, on both databases."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from lmp.access import Actor
from lmp.audit import service as audit
from lmp.content import service
from lmp.content.editing import Place, Raw, block_in, blocks, unit_in
from lmp.content.models import Revision
from lmp.content.service import Act, NotWritable, Verb
from lmp.content.service.revisions import WHOLE_EVERY
from lmp.core import db
from lmp.core.errors import NotAllowed, NotFound, RuleBroken
from lmp.core.messages import text as text_of
from tests.builders.accounts import a_centre, a_network_administrator, a_trainer, acting
from tests.builders.content import a_draft, a_published_course

UNIT, BLOCK = "hazirlik", "kategori"
WRITE = Act(Verb.WRITE, Place("block", UNIT, BLOCK), ("tr",))


def _says(words: str) -> Callable[[Raw], None]:
    return lambda document: blocks.write(document, UNIT, BLOCK, {"body.tr": words}, {})


def _turkish(document: Raw) -> str:
    return str(block_in(document, UNIT, BLOCK)["body"]["tr"])


@pytest.fixture
def author(database: db.Scope) -> Actor:
    trainer = a_trainer(a_centre(), "Yazar Demo")
    a_draft(trainer)
    return acting(trainer)


def test_a_change_is_a_new_revision_that_says_who_did_what(author: Actor) -> None:
    edited = service.edit("demo-kurs", _says("Yeni"), WRITE, by=author)
    assert (edited.changed, edited.revision) == (True, 2)
    newest, first = service.revision_rows(edited.draft.course_id)
    assert (newest.number, newest.verb, newest.place, newest.langs) == (2, Verb.WRITE, WRITE.place, ("tr",))
    assert (newest.author, first.verb) == ("Yazar Demo", Verb.IMPORT)
    assert edited.draft.author_id == author.id
    assert [entry.act for entry in audit.history(edited.draft.course)][-1] == "content.draft_saved"


def test_nothing_is_kept_when_nothing_changed(author: Actor) -> None:
    first = service.edit("demo-kurs", _says("Yeni"), WRITE, by=author)
    again = service.edit("demo-kurs", _says("Yeni"), WRITE, by=author)
    assert (first.changed, again.changed, again.revision) == (True, False, 2)


def test_every_state_can_be_read_again_and_most_are_kept_as_steps(author: Actor) -> None:
    said = [f"Metin {number}" for number in range(2, WHOLE_EVERY + 5)]
    for words in said:
        edited = service.edit("demo-kurs", _says(words), WRITE, by=author)
    course = edited.draft.course_id
    assert [_turkish(service.revision_document(course, number)) for number in (2, 9, 26, 27, 29)] == [
        said[number - 2] for number in (2, 9, 26, 27, 29)
    ]
    whole = db.session().scalars(
        select(Revision.number).where(Revision.document.is_not(None)).order_by(Revision.number)
    )
    assert list(whole) == [1, 26]


def test_an_earlier_state_comes_back_as_a_new_revision_with_its_files(author: Actor) -> None:
    course = service.draft("demo-kurs").course_id
    first = service.draft("demo-kurs").hash

    def without_pictures(document: Raw) -> None:
        for unit in document["units"]:
            unit["blocks"] = [block for block in unit["blocks"] if block["kind"] != "image"]

    edited = service.edit("demo-kurs", without_pictures, Act(Verb.REMOVE, Place("units")), by=author)
    assert not edited.draft.media
    restored = service.restore("demo-kurs", 1, by=author)
    assert (restored.revision, restored.draft.hash) == (3, first)
    assert restored.draft.media
    assert service.revision_document(course, 3) == service.revision_document(course, 1)


def test_what_the_schema_refuses_is_named_and_not_written(author: Actor) -> None:
    with pytest.raises(NotWritable) as refused:
        service.edit("demo-kurs", lambda document: document["units"][0].update(minutes="uzun"), WRITE, by=author)
    assert [path for path, _message in refused.value.places] == [("units", 0, "minutes")]
    assert text_of(refused.value.message, "en") == "A whole number is expected here."
    assert service.draft("demo-kurs").revision == 1


def test_a_picture_that_nobody_uploaded_cannot_be_named(author: Actor) -> None:
    picture = {"kind": "image", "file": {"tr": "yok.png"}, "alt": {"tr": "", "en": ""}}
    with pytest.raises(RuleBroken, match="is not there"):
        service.edit("demo-kurs", lambda document: blocks.add(document, UNIT, picture, None), WRITE, by=author)


def test_an_unfinished_draft_can_be_saved(author: Actor) -> None:
    def empty(document: Raw) -> None:
        blocks.add(document, UNIT, {"kind": "text", "body": {"tr": "", "en": ""}}, None)
        unit_in(document, UNIT)["title"]["en"] = ""

    edited = service.edit("demo-kurs", empty, WRITE, by=author)
    assert edited.changed
    assert any(finding.severity == "error" for finding in service.check_draft(edited.draft))


def test_trainers_of_another_centre_do_not_learn_that_the_draft_exists(author: Actor) -> None:
    stranger = acting(a_trainer(a_centre("smm-bur-tophane"), "Başka Demo"))
    with pytest.raises(NotFound):
        service.edit("demo-kurs", _says("Benim"), WRITE, by=stranger)
    with pytest.raises(NotFound):
        service.restore("demo-kurs", 1, by=stranger)


def test_the_network_reads_drafts_but_does_not_write_them(author: Actor) -> None:
    with pytest.raises(NotAllowed):
        service.edit("demo-kurs", _says("Benim"), WRITE, by=acting(a_network_administrator()))


def test_the_title_of_a_course_without_version_follows_its_draft_and_of_a_published_one_waits(
    database: db.Scope,
) -> None:
    trainer = a_trainer(a_centre(), "Yazar Demo")
    rename = Act(Verb.WRITE, Place("course"), ("tr",))

    def renamed(document: Raw) -> None:
        document["title"]["tr"] = "Yeni ad"

    a_draft(trainer, slug="yeni-kurs")
    assert service.edit("yeni-kurs", renamed, rename, by=acting(trainer)).draft.course.title.tr == "Yeni ad"
    published = a_published_course(author=trainer)
    service.edit("demo-kurs", renamed, rename, by=acting(trainer))
    assert published.course.title.tr != "Yeni ad"
