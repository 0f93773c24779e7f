"""Every pair of colours a person must tell apart, with the ratio it has to reach, read from the style sheet itself."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "lmp/web/assets/css"
TEXT, SHAPE = 5.2, 3.0
LIGHT = ":root {"
DARK_BY_SYSTEM = ':root:not([data-scheme="light"]) {'
DARK_BY_CHOICE = ':root[data-scheme="dark"] {'

GROUNDS = ("bg", "surface")
SOFT = ("accent-soft", "ok-soft", "warn-soft", "bad-soft", "info-soft", "primary-soft", "warn-row", "sunken")
STATES = ("primary", "accent", "ok", "warn", "bad", "info", "link")
STRANDS = ("online", "meeting", "workplace", "practical")

TEXT_PAIRS = (
    [(ink, ground) for ink in ("text", "text-2", "visited", *STATES) for ground in GROUNDS]
    + [("text", ground) for ground in SOFT]
    + [("text-2", ground) for ground in ("sunken", "primary-soft", "warn-row")]
    + [(tone, f"{tone}-soft") for tone in ("accent", "ok", "warn", "bad", "info", "primary")]
    + [(tone, "warn-row") for tone in ("link", "primary", "warn", "bad", "ok", "info")]
    + [(tone, "accent-soft") for tone in ("info", "ok", "link")]
    + [("link", ground) for ground in ("ok-soft", "warn-soft", "bad-soft", "info-soft")]
    + [("on-primary", "primary"), ("on-primary", "primary-hover")]
)
SHAPE_PAIRS = (
    [(edge, ground) for edge in ("border-strong", "ring", *STRANDS) for ground in GROUNDS]
    + [("accent", "sunken"), ("primary", "primary-soft"), ("ring", "sunken"), ("mark-on", "ok"), ("mark-on", "primary")]
    + [("brand-tick", "brand-page")]
)
CHART_PAIRS = [(f"chart-{place}", ground) for place in range(1, 7) for ground in GROUNDS]


def tokens(selector: str) -> dict[str, str]:
    """The colours that the first block with this selector gives, over both token files."""
    found: dict[str, str] = {}
    for name in ("tokens.css", "chart.css"):
        sheet = (CSS / name).read_text(encoding="utf-8")
        block = sheet[sheet.index(selector) :].split("}", 1)[0]
        found |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK_BY_SYSTEM], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT_PAIRS, TEXT), (SHAPE_PAIRS + CHART_PAIRS, SHAPE)], ids=["text", "shape"]
)
def test_every_pair_reaches_its_ratio(scheme: str, pairs: list[tuple[str, str]], least: float) -> None:
    """Text reads easily and edges can be seen, in both schemes."""
    colour = tokens(scheme)
    weak = {pair: round(ratio(colour[pair[0]], colour[pair[1]]), 2) for pair in pairs}
    assert {pair: found for pair, found in weak.items() if found < least} == {}


def test_choosing_dark_gives_the_same_colours_as_a_dark_system() -> None:
    """The two dark lists cannot drift apart."""
    assert tokens(DARK_BY_CHOICE) == tokens(DARK_BY_SYSTEM)


def test_both_schemes_name_the_same_colours() -> None:
    """No colour is forgotten in the dark."""
    assert tokens(LIGHT).keys() == tokens(DARK_BY_SYSTEM).keys()


def test_no_style_sheet_writes_a_colour_of_its_own() -> None:
    """Colours come from the tokens; only print names paper and ink."""
    free = {
        sheet.name: found
        for sheet in CSS.glob("*.css")
        if sheet.name not in ("tokens.css", "chart.css", "print.css")
        and (found := re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;, )])", sheet.read_text(encoding="utf-8")))
    }
    assert free == {}
