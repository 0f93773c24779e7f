"""What an origin offers its copy, and what taking it does, purely."""

import copy
from typing import Any
from uuid import UUID

import pytest

from lmp.content.document import CourseDocument
from lmp.content.editing import offers
from lmp.content.editing.offers import Offer, Thing
from tests.content.samples import course, question, text, unit

Raw = dict[str, Any]
MEDIA = {"tek-hat.svg": "a", "tek-hat.en.svg": "b", "pano.jpg": "c", "tanitim.mp4": "d", "form.pdf": "e"}


@pytest.fixture
def origin() -> Raw:
    """The sample as its origin says it now; tests change it."""
    return course().model_dump(mode="json", exclude_none=True)


@pytest.fixture
def own() -> Raw:
    """A copy of the sample, with questions of its own."""
    made = course().model_dump(mode="json", exclude_none=True)
    for asked in made["units"][0]["questions"]:
        offers.renew(asked)
    return made


BEFORE = course().model_dump(mode="json", exclude_none=True)
KNOWN = offers.marks(BEFORE, MEDIA)


def _offered(origin: Raw, own: Raw, media: dict[str, str] = MEDIA) -> list[Offer]:
    return offers.offers(KNOWN, offers.things(BEFORE, MEDIA), offers.things(origin, media), offers.things(own, MEDIA))


def _one(origin: Raw, own: Raw) -> Offer:
    (found,) = _offered(origin, own)
    return found


def _block(document: Raw, name: str) -> Raw:
    found: Raw = next(one for one in document["units"][0]["blocks"] if one["id"] == name)
    return found


def test_a_fresh_copy_is_offered_nothing(origin: Raw, own: Raw) -> None:
    assert _offered(origin, own) == []


def test_a_changed_block_is_offered_with_old_new_and_own_text(origin: Raw, own: Raw) -> None:
    _block(origin, "giris")["body"]["tr"] = "## Yeni"
    found = _one(origin, own)
    assert (found.thing, found.kind, found.conflict) == (Thing("block", "pano", "giris"), "changed", False)
    assert found.old["body"]["tr"].startswith("## Giriş")
    assert (found.new["body"]["tr"], found.own["body"]["tr"]) == ("## Yeni", found.old["body"]["tr"])


def test_what_both_changed_is_a_conflict_unless_they_say_the_same(origin: Raw, own: Raw) -> None:
    _block(origin, "giris")["body"]["tr"] = "## Yeni"
    _block(own, "giris")["body"]["tr"] = "## Bizimki"
    assert _one(origin, own).conflict
    _block(own, "giris")["body"]["tr"] = "## Yeni"
    assert _offered(origin, own) == []


def test_what_only_the_copy_changed_is_not_offered(origin: Raw, own: Raw) -> None:
    _block(own, "giris")["body"]["tr"] = "## Bizimki"
    own["units"].append(unit("bizim-unite"))
    del own["glossary"][0]
    assert _offered(origin, own) == []


def test_a_mark_of_translation_alone_is_no_news(origin: Raw, own: Raw) -> None:
    _block(origin, "giris")["translation"] = {"from": "123456789abc", "state": "draft"}
    assert _offered(origin, own) == []


def test_another_picture_under_the_same_name_is_news(origin: Raw, own: Raw) -> None:
    (found,) = _offered(origin, own, {**MEDIA, "pano.jpg": "other"})
    assert found.thing == Thing("block", "pano", "pano")
    assert sorted(offers.files_of(origin, found.thing)) == ["pano.jpg"]


def test_what_was_kept_is_offered_again_only_when_it_changes_again(origin: Raw, own: Raw) -> None:
    _block(origin, "giris")["body"]["tr"] = "## Yeni"
    theirs, mine = offers.things(origin, MEDIA), offers.things(own, MEDIA)
    known = {**KNOWN, **offers.decided_with([_one(origin, own)], theirs, mine)}
    assert offers.offers(known, {}, theirs, mine) == []
    _block(origin, "giris")["body"]["tr"] = "## Daha yeni"
    (again,) = offers.offers(known, {}, offers.things(origin, MEDIA), mine)
    assert again.conflict


