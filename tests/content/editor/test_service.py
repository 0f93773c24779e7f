"""Writing a unit through the service, on both engines."""

from typing import Any

import pytest

from lmp.access import Actor
from lmp.content import service
from lmp.content.editing import Raw, Superseded, TextsSuperseded, mark_of
from lmp.content.models import Presence
from lmp.content.service import UnitPlace
from lmp.core import clock, db
from lmp.core.errors import NotAllowed, NotFound, RuleBroken
from tests.builders.accounts import a_centre, a_network_administrator, a_trainer, acting
from tests.builders.content import a_draft

UNIT, BLOCK, PICTURE = UnitPlace("demo-kurs", "hazirlik"), "aletini-denetle", "baglanti"


@pytest.fixture
def author(database: db.Scope) -> Actor:
    """The author of a draft."""
    person = a_trainer(name="Yazar Demo")
    a_draft(person)
    return acting(person)


def _unit(slug: str = "demo-kurs", place: int = 0) -> Raw:
    found: Raw = service.raw_document(service.draft(slug))["units"][place]
    return found


def _block(name: str = BLOCK) -> Raw:
    return next(one for one in _unit()["blocks"] if one["id"] == name)


def _seen(**values: Any) -> dict[str, str]:
    """Marks of what somebody saw, `__` for a point."""
    return {name.replace("__", "."): mark_of(value) for name, value in values.items()}


def test_a_write_keeps_a_revision_that_says_what_and_by_whom(author: Actor) -> None:
    was = _block()["title"]["tr"]
    done = service.write_block(UNIT, BLOCK, {"title.tr": "Bakın"}, _seen(title__tr=was), by=author)
    assert (done.changed, done.revision, _block()["title"]["tr"]) == (True, 2, "Bakın")
    newest = service.revision_rows(done.draft.course_id)[0]
    assert (newest.verb, newest.place.id, newest.langs, newest.author) == ("write", BLOCK, ("tr",), "Yazar Demo")


def test_a_write_of_what_stands_there_already_keeps_no_revision(author: Actor) -> None:
    was = _block()["title"]["tr"]
    assert not service.write_block(UNIT, BLOCK, {"title.tr": was}, _seen(title__tr=was), by=author).changed


def test_what_somebody_else_wrote_is_not_overwritten_unseen(author: Actor) -> None:
    was = _block()["title"]["tr"]
    service.write_block(
        UNIT, BLOCK, {"title.tr": "Onunki"}, _seen(title__tr=was), by=acting(a_trainer(name="Başka Demo"))
    )
    with pytest.raises(TextsSuperseded) as caught:
        service.write_block(UNIT, BLOCK, {"title.tr": "Benimki"}, _seen(title__tr=was), by=author)
    assert caught.value.texts == {"title.tr": ("Onunki", "Benimki")}
    service.write_block(UNIT, BLOCK, {"title.tr": "Benimki"}, _seen(title__tr="Onunki"), by=author)
    assert _block()["title"]["tr"] == "Benimki"


def test_a_caption_that_nobody_wrote_is_not_there(author: Actor) -> None:
    was = _block(PICTURE)["caption"]
    seen = _seen(caption__tr=was["tr"], caption__en=was["en"])
    service.write_block(UNIT, PICTURE, {"caption.tr": "", "caption.en": ""}, seen, by=author)
    assert "caption" not in _block(PICTURE)


def test_a_removed_picture_comes_back_with_its_file(author: Actor) -> None:
    before, was = [one["id"] for one in _unit()["blocks"]], service.remove_block(UNIT, PICTURE, by=author)
    assert "baglanti.svg" not in service.draft("demo-kurs").media
    service.put_back(UNIT, PICTURE, was, by=author)
    assert [one["id"] for one in _unit()["blocks"]] == before
    assert "baglanti.svg" in service.draft("demo-kurs").media
    assert not service.put_back(UNIT, PICTURE, was, by=author).changed
    with pytest.raises(NotFound):
        service.put_back(UNIT, "yok", was, by=author)


