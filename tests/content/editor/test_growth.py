"""What a person does with one unit costs what that unit costs, however large the course around it is: counted, not timed."""

import pytest
from flask import Flask
from sqlalchemy import update

from lmp.access import Actor
from lmp.config import ROOT
from lmp.content import gate, service
from lmp.content.document import CourseDocument, findings
from lmp.content.editing import Raw, block_in, blocks, patches
from lmp.content.editing.exact import copied
from lmp.content.editing.panel import panel, with_only
from lmp.content.files import read
from lmp.content.gate import numbers, readability
from lmp.content.models import Draft
from lmp.content.service import NotWritable, UnitPlace
from lmp.core import db
from lmp.core.ids import new_id
from tests.builders.accounts import a_trainer, acting
from tests.builders.large import SOURCE, a_large_document, a_large_draft
from tests.visitor import Visitor

UNITS, BLOCKS = 10, 3
PLACE = UnitPlace("buyuk-kurs", "unite-4")


@pytest.fixture
def author(database: db.Scope) -> Actor:
    trainer = a_trainer(name="Yazar Demo")
    a_large_draft(trainer, UNITS, BLOCKS)
    return acting(trainer)


def _strange(document: Raw, *, but: str = "") -> None:
    """Put into every unit what the schema refuses, as a draft may hold it that an older one took."""
    for one in document["units"]:
        if one["key"] != but:
            one["strange"] = "x"


def _with_strange_units(but: str = "") -> None:
    """Let the draft be such a one."""
    draft = service.draft(PLACE.slug)
    document = service.raw_document(draft)
    _strange(document, but=but)
    db.session().execute(update(Draft).values(document=document, hash=str(new_id())))
    db.session().expire_all()


def _says(words: str, author: Actor) -> service.Edited:
    return service.write_block(PLACE, "metin-2", {"body.tr": words}, {}, by=author)


def test_a_save_reads_one_unit_and_leaves_the_others_as_they_are(author: Actor) -> None:
    _with_strange_units()
    with pytest.raises(NotWritable) as refused:
        _says("Yeni", author)
    assert {path[:2] for path, _message in refused.value.places} == {("units", 3)}


def test_what_the_schema_would_refuse_elsewhere_is_nobody_elses_hindrance(author: Actor) -> None:
    _with_strange_units(but=PLACE.key)
    done = _says("Yeni", author)
    assert block_in(done.document, PLACE.key, "metin-2")["body"]["tr"] == "Yeni"
    assert [one.get("strange") for one in done.document["units"]] == ["x"] * 3 + [None] + ["x"] * 6


def test_opening_a_unit_costs_the_same_few_queries_in_a_course_of_one_and_of_ten(visitor: Visitor, app: Flask) -> None:
    with db.transaction():
        person = a_trainer(name="Yazar Demo")
        for units in (1, UNITS):
            a_large_draft(person, units, BLOCKS, f"kurs-{units}")
    visitor.sign_in(person)
    opened = [visitor.open(f"/tr/draft/kurs-{units}/unit/unite-1/edit") for units in (1, UNITS) for _ in range(2)]
    counts = [page.statements for page in opened]
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15


def test_the_panel_reads_only_the_texts_that_were_written_since(author: Actor) -> None:
    counted = (numbers.numbers, readability.ease, readability.sentences)
    for one in counted:
        one.cache_clear()  # another test of this process may have read the same words
    document = a_large_document(1, 40).model_dump(mode="json", exclude_none=True)
    panel(document, {})
    before = [one.cache_info().misses for one in counted]
    blocks.write(document, "unite-1", "metin-7", {"body.tr": "Bugün 4 kablo.", "body.en": "Four cables today."}, {})
    panel(with_only(document, "unite-1"), {})
    assert [one.cache_info().misses - was for one, was in zip(counted, before, strict=True)] == [2, 2, 2]


def test_the_steps_of_a_change_are_as_few_as_what_was_done() -> None:
    before = a_large_document(2, 20).model_dump(mode="json", exclude_none=True)
    for change, most in (
        (lambda one: blocks.add(one, "unite-1", {"kind": "text", "body": {"tr": "", "en": ""}}, ""), 1),
        (lambda one: blocks.move(one, "unite-2", "metin-9", 1), 1),
        (lambda one: blocks.remove(one, "unite-1", "metin-3"), 1),
        (lambda one: one["units"].append(one["units"].pop(0)), 1),
        (lambda one: block_in(one, "unite-2", "metin-5")["body"].update(tr="Yeni"), 1),
    ):
        after = copied(before)
        change(after)
        patch = patches.difference(before, after)
        assert patch is not None
        assert len(patch) == most


@pytest.mark.parametrize("number", range(3))
def test_the_panel_says_what_the_whole_gate_says_of_a_unit(number: int) -> None:
    whole = read(ROOT / "courses" / SOURCE).document
    assert whole is not None
    document = with_only(whole.model_dump(mode="json", exclude_none=True), whole.units[number].key)
    for block in document["units"][0]["blocks"][number::2]:
        for text in (block.get("body"), block.get("text")):
            if text:
                text["en"] = text["en"].replace("2", "3").replace("panel", "cupboard").replace(". ", " ")
    alone = CourseDocument.model_validate(document)
    expected = [one for one in (*findings(alone), *gate.examine(alone, {})) if one.path[:2] == ("units", 0)]
    assert len(expected) > number
    found = [row.finding for row in panel(document, {}).rows]
    assert sorted(found, key=str) == sorted(expected, key=str)
