"""A card of 1200 × 630 pixels, as messengers show it beside a link: a page with a folded corner and its title."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
_EDGE, _FOLD = 80, 96
_PAPER, _INK, _SOFT, _TEAL, _COPPER = "#ffffff", "#12262b", "#435a5f", "#0a5f67", "#9a4a12"
_LINES = 3
#: How many pixels one unit of the brand's drawing measures; it is 30 × 32 units.
_MARK = 5


def draw(title: str, under: str, foot: str, fonts: Path) -> bytes:
    """A PNG of the three texts; a title that is too long ends with an ellipsis."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, HEIGHT), fill=_TEAL)
    pen.polygon([(WIDTH - _FOLD, 0), (WIDTH, _FOLD), (WIDTH - _FOLD, _FOLD)], fill=_COPPER)
    pen.polygon([(WIDTH - _FOLD, 0), (WIDTH, 0), (WIDTH, _FOLD)], fill="#e8efef")
    bold = ImageFont.truetype(fonts / "AtkinsonHyperlegibleNext_700Bold.ttf", 68)
    plain = ImageFont.truetype(fonts / "AtkinsonHyperlegibleNext_400Regular.ttf", 33)
    top = _EDGE + 40
    for line in _wrapped(title, bold):
        pen.text((_EDGE, top), line, font=bold, fill=_INK)
        top += 84
    for line in _wrapped(under, plain):
        pen.text((_EDGE, top + 24), line, font=plain, fill=_SOFT)
        top += 48
    _draw_mark(pen, WIDTH - _EDGE - 29 * _MARK, HEIGHT - _EDGE - 32 * _MARK)
    pen.text((_EDGE, HEIGHT - _EDGE - 36), foot, font=plain, fill=_TEAL)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw_mark(pen: ImageDraw.ImageDraw, left: float, top: float) -> None:
    """The page with the folded corner and the tick, as in the header of every page."""

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(left + x * _MARK, top + y * _MARK) for x, y in points]

    pen.polygon(at((1, 1), (19.5, 1), (28, 9.5), (28, 31), (1, 31)), fill=_TEAL)
    pen.polygon(at((18.5, 1), (28, 10.5), (18.5, 10.5)), fill=_COPPER)
    pen.line(at((7.5, 19.5), (12.7, 24.5), (22, 14.5)), fill=_PAPER, width=3 * _MARK, joint="curve")


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """The text in at most three lines."""
    room = WIDTH - 2 * _EDGE
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]}…"]
    return lines