def test_a_picture_is_copied_into_another_course_with_its_file(author: Actor) -> None:
    a_draft(a_trainer(name="Yazar Demo"), slug="iki-kurs")
    to = UnitPlace("iki-kurs", "kayit")
    service.remove_block(UnitPlace("iki-kurs", "hazirlik"), PICTURE, by=author)
    made = service.copy_block(UNIT, PICTURE, to, by=author)
    assert _unit("iki-kurs", 1)["blocks"][-1]["id"] == made
    media = service.draft("iki-kurs").media
    assert media["baglanti.svg"] == service.draft("demo-kurs").media["baglanti.svg"]


def test_a_course_of_another_centre_is_not_there_to_copy_into(author: Actor) -> None:
    elsewhere = a_centre("smm-bur-tophane")
    a_draft(a_trainer(elsewhere), elsewhere, slug="bursa-kursu")
    with pytest.raises(NotFound):
        service.copy_block(UNIT, BLOCK, UnitPlace("bursa-kursu", "kayit"), by=author)


def test_who_writes_at_two_centres_does_not_carry_blocks_between_them(author: Actor) -> None:
    elsewhere = a_centre("smm-bur-tophane")
    a_draft(a_trainer(elsewhere), elsewhere, slug="bursa-kursu")
    both = Actor(author.kind, author.id, author.name, (*author.grants, *acting(a_trainer(elsewhere)).grants))
    with pytest.raises(RuleBroken, match="one centre"):
        service.copy_block(UNIT, BLOCK, UnitPlace("bursa-kursu", "kayit"), by=both)


def test_reviewed_is_said_of_what_was_seen_only(author: Actor) -> None:
    service.write_block(UNIT, BLOCK, {"text.en": "Read it."}, _seen(text__en=_block()["text"]["en"]), by=author)
    seen = mark_of(_block())
    service.mark_block(UNIT, BLOCK, seen, is_reviewed=True, by=author)
    assert _block()["translation"]["state"] == "reviewed"
    with pytest.raises(Superseded):
        service.mark_block(UNIT, BLOCK, seen, is_reviewed=True, by=author)


def test_still_right_keeps_how_far_the_translation_was(author: Actor) -> None:
    service.write_block(UNIT, BLOCK, {"text.tr": "Başka."}, _seen(text__tr=_block()["text"]["tr"]), by=author)
    found = service.sheet("demo-kurs", "hazirlik", viewer=author)
    assert found.pair(BLOCK).state == "stale"
    service.mark_block(UNIT, BLOCK, found.pair(BLOCK).seen, is_reviewed=False, by=author)
    assert service.sheet("demo-kurs", "hazirlik", viewer=author).pair(BLOCK).state == "reviewed"


def test_a_save_says_that_one_is_here_and_others_are_forgotten_after_two_minutes(author: Actor) -> None:
    colleague = acting(a_trainer(name="Başka Demo"))
    service.write_block(UNIT, BLOCK, {"title.tr": "Bakın"}, {}, by=author)
    assert service.be_here("demo-kurs", "hazirlik", by=colleague) == ["Yazar Demo"]
    assert service.be_here("demo-kurs", "kayit", by=colleague) == []
    with clock.at(clock.now() + clock.minutes(3)):
        assert service.be_here("demo-kurs", "hazirlik", by=colleague) == []
        assert db.session().query(Presence).count() == 1


def test_only_those_who_may_write_open_a_unit_or_are_here(author: Actor) -> None:
    reader = acting(a_network_administrator("Bakanlık Demo"))
    stranger = acting(a_trainer(a_centre("smm-bur-tophane")))
    for actor, refusal in ((reader, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            service.sheet("demo-kurs", "hazirlik", viewer=actor)
        with pytest.raises(refusal):
            service.be_here("demo-kurs", "hazirlik", by=actor)
        with pytest.raises(refusal):
            service.put_back(UNIT, BLOCK, 1, by=actor)
        with pytest.raises(refusal):
            service.copy_block(UNIT, BLOCK, UNIT, by=actor)


def test_equal_units_are_examined_once(author: Actor) -> None:
    found = service.sheet("demo-kurs", "hazirlik", viewer=author)
    assert service.unit_panel(found) is service.unit_panel(service.sheet("demo-kurs", "hazirlik", viewer=author))
