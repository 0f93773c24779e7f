"""For those who tab, who force colours, who ask for less motion: every page of a good selection."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Site
from tests.browser.examining import found, sign_in
from tests.browser.keyboard import Keys
from tests.browser.stops import NOBODY, Stop
from tests.browser.walker import Walker

#: 1280 × 1024 at 400 %.
ZOOMED = (320, 256)
#: One page of each of these kinds, as this person sees it.
SELECTION = {
    NOBODY: ("catalogue.home", "catalogue.courses", "catalogue.course", "certificate_neutral.show", "accounts.sign_in"),
    "ogretmen": ("journey.today", "learning.unit", "learning.quiz_question", "workplace.day", "journey.statement"),
    "koordinator": ("journey.today", "enrolment.run", "certificate.batch", "reports.centre", "accounts.people"),
    "egitimgorevlisi": ("meeting.timetable", "meeting.roster"),
    "okulmuduru": ("enrolment.application",),
    "bakanlik": ("reports.network", "network.edit_school"),
}


@pytest.fixture
def selection(every_stop: list[Stop]) -> list[Stop]:
    """The first page of each kind."""
    return [
        next(stop for stop in every_stop if (stop.who, stop.endpoint) == (who, endpoint))
        for who, endpoints in SELECTION.items()
        for endpoint in endpoints
    ]


@pytest.mark.parametrize("who", SELECTION)
@pytest.mark.parametrize("size", [PHONE, ZOOMED], ids=["phone", "400 %"])
def test_whoever_tabs_through_a_page_always_sees_where_they_are(
    walkers: Site, selection: list[Stop], who: str, size: tuple[int, int]
) -> None:
    keys = Keys.arrive(walkers.browser, walkers.url, "tr", size)
    walkers.walkers.append(keys)
    assert found(keys, selection, who, lambda _walker: list(keys.stops_of_page())) == []


@pytest.mark.parametrize("who", SELECTION)
def test_nothing_moves_for_those_who_asked_for_less_motion(walkers: Site, selection: list[Stop], who: str) -> None:
    walker = walkers.walker("tr", size=PHONE, reduced_motion="reduce")
    assert found(walker, selection, who, _moving) == []


def _moving(walker: Walker) -> list[str]:
    """What would take time to change."""
    return list(walker.page.evaluate(_MOVING))


_MOVING = """() => [...document.querySelectorAll("*")].filter((one) => ["", "::before", "::after"].some((part) => {
  const style = getComputedStyle(one, part || null);
  return [style.transitionDuration, style.animationDuration].some((all) => all.split(",").some((time) => parseFloat(time) > 0.01))
    || style.scrollBehavior === "smooth";
})).map((one) => one.className).slice(0, 3)"""


def _forced(site: Site, who: str, path: str) -> Page:
    """A page as somebody sees it who forces colours of their own, white on black."""
    walker = site.walker("tr", forced_colors="active", color_scheme="dark")
    sign_in(walker, who)
    assert walker.visit(path) == 200
    return walker.page


def _of(page: Page, selector: str, what: str) -> list[str]:
    """A computed value of every element that fits."""
    found: list[str] = page.eval_on_selector_all(selector, f"(all) => all.map((one) => getComputedStyle(one).{what})")
    assert found, selector
    return found


def _path(every_stop: list[Stop], who: str, endpoint: str, place: int = 0) -> str:
    return [stop.path for stop in every_stop if (stop.who, stop.endpoint) == (who, endpoint)][place]


def test_in_forced_colours_the_one_act_and_the_current_place_stand_out(walkers: Site) -> None:
    page = _forced(walkers, "ogretmen", "/today")
    ground = _of(page, "body", "backgroundColor")[0]
    assert set(_of(page, "main .button:not(.button-second, .button-link)", "backgroundColor")) != {ground}
    (here,) = _of(page, ".places [aria-current]", "borderTopColor")
    assert here != ground
    assert set(_of(page, ".places a:not([aria-current])", "borderTopColor")) == {ground}
    page.keyboard.press("Tab")
    assert _of(page, ":focus", "outlineStyle") == ["solid"]
    assert _of(page, ":focus", "outlineColor") != [ground]


def test_in_forced_colours_notices_and_chosen_answers_keep_a_frame(walkers: Site, every_stop: list[Stop]) -> None:
    page = _forced(walkers, "koordinator", _path(every_stop, "koordinator", "enrolment.run", 1))
    ground = _of(page, "body", "backgroundColor")[0]
    assert ground not in _of(page, ".notice", "borderTopColor")
    assert "0px" not in _of(page, ".notice", "borderTopWidth")
    assert set(_of(page, ".chip[aria-current]", "borderTopWidth")) == {"3px"}
    page = _forced(walkers, "ogretmen", _path(every_stop, "ogretmen", "learning.unit"))
    assert set(_of(page, ".option:has(:checked)", "borderTopWidth")) == {"3px"}


def test_in_forced_colours_charts_and_progress_are_seen(walkers: Site, every_stop: list[Stop]) -> None:
    page = _forced(walkers, "koordinator", _path(every_stop, "koordinator", "reports.centre"))
    ground = _of(page, "body", "backgroundColor")[0]
    assert ground not in _of(page, ".chart-fill", "fill")
    assert ground not in _of(page, ".chart text", "fill")
    assert ground not in _of(page, ".chart-line, .tile-ground", "stroke")
    page = _forced(walkers, "ogretmen", "/today")
    assert ground not in _of(page, ".strand-bar svg", "borderTopColor")