def test_every_kind_of_thing_can_be_taken_and_is_then_the_same(origin: Raw, own: Raw) -> None:
    first = origin["units"][0]
    origin["summary"]["tr"] = "Başka"
    origin["outcomes"].append({"id": "o2", "text": text("Ölçer.", "Measures."), "you": text("Ölçersiniz.", "You do.")})
    first["title"]["en"] = "Other"
    first["blocks"].insert(1, {"kind": "question", "id": "yeni-soru", "ask": "soru-8"})
    first["questions"][1]["prompt"]["tr"] = "Başka soru?"
    first["questions"].append(question(8, "truefalse", correct=False))
    del first["questions"][4]
    origin["units"].append(unit("ikinci"))
    origin["workplace"]["hazard"]["tr"] = "Ark"
    origin["workplace"]["days"][3]["title"]["tr"] = "Başka gün"
    del origin["workplace"]["days"][9]
    origin["practical"]["place"]["tr"] = "Atölye"
    origin["practical"]["criteria"][0]["text"]["tr"] = "Başka ölçüt"
    origin["glossary"].append({"term": text("röle", "relay"), "definition": text("Anahtar.", "A switch.")})
    ids = {one["key"]: one["id"] for one in own["units"][0]["questions"]}
    found = _offered(origin, own)
    assert {one.thing.sort for one in found} == {
        *("detail", "outcome", "unit", "block", "question", "plan", "day", "criterion", "term")
    }
    for one in found:
        offers.take(own, origin, one.thing)
    assert _offered(origin, own) == []
    CourseDocument.model_validate(own)
    assert [one["id"] for one in own["units"][0]["blocks"]] == [one["id"] for one in first["blocks"]]
    for one in own["units"][0]["questions"]:
        assert one["id"] == ids.get(one["key"], one["id"])
    every = [one["id"] for each in own["units"] for one in each["questions"]]
    assert len(set(every)) == len(every)
    assert not set(every) & {one["id"] for each in origin["units"] for one in each["questions"]}
    assert all(UUID(one["origin"]) for each in own["units"] for one in each["questions"])


def test_a_unit_that_came_is_one_thing_and_one_that_is_kept_out_stays_out(origin: Raw, own: Raw) -> None:
    origin["units"].append(unit("ikinci"))
    found = _one(origin, own)
    assert (found.thing, found.kind) == (Thing("unit", "ikinci"), "added")
    theirs, mine = offers.things(origin, MEDIA), offers.things(own, MEDIA)
    known = {**KNOWN, **offers.decided_with([found], theirs, mine)}
    origin["units"][1]["blocks"][0]["body"]["tr"] = "Başka"
    assert offers.offers(known, {}, offers.things(origin, MEDIA), mine) == []


def test_a_removed_block_goes_and_the_unit_that_goes_takes_all_with_it(origin: Raw, own: Raw) -> None:
    own["units"].append(unit("ikinci", questions=[], quiz=None))
    before = copy.deepcopy(own)
    origin["units"][0]["blocks"] = [one for one in origin["units"][0]["blocks"] if one["id"] != "devam"]
    found = _one(origin, own)
    assert found.kind == "removed"
    offers.take(own, origin, found.thing)
    assert [one for one in before["units"][0]["blocks"] if one["id"] != "devam"] == own["units"][0]["blocks"]
    known = offers.marks(own, MEDIA)
    (gone,) = offers.offers(known, {}, offers.things(origin, MEDIA), offers.things(own, MEDIA))
    assert (gone.thing, gone.kind) == (Thing("unit", "ikinci"), "removed")
    offers.take(own, origin, gone.thing)
    assert [one["key"] for one in own["units"]] == ["pano"]
