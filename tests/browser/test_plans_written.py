"""Somebody without a mouse plans the days at the company, with scripts and without."""

from dataclasses import replace

import pytest
from playwright.sync_api import Locator, expect

from lmp.accounts.service.people import hashed
from lmp.content import service
from lmp.content.editing import Raw
from lmp.core import db
from tests.browser.conftest import Site
from tests.browser.keyboard import Keys
from tests.builders.accounts import a_trainer
from tests.builders.content import a_draft

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PASSWORD = "a-password-for-the-plan"
EMAIL = "tulin@demo.example"
AT = "/draft/demo-kurs/workplace"


def _a_trainer_with_a_draft() -> None:
    with db.transaction():
        trainer = a_trainer(name="Tülin Demo")
        trainer.email, trainer.password_hash = EMAIL, hashed(PASSWORD)
        a_draft(trainer)


def _days() -> list[Raw]:
    with db.reading():
        found: list[Raw] = service.raw_document(service.draft("demo-kurs"))["workplace"]["days"]
    return found


def _act(keys: Keys, value: str) -> Locator:
    return keys.page.locator(f'button[name="act"][value="{value}"]')


def _press(keys: Keys, value: str, shown: str) -> None:
    """Press a button of the form with the keyboard; the form is there again, with what was asked for."""
    keys.tab_to(_act(keys, value))
    keys.page.keyboard.press("Enter")
    expect(keys.page.locator(shown)).to_be_visible()


@ON_SQLITE
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_day_is_planned_by_keyboard(site: Site, scripts: bool) -> None:
    _a_trainer_with_a_draft()
    keys = _with(site) if scripts else _without(site)
    keys.sign_in(EMAIL, PASSWORD)
    keys.open(AT)
    before = _days()
    _press(keys, "add:days", "#days-3-title-tr")
    for name, words in (
        ("days-3-title-tr", "Pano montajı"),
        ("days-3-title-en", "Assembling a panel"),
        ("days-3-minutes", "300"),
        ("days-3-tasks-0-text-tr", "Ray ve klemens yerleştirme"),
        ("days-3-tasks-0-text-en", "Fit rails and terminals"),
    ):
        keys.write(keys.page.locator(f"#{name}"), words)
    keys.tick(keys.page.locator("#days-3-tasks-0-outcomes"))
    if scripts:
        keys.tab_to(keys.page.locator("#days-3-title-tr"))
        keys.page.keyboard.press("Alt+ArrowUp")
        expect(keys.page.locator("#days-3-title-tr")).to_be_focused()
        expect(_act(keys, "down:days-3")).to_be_visible()
    else:
        _press(keys, "up:days-3", 'button[value="down:days-3"]')
    assert _days() == before
    keys.press("Save")
    keys.reads(keys.say("Saved."))
    days = _days()
    assert [day["title"]["tr"] for day in days] == [
        *(day["title"]["tr"] for day in before[:2]),
        "Pano montajı",
        before[2]["title"]["tr"],
    ]
    assert (days[2]["day"], days[2]["minutes"], days[2]["title"]["en"]) == (3, 300, "Assembling a panel")
    assert [(task["text"]["en"], len(task["outcomes"])) for task in days[2]["tasks"]] == [
        ("Fit rails and terminals", 1)
    ]


def _with(site: Site) -> Keys:
    keys = replace(site, kind=Keys).walker("tr")
    assert isinstance(keys, Keys)
    return keys


def _without(site: Site) -> Keys:
    """A browser that runs no scripts of ours; what the test looks at by script still runs in the page."""
    keys = _with(site)
    keys.page.route("**/*.js", lambda route: route.fulfill(status=200, content_type="text/javascript", body=""))
    return keys
