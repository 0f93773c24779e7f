"""The pages of everything in a course that is not inside a unit, as a visitor meets them."""

from typing import Any

import pytest

from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.editing import Raw
from lmp.core import db
from tests.builders.accounts import a_centre, a_network_administrator, a_teacher, a_trainer
from tests.builders.content import a_draft
from tests.visitor import Page, Visitor

AT = "/tr/draft/demo-kurs"
FORM_PAGES = ("details", "outcome", "workplace", "practical", "policy")
PAGES = (*FORM_PAGES, "unit", "glossary", "meeting")
ELSEWHERE = "smm-bur-tophane"


@pytest.fixture
def author(visitor: Visitor) -> Person:
    """A signed-in trainer with a draft."""
    with db.transaction():
        found = a_trainer(name="Yazar Demo")
        a_draft(found)
    visitor.sign_in(found)
    return found


def document() -> Raw:
    """What the draft says now."""
    with db.reading():
        return service.raw_document(service.draft("demo-kurs"))


def revision() -> int:
    with db.reading():
        return service.draft("demo-kurs").revision


def sheet(page: Page) -> dict[str, Any]:
    """What the form of a part would send."""
    from tests.visitor import values_of

    (form,) = page.all("form", id="sheet")
    return values_of(form)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lang", ["tr", "en"])
def test_every_page_opens_in_both_languages_and_asks_little_of_the_database(
    visitor: Visitor, author: Person, name: str, lang: str
) -> None:
    page = visitor.open(f"/{lang}/draft/demo-kurs/{name}")
    assert page.statements <= 15


@pytest.mark.parametrize("name", FORM_PAGES)
def test_a_page_that_is_sent_as_it_opened_saves_nothing(visitor: Visitor, author: Person, name: str) -> None:
    before = document()
    visitor.send(f"{AT}/{name}", sheet(visitor.open(f"{AT}/{name}")))
    assert (document(), revision()) == (before, 1)
    assert "kayıt yapılmadı" in visitor.open(f"{AT}/{name}").text
