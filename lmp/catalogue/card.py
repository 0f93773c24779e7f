"""A card of 1200 × 630 pixels, as messengers show it beside a link: a page with a folded corner and its title."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
_EDGE, _FOLD = 80, 96
_PAPER, _INK, _SOFT, _TEAL, _COPPER = "#ffffff", "#12262b", "#435a5f", "#0a5f67", "#9a4a12"
_LINES = 3


def draw(title: str, under: str, foot: str, fonts: Path) -> bytes:
    """A PNG of the three texts; a title that is too long ends with an ellipsis."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, HEIGHT), fill=_TEAL)
    pen.polygon([(WIDTH - _FOLD, 0), (WIDTH, _FOLD), (WIDTH - _FOLD, _FOLD)], fill=_COPPER)
    pen.polygon([(WIDTH - _FOLD, 0), (WIDTH, 0), (WIDTH, _FOLD)], fill="#e8efef")
    bold = ImageFont.truetype(fonts / "AtkinsonHyperlegibleNext_700Bold.ttf", 68)
    plain = ImageFont.truetype(fonts / "AtkinsonHyperlegibleNext_400Regular.ttf", 36)
    top = _EDGE + 40
    for line in _wrapped(title, bold):
        pen.text((_EDGE, top), line, font=bold, fill=_INK)
        top += 84
    pen.text((_EDGE, top + 24), under, font=plain, fill=_SOFT)
    pen.text((_EDGE, HEIGHT - _EDGE - 36), foot, font=plain, fill=_TEAL)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


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
