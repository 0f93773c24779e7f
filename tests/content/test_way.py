"""A new course leads its author on, stage by stage."""

import copy

from lmp.content import gate, service
from lmp.content.document import CourseDocument, findings
from lmp.content.editing import Raw
from lmp.content.way import next_stage, way
from lmp.core import db
from tests.builders.accounts import a_trainer, acting
from tests.builders.content import FIRST_NOTE, a_draft
from tests.content.samples import course
from tests.visitor import Visitor

HUB = "/tr/draft/demo-kurs"


def _way(document: Raw) -> dict[str, tuple[int, bool]]:
    whole = CourseDocument.model_validate(document)
    found = [*findings(whole), *gate.examine(whole, {})]
    return {stage.name: (stage.missing, stage.is_done) for stage in way(document, found)}


def _document() -> Raw:
    return copy.deepcopy(course().model_dump(mode="json", exclude_none=True))


def test_what_is_missing_is_counted_where_it_is_written() -> None:
    document = _document()
    document["title"]["en"] = ""
    document["outcomes"][0]["text"]["en"] = ""
    document["units"][0]["summary"]["tr"] = ""
    document.pop("workplace")
    found = _way(document)
    assert list(found) == ["details", "outcomes", "units", "plan", "practical", "completion", "glossary", "review"]
    assert [name for name in ("details", "outcomes", "units", "plan") if found[name][1]] == []
    assert found["review"][0] >= 4


def test_a_course_without_a_test_at_the_end_needs_none() -> None:
    document = _document()
    document.pop("practical")
    assert not _way(document)["practical"][1]
    document["policy"]["practical"] = False
    document["minutes"]["practical"] = document["policy"]["strands"]["practical"] = 0
    assert _way(document)["practical"] == (0, True)


def test_the_next_stage_is_the_first_that_is_not_done() -> None:
    document = _document()
    document["glossary"] = []
    whole = CourseDocument.model_validate(document)
    errors = [one for one in findings(whole) if one.path[:1] == ("glossary",)]
    stage = next_stage(way(document, errors))
    assert stage is not None
    assert stage.name == "glossary"


def test_the_page_of_a_new_course_shows_the_way_until_it_is_published(visitor: Visitor) -> None:
    with db.transaction():
        author, reader = a_trainer(name="Yazar Demo"), a_trainer(name="İnceleyen Demo")
        a_draft(author)
    page = visitor.sign_in(author).open(HUB)
    assert ("İlk sürüme giden yol" in page.text, "Buradan devam edin" in page.text) == (True, True)
    with db.transaction():
        service.publish(service.draft("demo-kurs"), by=acting(reader), note=FIRST_NOTE)
    assert "İlk sürüme giden yol" not in visitor.open(HUB).text
