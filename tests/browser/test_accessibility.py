"""Every kind of page: nothing that shuts somebody out, nothing from elsewhere, no sideways scroll on a small phone."""

import re

import pytest
from playwright.sync_api import expect

from lmp.content.document import Lang
from lmp.web.statement import statement
from tests.browser.conftest import PHONE, Site
from tests.browser.examining import LOOKS, cut_off, found, sign_in, violations
from tests.browser.stops import LOOKERS, NOBODY, NOT_PAGES, Stop
from tests.browser.walker import Walker

#: A window of 1280 × 1024 at 400 %, and no wider than the smallest phone.
SMALLEST = (320, 256)


def test_every_kind_of_page_is_looked_at(demo_site: Site, every_stop: list[Stop]) -> None:
    pages = {rule.endpoint for rule in demo_site.app.url_map.iter_rules() if "GET" in (rule.methods or ())} - NOT_PAGES
    assert pages - {stop.endpoint for stop in every_stop} == set()


def test_the_statement_speaks_of_every_kind_of_page(every_stop: list[Stop]) -> None:
    assert {stop.endpoint for stop in every_stop} - set(statement().kinds) == set(), "run `make statement`"


@pytest.mark.parametrize("who", LOOKERS)
@pytest.mark.parametrize(("scheme", "lang"), LOOKS)
def test_no_page_shuts_anybody_out(walkers: Site, every_stop: list[Stop], who: str, scheme: str, lang: Lang) -> None:
    walker = _with_axe(walkers, scheme, lang)
    assert found(walker, every_stop, who, violations) == []


#: Who fills a form in badly, its page, and the button they press.
MISTAKES = (
    (NOBODY, "accounts.sign_in", "Sign in"),
    ("ogretmen", "workplace.day", "Save"),
    ("koordinator", "enrolment.open_run_of", "Open the run"),
    ("koordinator", "workplace.place_enrolment", "Save"),
    ("koordinator", "certificate.revoke", "Revoke the certificate"),
    ("okulmuduru", "enrolment.application", "Save the decision"),
    ("degerlendirici", "practical.observe", "Save"),
)
#: What they write into fields that are filled in already.
SPOILT = {"workplace.day": {"One sentence about this day": ""}, "practical.observe": {"Start": "?"}}


@pytest.mark.parametrize(("who", "endpoint", "button"), MISTAKES)
@pytest.mark.parametrize(("scheme", "lang"), LOOKS)
def test_no_page_with_a_mistake_shuts_anybody_out(
    walkers: Site, every_stop: list[Stop], who: str, endpoint: str, button: str, scheme: str, lang: Lang
) -> None:
    walker = _with_axe(walkers, scheme, lang)
    sign_in(walker, who)
    stop = next(stop for stop in reversed(every_stop) if (stop.who, stop.endpoint) == (who, endpoint))
    walker.visit(stop.path)
    for label, text in SPOILT.get(endpoint, {}).items():
        walker.fill(label, text)
    walker.press(button)
    expect(walker.page).to_have_title(re.compile("^" + re.escape(walker.say("Error:"))))
    expect(walker.page.locator("#error-summary")).to_be_focused()
    assert violations(walker) == []


@pytest.mark.parametrize("who", LOOKERS)
@pytest.mark.parametrize("lang", ["tr", "en"])
def test_every_page_fits_a_small_phone_and_400_percent_and_asks_nobody_else_for_anything(
    walkers: Site, every_stop: list[Stop], who: str, lang: Lang
) -> None:
    walker = walkers.walker(lang, size=SMALLEST)
    assert found(walker, every_stop, who, cut_off) == []
    assert walker.troubles == []


def _with_axe(site: Site, scheme: str, lang: Lang) -> Walker:
    """Somebody with a phone, into whose pages axe may be put although they forbid it."""
    return site.walker(lang, size=PHONE, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
