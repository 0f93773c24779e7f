"""From every finding one press leads to the field where it is mended."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from lmp.content import service
from lmp.content.editing import Place, Raw
from lmp.core import db
from tests.builders.accounts import a_trainer, acting
from tests.builders.content import a_draft
from tests.visitor import Page, Visitor

HUB = "/tr/draft/demo-kurs"


def _kind(document: Raw, kind: str) -> Raw:
    """The first block of a kind in the first unit."""
    return next(one for one in document["units"][0]["blocks"] if one["kind"] == kind)


def _spoil(document: Raw) -> None:
    """Something to mend on every page of a course."""
    unit = document["units"][0]
    _kind(document, "text")["body"]["en"] = ""
    _kind(document, "image")["alt"]["tr"] = ""
    _kind(document, "text").pop("translation", None)
    unit["summary"]["en"] = ""
    unit["quiz"] = {"draw": 40, "pass": 60}
    unit["questions"][0]["explanation"]["en"] = ""
    unit["questions"][0]["options"][0]["text"]["tr"] = ""
    unit["questions"][1]["outcome"] = "o99"
    document["units"][1]["minutes"] = 900
    document["title"]["en"] = ""
    document["minutes"]["online"] = 5
    document["outcomes"][0]["text"]["en"] = ""
    document["outcomes"].append(
        {"id": "o77", "text": {"tr": "Ölçer.", "en": "Measures."}, "you": {"tr": "a", "en": ""}}
    )
    document["policy"]["strands"]["workplace"] = 90_000
    document["workplace"]["days"][0]["tasks"][0]["text"]["tr"] = "Çok uzun bir görev adı, kırk karakterden uzun olan"
    document["workplace"]["days"][1]["tasks"] = []
    document["practical"]["criteria"][1]["levels"][0]["text"]["en"] = ""
    document["practical"]["criteria"][0]["levels"][0]["points"] = 50
    document["glossary"][0]["definition"]["en"] = ""


def _spoiled(visitor: Visitor, change: Callable[[Raw], None] = _spoil) -> Visitor:
    """The author of a draft with much to mend, signed in."""
    with db.transaction():
        author = a_trainer(name="Yazar Demo")
        a_draft(author)
        service.edit("demo-kurs", change, service.Act(service.Verb.WRITE, Place("course")), by=acting(author))
    return visitor.sign_in(author)


def _leads(page: Page) -> list[tuple[str, str]]:
    """The sentence of each finding with the address it leads to."""
    links: list[Any] = [one for one in page.all("a") if "Oraya git" in "".join(one.itertext())]
    return [("".join(one.itertext()), str(one.get("href"))) for one in links]


def test_every_finding_leads_to_a_place_that_is_there(app: Flask, visitor: Visitor) -> None:
    found = _leads(_spoiled(visitor).open(HUB))
    anchors = {address.partition("#")[2] for _words, address in found}
    assert {"title-en", "minutes-online", "policy-strands-workplace", "outcomes-0-text-en"} <= anchors
    assert {"field-heading-quiz.draw", "field-heading-summary.en", "explanation-en", "outcome"} <= anchors
    assert {"days-0-tasks-0-text-tr", "row-days-1-tasks", "criteria-1-levels-0-text-en"} <= anchors
    pages: dict[str, Page] = {}
    for words, address in found:
        path, _, anchor = address.partition("#")
        page = pages.setdefault(path, visitor.open(path))
        ids = {one.get("id") for one in page.tree.iter() if one.get("id")}
        assert anchor in ids, (words, address)


def test_a_finding_of_a_film_leads_to_its_files(visitor: Visitor) -> None:
    def film(document: Raw) -> None:
        picture = _kind(document, "image")
        texts = {"title": {"tr": "Tanıtım filmi", "en": "A tour"}, "transcript": {"tr": "", "en": ""}}
        document["units"][0]["blocks"].append({"kind": "video", "id": "film", "file": dict(picture["file"]), **texts})

    found = dict(_leads(_spoiled(visitor, film).open(HUB)))
    captions = [address for address in found.values() if address.endswith(("#captions_tr", "#captions_en"))]
    assert len(captions) == 2
    page = visitor.open(captions[0].partition("#")[0])
    assert page.all("input", id=captions[0].partition("#")[2])
